"""How the Web API says no."""

from sandbox.people import Json


class Refused(Exception):
    """An answer with ok: false. `error` is Slack's code; `more` joins the answer beside it."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.more = more

    def answer(self) -> Json:
        return {"ok": False, "error": self.error, **self.more}


class RateLimited(Refused):
    """HTTP 429. `retry_after` in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after
