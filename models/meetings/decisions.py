"""Decisions as they read: written at a meeting, and corrected by a new wording; the old one stays.

A decision that a file brought has no wording of its own: it reads as its row says, and counts as
known when its meeting ended. One that was prepared counts as known when its meeting begins, and
is none where the meeting is called off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, Select, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.audit import record
from models.base import Base
from models.groups import Group
from models.meetings.meeting import Decision, Meeting
from models.meetings.plans import By
from models.meetings.registrations import registry_number, registry_number_of
from models.people.organisations import Organisation, Party, Person
from models.places.place import District
from models.schedule import local_day

TEXT_LENGTH = 1000
REASON_LENGTH = 300


class DecisionWording(Base):
    """How a decision reads from a moment on; append-only, the first is number 1.

    `districts` and `parties` are the codes of those whom it concerns; no party means both. `item`
    is the item of the agenda that it answers. A restricted one is for those entitled alone.
    """

    __tablename__ = "decision_wording"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int] = mapped_column()
    text: Mapped[str] = mapped_column()
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), default=None)
    districts: Mapped[list[str]] = mapped_column(default=list)
    parties: Mapped[list[str]] = mapped_column(default=list)
    item: Mapped[str] = mapped_column(default="")
    restricted: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column(index=True)

    decision: Mapped[Decision] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    person: Mapped[Person | None] = relationship()


@dataclass(frozen=True)
class Wording:
    """What a decision says: the text, who acts on it, whom it concerns, and for whom it is."""

    text: str
    organisation: Organisation | None = None
    districts: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    item: str = ""
    restricted: bool = False


@dataclass(frozen=True)
class Numbers:
    """What a decision is found by: its § in the minutes, and its number in the register if any."""

    paragraph: int
    registry: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision as it reads at a moment, since when and by whom.

    `version` counts from 1. `replaces` is how it read before the period that is asked about, where
    it read otherwise then; `reason` says why it was corrected. `registry` is its registry number.
    `prepared` tells that these words were written before the meeting began.
    """

    decision: Decision
    wording: Wording
    known_at: datetime
    version: int = 1
    by: Person | None = None
    reason: str = ""
    replaces: Wording | None = None
    registry: str = ""
    prepared: bool = False

    @property
    def is_corrected(self) -> bool:
        """Whether it read otherwise once; to change what was prepared is no correction."""
        return self.version > 1 and bool(self.reason)

    @property
    def number(self) -> int:
        """Its § in the minutes."""
        return self.decision.number

    @property
    def is_restricted(self) -> bool:
        """Whether any of what is told of it is for those entitled alone."""
        return self.wording.restricted

    @property
    def former(self) -> Wording | None:
        """How it read before, unless that was for those entitled alone and this is not."""
        before = self.replaces
        hidden = before is not None and before.restricted and not self.wording.restricted
        return None if hidden else before


def decisions_of(
    session: Session, meeting: Meeting, until: datetime | None = None, *, restricted: bool
) -> list[Decided]:
    """The decisions of a meeting as they read, or as they read before a moment, in their order."""
    return _read(session, Decision.meeting_id == meeting.id, None, until, restricted=restricted)


def decisions_between(
    session: Session,
    of: ColumnElement[bool],
    since: datetime | None,
    until: datetime,
    *,
    restricted: bool,
) -> list[Decided]:
    """The decisions that were written or corrected in `[since, until)`, as they read at its end.

    `of` says of which meetings. What was restricted is left out unless it may be seen.
    """
    written = select(DecisionWording.id).where(
        DecisionWording.decision_id == Decision.id, DecisionWording.at < until
    )
    ended = Meeting.ends_at < until
    if since is not None:
        written = written.where(or_(DecisionWording.at >= since, Meeting.starts_at >= since))
        ended = ended & (Meeting.ends_at >= since)
    first = select(DecisionWording.id).where(
        DecisionWording.decision_id == Decision.id, DecisionWording.number == 1
    )
    brought = ~first.correlate(Decision).exists()
    known = or_(written.correlate(Decision, Meeting).exists(), brought & ended)
    return _read(session, of & known & _is_held(until), since, until, restricted=restricted)


