"""What answers the buttons and forms of decisions and action points, by their names."""

from __future__ import annotations

from collections.abc import Callable

from handlers.decisions import (
    asking,
    card,
    correcting,
    listing,
    point_asking,
    point_card,
    point_list,
    point_owner,
    point_writing,
    registering,
    writing,
)
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.message import Reply

BUTTONS: dict[str, Callable[[Visit, ButtonPressed], Reply]] = {
    "decision.concerning": listing.concerning,
    "decision.show": card.show,
    "decision.write": writing.open_write,
    "decision.correct": correcting.open_correct,
    "decision.register": registering.open_register,
    "decision.ask": asking.open_ask,
    "decision.answer": asking.open_answer,
    "point.ask": point_asking.open_ask,
    "point.answer": point_asking.open_answer,
    "point.show": point_card.show,
    "point.list": point_list.of_group,
    "point.write": point_writing.open_write,
    "point.change": point_writing.open_change,
    "point.later": point_owner.open_later,
    "point.done": point_card.done,
    "point.reopen": point_card.reopened,
    "point.drop": point_card.dropped,
    "point.keep": point_owner.day_kept,
    "point.take": point_owner.take,
}
FORMS: dict[str, Callable[[Visit, FormSubmitted], Reply]] = {
    "decision.write": writing.written,
    "decision.correct": correcting.corrected,
    "decision.register": registering.registered,
    "decision.ask": asking.asked,
    "decision.answer": asking.answered,
    "point.ask": point_asking.asked,
    "point.answer": point_asking.answered,
    "point.write": point_writing.written,
    "point.change": point_writing.changed,
    "point.later": point_owner.later,
}
RECALL: dict[str, Callable[[Visit, str], Reply]] = {
    "decision": writing.recall,
    "decision_corrected": correcting.recall,
    "decision_registered": registering.recall,
    "decision_question": asking.recall_question,
    "decision_answer": asking.recall_answer,
    "point": point_card.recall,
    "point_question": point_asking.recall_question,
    "point_answer": point_asking.recall_answer,
}
WRITING = frozenset({"point.done", "point.keep", "point.reopen", "point.drop", "point.take"})
"""The buttons that change something at once; the others show, or open a form."""
