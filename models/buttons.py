"""What can be pressed in a message: buttons, and links that open an address."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from models.word import Word

CHOICE_LABEL, CHOICE_VALUE = 75, 150
"""What one of several to choose among may be called, and hold, at most."""


class Confirm(Word):
    """A question asked before a button acts."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    text: Annotated[str, Field(min_length=1, max_length=300)]
    yes: Annotated[str, Field(min_length=1, max_length=30)]
    no: Annotated[str, Field(min_length=1, max_length=30)]


class Weight(StrEnum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"


class Button(Word):
    """A button: pressing it sends `action` and `value` back as a `ButtonPressed`."""

    kind: Literal["button"] = "button"
    label: Annotated[str, Field(min_length=1, max_length=40)]
    action: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[a-z_.]+$")]
    value: Annotated[str, Field(max_length=1500)] = ""
    weight: Weight = Weight.PLAIN
    spoken: Annotated[str, Field(max_length=75)] | None = None
    confirm: Confirm | None = None


class Link(Word):
    """A button that opens an address."""

    kind: Literal["link"] = "link"
    label: Annotated[str, Field(min_length=1, max_length=40)]
    url: Annotated[str, Field(max_length=2000, pattern=r"^https?://")]


def chosen_as(button: Button) -> str:
    """What a button is called where it is one of several to choose among."""
    return (button.spoken or button.label)[:CHOICE_LABEL]


def can_be_chosen(ways: Iterable[Button | None]) -> None:
    """Raises unless a choice can say which: a platform's choice holds less than a button."""
    for way in ways:
        if way and len(way.action) + 1 + len(way.value) > CHOICE_VALUE:
            raise ValueError(f"a choice holds {CHOICE_VALUE} characters: {way.action} {way.value}")
