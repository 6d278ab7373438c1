"""Buttons, links and choices among them as Block Kit elements, and what was pressed read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.slack.markup import plain
from handlers.choices import TAKEN_BACK
from models.buttons import Button, Confirm, Link, Weight, chosen_as
from models.message import Actions

LINK = "link:"
"""What a link's id starts with: Slack tells of its click too, and nothing is to be done."""

CHOICE = "choose"
"""The id of a choice among buttons: what is chosen tells whose press it stands for."""

MOST_OPTIONS = 100
Named = Callable[[str], str]
"""Gives an action an id that is unique in its message."""

STYLES = {Weight.PRIMARY: "primary", Weight.DANGER: "danger"}


def actions(part: Actions, named: Named) -> dict[str, Any]:
    """A row of buttons."""
    elements = [
        single(button, named) if isinstance(button, Button) else _link(button, named)
        for button in part.buttons
    ]
    return {"type": "actions", "elements": elements}


def action_of(action_id: str) -> str:
    """The action that an id stands for, without the number that made it unique."""
    return action_id.partition(":")[0]


def pressed_of(element: Mapping[str, Any]) -> tuple[str, str]:
    """The action and the value of a button that was pressed, or that a choice stands for."""
    if element.get("type") == "static_select":
        chosen = element.get("selected_option")
        if chosen is None:
            # Who chooses what is chosen already takes it back, and Slack tells of nothing chosen.
            return TAKEN_BACK, ""
        action, _, value = str(chosen["value"]).partition(" ")
        return action, value
    return action_of(element["action_id"]), element.get("value") or ""


def choice(ways: Iterable[Button], asks: str, named: Named) -> dict[str, Any]:
    """A choice among buttons as a menu, in their order and each once."""
    once = {f"{way.action} {way.value}".rstrip(): chosen_as(way) for way in ways}
    options = [{"text": plain(label), "value": value} for value, label in once.items()]
    return {
        "type": "static_select",
        "action_id": named(CHOICE),
        "placeholder": plain(asks),
        "options": options[:MOST_OPTIONS],
    }


def beside(ways: Sequence[Button], asks: str, named: Named) -> dict[str, Any]:
    """What stands beside a line: its button, or the choice among several."""
    return single(ways[0], named) if len(ways) == 1 else choice(ways, asks, named)


def single(button: Button, named: Named) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "button",
        "action_id": named(button.action),
        "text": plain(button.label),
    }
    if button.value:
        element["value"] = button.value
    if button.weight in STYLES:
        element["style"] = STYLES[button.weight]
    if button.spoken:
        element["accessibility_label"] = button.spoken
    if button.confirm:
        element["confirm"] = _confirm(button.confirm, button.weight)
    return element


def _link(link: Link, named: Named) -> dict[str, Any]:
    number = named("link").removeprefix("link").removeprefix(":") or "1"
    return {
        "type": "button",
        "action_id": f"{LINK}{number}",
        "text": plain(link.label),
        "url": link.url,
    }


def _confirm(confirm: Confirm, weight: Weight) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "title": plain(confirm.title),
        "text": plain(confirm.text),
        "confirm": plain(confirm.yes),
        "deny": plain(confirm.no),
    }
    if weight is Weight.DANGER:
        asked["style"] = "danger"
    return asked
