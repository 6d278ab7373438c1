"""The buttons and forms of action points, by their names."""

from __future__ import annotations

from collections.abc import Callable

from handlers.decisions import point_card, point_list, point_owner, point_writing
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.message import Reply

BUTTONS: dict[str, Callable[[Visit, ButtonPressed], Reply]] = {
    "point.show": point_card.show,
    "point.list": point_list.of_group,
    "point.write": point_writing.open_write,
    "point.change": point_writing.open_change,
    "point.later": point_owner.open_later,
    "point.done": point_card.done,
    "point.reopen": point_card.reopened,
    "point.drop": point_card.dropped,
    "point.take": point_owner.take,
}
FORMS: dict[str, Callable[[Visit, FormSubmitted], Reply]] = {
    "point.write": point_writing.written,
    "point.change": point_writing.changed,
    "point.later": point_owner.later,
}
WRITING = frozenset({"point.done", "point.reopen", "point.drop", "point.take"})
"""The buttons that change something at once; the others show, or open a form."""