def decisions_where(session: Session, which: ColumnElement[bool], most: int) -> list[Decided]:
    """The last decisions of some meetings as they read now, the newest meeting first.

    `which` leaves out the meetings that have not begun. The restricted are among them: whoever
    shows them sees to it who reads them.
    """
    newest = (
        select(Decision.id)
        .join(Decision.meeting)
        .join(Meeting.group)
        .where(which, Meeting.cancelled.is_(False))
        .order_by(Meeting.starts_at.desc(), Decision.number)
        .limit(most)
    )
    ids = session.scalars(newest).all()
    found = _read(session, Decision.id.in_(ids), None, None, restricted=True)
    return sorted(found, key=lambda each: ids.index(each.decision.id))


def _is_held(until: datetime) -> ColumnElement[bool]:
    """Whether a meeting has begun before a moment, so that what was prepared for it stands."""
    return (Meeting.starts_at < until) & Meeting.cancelled.is_(False)


def decision_as_it_reads(session: Session, decision: Decision) -> Decided:
    """One decision as it reads now, with what it replaced last."""
    versions = history_of(session, decision)
    now = _with_former(versions[-1], versions[-2] if len(versions) > 1 else None)
    return replace(now, registry=registry_number_of(session, decision))


def history_of(session: Session, decision: Decision) -> list[Decided]:
    """A decision as it has read, the first wording first; what was only prepared is left out."""
    versions = _versions(decision, _wordings(session, decision))
    return [each for each in versions[:-1] if not each.prepared] + versions[-1:]


def _read(
    session: Session,
    which: ColumnElement[bool],
    since: datetime | None,
    until: datetime | None,
    *,
    restricted: bool,
) -> list[Decided]:
    rows: dict[Decision, list[DecisionWording]] = {}
    numbers: dict[Decision, str] = {}
    for decision, wording, number in session.execute(_worded(which, until)).unique():
        rows.setdefault(decision, []).extend([wording] if wording is not None else [])
        numbers[decision] = number
    versions = (_versions(decision, found) for decision, found in rows.items())
    known = [each for each in (_as_of(found, since, until) for found in versions) if each]
    return [
        replace(each, registry=numbers[each.decision])
        for each in known
        if restricted or not each.is_restricted
    ]


def _worded(
    which: ColumnElement[bool], until: datetime | None
) -> Select[Decision, DecisionWording | None, str]:
    """Decisions with each of their wordings, the first one first, and their registry number."""
    return (
        select(Decision, DecisionWording, registry_number(until))
        .join(Decision.meeting)
        .outerjoin(DecisionWording, DecisionWording.decision_id == Decision.id)
        .where(which)
        .options(
            joinedload(Decision.meeting).joinedload(Meeting.group),
            joinedload(Decision.organisation),
            joinedload(Decision.affects),
            joinedload(DecisionWording.organisation),
            joinedload(DecisionWording.person),
        )
        .order_by(Meeting.starts_at, Decision.number, Decision.id, DecisionWording.number)
    )


def _wordings(session: Session, decision: Decision) -> Sequence[DecisionWording]:
    query = (
        select(DecisionWording)
        .where(DecisionWording.decision_id == decision.id)
        .options(joinedload(DecisionWording.organisation), joinedload(DecisionWording.person))
        .order_by(DecisionWording.number)
    )
    return session.scalars(query).all()


def _versions(decision: Decision, rows: Sequence[DecisionWording]) -> list[Decided]:
    """All that a decision has read as; the row that a file brought counts as the first."""
    written = [_version(decision, row) for row in rows]
    if rows and rows[0].number == 1:
        return written
    districts = tuple(sorted(each.code for each in decision.affects))
    brought = Wording(decision.text, decision.organisation, districts)
    return [Decided(decision, brought, decision.meeting.ends_at), *written]


