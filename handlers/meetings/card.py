"""One meeting as a card: when, where, what is on the agenda, and what may be done about it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from handlers.decisions.agreed import agreed_parts
from handlers.errors import NotFound
from handlers.inputs.seeing import input_buttons
from handlers.meetings.roll import answer_buttons, attendance, heading_of, span
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from handlers.whole import whole
from models.meetings.attendance import Roll, roll
from models.meetings.meeting import Meeting
from models.meetings.plans import following
from models.meetings.words import agenda_lines
from models.message import (
    Actions,
    Button,
    Confirm,
    Fact,
    Facts,
    Heading,
    Message,
    Part,
    Text,
)
from models.rights import Action, may


def show(visit: Visit, press: ButtonPressed) -> Message:
    """The card of the meeting that a button names."""
    visit.demand(Action.SEE_MEETINGS)
    return meeting_card(visit, find_meeting(visit, press.value))


def find_meeting(visit: Visit, number: str, *, locked: bool = False) -> Meeting:
    """The meeting with an id; raises `NotFound` where there is none."""
    query = select(Meeting).where(Meeting.id == (whole(number) or 0))
    if locked:
        query = query.with_for_update(of=Meeting).execution_options(populate_existing=True)
    meeting = visit.session.scalars(query).first()
    if meeting is None:
        raise NotFound(visit.language._("The meeting is not there any more."))
    return meeting


def meeting_card(visit: Visit, meeting: Meeting, told: tuple[Part, ...] = ()) -> Message:
    """A meeting as it stands; `told` is what has just been done."""
    heading = heading_of(visit.language, meeting)
    parts: list[Part] = [Heading(text=heading[:150]), *told, facts_of(visit, meeting)]
    agenda = agenda_lines(visit.language, meeting.agenda)
    if agenda:
        title = visit.language._("Agenda")
        parts.append(Text(text="\n".join([f"**{title}**", *agenda])[:3000]))
    found = roll(visit.session, meeting)
    if not meeting.cancelled:
        parts += attendance(visit, meeting, found)
    if meeting.starts_at <= visit.at or _prepares(visit, meeting):
        parts += agreed_parts(visit, meeting)
    ways = (*input_buttons(visit, meeting), *_buttons(visit, meeting))
    for row in (_answering(visit, meeting, found), ways):
        if row:
            parts.append(Actions(buttons=row))
    return Message(
        summary=f"{heading}: {visit.language.moment(meeting.starts_at, visit.on)}"[:1000],
        parts=tuple(parts),
    )


def facts_of(visit: Visit, meeting: Meeting) -> Facts:
    """When and where."""
    _ = visit.language._
    facts = [Fact(label=_("When"), value=span(visit.language, meeting, visit.on))]
    if meeting.place:
        facts.append(Fact(label=_("Place"), value=meeting.place[:1000]))
    return Facts(facts=tuple(facts))


def _prepares(visit: Visit, meeting: Meeting) -> bool:
    """Whether the asker sees what is prepared for a meeting that has not begun."""
    return may(visit.roles(group_id=meeting.group_id), Action.WRITE_DECISIONS)


def _answering(visit: Visit, meeting: Meeting, found: Roll) -> tuple[Button, ...]:
    """The ways to answer, for those who are called or sent to a meeting that is not over."""
    if meeting.cancelled or meeting.ends_at <= visit.at or visit.asker is None:
        return ()
    return answer_buttons(visit.language, meeting) if found.may_answer(visit.asker) else ()


def _buttons(visit: Visit, meeting: Meeting) -> tuple[Button, ...]:
    """What those who lead may do before the meeting begins."""
    roles = visit.roles(group_id=meeting.group_id)
    if meeting.starts_at <= visit.at or not may(roles, Action.CHANGE_MEETINGS):
        return ()
    _ = visit.language._
    number = str(meeting.id)
    if meeting.cancelled:
        again = _("Hold it after all")
        return (Button(label=again, action="meeting.reinstate", value=number),)
    sure = Confirm(
        title=_("Cancel the meeting?"),
        text=_("The group's members are told. All that belongs to the meeting is kept."),
        yes=_("Cancel it"),
        no=_("Keep it"),
    )
    return (
        Button(label=_("Note an answer"), action="meeting.note", value=number),
        Button(label=_("Move or change"), action="meeting.change", value=number),
        Button(label=_("Cancel the meeting"), action="meeting.cancel", value=number, confirm=sure),
        *_for_series(visit, meeting),
    )


def _for_series(visit: Visit, meeting: Meeting) -> Iterator[Button]:
    """What is done to a meeting together with those that follow it in its series."""
    number = len(following(visit.session, meeting)) + 1
    if number == 1:
        return
    _ = visit.language._
    sure = Confirm(
        title=_("Cancel {number} meetings?", number=number),
        text=_(
            "This meeting and those that follow it in the series are cancelled. The group's "
            "members are told in one message. All that belongs to the meetings is kept."
        ),
        yes=_("Cancel them"),
        no=_("Keep them"),
    )
    yield Button(
        label=_("Cancel the rest of the series"),
        action="meeting.cancel_series",
        value=str(meeting.id),
        confirm=sure,
    )
