"""What is logged, and what never is: tokens, bodies, and the DEBUG lines of libraries that carry what people typed."""

import logging
import re
import sys
import traceback

SECRETS = re.compile(r"xox[abeprs]-[\w-]+|xapp-[\w-]+|(?<=://)[^/\s:]+:[^@\s]+(?=@)")
CARRIES_WORDS = ("aiosqlite", "slack_sdk", "slack_bolt", "sqlalchemy", "psycopg", "aiohttp.access", "asyncio")
NOISE = re.compile(r"^(Unhandled request|Invalid request signature|Received a bad|As you gave `client` as well)")


class Discreet(logging.Filter):
    """Drops what may carry people's words, blacks out what opens doors. On the handler, so that nothing passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno <= logging.DEBUG and record.name.startswith(CARRIES_WORDS):
            return False
        text = record.getMessage()
        if record.name.startswith("slack_bolt") and NOISE.match(text):
            return False
        record.msg, record.args = SECRETS.sub("[secret]", text), ()
        if record.exc_info and record.exc_info[0] is not None:
            # The message of an exception may hold what somebody typed; its type and place do not.
            place = "".join(traceback.format_tb(record.exc_info[2]))
            record.exc_text, record.exc_info = f"{place}{record.exc_info[0].__name__}", None
        return True


def configure(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Discreet())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
