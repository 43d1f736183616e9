"""Trouble on purpose: what can go wrong between the app and Slack, switched on by a test or a demo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Literal

from sandbox.people import Json

Kind = Literal["rate_limited", "server_error", "html", "hang", "hang_before", "drop", "cut", "error"]
PAGE = "<!DOCTYPE html><title>Server Error</title>"


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with calls of `method` ("*" for all).

    kind        rate_limited (429), server_error (503), html (200 with a page): the call has no effect;
                hang, drop: the call takes effect, then the answer comes `seconds` of real time late, or never;
                hang_before, cut: the same without effect; error: ok false with `error`.
    times       how many calls it hits, None for no limit. share: of the calls that match, drawn with the seed.
    match       is given the arguments of the call. until: program time at which it ends. retry_after: seconds.
    """

    method: str
    kind: Kind
    times: int | None = None
    share: float = 1.0
    match: Callable[[Json], bool] | None = None
    seconds: float = 5.0
    retry_after: int = 30
    error: str = "fatal_error"
    until: datetime | None = None


def instead(fault: Fault) -> tuple[int, Json | None, dict[str, str]]:
    """What a call without effect is answered: HTTP status (0 for none), JSON (None for a page) and headers."""
    if fault.kind == "error":
        return 200, {"ok": False, "error": fault.error}, {}
    if fault.kind == "rate_limited":
        return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(fault.retry_after)}
    status = {"html": 200, "cut": 0}
    return status.get(fault.kind, 503), None, {}


class Faults:
    """The faults switched on, oldest first; the first that matches a call hits it."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  chooses calls to spoil, no secret
        self._left: list[tuple[Fault, list[int]]] = []

    def add(self, fault: Fault) -> None:
        self._left.append((fault, [-1 if fault.times is None else fault.times]))

    def clear(self) -> None:
        self._left.clear()

    def hit(self, method: str, args: Json, now: datetime) -> Fault | None:
        """The fault that this call meets, if any; counts it."""
        for fault, left in self._left:
            if left[0] != 0 and self._matches(fault, method, args, now):
                left[0] -= 1
                return fault
        return None

    def _matches(self, fault: Fault, method: str, args: Json, now: datetime) -> bool:
        if fault.method not in (method, "*") or (fault.until is not None and now >= fault.until):
            return False
        if fault.match is not None and not fault.match(args):
            return False
        return fault.share >= 1.0 or self._random.random() < fault.share
