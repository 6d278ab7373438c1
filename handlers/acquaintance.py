"""Knowing who asks: accounts are linked to members by the e-mail that the platform verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session, joinedload

from handlers.requests import AnyRequest, Identity
from models.audit import record
from models.delivery.outbox import Inbox
from models.language import Language
from models.message import Heading, Message, Note, Part, Text
from models.people.accounts import Account
from models.people.merge import person_of_email
from models.people.organisations import Person
from models.records import SmallFact
from models.registry_version import NAME as NAMES_VERSION

PERSON_OF_ACCOUNT = (
    select(Person)
    .join(Account, Account.person_id == Person.id)
    .where(
        Account.platform == bindparam("platform"),
        Account.workspace == bindparam("workspace"),
        Account.user == bindparam("user"),
        Account.gone_at.is_(None),
    )
    .options(joinedload(Person.organisation))
)
"""Every request begins with this question, so it is built once."""

ARRIVAL = (
    PERSON_OF_ACCOUNT.add_columns(SmallFact.value, Inbox.id)
    .outerjoin(SmallFact, SmallFact.name == NAMES_VERSION)
    .outerjoin(
        Inbox,
        and_(
            Inbox.platform == bindparam("platform"),
            Inbox.workspace == bindparam("workspace"),
            Inbox.event == bindparam("event"),
        ),
    )
)


@dataclass(frozen=True)
class Arrival:
    """What one question tells of a request: who asks, which names hold, whether it came before.

    Of an account that is not linked only the first is asked: `version` and `came_before` are empty.
    """

    person: Person | None
    version: str | None = None
    came_before: bool | None = None


def arrival(session: Session, request: AnyRequest) -> Arrival:
    """What is known of a request when it arrives, in one question where the account is linked."""
    account = _account(request.who)
    row = session.execute(ARRIVAL, {**account, "event": request.event}).first()
    if row is None:
        return Arrival(None)
    person, version, inbox = row
    return Arrival(person, version or "", inbox is not None)


def known_person(session: Session, who: Identity) -> Person | None:
    """The member whose account this is, if the account has been linked."""
    return session.scalars(PERSON_OF_ACCOUNT, _account(who)).first()


def _account(who: Identity) -> dict[str, str]:
    return {"platform": who.platform, "workspace": who.workspace, "user": who.user}


def person_by_email(session: Session, email: str | None) -> Person | None:
    """The member with this work e-mail, or who had it before two records were made one."""
    return person_of_email(session, email) if email else None


def link(session: Session, who: Identity, person: Person, at: datetime) -> Account:
    """Links an account to a member; an account that had gone comes back to life."""
    account = session.scalars(
        select(Account).where(
            Account.platform == who.platform,
            Account.workspace == who.workspace,
            Account.user == who.user,
        )
    ).first()
    if account is None:
        account = Account(
            platform=who.platform, workspace=who.workspace, user=who.user, linked_at=at
        )
        session.add(account)
    account.person_id = person.id
    account.gone_at = None
    account.linked_at = at
    record(session, person, "link_account", f"person:{person.id}", at, platform=who.platform)
    return account


def stranger(language: Language, who: Identity) -> Message:
    """What somebody is told whom we do not know: the way in, and no data."""
    _ = language._
    parts: list[Part] = [
        Heading(text=_("We have not met yet")),
        Text(
            text=_(
                "Samverkansbot answers members of the cooperation between the city and the police. "
                "Ask your group's secretary or the coordinator to add you with your work e-mail. "
                "Then write here again."
            )
        ),
    ]
    if who.email:
        parts.append(Note(text=_("The e-mail we see is {email}.", email=who.email)))
    return Message(
        summary=_("We have not met yet: ask the coordinator to add you."), parts=tuple(parts)
    )


def first_notice(language: Language, *, takes_lines: bool = True) -> Message:
    """What everyone reads once: what this is for, what does not belong here, how to pause."""
    _ = language._
    heading = _("Hello, I am Samverkansbot")
    text = _(
        "I keep track of measures, seats and meetings in your cooperation groups. "
        "**Nothing about individuals belongs here**: no names of young people, victims or "
        "suspects, no personal identity numbers."
    )
    how = _("Write `pause` to pause my direct messages and `help` to see what I can do.")
    if not takes_lines:
        how = _("You answer with the links in these e-mails, without signing in anywhere.")
    return Message(summary=heading, parts=(Heading(text=heading), Text(text=f"{text} {how}")))
