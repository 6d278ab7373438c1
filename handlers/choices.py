"""A choice that was taken back: choosing the same once more says how it is opened again."""

from __future__ import annotations

from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.message import Message, Text

TAKEN_BACK = "choice.none"
"""The action of a choice in which nothing is chosen any more."""


def taken_back(visit: Visit, _press: ButtonPressed) -> Message:
    """Answers who chose what was chosen already, which a platform may take as choosing nothing."""
    told = visit.language._("Nothing is chosen now. Choose it once more to open it again.")
    return Message(summary=told, parts=(Text(text=told),))
