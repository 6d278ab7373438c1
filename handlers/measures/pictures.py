"""What the pictures of measures share: pages of pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from handlers.measures.selection import Filter
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.message import Actions, Button, Heading, Image, Message, Note, Part
from models.rights import Action

ALT_LENGTH = 2000

Thing = TypeVar("Thing")


def told_in_parts(
    told: Sequence[tuple[Thing, str]], title: str, most: int
) -> list[tuple[list[Thing], str]]:
    """Things with what is told of them, in as few parts as a text alternative has room for.

    The parts are about as large as each other, so that no picture is left with a single row.
    """
    needed = len(_filled(told, title, most))
    for size in range(-(-len(told) // max(1, needed)), most):
        parts = _filled(told, title, size)
        if len(parts) == needed:
            return parts
    return _filled(told, title, most)


def _filled(
    told: Sequence[tuple[Thing, str]], title: str, most: int
) -> list[tuple[list[Thing], str]]:
    """One part after the other, each as full as it can be."""
    parts: list[tuple[list[Thing], str]] = []
    for thing, words in told:
        things, alt = parts[-1] if parts else ([], title)
        if things and (len(things) == most or len(alt) + len(words) + 1 > ALT_LENGTH):
            things, alt = [], title
            parts.append((things, alt))
        if not parts:
            parts.append((things, alt))
        parts[-1] = ([*things, thing], f"{alt} {words}")
    return parts


def shown(
    visit: Visit, press: ButtonPressed, drawn: Callable[[Filter], Sequence[Image]]
) -> Message:
    """The picture of a list that a button asks for, with buttons to the others and to the list."""
    visit.demand(Action.SEE_MEASURES)
    _ = visit.language._
    wanted, more = Filter.read(visit, press.value)
    images, asked = drawn(wanted), more.get("page", "0")
    page = min(int(asked) if asked.isdecimal() else 0, len(images) - 1)
    image = images[page]
    parts: list[Part] = [Heading(text=image.drawing.title), image]
    if len(images) > 1:
        parts.append(Note(text=_("Picture {page} of {pages}", page=page + 1, pages=len(images))))
    buttons = []
    if page + 1 < len(images):
        value = wanted.as_value(page=str(page + 1))
        buttons.append(Button(label=_("Next picture"), action=press.action, value=value))
    buttons.append(Button(label=_("As a list"), action="measures.page", value=wanted.as_value()))
    parts.append(Actions(buttons=tuple(buttons)))
    return Message(summary=image.alt[:1000], parts=tuple(parts))
