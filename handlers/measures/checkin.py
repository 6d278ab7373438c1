"""The buttons of the check-in: on plan, delayed, done, help wanted, not now, somebody else."""

from __future__ import annotations

from collections.abc import Callable

from handlers.measures import checkin_hand_on, checkin_hinder, checkin_later, checkin_week
from handlers.measures.checkin_measure import asked_about
from handlers.measures.report import reported_on
from handlers.measures.said import Progress
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.measures.measure import MeasureStatus
from models.message import Message, Reply


def on_plan(visit: Visit, press: ButtonPressed) -> Reply:
    """Reports that the measure goes as planned."""
    return _report(visit, press.value, MeasureStatus.ONGOING)


def done(visit: Visit, press: ButtonPressed) -> Reply:
    """Reports that the measure is done."""
    return _report(visit, press.value, MeasureStatus.DONE)


def _report(visit: Visit, code: str, status: MeasureStatus) -> Reply:
    """A confirmation of its own: the message with the other measures' buttons stays."""
    reply = reported_on(visit, asked_about(visit, code, alone=True), Progress(status))
    return reply.model_copy(update={"replaces": False}) if isinstance(reply, Message) else reply


BUTTONS: dict[str, Callable[[Visit, ButtonPressed], Reply]] = {
    "checkin.on_plan": on_plan,
    "checkin.delayed": checkin_hinder.delayed,
    "checkin.done": done,
    "checkin.help": checkin_hinder.help_wanted,
    "checkin.later": checkin_later.later,
    "checkin.hand_on": checkin_hand_on.hand_on,
    "checkin.week": checkin_week.week,
}
FORMS: dict[str, Callable[[Visit, FormSubmitted], Reply]] = {
    "checkin.hindered": checkin_hinder.hindered,
    "checkin.later": checkin_later.put_off,
    "checkin.hand_on": checkin_hand_on.handed_on,
    "checkin.week": checkin_week.reported,
}
RECALL: dict[str, Callable[[Visit, str], Reply]] = {
    "snooze": checkin_later.recall,
    "handed_on": checkin_hand_on.recall,
    "hindered": checkin_hinder.recall,
    "week": checkin_week.recall,
}
READING = frozenset(
    {"checkin.delayed", "checkin.help", "checkin.later", "checkin.hand_on", "checkin.week"}
)
"""The buttons that only open a form."""
