"""When digests come, to which channel or member, and what they tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.audit import record
from models.base import Base
from models.groups import Group
from models.people.accounts import Channel
from models.people.organisations import Person
from models.records import AuditEntry
from models.schedule import MONDAY, WorkedWeek

HOURS = range(8, 17)
"""The local hours at which a digest may come: never in the evening."""

WEEKDAYS = range(5)
DAYS_BEFORE = range(1, 4)
"""So many working days before a meeting its digest may come."""

SET = "set_digest"
"""What the audit log calls a change, which keeps what was before it."""

SET_BEFORE = "set_digest_before"
"""The same for how long before a meeting its digest comes."""

MOST_LEAST = 50
"""The highest threshold that can be asked for."""


class Section(StrEnum):
    """What a weekly digest can tell."""

    MEASURES = "measures"
    MEETINGS = "meetings"
    SEATS = "seats"
    NEWS = "news"
    APPROVALS = "approvals"
    PICTURE = "picture"


EVERYTHING = frozenset(Section)


class DigestSetting(Base):
    """How a channel or a member wants the weekly digest; exactly one of the two is named.

    A channel without a row gets it as `Wanted()` says, a member without one gets none. An empty
    language or zone is the group's own. `least` is the fewest changes that are worth a message.
    """

    __tablename__ = "digest_setting"
    __table_args__ = (
        CheckConstraint("(channel_id IS NULL) <> (person_id IS NULL)", name="for_one_reader"),
        CheckConstraint("weekday BETWEEN 0 AND 4", name="on_a_working_day"),
        CheckConstraint("hour BETWEEN 8 AND 16", name="in_the_daytime"),
        CheckConstraint("least >= 1", name="empty_ones_are_not_sent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int | None] = mapped_column(
        ForeignKey("channel.id"), default=None, unique=True
    )
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), default=None, unique=True
    )
    is_on: Mapped[bool] = mapped_column(default=True, server_default=true())
    weekday: Mapped[int] = mapped_column(default=MONDAY)
    hour: Mapped[int] = mapped_column(default=8)
    language: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    least: Mapped[int] = mapped_column(default=1)
    sections: Mapped[list[str]] = mapped_column(default=list)
    changed_at: Mapped[datetime] = mapped_column()

    channel: Mapped[Channel | None] = relationship()
    person: Mapped[Person | None] = relationship()


@dataclass(frozen=True)
class Wanted:
    """A weekly digest as it is wanted; the defaults are those of a channel that nobody has set."""

    is_on: bool = True
    weekday: int = MONDAY
    hour: int = 8
    language: str = ""
    zone: str = ""
    least: int = 1
    sections: frozenset[Section] = EVERYTHING

    @classmethod
    def of(cls, row: DigestSetting | None) -> Wanted:
        """What a row says; the defaults where there is none."""
        if row is None:
            return cls()
        known = frozenset(Section(each) for each in row.sections if each in set(Section))
        return cls(row.is_on, row.weekday, row.hour, row.language, row.zone, row.least, known)

    def kept(self) -> dict[str, Any]:
        """All of it as it is written down when it becomes otherwise."""
        return {**asdict(self), "sections": in_order(self.sections)}

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any] | None) -> Wanted:
        """What was written down; the defaults where nobody had said anything."""
        if kept is None:
            return cls()
        return cls(**{**kept, "sections": frozenset(map(Section, kept["sections"]))})

    def rule(self, zone: str) -> WorkedWeek:
        """When it falls due; `zone` is the group's own."""
        return WorkedWeek(self.zone or zone, self.weekday, time(self.hour))


def setting_of_channel(session: Session, channel: Channel) -> DigestSetting | None:
    """How a channel wants it; None where nobody has said so."""
    query = select(DigestSetting).where(DigestSetting.channel_id == channel.id)
    return session.scalars(query).first()


def setting_of_person(session: Session, person: Person) -> DigestSetting | None:
    """How a member wants it; None for who has never asked for one."""
    query = select(DigestSetting).where(DigestSetting.person_id == person.id)
    return session.scalars(query).first()


def channels_of(session: Session, group: Group) -> list[Channel]:
    """The group's living channels."""
    query = select(Channel).where(Channel.group_id == group.id, Channel.gone_at.is_(None))
    return list(session.scalars(query.order_by(Channel.id)))


@dataclass(frozen=True)
class Setting:
    """What is set, by whom and when."""

    wanted: Wanted
    by: Person
    at: datetime


def set_wanted(session: Session, reader: Channel | Person, setting: Setting) -> DigestSetting:
    """Writes down how a channel or a member wants the digest."""
    of_channel = isinstance(reader, Channel)
    row = _setting_of(session, reader)
    was = Wanted.of(row).kept() if row is not None else None
    if row is None:
        row = DigestSetting(
            channel_id=reader.id if of_channel else None,
            person_id=None if of_channel else reader.id,
        )
        session.add(row)
    wanted = setting.wanted
    row.is_on, row.weekday, row.hour = wanted.is_on, wanted.weekday, wanted.hour
    row.language, row.zone, row.least = wanted.language, wanted.zone, wanted.least
    row.sections, row.changed_at = in_order(wanted.sections), setting.at
    session.flush()
    record(session, setting.by, SET, _subject(reader), setting.at, was=was)
    return row


def set_days_before(session: Session, group: Group, days: int, by: Person, at: datetime) -> None:
    """Writes down how many working days before its meetings a group wants the digest."""
    was = group.digest_days
    if days != was:
        group.digest_days = days
        record(session, by, SET_BEFORE, f"group:{group.code}", at, was=was, days=days)


def _setting_of(session: Session, reader: Channel | Person) -> DigestSetting | None:
    if isinstance(reader, Channel):
        return setting_of_channel(session, reader)
    return setting_of_person(session, reader)


def _subject(reader: Channel | Person) -> str:
    """What the audit log calls them."""
    return f"{'channel' if isinstance(reader, Channel) else 'person'}:{reader.id}"


@dataclass(frozen=True)
class Spell:
    """How a reader wanted the digest in `[since, until)`; `is_own` where somebody had said so."""

    wanted: Wanted
    is_own: bool
    since: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it was so at a moment."""
        begun = self.since is None or self.since <= at
        return begun and (self.until is None or at < self.until)


def spells_of(session: Session, reader: Channel | Person) -> list[Spell]:
    """How somebody has wanted the digest, the latest first, read backwards through the changes."""
    row, subject = _setting_of(session, reader), _subject(reader)
    wanted, is_own, until = Wanted.of(row), row is not None, None
    query = select(AuditEntry).where(AuditEntry.action == SET, AuditEntry.subject == subject)
    found = []
    for entry in session.scalars(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())):
        if "was" not in entry.detail:
            break
        found.append(Spell(wanted, is_own, entry.at, until))
        kept, until = entry.detail["was"], entry.at
        wanted, is_own = Wanted.of_kept(kept), kept is not None
    return [*found, Spell(wanted, is_own, None, until)]


def in_order(sections: Collection[Section]) -> list[str]:
    """Sections as they are stored, in the order in which they are told."""
    return [section.value for section in Section if section in sections]


def settings_of(session: Session, channels: Iterable[int]) -> dict[int, DigestSetting]:
    """What has been set for channels, by their ids."""
    query = select(DigestSetting).where(DigestSetting.channel_id.in_(list(channels)))
    return {row.channel_id: row for row in session.scalars(query) if row.channel_id is not None}
