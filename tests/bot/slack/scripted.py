"""The real edge with replies that the test writes: a script in the place of the router."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

import models.people.organisations
from handlers.desk import Desk
from handlers.requests import (
    AnyRequest,
)
from handlers.router import Answer
from models.agreements import Level
from models.database import Database
from models.groups import Group, GroupKind
from models.message import (
    Actions,
    Button,
    Form,
    Message,
    Reply,
    Text,
    TextField,
)
from models.people.accounts import Account, Channel
from models.people.organisations import Organisation, OrganisationKind, Party
from tests.conversations.slack_stage import MONDAY, Bot, running_bot
from tests.slack.fake import FakeSlack, Person, Room

FORM = Form(
    name="report",
    title="Rapportera",
    submit="Spara",
    cancel="Avbryt",
    fields=(TextField(name="comment", label="Kommentar", max_length=500),),
    state="FAR-014",
)


def say(text: str, **more: object) -> Message:
    message = Message(summary=text, parts=(Text(text=text),))
    return message.model_copy(update=more)


def with_button(text: str, action: str = "undo", value: str = "7") -> Message:
    button = Button(label="Ångra", action=action, value=value)
    return Message(summary=text, parts=(Text(text=text), Actions(buttons=(button,))))


@dataclass
class Script:
    """Answers as the test has written; keeps what was asked."""

    reply: Callable[[AnyRequest], Reply | Answer] = lambda _: say("Hej")
    asked: list[AnyRequest] = field(default_factory=list)

    def __call__(self, request: AnyRequest, _: Desk) -> Answer:
        self.asked.append(request)
        found = self.reply(request)
        return found if isinstance(found, Answer) else Answer(found)

    def says(self, *replies: Reply | Answer) -> None:
        """One reply after the other; the last one stays."""
        left = list(replies)
        self.reply = lambda _: left.pop(0) if len(left) > 1 else left[0]


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def bot(slack: FakeSlack, database: Database, script: Script) -> Iterator[Bot]:
    with running_bot(slack, database, ask=script) as running:
        yield running


@pytest.fixture
def linked(slack: FakeSlack, database: Database, maja: Person, channel: Room) -> None:
    """Maja's account and the channel, linked to a member and a group."""
    office = Organisation(
        code="SLK",
        name="Stadsledningskontoret",
        kind=OrganisationKind.SPECIALIST_ADMINISTRATION,
        party=Party.CITY,
        valid_from=date(2019, 1, 1),
    )
    group = Group(
        code="CEN-BER",
        name="Centrala beredningsgruppen",
        kind=GroupKind.PREPARATORY,
        level=Level.CENTRAL,
        valid_from=date(2019, 1, 1),
    )
    member = models.people.organisations.Person(email=maja.account.email, name=maja.account.name)
    with database.write() as session:
        session.add_all([office, group])
        session.flush()
        member.organisation_id = office.id
        session.add(member)
        session.flush()
        here = {"platform": "slack", "workspace": slack.workspace.team_id, "linked_at": MONDAY}
        session.add(Account(**here, user=maja.user_id, person_id=member.id))
        session.add(Channel(**here, channel=channel.channel_id, group_id=group.id))
