"""The secrets that the app and the workspace share; never those of a real workspace."""

import re
from dataclasses import dataclass

REAL = re.compile(r"xox[abeprs]-\d+-\d+|xapp-\d-A")


@dataclass(frozen=True)
class Tokens:
    """Bot token, app-level token and signing secret. Raises ValueError for tokens that look like real ones."""

    bot: str = "xoxb-sandbox"
    app: str = "xapp-sandbox"
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105

    def __post_init__(self) -> None:
        if any(REAL.match(token) for token in (self.bot, self.app)):
            raise ValueError("this looks like a real Slack token; the sandbox takes none")


SANDBOX_TOKENS = Tokens()
