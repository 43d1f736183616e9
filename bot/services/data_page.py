"""`docs/data.md`: what is kept about people and why, written from what the tables declare."""

from bot.models.people import Person
from bot.services import keeping
from bot.services.keeping import Kept

INTRO = f"""# What Ladderbot keeps, and why

Ladderbot is here to help you grow. For that it keeps a few things about you, as few as that takes, and you may know
each of them. This page is made from the program itself, and a test fails when the two differ.

**Words are sealed.** What you write is encrypted before it reaches the database; below it says "sealed". Whoever
copies the database without its keys cannot read a word. The other side of that: a lost key is lost words, for good.

**You can have all of it.** `ladderbot export PERSON FOLDER` writes everything that names you, as JSON and as tables.
Others appear in it as "{keeping.A_COLLEAGUE}": their names and their words are theirs. If you reviewed somebody's
evidence, your verdict and your reason are in your file, and what they wrote is in theirs. A check-in that you may read
as a manager is your report's alone.

**It goes by itself.** Once a day Ladderbot deletes what has been kept for its time, as given below. Ninety days after
somebody's Slack account has ended, that person is erased.

**You can be forgotten.** `ladderbot erase PERSON` deletes your rows or empties the words in them, all at once or not
at all. What stays is the bare fact of decisions, held by a nameless "{keeping.FORMER}". The reason you gave for a
verdict on somebody else's evidence stays with the decision it explains: it is about their work.
Two things are out of reach. Slack keeps messages that were sent. Backups keep what they hold until they age out.
If your Slack account goes on, the next look at the directory starts a new, empty entry for you.
"""
ON_ERASE = {
    "delete": "the rows go",
    "empty words": "the rows stay as facts, with all words in them emptied",
    "empty own words": "the rows stay as facts, with the words emptied that the person wrote, and no others",
    "keep": "the rows stay: they are nobody's",
}
A_PERSON_ERASED = "the row stays without anything that names the person, so that decisions keep somebody to point to"


def page() -> str:
    """The whole page, in Markdown."""
    kept = keeping.tables()
    about_people = [_section(one) for one in kept if one.keeping.of]
    about_nobody = [_section(one) for one in kept if not one.keeping.of]
    return "\n".join([INTRO, "## About people\n", *about_people, "## About nobody\n", *about_nobody]).rstrip() + "\n"


def _section(kept: Kept) -> str:
    declared = kept.keeping
    lines = (
        f"### `{kept.table.name}`",
        "",
        " ".join(kept.about.split()),
        "",
        f"- **Whose:** {_whose(kept)}",
        f"- **Why:** {declared.why}",
        f"- **Who sees it:** {declared.seen_by}",
        f"- **How long:** {_how_long(kept)}",
        f"- **When the person is erased:** {_on_erase(kept)}",
        "",
        "| column | what it holds |",
        "| --- | --- |",
        *(f"| `{name}` | {about.replace('|', '&#124;')} |" for name, about in declared.columns.items()),
        "",
    )
    return "\n".join(lines)


def _whose(kept: Kept) -> str:
    if not kept.keeping.of:
        return "nobody's"
    first, *others = kept.keeping.of
    also = [f"`{name}` ({kept.keeping.columns[name]})" for name in others]
    return f"the person in `{first}`" + (f"; it also names {', '.join(also)}" if also else "")


def _how_long(kept: Kept) -> str:
    days = kept.keeping.days
    return kept.keeping.until + (f" ({days} days after `{kept.keeping.after}`)" if days else "")


def _on_erase(kept: Kept) -> str:
    if kept.table is Person.__table__:
        return A_PERSON_ERASED
    return ON_ERASE[kept.keeping.on_erase]
