"""The cooperation in which everything fails: a few workspaces, their channels, and their members.

All names are fixed, so that the database and the fake Slack are made apart and fit each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.slack.installations import Installations, Installed, cipher
from bot.timetable import begin
from models.accounts import Account, Channel
from models.database import Database
from models.schema import upgrade
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
        session.connection().exec_driver_sql("DELETE FROM account")
        session.connection().exec_driver_sql("DELETE FROM channel")
        for member in CAST:
            _add(village, member)
        for number, channel in enumerate(HOME.channels[:2]):
            session.add(_linked(channel, village, number))
    _install(database)
    # Nothing of the village's own past falls due while the processes are being killed.
    begin(database, datetime.fromisoformat("2999-01-01T00:00:00+00:00"))


def _add(village: Village, member: Member) -> None:
    person = village.person(member.name, village.city)
    person.email, person.noticed_at = member.email, NOW
    village.seat(person)
    village.measure(member.measure, person)
    _forget_account(village.session, person.id)
    village.session.add(
        Account(
            platform=PLATFORM,
            workspace=HOME.id,
            user=member.user,
            direct_channel=member.direct,
            person_id=person.id,
            linked_at=NOW,
        )
    )


def _forget_account(session: Session, person_id: int) -> None:
    """The village gives everybody an account on the page; here they have Slack alone."""
    session.flush()
    for account in session.query(Account).where(Account.person_id == person_id):
        session.delete(account)


def _linked(channel: str, village: Village, number: int) -> Channel:
    return Channel(
        platform=PLATFORM,
        workspace=HOME.id,
        channel=channel,
        group_id=village.group.id,
        linked_at=NOW,
    )


def _install(database: Database) -> None:
    from bot.settings import Settings

    settings = Settings.read({"DATABASE_URL": "sqlite:///unused", "SECRET_KEY": SECRET_KEY})
    installations = Installations(database, cipher((settings.encryption_key(),)))
    for team in TEAMS:
        found = Installed(team.id, team.token, team.id, f"B{team.id}", f"U{team.id}")
        installations.save(found, NOW)
