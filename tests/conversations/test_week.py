"""A week in Farsta, on a clock that is moved: what the group reads, what its members are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from bot.console import as_text
from bot.delivery.port import Outgoing
from bot.delivery.sending import drain
from bot.timetable import tick_through
from handlers.desk import Desk
from handlers.requests import ButtonPressed, Command, FormSubmitted, Identity, Place, PlaceKind
from handlers.router import answer
from models.database import Database
from models.message import Actions, Button, Form, Message
from models.people.accounts import Account, Channel
from models.people.organisations import Person
from tests.bot.sender import FakeSender
from tests.stores import BOTH_STORES

MONDAY = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
"""Monday 10 June 2024 at 08:00 in Stockholm."""

DAY = timedelta(days=1)
NEXT_MONDAY = MONDAY + 7 * DAY
ASKS = "Väntar på dig"


@dataclass
class Farsta:
    """The cooperation with a clock of its own, and everything that was sent in `post`."""

    database: Database
    now: datetime = MONDAY - timedelta(hours=1)
    post: FakeSender = field(default_factory=lambda: FakeSender("workspace"))
    _events: Iterator[int] = field(default_factory=lambda: iter(range(1000)))

    def __post_init__(self) -> None:
        self.desk = Desk(self.database, b"a secret of the tests, long enough")

    def move_to(self, at: datetime) -> None:
        """Moves the clock; what falls due on the way is delivered at its hour."""
        senders = {"workspace": self.post}
        tick_through(
            self.database, self.now, at, lambda moment: drain(self.database, senders, moment)
        )
        self.now = at

    def posted(self, channel: str) -> list[Outgoing]:
        """What was posted in a group's channel."""
        return [outgoing for outgoing in self.post.sent if outgoing.channel == channel]

    def told(self, person: Person, beginning: str) -> list[Outgoing]:
        """What a member got in direct messages whose notification begins so."""
        mine = [outgoing for outgoing in self.post.sent if outgoing.user == str(person.id)]
        return [each for each in mine if each.message.summary.startswith(beginning)]

    def asked(self, person: Person) -> list[Message]:
        """The messages that asked a member for something."""
        return [outgoing.message for outgoing in self.told(person, ASKS)]

    def member(self, name: str) -> Person:
        """A member by name."""
        with self.database.read() as session:
            return session.scalars(select(Person).where(Person.name == name)).one()

    def says(self, person: Person, line: str) -> object:
        """The reply to a typed line."""
        return answer(Command(**self._about(person), line=line), self.desk).reply

    def presses(self, person: Person, button: Button) -> object:
        """The reply to a pressed button."""
        press = ButtonPressed(**self._about(person), action=button.action, value=button.value)
        return answer(press, self.desk).reply

    def fills_in(self, person: Person, form: Form, **values: str) -> object:
        """The reply to a form."""
        sent = FormSubmitted(
            **self._about(person), form=form.name, state=form.state, values=dict(values)
        )
        return answer(sent, self.desk).reply

    def _about(self, person: Person) -> dict[str, object]:
        who = Identity(platform="workspace", workspace="local", user=str(person.id))
        return {
            "who": who,
            "where": Place(kind=PlaceKind.DIRECT),
            "at": self.now,
            "event": f"event-{next(self._events)}",
        }


@pytest.fixture
def farsta(stockholm: Database) -> Farsta:
    """Stockholm, of which only Maja and her preparatory group are reached: it is their story."""
    with stockholm.write() as session:
        maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
        maja.noticed_at = MONDAY
        session.execute(delete(Account).where(Account.person_id != maja.id))
        session.execute(delete(Channel).where(Channel.channel != "FAR-BER"))
    return Farsta(stockholm)


def buttons(message: Message) -> dict[str, Button]:
    """A message's buttons by what a screen reader says of them."""
    rows = [part for part in message.parts if isinstance(part, Actions)]
    found = [button for row in rows for button in row.buttons if isinstance(button, Button)]
    return {button.spoken or button.label: button for button in found}


@BOTH_STORES
def test_a_week_in_farsta(farsta: Farsta) -> None:
    maja = farsta.member("Maja Ekvall")

    # Monday at eight: the group reads how it stands, and Maja is asked for an answer.
    farsta.move_to(MONDAY)
    [digest] = farsta.posted("FAR-BER")
    card = as_text(digest.message)
    assert "Vecka 24 · Farsta lokala beredningsgrupp" in card
    for line in ("▲ Försenad 12 dagar", "? Ingen rapport på 47 dagar", "19 av 24 helger"):
        assert line in card
    assert "tis 18 juni 13.00" in card
    [survey] = farsta.asked(maja)
    assert "Svara" in buttons(survey)

    # Friday, two working days before the meeting: the members read what awaits it.
    farsta.move_to(MONDAY + 4 * DAY)
    [before] = farsta.told(maja, "Inför mötet 18 juni · Farsta lokala beredningsgrupp")
    assert before.started_at == MONDAY + 4 * DAY
    assert "Sedan mötet 21 maj" in as_text(before.message)
    assert farsta.asked(maja) == [survey]

    # The next Monday she is asked about her delayed measure, and says in two presses why.
    farsta.move_to(NEXT_MONDAY)
    [_, checkin] = farsta.asked(maja)
    form = farsta.presses(maja, buttons(checkin)["FAR-011: Försenad"])
    assert isinstance(form, Form)
    thanks = farsta.fills_in(maja, form, obstacle="Två tjänster är vakanta")
    assert isinstance(thanks, Message)
    assert "FAR-011 är uppdaterad" in thanks.summary

    # On Tuesday the measure is done; the digest of the Monday after says so, once.
    farsta.move_to(NEXT_MONDAY + DAY)
    farsta.says(maja, "rapportera FAR-011 klar Fältarbetet är bemannat igen")
    farsta.move_to(NEXT_MONDAY + 7 * DAY)
    weeks = [as_text(post.message) for post in farsta.posted("FAR-BER")]
    weeks = [week for week in weeks if week.startswith("Vecka")]
    assert ["Fältarbetet är bemannat igen" in week for week in weeks] == [False, False, True]


@pytest.mark.usefixtures("only_asking")
def test_not_now_is_respected_until_its_day(farsta: Farsta) -> None:
    maja = farsta.member("Maja Ekvall")
    farsta.move_to(NEXT_MONDAY)
    farsta.now = NEXT_MONDAY + DAY
    form = farsta.presses(maja, buttons(farsta.asked(maja)[-1])["FAR-011: Inte nu"])
    assert isinstance(form, Form)
    assert "Om en vecka, 25 juni" in as_text(form)
    reply = farsta.fills_in(maja, form, when="own", day="2024-06-26")
    assert isinstance(reply, Message)
    assert reply.summary == "Jag frågar om FAR-011 igen onsdag 26 juni."
    farsta.move_to(NEXT_MONDAY + 8 * DAY)
    later = {name for message in farsta.asked(maja)[2:] for name in buttons(message)}
    assert "FAR-011: Inte nu" not in later
    farsta.move_to(NEXT_MONDAY + 9 * DAY)
    assert "FAR-011: Inte nu" in buttons(farsta.asked(maja)[-1])


@pytest.mark.usefixtures("only_asking")
def test_an_english_member_is_asked_in_english(farsta: Farsta) -> None:
    with farsta.database.write() as session:
        session.get_one(Person, farsta.member("Maja Ekvall").id).language = "en"
    farsta.move_to(NEXT_MONDAY)
    [_, asked] = farsta.told(farsta.member("Maja Ekvall"), "Waiting for you: ")
    assert "FAR-011: Needs help" in buttons(asked.message)
