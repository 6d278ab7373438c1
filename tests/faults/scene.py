"""The cooperation in which everything fails: a few workspaces, their channels, and their members.

All names are fixed, so that the database and the fake Slack are made apart and fit each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete

from bot.settings import Settings
from bot.slack.installations import Installations, Installed, cipher
from bot.timetable import begin
from models.database import Database
from models.people.accounts import Account, Channel
from models.people.organisations import Person
from models.storage.schema import upgrade
from tests.digests.village import NOW, Village, farsta_in_week_24

PLATFORM = "slack"
SIGNING_SECRET = "a signing secret for faults only"
SECRET_KEY = "a secret key that opens nothing but a test's own database"
MEMBERS = 12
CHANNELS = 30


@dataclass(frozen=True)
class Team:
    """A workspace where the bot is installed."""

    id: str
    token: str

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that the bot is in."""
        return tuple(f"C{self.id}{number:02}" for number in range(CHANNELS))


TEAMS = tuple(Team(f"T0FAULT{number}", f"xoxb-fault-{number}") for number in range(4))
HOME = TEAMS[0]
"""The workspace that the settings know, and where the members are."""


@dataclass(frozen=True)
class Member:
    """Somebody who asks questions and is asked them, about one measure of their own."""

    number: int

    @property
    def name(self) -> str:
        """What they are called."""
        return f"Medlem {self.number}"

    @property
    def email(self) -> str:
        """How Slack and the cooperation know that they are the same."""
        return f"medlem.{self.number}@stockholm.example"

    @property
    def user(self) -> str:
        """Their account in the home workspace."""
        return f"U0MEMBER{self.number:02}"

    @property
    def direct(self) -> str:
        """Their conversation with the bot."""
        return f"D0MEMBER{self.number:02}"

    @property
    def measure(self) -> str:
        """The measure that they answer for."""
        return f"FAR-1{self.number:02}"


CAST = tuple(Member(number) for number in range(MEMBERS))


def fill(database: Database) -> None:
    """Makes the tables, and in them the village with its members and the bot's installations."""
    upgrade(database)
    with database.write() as session:
        village = farsta_in_week_24(session)
        people = [_person(village, member) for member in CAST]
        # The village is on the page; here everybody has Slack alone.
        session.execute(delete(Account))
        session.execute(delete(Channel))
        session.add_all(map(_account, CAST, people))
    _install(database)
    # Nothing of the village's own falls due while the processes are being killed.
    begin(database, datetime(2999, 1, 1, tzinfo=UTC))


def _person(village: Village, member: Member) -> Person:
    """A member with a seat and a measure, who has read the first notice."""
    person = village.person(member.name, village.city)
    person.email, person.noticed_at = member.email, NOW
    village.seat(person)
    village.measure(member.measure, person)
    return person


def _account(member: Member, person: Person) -> Account:
    return Account(
        platform=PLATFORM,
        workspace=HOME.id,
        user=member.user,
        direct_channel=member.direct,
        person_id=person.id,
        linked_at=NOW,
    )


def _install(database: Database) -> None:
    settings = Settings.read({"DATABASE_URL": "sqlite:///unused", "SECRET_KEY": SECRET_KEY})
    installations = Installations(database, cipher((settings.encryption_key(),)))
    for team in TEAMS:
        found = Installed(team.id, team.token, team.id, f"B{team.id}", f"U{team.id}")
        installations.save(found, NOW)
