"""What can go wrong when a request is answered, each as a named situation with its sentence.

    Refusal                     a sentence for the member
    ├── NeedsMember             the console's operator asked something that only a member has
    ├── NotAllowed              the rights table says no
    └── NotFound                nothing goes by that name

    DoneBefore                  the same was done in another event: its answer is given again

A refusal is shown to whoever asked; it changes nothing.
"""

from __future__ import annotations


class Refusal(Exception):
    """The request is refused with a sentence for the member, already in their language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NeedsMember(Refusal):
    """Only a member can ask this: say who with --as."""


class NotAllowed(Refusal):
    """The member has no right to do this."""


class NotFound(Refusal):
    """Nothing goes by that name."""


class DoneBefore(Exception):
    """The same was done before; `result` is what it was remembered as."""

    def __init__(self, result: str) -> None:
        super().__init__(result)
        self.result = result
