"""Links in e-mails: each one person's, for one answer about one thing, once and for a while.

Only a keyed hash of a link's token is stored. The token itself is made of the installation's
secret and of what the link is for, so that a letter that is sent anew holds the same links.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import ColumnElement, ForeignKey, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base
from models.people.organisations import Person

HOLDS = timedelta(days=14)
"""For how long a link may be used."""

KEPT = timedelta(days=90)
"""For how long after its end a link is still known, and says kindly what became of it."""

MOST_TRIES = 30
"""So many times may be posted to a link without anything being saved."""

LABEL, ABOUT = 100, 500


class MailLink(Base):
    """One link: what it does (a button's `action` and `value`), for whom, and until when.

    `label` is what the button said and `about` what it stood under. `used_at` is when it was
    used, `ended_at` when somebody withdrew it, `tries` how often something was posted to it.
    """

    __tablename__ = "mail_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    action: Mapped[str] = mapped_column()
    value: Mapped[str] = mapped_column(default="")
    label: Mapped[str] = mapped_column()
    about: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    tries: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()

    @property
    def event(self) -> str:
        """The key of the one act that the link stands for."""
        return f"link:{self.id}"


class LinkState(StrEnum):
    """Where a link stands.

    OPEN may be used. USED has been. EXPIRED is too old. WITHDRAWN was taken back, or its person
    has left. WORN was tried too often.
    """

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    WORN = "worn"


@dataclass(frozen=True)
class Wanted:
    """A link that is to be: what it does for whom, and in which words it was offered."""

    person_id: int
    action: str
    value: str
    label: str
    about: str
    ends_at: datetime


def token_for(secret: bytes, *names: object) -> str:
    """The token of a link that is made of these names: nobody guesses it, and it fits an address.

    32 bytes of a keyed hash as 43 signs.
    """
    words = ":".join(str(name) for name in names)
    made = hmac.new(secret, f"mail_link:{words}".encode(), sha256).digest()
    return base64.urlsafe_b64encode(made).decode("ascii").rstrip("=")


def put(session: Session, secret: bytes, token: str, wanted: Wanted, at: datetime) -> MailLink:
    """Stores a link under its token; one that is there already stays as it is."""
    known = link_of_token(session, secret, token)
    if known is not None:
        return known
    link = MailLink(
        digest=_digest(secret, token),
        person_id=wanted.person_id,
        action=wanted.action,
        value=wanted.value,
        label=wanted.label[:LABEL],
        about=wanted.about[:ABOUT],
        made_at=at,
        ends_at=wanted.ends_at,
    )
    try:
        with session.begin_nested():
            session.add(link)
            session.flush()
    except IntegrityError:
        # Somebody looked at the same page at the same moment, and made the same link.
        known = link_of_token(session, secret, token)
        assert known is not None, "it is there, for it could not be made twice"
        return known
    return link


def link_of_token(session: Session, secret: bytes, token: str) -> MailLink | None:
    """The link that an address ends in; none where the address is made up."""
    query = select(MailLink).where(MailLink.digest == _digest(secret, token))
    return session.scalars(query).first()


def state_of(link: MailLink, at: datetime) -> LinkState:
    """Where a link stands at a moment; what was used says so however old it is."""
    if link.used_at is not None:
        return LinkState.USED
    if link.ended_at is not None or not link.person.is_active(at.date()):
        return LinkState.WITHDRAWN
    if link.ends_at <= at:
        return LinkState.EXPIRED
    return LinkState.WORN if link.tries >= MOST_TRIES else LinkState.OPEN


def note_try(session: Session, link_id: int) -> None:
    """Counts that something was posted to a link."""
    counted = update(MailLink).where(MailLink.id == link_id)
    session.execute(counted.values(tries=MailLink.tries + 1))


def note_use(session: Session, link_id: int, at: datetime) -> None:
    """Notes that a link has done what it was for; the first time counts."""
    unused = update(MailLink).where(MailLink.id == link_id, MailLink.used_at.is_(None))
    session.execute(unused.values(used_at=at))


def open_links(session: Session, at: datetime) -> dict[int, int]:
    """How many links wait for an answer, by the id of their person; what stops letters does not."""
    asks = MailLink.action != "letters.change"
    query = select(MailLink.person_id, func.count()).where(*_open(at), asks)
    return dict(session.execute(query.group_by(MailLink.person_id)).all())


def withdraw(session: Session, person: Person, at: datetime) -> int:
    """Ends all of a person's links that may still be used; returns how many."""
    mine = update(MailLink).where(MailLink.person_id == person.id, *_open(at))
    return len(session.scalars(mine.values(ended_at=at).returning(MailLink.id)).all())


def forget(session: Session, at: datetime) -> None:
    """Removes the links that ended long ago."""
    session.execute(delete(MailLink).where(MailLink.ends_at < at - KEPT))


def _open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (MailLink.used_at.is_(None), MailLink.ended_at.is_(None), MailLink.ends_at > at)


def _digest(secret: bytes, token: str) -> str:
    return hmac.new(secret, f"mail_link_token:{token}".encode(), sha256).hexdigest()
