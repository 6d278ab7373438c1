"""Every single statement, commit and HTTP call of a story fails once, and the promises hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, count

import pytest
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot import timetable
from bot.delivery.claiming import LEASE
from bot.delivery.sending import drain
from bot.occasions import weeks
from bot.slack.bridge import Bridge
from bot.slack.installations import Installations, Installed, cipher
from bot.slack.sender import SlackSender
from bot.slack.web import Web
from bot.timetable import begin, tick
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState, Occurrence
from models.delivery.outgoing import Errand, queue
from models.message import Message, Text
from models.people.addresses import Address
from tests.bot.sender import FakeSender
from tests.digests.village import NOW, farsta_in_week_24
from tests.faults.nth import each_call
from tests.faults.scene import HOME, fill
from tests.faults.stories import counts, say_with_each_call_broken
from tests.slack.fake import FakeSlack, Trouble
from tests.slack.fixtures import slack
from tests.stores import Store

__all__ = ["slack"]

WEEK = timedelta(days=7)
ways = pytest.mark.parametrize("after_commit", [False, True], ids=["fails", "answer lost"])


@pytest.fixture
def cooperation(store: Store) -> Database:
    """Twelve members with a measure each."""
    return store.fresh("faults", fill)


@ways
def test_a_report_and_a_question_are_kept_once_whatever_call_fails(
    cooperation: Database, after_commit: bool
) -> None:
    number = say_with_each_call_broken(cooperation, after_commit=after_commit)
    assert number > 2
    assert counts(cooperation) == (number, number, 2 * number, number)


@pytest.fixture
def farsta(store: Store) -> Database:
    """The village, its timetable begun on Sunday."""
    return store.fresh("farsta", _begun_on_sunday)


def _begun_on_sunday(database: Database) -> None:
    database.create_all()
    with database.write() as session:
        farsta_in_week_24(session)
    begin(database, NOW - timedelta(days=1))


@ways
def test_each_monday_has_one_digest_whatever_call_fails(
    farsta: Database, after_commit: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetable, "SOURCES", (weeks.due,))

    def monday(number: int) -> None:
        with suppress(SQLAlchemyError):
            tick(farsta, by_nine(number))

    number = 0
    for number in each_call(farsta, monday, after_commit=after_commit):
        tick(farsta, by_nine(number))
    with farsta.read() as session:
        mondays = list(session.scalars(select(Occurrence.local_date).where(is_week())))
        digests = select(Delivery.key).where(Delivery.purpose == "digest")
        told = [key.rpartition(":workspace")[0] for key in session.scalars(digests)]
    assert len(mondays) == len(set(mondays)) == number
    assert len(told) == len(set(told)) > 0
    assert not_queued_twice(farsta)


def by_nine(weeks: int) -> datetime:
    """An hour that is past eight o'clock on a Monday, in summer and in winter."""
    return NOW + weeks * WEEK + timedelta(hours=1)


def is_week() -> ColumnElement[bool]:
    return Occurrence.schedule.like("week:%") & (Occurrence.outcome != "skipped")


def not_queued_twice(database: Database) -> bool:
    """Whether each occurrence that says that it queued a digest has it, and no other has."""
    with database.read() as session:
        queued = select(func.count()).where(
            Occurrence.schedule.like("week:%"), Occurrence.outcome.like("queued%")
        )
        digests = select(func.count()).where(Delivery.purpose == "digest")
        return session.scalar(queued) == session.scalar(digests)


@ways
def test_each_message_arrives_once_whatever_call_fails(
    cooperation: Database, after_commit: bool
) -> None:
    sender, later = FakeSender(), count()

    def queued_and_tried(number: int) -> None:
        with suppress(SQLAlchemyError):
            drain(cooperation, {"fake": sender}, NOW + next(later) * LEASE)

    queue_one(cooperation, 0)
    number = 0
    for number in each_call(cooperation, queued_and_tried, after_commit=after_commit):
        for _ in range(3):
            drain(cooperation, {"fake": sender}, NOW + next(later) * LEASE)
        queue_one(cooperation, number)
    drain(cooperation, {"fake": sender}, NOW + next(later) * LEASE)
    assert states(cooperation) == {DeliveryState.SENT}
    assert sorted(sender.counts().values()) == [1] * (number + 1)


def queue_one(database: Database, number: int, purpose: str = "seat", channel: str = "C1") -> None:
    message = Message(summary=f"Nr {number}", parts=(Text(text=f"Nr {number}"),))
    platform = "fake" if channel == "C1" else "slack"
    address = Address(platform, HOME.id, channel)
    with database.write() as session:
        queue(session, message, address, Errand(purpose, f"nth:{number}", NOW))


def states(database: Database) -> set[DeliveryState]:
    with database.read() as session:
        return set(session.scalars(select(Delivery.state)))


@pytest.fixture
def sender(slack: FakeSlack, database: Database) -> Iterator[SlackSender]:
    """A sender to a fake Slack whose clock stands where the deliveries' does."""
    installations = Installations(database, cipher(["nyckel"]))
    place = slack.workspace
    found = Installed(place.team_id, place.bot_token, place.name, place.bot_id, place.bot_user_id)
    installations.save(found, NOW)
    web, bridge = Web(slack.api_url), Bridge()
    yield SlackSender(installations, web, bridge)
    bridge.run(web.close(), 5)
    bridge.close()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("trouble", "purpose"),
    [*((each, "seat") for each in Trouble), (Trouble.DROP, "digest")],
    ids=lambda each: getattr(each, "name", each),
)
def test_a_message_arrives_once_whatever_http_calls_fail(
    slack: FakeSlack, sender: SlackSender, database: Database, trouble: Trouble, purpose: str
) -> None:
    """Any two calls of the first six fail, so that the look-up after a lost answer does as well."""
    for number, pair in enumerate(combinations(range(6), 2)):
        channel = slack.channel(f"rum-{number}").channel_id
        with database.write() as session:
            words = Message(summary="Nytt", parts=(Text(text="Nytt"),))
            for name in range(2):
                where = Address("slack", slack.workspace.team_id, channel)
                queue(session, words, where, Errand(purpose, f"{number}:{name}", NOW))
        slack.chance = Chosen(pair, trouble)
        send_all(database, slack, sender, datetime.now(UTC) + timedelta(minutes=number))
    arrived = [post.metadata["event_payload"]["id"] for post in slack.posts]
    assert states(database) == {DeliveryState.SENT}
    assert len(arrived) == len(set(arrived)) == 2 * 15


@dataclass
class Chosen:
    """Trouble at the calls with these numbers, counted from 0."""

    numbers: Collection[int]
    trouble: Trouble
    calls: int = 0

    def __call__(self, _method: str) -> Trouble | None:
        self.calls += 1
        return self.trouble if self.calls - 1 in self.numbers else None


def send_all(database: Database, slack: FakeSlack, sender: SlackSender, at: datetime) -> None:
    """Tries until nothing waits, each time a little later."""
    for _ in range(60):
        slack.clock.set(at)
        drain(database, {"slack": sender}, at)
        if states(database) <= {DeliveryState.SENT, DeliveryState.HELD}:
            return
        at += timedelta(seconds=1)
