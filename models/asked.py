"""A question that one member asks another, with its answer: what all such tables share."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column, relationship

from models.people.organisations import Person


class Asked:
    """Who asks what, of whom, and what was answered; an empty answer is none yet.

    `asked_id` is nobody where there was nobody to ask.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None, index=True)
    text: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)

    @declared_attr
    @classmethod
    def asker(cls) -> Mapped[Person]:
        """The member who asks."""
        return relationship(foreign_keys=[cls.asker_id])

    @declared_attr
    @classmethod
    def asked(cls) -> Mapped[Person | None]:
        """The member who got it."""
        return relationship(foreign_keys=[cls.asked_id])

    @declared_attr
    @classmethod
    def answered_by(cls) -> Mapped[Person | None]:
        """The member who answered."""
        return relationship(foreign_keys=[cls.answered_by_id])


Row = TypeVar("Row", bound=Asked)


def alone_with(session: Session, kind: type[Row], number: int) -> Row | None:
    """A question of a kind that nobody else answers before the commit; None if it is not there."""
    locked = select(kind).where(kind.id == number).with_for_update(of=kind)
    return session.scalars(locked.execution_options(populate_existing=True)).first()
