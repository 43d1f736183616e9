"""Fixtures of the fault tests: a log that is read afterwards."""

import logging
from collections.abc import Iterator

import pytest

from bot.logs import Discreet
from tests.faults import judge


class Kept(logging.Handler):
    """Everything that production would have logged, with tracebacks."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.addFilter(Discreet())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture(autouse=True)
def kept_log() -> Iterator[Kept]:
    """What is logged during a test may hold no secret and nobody's words."""
    kept, root = Kept(), logging.getLogger()
    before = root.level
    root.setLevel(logging.INFO)
    root.addHandler(kept)
    yield kept
    root.removeHandler(kept)
    root.setLevel(before)
    assert judge.leaks(kept.text) == []
