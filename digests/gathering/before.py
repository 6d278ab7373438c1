"""What awaits a meeting: its agenda, who comes, what districts bring, and what is still to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    String,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from digests.facts import Agenda, BeforeFacts, MeetingFact
from digests.gathering.groups import Read
from digests.gathering.meetings import Ahead
from digests.gathering.points import with_measures_then
from digests.gathering.scope import Rows, Scope
from digests.gathering.seats import SeatRow
from digests.period import since_meeting
from models.groups import SeatRole
from models.meetings.agendas import ItemKind, items
from models.meetings.attendance import Attending, MeetingAnswer
from models.meetings.inputs import InputAnswer, InputRequest, InputRound, InputState
from models.meetings.meeting import Meeting
from models.meetings.minutes import minutes
from models.people.accounts import Account
from models.people.addresses import MAIL_IS_ON
from models.people.organisations import Person
from models.records import SmallFact
from models.schedule import local_day


def gather(
    session: Session, meeting: Meeting, when: tuple[datetime, date], *, restricted: bool
) -> BeforeFacts:
    """All that is told before a meeting since the last one, as it was known at a moment."""
    group, (until, on) = meeting.group, when
    around = _around(session, meeting, until)
    period = since_meeting(around.last, until)
    read = Read.of(session, Scope((group,), period, on))
    facts = read.facts(group)
    facts = facts if restricted else facts.for_channel()
    then = _as_planned(read.ahead[group.id], meeting)
    facts = facts if then is None else replace(facts, next_meeting=then)
    starts_at = meeting.starts_at if then is None else then.starts_at
    called = _called(read.seating.rows.get(group.id, ()), local_day(starts_at, group.zone))
    agreed = minutes(session, group, period.since, period.until, restricted=restricted)
    return BeforeFacts(
        group=replace(facts, minutes=with_measures_then(session, agreed, facts.measures)),
        agenda=_agenda(meeting.agenda if facts.next_meeting is None else facts.next_meeting.agenda),
        attending=Counter(around.answers.get((person, starts_at)) for person in called),
        inputs=Counter(around.districts.values()),
    )


def _as_planned(ahead: Ahead, meeting: Meeting) -> MeetingFact | None:
    """The meeting as it was planned then, also where the group has another one before it."""
    planned = (each.then for each in ahead.planned if each.then.id == meeting.id)
    return next((each.fact() for each in planned if not each.cancelled), None)


def _agenda(text: str) -> Agenda:
    found = items(text)
    return Agenda(
        tuple(each.title for each in found if each.kind is ItemKind.DECISION),
        tuple(each.title for each in found if each.kind is not ItemKind.DECISION),
    )


def _called(rows: Iterable[SeatRow], on: date) -> list[int]:
    """Those who hold seats on the day of the meeting; deputies are not called themselves."""
    held = (row for row in rows if row.role is not SeatRole.DEPUTY and row.is_held(on))
    return list(dict.fromkeys(row.person_id for row in held if row.person_id is not None))


class _Around(NamedTuple):
    """What each person has answered for each time that the meeting has had, where each district
    stands, and the meeting before: when it began, None where the group has never met."""

    answers: Mapping[tuple[int, datetime], Attending]
    districts: dict[int, InputState]
    last: datetime | None


def _around(session: Session, meeting: Meeting, until: datetime) -> _Around:
    answers: dict[tuple[int, datetime], _Answer] = {}
    districts: dict[int, InputState] = {}
    last = None
    rows = session.execute(_rows(meeting, until))
    for turn, (kind, number, said, other, began) in enumerate(rows):
        if kind == _LAST:
            last = began
        elif kind == _CALL:
            answers[number, began] = _Answer(Attending(said), other, turn)
        elif said is not None:
            districts[number] = InputState.GIVEN if said else InputState.NOTHING
        else:
            unanswered = InputState.SILENT if other else InputState.UNREACHED
            districts.setdefault(number, unanswered)
    return _Around(_in_the_end(answers), districts, last)


class _Answer(NamedTuple):
    """An answer to the call, the deputy whom it sends, and its turn among the answers."""

    said: Attending
    deputy: int | None
    turn: int


def _in_the_end(
    answers: Mapping[tuple[int, datetime], _Answer],
) -> dict[tuple[int, datetime], Attending]:
    """What they come to: nobody comes for who sends a deputy that then cannot come either."""
    found = {call: each.said for call, each in answers.items()}
    for (number, began), mine in answers.items():
        theirs = answers.get((mine.deputy, began)) if mine.deputy else None
        if theirs and theirs.said is Attending.ABSENT and theirs.turn > mine.turn:
            found[number, began] = Attending.ABSENT
    return found


_CALL, _INPUT, _LAST = "call", "input", "last"


def _rows(meeting: Meeting, until: datetime) -> Rows:
    """All that is around a meeting, in one question."""
    told = union_all(_calls(meeting, until), _inputs(meeting, until), _last(meeting, until))
    all_three = told.subquery()
    columns = (all_three.c[name] for name in ("kind", "number", "said", "other", "began"))
    return select(*columns).order_by(all_three.c.turn)


def _calls(meeting: Meeting, until: datetime) -> Rows:
    """Answers to the call, each with when the meeting was to begin as it was given."""
    return select(
        literal(_CALL).label("kind"),
        MeetingAnswer.person_id.label("number"),
        cast(MeetingAnswer.answer, String).label("said"),
        MeetingAnswer.deputy_id.label("other"),
        MeetingAnswer.starts_at.label("began"),
        MeetingAnswer.id.label("turn"),
    ).where(
        MeetingAnswer.meeting_id == meeting.id,
        MeetingAnswer.at < until,
    )


def _inputs(meeting: Meeting, until: datetime) -> Rows:
    """What districts have given to the round, and whether who was asked can be reached."""
    day = local_day(meeting.starts_at, meeting.group.zone)
    reached = case((_is_reached(until) & ~_is_never_asked(day), 1))
    return (
        select(literal(_INPUT), InputRequest.id, InputAnswer.text, reached, null(), InputAnswer.id)
        .join(InputRequest.round)
        .outerjoin(InputRequest.person)
        .outerjoin(
            InputAnswer,
            (InputAnswer.request_id == InputRequest.id) & (InputAnswer.at < until),
        )
        .where(InputRound.meeting_id == meeting.id, InputRound.opened_at < until)
    )


def _is_reached(until: datetime) -> ColumnElement[bool]:
    """As `person_address` has it, at a moment: by a living account, or by e-mail without any."""
    of_person = Account.person_id == InputRequest.person_id
    known = select(Account.id).where(of_person, Account.linked_at < until)
    living = known.where(or_(Account.gone_at.is_(None), Account.gone_at >= until))
    mail = select(SmallFact.name).where(SmallFact.name == MAIL_IS_ON)
    by_mail = InputRequest.person_id.is_not(None) & ~known.exists() & mail.exists()
    return or_(living.exists(), by_mail)


def _is_never_asked(day: date) -> ColumnElement[bool]:
    """As `state_of` has it: nobody asked yet, and the person has paused or left by a day."""
    paused = func.coalesce(Person.paused_until, date.min) > day
    left = func.coalesce(Person.left_on, date.max) <= day
    return (InputRequest.times_asked == 0) & or_(paused, left)


def _last(meeting: Meeting, until: datetime) -> Rows:
    """When the group's last meeting before a moment began."""
    began = func.max(Meeting.starts_at)
    return select(literal(_LAST), null(), null(), null(), began, null()).where(
        Meeting.group_id == meeting.group_id,
        Meeting.cancelled.is_(False),
        Meeting.starts_at < until,
    )
