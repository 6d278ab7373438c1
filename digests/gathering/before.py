"""What awaits a meeting: its agenda, who comes, what districts bring, and what is still to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from digests.facts import Agenda, BeforeFacts
from digests.gathering.groups import Read
from digests.gathering.scope import Rows, Scope
from digests.gathering.seats import SeatRow
from digests.period import Period
from models.groups import SeatRole
from models.meetings.agendas import ItemKind, items
from models.meetings.attendance import Attending, MeetingAnswer
from models.meetings.inputs import InputAnswer, InputRequest, InputRound, InputState
from models.meetings.meeting import Meeting
from models.meetings.minutes import minutes
from models.people.accounts import Account
from models.schedule import local_day


def gather(
    session: Session, meeting: Meeting, when: tuple[Period, date], *, restricted: bool
) -> BeforeFacts:
    """All that is told before a meeting, as it was known at the end of the period."""
    group, (period, on) = meeting.group, when
    read = Read.of(session, Scope((group,), period, on))
    facts = read.facts(group)
    meets = local_day(meeting.starts_at, group.zone)
    called = _called(read.seating.rows.get(group.id, ()), meets)
    answers, inputs = _answered(session, meeting, period)
    agreed = minutes(session, group, period.since, period.until, restricted=restricted)
    return BeforeFacts(
        group=replace(facts, minutes=agreed),
        agenda=_agenda(meeting.agenda if facts.next_meeting is None else facts.next_meeting.agenda),
        attending=Counter(answers.get(person) for person in called),
        inputs=inputs,
    )


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


def _answered(
    session: Session, meeting: Meeting, period: Period
) -> tuple[dict[int, Attending], Counter[InputState]]:
    """The last answer of each person for this time, and where each district stands."""
    answers: dict[int, Attending] = {}
    districts: dict[int, InputState] = {}
    for kind, number, said, is_reached in session.execute(_rows(meeting, period)):
        if kind == _CALL:
            answers[number] = Attending(said)
        elif said is not None:
            districts[number] = InputState.GIVEN if said else InputState.NOTHING
        else:
            unanswered = InputState.SILENT if is_reached else InputState.UNREACHED
            districts.setdefault(number, unanswered)
    return answers, Counter(districts.values())


_CALL, _INPUT = "call", "input"


def _rows(meeting: Meeting, period: Period) -> Rows:
    """Answers to the call, and what districts have given to the round, in one question."""
    calls = select(
        literal(_CALL).label("kind"),
        MeetingAnswer.person_id.label("number"),
        cast(MeetingAnswer.answer, String).label("said"),
        null().label("reached"),
        MeetingAnswer.id.label("turn"),
    ).where(
        MeetingAnswer.meeting_id == meeting.id,
        MeetingAnswer.starts_at == meeting.starts_at,
        MeetingAnswer.at < period.until,
    )
    account = (
        select(Account.id)
        .where(Account.person_id == InputRequest.person_id, Account.gone_at.is_(None))
        .limit(1)
        .scalar_subquery()
    )
    inputs = (
        select(
            literal(_INPUT),
            InputRequest.id,
            InputAnswer.text,
            account,
            InputAnswer.id,
        )
        .join(InputRequest.round)
        .outerjoin(
            InputAnswer,
            (InputAnswer.request_id == InputRequest.id) & (InputAnswer.at < period.until),
        )
        .where(InputRound.meeting_id == meeting.id, InputRound.opened_at < period.until)
    )
    both = union_all(calls, inputs).subquery()
    return select(both.c.kind, both.c.number, both.c.said, both.c.reached).order_by(both.c.turn)
