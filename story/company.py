"""The demo company: fourteen people on five tracks in nine time zones, so that every feature has someone to show it."""

from dataclasses import dataclass

from sandbox import User


@dataclass(frozen=True)
class Colleague:
    """One of them. `manager`: the name of theirs; `why`: what they are here to show."""

    name: str
    real_name: str
    zone: str
    country: str
    track: str
    level: str
    manager: str | None
    why: str

    @property
    def slack_id(self) -> str:
        return f"U0{self.name.upper()}"

    @property
    def email(self) -> str:
        return f"{self.name}@manyways.example"


COMPANY = (
    Colleague("ines", "Inês Carvalho", "Europe/Lisbon", "PT", "management", "M5", None, "owner of the program"),
    Colleague("mats", "Mats Lindqvist", "Europe/Stockholm", "SE", "management", "M3", "ines", "manages the builders"),
    Colleague("grace", "Grace Otieno", "Africa/Nairobi", "KE", "management", "M3", "ines", "manages everybody else"),
    Colleague("ana", "Ana Pérez", "America/New_York", "US", "technical", "T2", "mats", "wants to grow as a specialist"),
    Colleague("noor", "Noor Haddad", "Asia/Dubai", "AE", "technical", "T4", "mats", "reviews, and knows the field"),
    Colleague("lea", "Lea Brunner", "Europe/Berlin", "DE", "technical", "T3", "mats", "often on the road"),
    Colleague("kiran", "Kiran Deshpande", "Asia/Kolkata", "IN", "technical", "T1", "mats", "new, in a half-hour zone"),
    Colleague("tom", "Tom Okafor", "America/Chicago", "US", "leadership", "L3", "grace", "leads projects"),
    Colleague("yuki", "Yuki Tanaka", "Asia/Tokyo", "JP", "leadership", "L2", "grace", "a morning ahead"),
    Colleague("pia", "Pia Rossi", "Europe/Rome", "IT", "process", "P3", "grace", "improves how work is done"),
    Colleague("sam", "Sam Whitfield", "Australia/Adelaide", "AU", "process", "P2", "grace", "half an hour off"),
    Colleague("dalia", "Dalia Mansour", "Africa/Cairo", "EG", "customer", "C3", "grace", "works Sunday to Thursday"),
    Colleague("ravi", "Ravi Menon", "Asia/Kolkata", "IN", "customer", "C2", "grace", "close to customers"),
    Colleague("zoe", "Zoë “Zed” Ŵyn-Jones 🌱", "America/Los_Angeles", "US", "customer", "C4", "grace", "a long name"),
)  # fmt: skip


NEWCOMER = User(
    id="U0MILA", name="mila", real_name="Mila Novak", email="mila@manyways.example", tz="Europe/Berlin"
)  # joins later


ADMIN = "ines"  # administers the workspace in Slack, too


def users() -> list[User]:
    """How Slack knows them."""
    return [
        User(
            id=one.slack_id, name=one.name, real_name=one.real_name, email=one.email, tz=one.zone,
            is_admin=one.name == ADMIN,
        )
        for one in COMPANY
    ]  # fmt: skip


def people_file() -> bytes:
    """The file an owner would import."""
    lines = ["email,manager,track,level,country,working_days"]
    emails = {one.name: one.email for one in COMPANY}
    for one in COMPANY:
        days = "71234" if one.name == "dalia" else "12345"
        manager = emails.get(one.manager or "", "")
        lines.append(f"{one.email},{manager},{one.track},{one.level},{one.country},{days}")
    return "\n".join(lines).encode()
