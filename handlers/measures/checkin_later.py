"""Not now: on which day a measure is asked about again."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from digests.waiting import asked_before
from handlers.measures.checkin_measure import asked_about
from handlers.measures.report import find_measure
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.audit import record
from models.measures.measure import Measure, PromptState
from models.measures.prompts import close
from models.meetings.meeting import Meeting
from models.message import (
    Choice,
    ChoiceField,
    DateField,
    FieldErrors,
    Form,
    Message,
    Reply,
    Text,
)
from models.schedule import is_quiet, working_day_from

SNOOZE = timedelta(days=7)
LONGEST = timedelta(days=92)
WEEK, MEETING, OWN = "week", "meeting", "own"


def later(visit: Visit, press: ButtonPressed) -> Reply:
    """Asks when to ask again: in a week, before the group's meeting, or on a chosen day."""
    _ = visit.language._
    measure = asked_about(visit, press.value)
    choices = [Choice(label=_in_a_week(visit), value=WEEK)]
    meeting = _before_meeting(visit, measure)
    if meeting is not None:
        day = visit.language.day(meeting, visit.on)
        choices.append(Choice(label=_("Before the meeting, on {day}", day=day), value=MEETING))
    choices.append(Choice(label=_("On another day"), value=OWN))
    return Form(
        name="checkin.later",
        title=_("Ask again"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=f"**{measure.code} {measure.title}**",
        fields=(
            ChoiceField(
                name="when",
                label=_("When shall I ask again?"),
                choices=tuple(choices),
                open_list=True,
                initial=(WEEK,),
            ),
            DateField(name="day", label=_("Another day"), required=False),
        ),
        state=measure.code,
    )


def put_off(visit: Visit, form: FormSubmitted) -> Reply:
    """Leaves the measure alone until the chosen day, and says which it is."""
    measure = asked_about(visit, form.state)
    day = _chosen(visit, measure, form)
    if isinstance(day, FieldErrors):
        return day
    measure.snoozed_until = day
    close(visit.session, measure.id, PromptState.SNOOZED, visit.at)
    record(visit.session, visit.person, "snooze", f"measure:{measure.code}", visit.at)
    visit.remember(f"snooze:{measure.code}")
    return _told(visit, measure)


def _chosen(visit: Visit, measure: Measure, form: FormSubmitted) -> date | FieldErrors:
    """The day that is chosen, moved to one on which somebody may be asked."""
    _ = visit.language._
    when, typed = str(form.values.get("when") or ""), str(form.values.get("day") or "")
    if when == WEEK and not typed:
        return askable_from(visit.on + SNOOZE)
    if when == MEETING and not typed:
        meeting = _before_meeting(visit, measure)
        if meeting is not None:
            return meeting
        return FieldErrors(errors={"when": _("No meeting is planned. Choose another day.")})
    if when not in (WEEK, MEETING, OWN):
        return FieldErrors(errors={"when": _("Choose one of the choices.")})
    return _own_day(visit, typed)


def _own_day(visit: Visit, typed: str) -> date | FieldErrors:
    _ = visit.language._
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return FieldErrors(errors={"day": _("Choose a day.")})
    if not visit.on < day <= visit.on + LONGEST:
        last = visit.language.day(visit.on + LONGEST, visit.on)
        return FieldErrors(
            errors={"day": _("Choose a day after today, and no later than {day}.", day=last)}
        )
    return askable_from(day)


def askable_from(day: date) -> date:
    """The day, or the first working day after it that is not in July."""
    day = working_day_from(day)
    return working_day_from(date(day.year, 8, 1)) if is_quiet(day) else day


def _in_a_week(visit: Visit) -> str:
    day = visit.language.day(askable_from(visit.on + SNOOZE), visit.on)
    return visit.language._("In a week, on {day}", day=day)


def _before_meeting(visit: Visit, measure: Measure) -> date | None:
    """The day of asking before the next meeting of the measure's group that is so far away."""
    query = (
        select(Meeting)
        .where(
            Meeting.group_id == measure.group_id,
            Meeting.cancelled.is_(False),
            Meeting.starts_at > visit.at,
            Meeting.starts_at < visit.at + LONGEST,
        )
        .order_by(Meeting.starts_at)
    )
    days = map(asked_before, visit.session.scalars(query))
    return next((day for day in days if day > visit.on and not is_quiet(day)), None)


def recall(visit: Visit, key: str) -> Reply:
    """When a measure is asked about again, for the same event a second time."""
    return _told(visit, find_measure(visit, key))


def _told(visit: Visit, measure: Measure) -> Message:
    _ = visit.language._
    day = visit.language.long_day(measure.snoozed_until or askable_from(visit.on + SNOOZE))
    sentence = _("I will ask about {code} again on {day}.", code=measure.code, day=day)
    return Message(summary=sentence, parts=(Text(text=sentence),))
