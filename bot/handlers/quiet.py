"""For what must leave no trace of whoever did it: of a failure nothing is said but that there was one."""

import logging
from functools import wraps
from typing import Any

from bot.handlers.acting import Word
from bot.rules.refusal import Refusal

log = logging.getLogger(__name__)

FAILED = "a form of program feedback could not be answered"
SORRY = "Something went wrong on our side, and nothing was kept. Please try it again; what you typed stays as it is."


def quietly(handler: Word) -> Word:
    """No reference, no kind of error, no place: each could be joined with who pressed what, and when."""

    @wraps(handler)
    async def handled(*args: Any, **given: Any) -> None:
        try:
            await handler(*args, **given)
        except Refusal:
            raise
        except Exception:
            log.error(FAILED)
            raise Refusal(SORRY) from None

    return handled
