"""Addresses at which a calendar program reads meetings: secret, each somebody's, and revocable."""

from __future__ import annotations

import hmac
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ForeignKey, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base
from models.groups import Group
from models.people.organisations import Person

MAC_LENGTH = 32
"""Hexadecimal digits of an address that nobody guesses: 128 bits."""


class CalendarFeed(Base):
    """A calendar that a member subscribes to: one group's meetings, or those of all their groups.

    With `whole_year` it holds all that falls in the year, and the meetings among it.

    The address is made of the id and the installation's secret, so that it can be shown again and
    the database alone gives none away. What has ended stays, and its address with it.
    """

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("cooperation_group.id"), default=None)
    whole_year: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_at: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship()
    group: Mapped[Group | None] = relationship()

    def token(self, secret: bytes) -> str:
        """What the address ends in."""
        return f"{self.id}-{_mac(self.id, secret)}"


def _mac(number: int, secret: bytes) -> str:
    return hmac.new(secret, f"calendar:{number}".encode(), sha256).hexdigest()[:MAC_LENGTH]


def live_feed(
    session: Session, person: Person, group: Group | None, *, whole_year: bool = False
) -> CalendarFeed | None:
    """The member's address for a group, or for all their groups, that has not ended."""
    of_group = (
        CalendarFeed.group_id.is_(None) if group is None else CalendarFeed.group_id == group.id
    )
    query = select(CalendarFeed).where(
        CalendarFeed.person_id == person.id,
        of_group,
        CalendarFeed.whole_year.is_(whole_year),
        CalendarFeed.ended_at.is_(None),
    )
    return session.scalars(query.order_by(CalendarFeed.id)).first()


def new_feed(
    session: Session, person: Person, group: Group | None, at: datetime, *, whole_year: bool = False
) -> CalendarFeed:
    """Makes an address for a group, or for all of the member's groups."""
    feed = CalendarFeed(person=person, group=group, whole_year=whole_year, made_at=at)
    session.add(feed)
    session.flush()
    return feed


def feed_of_token(session: Session, token: str, secret: bytes) -> CalendarFeed | None:
    """The feed that an address ends in, ended or not; none where the address is made up."""
    number, _, mac = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < MAC_LENGTH):
        return None
    if not hmac.compare_digest(mac.encode(), _mac(int(number), secret).encode()):
        return None
    return session.get(CalendarFeed, int(number))
