"""What is told before a meeting and could not be sent in time: it is not sent, and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery.claiming import LEASE
from bot.delivery.holds import tell_of_held
from bot.delivery.sending import drain
from bot.occasions.inputs import input_askings
from bot.timetable import tick
from digests.asking import Asking, Round, useful_until
from handlers.seats.telling import speech, tell_until
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.outgoing import Errand, queue
from models.delivery.trouble import Trouble
from models.meetings.inputs import InputRequest, InputRound, keep_round_before
from models.meetings.meeting import Decision, Meeting
from models.meetings.plans import By, cancel, change, facts_of
from models.meetings.usefulness import before_name, notice_key
from models.message import Message, Text
from models.people.addresses import Address
from models.people.organisations import Person
from tests.bot.sender import FakeSender
from tests.bot.test_timetable import deliveries, farsta, occurrences
from tests.digests.village import NOW, farsta_in_week_24

__all__ = ["farsta"]

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

STARTS = NOW + timedelta(hours=3)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUEUED, SENDING, HELD = DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.HELD
SENT, TOO_LATE = (DeliveryState.SENT, None), (DeliveryState.WITHDRAWN, Trouble.TOO_LATE)


def queued(session: Session, key: str = "one", until: datetime = STARTS) -> Delivery:
    message = Message(summary="Möte", parts=(Text(text="Möte"),))
    errand = Errand("asking", key, NOW, useful_until=until)
    return queue(session, message, Address("fake", "T1", key), errand)


def ended(database: Database) -> tuple[DeliveryState, Trouble | None]:
    with database.read() as session:
        row = session.scalars(select(Delivery)).one()
        return row.state, row.trouble


@pytest.mark.parametrize(
    ("state", "keeps_history", "at", "end"),
    [
        (QUEUED, True, STARTS - HOUR, SENT),
        (QUEUED, True, STARTS, TOO_LATE),
        (SENDING, True, STARTS - HOUR, SENT),
        (SENDING, True, STARTS, TOO_LATE),
        (SENDING, False, STARTS, TOO_LATE),
        (HELD, True, STARTS, TOO_LATE),
    ],
    ids=["waits", "is late", "in doubt", "in doubt and late", "nobody can tell", "held"],
)
def test_what_waited_until_nobody_has_use_for_it_is_not_sent(
    database: Database,
    state: DeliveryState,
    keeps_history: bool,
    at: datetime,
    end: tuple[DeliveryState, Trouble | None],
) -> None:
    sender = FakeSender(keeps_history=keeps_history)
    with database.write() as session:
        row = queued(session)
        row.state, row.attempts, row.started_at, row.lease_until = state, 1, NOW, NOW + LEASE
    drain(database, {"fake": sender}, at)
    tell_of_held(database, at)
    assert (ended(database), len(sender.sent)) == (end, int(end == SENT))


def test_what_arrived_before_the_connection_broke_is_found_however_late(
    database: Database,
) -> None:
    sender = FakeSender()
    with database.write() as session:
        queued(session)
    drain(database, {"fake": sender}, NOW)
    with database.write() as session:
        row = session.scalars(select(Delivery)).one()
        row.state, row.lease_until = SENDING, NOW + LEASE
    drain(database, {"fake": sender}, STARTS + HOUR)
    assert (ended(database), len(sender.sent)) == (SENT, 1)


def coming(session: Session) -> Meeting:
    """The meeting of Tuesday 18 June at 13."""
    return session.scalars(select(Meeting).order_by(Meeting.starts_at.desc())).all()[0]


def test_the_digest_before_a_meeting_is_not_sent_once_it_has_begun_and_that_after_it_is(
    farsta: Database,
) -> None:
    with farsta.write() as session:
        for person in session.scalars(select(Person)):
            person.noticed_at = NOW
        meeting = coming(session)
        about = {"meeting_id": meeting.id, "organisation_id": person.organisation_id}
        session.add(Decision(number=1, text="Tunneln stängs", **about))
        starts = meeting.starts_at
    tick(farsta, NOW + 4 * DAY)
    assert [row.due_at for row in deliveries(farsta, "meeting")] == [NOW + 4 * DAY] * 2
    assert occurrences(farsta, "meeting:%before") == [(date(2024, 6, 14), "queued 2")]
    sender = FakeSender("workspace")
    for at in (starts, starts + DAY):
        tick(farsta, at)
        drain(farsta, {"workspace": sender}, at)
    told = [(":after:" in row.key, row.state) for row in deliveries(farsta, "meeting")]
    assert told == [(False, DeliveryState.WITHDRAWN)] * 2 + [(True, DeliveryState.SENT)] * 2
    assert not [each for each in sender.sent if "Inför" in each.message.summary]


def test_what_greets_a_member_is_sent_however_late(session: Session) -> None:
    village = farsta_in_week_24(session)
    message = Message(summary="Möte", parts=(Text(text="Möte"),))
    for key in ("first", "second"):
        tell_until(session, village.maja, message, (key, NOW, STARTS))
    limits = session.scalars(select(Delivery.useful_until).order_by(Delivery.key)).all()
    assert limits == [None, STARTS]


@pytest.mark.parametrize(
    ("days", "hours", "digest", "notice"),
    [(0, 2, 2 * HOUR, 0 * HOUR), (7, 0, 0 * HOUR, 0 * HOUR), (-1, 0, -DAY, -DAY)],
    ids=["later that day", "a week later", "the day before"],
)
def test_what_waits_follows_a_meeting_that_is_moved(
    session: Session, days: int, hours: int, digest: timedelta, notice: timedelta
) -> None:
    village = farsta_in_week_24(session)
    meeting, by = coming(session), By(village.maja, NOW + 4 * DAY)
    old, facts = meeting.starts_at, facts_of(meeting)
    earlier = change(session, meeting, replace(facts, place="Torget"), by)
    assert earlier is not None
    told = queued(session, f"{before_name(meeting.id)}:2024-06-14:1", old)
    changed = queued(session, f"{notice_key(earlier)}:1", old)
    starts, ends = (time(at.hour + hours) for at in (facts.starts, facts.ends))
    moved = replace(facts, day=facts.day + timedelta(days), starts=starts, ends=ends)
    change(session, meeting, moved, by)
    assert (told.useful_until, changed.useful_until) == (old + digest, old + notice)
    cancel(session, meeting, by)
    assert told.useful_until == by.at


def test_a_question_to_a_district_is_of_use_until_its_round_closes(session: Session) -> None:
    village = farsta_in_week_24(session)
    meeting = coming(session)
    around = InputRound(meeting=meeting, opened_at=NOW, due_at=meeting.starts_at - DAY)
    request = InputRequest(district=village.district, person=village.maja, round=around)
    session.add_all([around, request])
    session.flush()
    asked = Round(NOW.date(), NOW, (village.maja,), speech)
    [alone] = input_askings(session, asked)
    assert useful_until([alone]) == around.due_at
    assert useful_until([alone, Asking(village.maja.id, "annat", ())]) is None
    row = queued(session, until=around.due_at)
    row.person_id = village.maja.id
    meeting.starts_at -= 2 * DAY
    keep_round_before(session, meeting, NOW)
    assert row.useful_until == around.due_at < meeting.starts_at
