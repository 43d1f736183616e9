"""How a rule says no."""


class Refusal(Exception):
    """A rule's sentence for the person: what is not possible, and what to do next.

    `field` names the input beside which it is shown; without one it is shown on its own.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
