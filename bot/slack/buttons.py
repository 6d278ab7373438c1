"""Buttons and links as Block Kit elements, and their ids read back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack.markup import plain
from models.message import Actions, Button, Confirm, Link, Weight

LINK = "link:"
"""What a link's id starts with: Slack tells of its click too, and nothing is to be done."""

STYLES = {Weight.PRIMARY: "primary", Weight.DANGER: "danger"}


def actions(part: Actions, named: Callable[[str], str]) -> dict[str, Any]:
    """A row of buttons; `named` gives each action an id that is unique in its message."""
    elements = [
        _button(button, named) if isinstance(button, Button) else _link(button, named)
        for button in part.buttons
    ]
    return {"type": "actions", "elements": elements}


def action_of(action_id: str) -> str:
    """The action that an id stands for, without the number that made it unique."""
    return action_id.partition(":")[0]


def _button(button: Button, named: Callable[[str], str]) -> dict[str, Any]:
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


def _link(link: Link, named: Callable[[str], str]) -> dict[str, Any]:
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
