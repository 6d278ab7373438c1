"""Where a member or a group is reached."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.groups import Group
from models.people.accounts import Account, Channel
from models.people.organisations import Person
from models.records import SmallFact

MAIL, MAIL_ROOM = "email", "mail"
"""The platform of those whom no chat reaches, and its one workspace."""

MAIL_IS_ON = "mail"
"""The small fact that this installation sends e-mail."""


ACCOUNT_OF_PERSON = (
    select(Account)
    .where(Account.person_id == bindparam("person"))
    .order_by(Account.gone_at.is_not(None), Account.linked_at.desc(), Account.id.desc())
    .limit(1)
)
"""Composed once, as it is asked once for each member who is told something."""


@dataclass(frozen=True)
class Address:
    """A conversation on a platform; `user` stands for a direct one whose channel is unknown."""

    platform: str
    workspace: str
    channel: str = ""
    user: str = ""

    @property
    def takes_lines(self) -> bool:
        """Whether whoever is reached there can write to the bot as well."""
        return self.platform != MAIL


def person_address(session: Session, person: Person) -> Address | None:
    """Where the member is reached: the account last linked and still living, else by e-mail.

    E-mail is for those who never had an account; one that was closed is for somebody to look at.
    """
    account = session.scalars(ACCOUNT_OF_PERSON, {"person": person.id}).first()
    if account is None:
        return Address(MAIL, MAIL_ROOM, user=person.email) if mail_is_on(session) else None
    if account.gone_at is not None:
        return None
    return Address(account.platform, account.workspace, account.direct_channel, account.user)


def mail_is_on(session: Session) -> bool:
    """Whether this installation sends e-mail; asked once in a session."""
    known = session.info.get(MAIL_IS_ON)
    if known is None:
        known = session.info[MAIL_IS_ON] = session.get(SmallFact, MAIL_IS_ON) is not None
    return bool(known)


def switch_mail(session: Session, *, on: bool) -> None:
    """Says whether this installation sends e-mail, for all of its processes."""
    fact = session.get(SmallFact, MAIL_IS_ON)
    if on and fact is None:
        session.add(SmallFact(name=MAIL_IS_ON, value="on"))
    if not on and fact is not None:
        session.delete(fact)
    session.info[MAIL_IS_ON] = on


def group_of_channel(session: Session, address: Address) -> Group | None:
    """The group whose channel it is, if it has been linked to one."""
    return session.scalars(
        select(Group)
        .join(Channel, Channel.group_id == Group.id)
        .where(
            Channel.platform == address.platform,
            Channel.workspace == address.workspace,
            Channel.channel == address.channel,
            Channel.gone_at.is_(None),
        )
    ).first()


def group_addresses(session: Session, group: Group) -> list[Address]:
    """The group's living channels, on whatever platforms."""
    channels = session.scalars(
        select(Channel)
        .where(Channel.group_id == group.id, Channel.gone_at.is_(None))
        .order_by(Channel.id)
    )
    return [Address(row.platform, row.workspace, row.channel) for row in channels]