def _version(decision: Decision, row: DecisionWording) -> Decided:
    began = decision.meeting.starts_at
    return Decided(
        decision,
        as_wording(row),
        max(row.at, began),
        row.number,
        row.person,
        row.reason,
        prepared=row.at < began,
    )


def _as_of(
    versions: Sequence[Decided], since: datetime | None, until: datetime | None
) -> Decided | None:
    """How a decision read at the end of a period, and how at its beginning; None before it was."""
    known = [each for each in versions if until is None or each.known_at < until]
    if not known:
        return None
    before = [each for each in known[:-1] if since is not None and each.known_at < since]
    return _with_former(known[-1], before[-1] if before else None)


def _with_former(now: Decided, before: Decided | None) -> Decided:
    return replace(now, replaces=before.wording if before else None)


def as_wording(row: DecisionWording) -> Wording:
    """What a stored wording says."""
    parties = tuple(Party(each) for each in row.parties)
    return Wording(
        row.text, row.organisation, tuple(row.districts), parties, row.item, row.restricted
    )


def next_number(session: Session, meeting: Meeting) -> int:
    """The next § of the group's year: decisions are numbered through a calendar year."""
    zone = meeting.group.zone
    year = local_day(meeting.starts_at, zone).year
    rows = session.execute(
        select(Meeting.starts_at, func.max(Decision.number))
        .join(Decision.meeting)
        .where(Meeting.group_id == meeting.group_id, Meeting.cancelled.is_(False))
        .where(Meeting.starts_at.between(*_around(meeting)))
        .group_by(Meeting.starts_at)
    )
    taken = [number for at, number in rows if local_day(at, zone).year == year]
    return max(taken, default=0) + 1


def _around(meeting: Meeting) -> tuple[datetime, datetime]:
    year = timedelta(days=366)
    return meeting.starts_at - year, meeting.starts_at + year


def is_taken(session: Session, meeting: Meeting, number: int) -> bool:
    """Whether the meeting has a decision with that § already."""
    query = select(Decision.id).where(Decision.meeting_id == meeting.id, Decision.number == number)
    return session.scalars(query).first() is not None


def write(
    session: Session, meeting: Meeting, numbers: Numbers, wording: Wording, by: By
) -> Decision:
    """Writes a new decision of a meeting down."""
    decision = Decision(
        meeting=meeting,
        number=numbers.paragraph,
        registry_number=numbers.registry,
        text=wording.text,
        organisation=wording.organisation,
    )
    session.add(decision)
    session.flush()
    session.add(_row(decision, wording, by))
    session.flush()
    subject = f"decision:{decision.id}"
    record(session, by.person, "write_decision", subject, by.at, number=decision.number)
    return decision


def correct(
    session: Session, decision: Decision, wording: Wording, reason: str, by: By
) -> DecisionWording:
    """Gives a decision a new wording; how it read before stays."""
    number = history_of(session, decision)[-1].version + 1
    row = _row(decision, wording, by)
    row.number, row.reason = number, reason
    session.add(row)
    session.flush()
    subject = f"decision:{decision.id}"
    record(session, by.person, "correct_decision", subject, by.at, version=number)
    return row


def _row(decision: Decision, wording: Wording, by: By) -> DecisionWording:
    return DecisionWording(
        decision=decision,
        number=1,
        text=wording.text,
        organisation=wording.organisation,
        districts=list(wording.districts),
        parties=[each.value for each in wording.parties],
        item=wording.item,
        restricted=wording.restricted,
        person=by.person,
        at=by.at,
    )


def of_group(group: Group) -> ColumnElement[bool]:
    """The meetings of a group."""
    return Meeting.group_id == group.id


def district_names(session: Session, wordings: Iterable[Wording]) -> dict[str, str]:
    """The names of the districts that are concerned, by their codes."""
    codes = {code for each in wordings for code in each.districts}
    if not codes:
        return {}
    query = select(District.code, District.name).where(District.code.in_(codes))
    rows = session.execute(query.order_by(District.valid_from))
    return {row.code: row.name for row in rows}
