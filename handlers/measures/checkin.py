"""The buttons of the check-in: on plan, delayed, done, help wanted, and not now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from handlers.errors import NotFound
from handlers.measures.report import Progress, confirmation, find_measure, save_report
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.audit import record
from models.measures import COMMENT_LENGTH, Measure, MeasureStatus
from models.message import FieldErrors, Form, Message, Reply, Text, TextField
from models.rights import Action
from models.schedule import is_quiet, working_day_from

SNOOZE = timedelta(days=7)
HINDERED = {"delayed": MeasureStatus.DELAYED, "help": MeasureStatus.AT_RISK}


def on_plan(visit: Visit, press: ButtonPressed) -> Reply:
    """Reports that the measure goes as planned."""
    return _report(visit, press.value, Progress(MeasureStatus.ONGOING))


def done(visit: Visit, press: ButtonPressed) -> Reply:
    """Reports that the measure is done."""
    return _report(visit, press.value, Progress(MeasureStatus.DONE))


def delayed(visit: Visit, press: ButtonPressed) -> Reply:
    """Asks what hinders a measure that is delayed."""
    return _what_hinders(visit, press.value, "delayed")


def help_wanted(visit: Visit, press: ButtonPressed) -> Reply:
    """Asks what is needed for a measure that wants help."""
    return _what_hinders(visit, press.value, "help")


def later(visit: Visit, press: ButtonPressed) -> Reply:
    """Leaves the measure alone for a week, and says when it is asked about again."""
    measure = _allowed(visit, press.value)
    measure.snoozed_until = _again_on(visit.on)
    record(visit.session, visit.person, "snooze", f"measure:{measure.code}", visit.at)
    visit.remember(f"snooze:{measure.code}")
    return _snoozed(visit, measure)


def hindered(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves what hinders, with the status that the button said."""
    code, _, how = form.state.partition(" ")
    if how not in HINDERED:
        raise NotFound(visit.language._("This form is too old. Write `rapportera` instead."))
    obstacle = str(form.values.get("obstacle") or "").strip()
    fault = _fault(visit, obstacle)
    if fault:
        return FieldErrors(errors={"obstacle": fault})
    said = Progress(HINDERED[how], obstacle=obstacle, help_wanted=how == "help")
    return _report(visit, code, said)


def recall_snooze(visit: Visit, key: str) -> Reply:
    """When a measure is asked about again, for the same event a second time."""
    return _snoozed(visit, find_measure(visit, key))


BUTTONS: dict[str, Callable[[Visit, ButtonPressed], Reply]] = {
    "checkin.on_plan": on_plan,
    "checkin.delayed": delayed,
    "checkin.done": done,
    "checkin.help": help_wanted,
    "checkin.later": later,
}
FORMS: dict[str, Callable[[Visit, FormSubmitted], Reply]] = {"checkin.hindered": hindered}
RECALL: dict[str, Callable[[Visit, str], Reply]] = {"snooze": recall_snooze}


def _allowed(visit: Visit, code: str) -> Measure:
    measure = find_measure(visit, code)
    visit.demand(Action.REPORT, measure=measure)
    return measure


def _report(visit: Visit, code: str, said: Progress) -> Message:
    """A confirmation of its own: the message with the other measures' buttons stays."""
    row = save_report(visit, _allowed(visit, code), said)
    return confirmation(visit, row).model_copy(update={"replaces": False})


def _what_hinders(visit: Visit, code: str, how: str) -> Form:
    _ = visit.language._
    measure = _allowed(visit, code)
    label = _("What hinders?") if how == "delayed" else _("What do you need help with?")
    return Form(
        name="checkin.hindered",
        title=_("Report {code}", code=measure.code),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=f"**{measure.title}**",
        fields=(
            TextField(
                name="obstacle",
                label=label,
                hint=_("Write briefly, and nothing about individuals."),
                several_lines=True,
                max_length=COMMENT_LENGTH,
            ),
        ),
        state=f"{measure.code} {how}",
    )


def _fault(visit: Visit, obstacle: str) -> str:
    if not obstacle:
        return visit.language._("Write what hinders.")
    if len(obstacle) > COMMENT_LENGTH:
        return visit.language._("Write at most {limit} characters.", limit=COMMENT_LENGTH)
    return ""


def _again_on(on: date) -> date:
    """A week later, on a working day outside July."""
    day = on + SNOOZE
    return working_day_from(date(day.year, 8, 1) if is_quiet(day) else day)


def _snoozed(visit: Visit, measure: Measure) -> Message:
    _ = visit.language._
    day = visit.language.long_day(measure.snoozed_until or _again_on(visit.on))
    sentence = _("I will ask about {code} again on {day}.", code=measure.code, day=day)
    return Message(summary=sentence, parts=(Text(text=sentence),))
