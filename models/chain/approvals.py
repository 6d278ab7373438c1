"""Both parties' approval of directions, goals and measures, version by version (rule R3).

draft ──submitted──▶ waiting ──one yes──▶ waiting ──the other's yes──▶ approved
                        ▲  a changed wording is a new version, which waits │
                        └──────────── for both parties again ◀─────────────┘

The version that both have approved last stays in force while a newer one waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Select, UniqueConstraint, false, func, select
from sqlalchemy.orm import (
    Mapped,
    Session,
    aliased,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)

from models.audit import record
from models.base import Base, enum_column, held_on
from models.chain.links import Direction, Goal
from models.chain.party_voices import PARTIES, Voices
from models.groups import Group, GroupKind
from models.measures.measure import Measure
from models.people.organisations import Party, Person


class Approvable(StrEnum):
    """What both parties approve before it holds (rule R3)."""

    DIRECTION = "direction"
    GOAL = "goal"
    MEASURE = "measure"


TABLES: dict[Approvable, type[Direction | Goal | Measure]] = {
    Approvable.DIRECTION: Direction,
    Approvable.GOAL: Goal,
    Approvable.MEASURE: Measure,
}


class Version(Base):
    """One wording of a direction, goal or measure; a changed wording is a new version.

    `subject` is the thing's code; `wording` what is approved, word for word. With `removes` it is
    asked whether the thing that reads so is to be taken away.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("kind", "subject", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Approvable] = mapped_column(enum_column(Approvable))
    subject: Mapped[str] = mapped_column(index=True)
    number: Mapped[int] = mapped_column()
    wording: Mapped[str] = mapped_column()
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column()
    removes: Mapped[bool] = mapped_column(default=False, server_default=false())

    by: Mapped[Person | None] = relationship()
    approvals: Mapped[list[Approval]] = relationship(
        back_populates="version", order_by="Approval.id"
    )


class Approval(Base):
    """One party's approval of a version; append-only, one for each party."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("version_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    party: Mapped[Party] = mapped_column(enum_column(Party))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column()

    version: Mapped[Version] = relationship(back_populates="approvals")
    person: Mapped[Person] = relationship()


class ChangeProposal(Base):
    """A change that one party proposes instead of approving a version."""

    __tablename__ = "change_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()

    version: Mapped[Version] = relationship()
    person: Mapped[Person] = relationship()


class ApprovalState(StrEnum):
    """Where a thing that both parties approve stands.

    DRAFT has never been submitted. WAITING has a newest version that a party has not approved.
    APPROVED holds as it reads. CHANGED reads otherwise than its newest version, for instance
    after an import, and has to be submitted again.
    """

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    CHANGED = "changed"


class Obstacle(StrEnum):
    """Why somebody's approval does not count.

    SUPERSEDED: there is a newer version. ANSWERED: their party has approved it already.
    NOT_A_CHAIR: they do not speak for the party on this day.
    """

    SUPERSEDED = "superseded"
    ANSWERED = "answered"
    NOT_A_CHAIR = "not_a_chair"


@dataclass(frozen=True)
class Subject:
    """What is approved, by its kind and code."""

    kind: Approvable
    code: str

    @property
    def key(self) -> str:
        """How the audit log and buttons name it: goal:M-07."""
        return f"{self.kind.value}:{self.code}"


def silent_parties(version: Version) -> tuple[Party, ...]:
    """The parties that have not approved a version."""
    given = {approval.party for approval in version.approvals}
    return tuple(party for party in PARTIES if party not in given)


def in_force(versions: Iterable[Version]) -> Version | None:
    """The newest wording that both parties have approved; it holds while a newer one waits."""
    approved = (each for each in versions if not (each.removes or silent_parties(each)))
    return max(approved, key=lambda version: version.number, default=None)


def newest(versions: Iterable[Version]) -> Version | None:
    """The version that was submitted last."""
    return max(versions, key=lambda version: version.number, default=None)


def state(versions: Sequence[Version], wording: str) -> ApprovalState:
    """Where a thing stands that now reads as `wording`, from all its versions."""
    last = newest(versions)
    if last is None:
        return ApprovalState.DRAFT
    if last.wording != wording:
        return ApprovalState.CHANGED
    return ApprovalState.WAITING if silent_parties(last) else ApprovalState.APPROVED


def obstacle(
    version: Version, party: Party, person: Person, voices: Voices, *, is_newest: bool
) -> Obstacle | None:
    """Why somebody's approval for a party would not count, if so.

    The coordinator, who may stand in for a missing chair elsewhere, approves for no party here.
    """
    if not is_newest:
        return Obstacle.SUPERSEDED
    if party not in silent_parties(version):
        return Obstacle.ANSWERED
    return None if speaks_for(voices, party, person) else Obstacle.NOT_A_CHAIR


def speaks_for(voices: Voices, party: Party, person: Person) -> bool:
    """Whether a person is a party's chair, or acts for the chair."""
    voice = voices[party]
    return not voice.chair_is_missing and voice.includes(person)


def history(session: Session, subject: Subject) -> list[Version]:
    """All versions of a thing with who approved them when, the oldest first."""
    query = all_versions().where(Version.kind == subject.kind, Version.subject == subject.code)
    return list(session.scalars(query.order_by(Version.number)))


def histories(session: Session, subjects: Iterable[Subject]) -> dict[Subject, list[Version]]:
    """All versions of several things at once."""
    wanted = {subject: list[Version]() for subject in subjects}
    if not wanted:
        return {}
    query = all_versions().where(Version.subject.in_({subject.code for subject in wanted}))
    for version in session.scalars(query.order_by(Version.number)):
        subject = Subject(version.kind, version.subject)
        if subject in wanted:
            wanted[subject].append(version)
    return wanted


def waiting_versions(session: Session) -> list[Version]:
    """The newest versions that wait for a party, the oldest first."""
    later = aliased(Version)
    newer = select(later.id).where(
        later.kind == Version.kind,
        later.subject == Version.subject,
        later.number > Version.number,
    )
    given = (
        select(func.count()).where(Approval.version_id == Version.id).correlate(Version)
    ).scalar_subquery()
    query = all_versions().where(~newer.exists(), given < len(PARTIES))
    return list(session.scalars(query.order_by(Version.at, Version.id)))


def hold(session: Session, subject: Subject) -> None:
    """Lets nobody else submit or approve a thing until this transaction has ended."""
    model = TABLES[subject.kind]
    session.execute(select(model.id).where(model.code == subject.code).with_for_update())


def held_history(session: Session, subject: Subject) -> list[Version]:
    """All versions of a thing as they are once nobody else can change them."""
    hold(session, subject)
    query = all_versions().where(Version.kind == subject.kind, Version.subject == subject.code)
    fresh = {"populate_existing": True}
    return list(session.scalars(query.order_by(Version.number), execution_options=fresh))


def submit(
    session: Session, subject: Subject, wording: str, by: Person | None, at: datetime
) -> Version:
    """Makes the wording the newest version; the same wording again is the version it has."""
    last = newest(held_history(session, subject))
    if last is not None and last.wording == wording and not last.removes:
        return last
    version = Version(wording=wording, by_id=by.id if by else None, at=at, removes=False)
    return _submitted(session, subject, version, last)


def submit_removal(
    session: Session, subject: Subject, wording: str, by: Person, at: datetime
) -> Version:
    """Asks both parties whether what reads so is to be taken away; asked already, it is that."""
    last = newest(held_history(session, subject))
    if last is not None and last.wording == wording and last.removes:
        return last
    version = Version(wording=wording, by_id=by.id, at=at, removes=True)
    return _submitted(session, subject, version, last)


def _submitted(
    session: Session, subject: Subject, version: Version, last: Version | None
) -> Version:
    version.kind, version.subject = subject.kind, subject.code
    version.number = last.number + 1 if last else 1
    session.add(version)
    session.flush()
    said = {"version": version.number, **({"removes": True} if version.removes else {})}
    record(session, version.by, "submit_version", subject.key, version.at, **said)
    return version


def wording_changed(
    session: Session, subject: Subject, wording: str, by: Person | None, at: datetime
) -> Version | None:
    """A new version of what has been submitted before; None where nothing was or nothing changed.

    Who has to hear of it is told by `handlers.chain`.
    """
    last = newest(held_history(session, subject))
    if last is None or last.wording == wording:
        return None
    return submit(session, subject, wording, by, at)


def approve(session: Session, version: Version, party: Party, by: Person, at: datetime) -> Approval:
    """Writes a party's approval of a held version; `obstacle` says beforehand whether it counts."""
    approval = Approval(version_id=version.id, party=party, person_id=by.id, person=by, at=at)
    version.approvals.append(approval)
    session.flush()
    subject = Subject(version.kind, version.subject)
    said = {"version": version.number, "party": party.value}
    record(session, by, "approve_version", subject.key, at, **said)
    return approval


def propose_change(
    session: Session, version: Version, text: str, by: Person, at: datetime
) -> ChangeProposal:
    """Writes down what a party wants changed before it approves."""
    proposal = ChangeProposal(version_id=version.id, person_id=by.id, text=text, at=at)
    session.add(proposal)
    session.flush()
    subject = Subject(version.kind, version.subject)
    record(session, by, "propose_change", subject.key, at, version=version.number)
    return proposal


def proposals_to(session: Session, version: Version) -> list[ChangeProposal]:
    """What the parties want changed in a version, the oldest first."""
    return all_proposals(session, [version]).get(version.id, [])


def all_proposals(session: Session, versions: Iterable[Version]) -> dict[int, list[ChangeProposal]]:
    """What the parties wanted changed in several versions, by the version's id."""
    query = (
        select(ChangeProposal)
        .where(ChangeProposal.version_id.in_([version.id for version in versions]))
        .options(joinedload(ChangeProposal.person).joinedload(Person.organisation))
        .order_by(ChangeProposal.id)
    )
    found: dict[int, list[ChangeProposal]] = {}
    for proposal in session.scalars(query):
        found.setdefault(proposal.version_id, []).append(proposal)
    return found


def version_of(session: Session, key: int) -> Version | None:
    """A version by its id."""
    return session.scalars(all_versions().where(Version.id == key)).first()


def deciding_group(session: Session, group: Group, on: date) -> Group:
    """Whose chairs approve what is a group's: the steering group of its district or level."""
    return deciding_groups(session, [group], on)[group.id]


def deciding_groups(session: Session, groups: Iterable[Group], on: date) -> dict[int, Group]:
    """The same for several groups, by their ids; one without a steering group decides itself."""
    known = list(groups)
    if all(group.kind is GroupKind.STEERING for group in known):
        return {group.id: group for group in known}
    query = select(Group).where(Group.kind == GroupKind.STEERING, held_on(Group, on))
    steering = {
        (each.level, each.district_id): each
        for each in session.scalars(query.order_by(Group.code.desc()))
    }
    return {
        group.id: group
        if group.kind is GroupKind.STEERING
        else steering.get((group.level, group.district_id), group)
        for group in known
    }


def all_versions() -> Select[Version]:
    """Versions with whoever submitted and approved them."""
    return select(Version).options(
        joinedload(Version.by).joinedload(Person.organisation),
        selectinload(Version.approvals).joinedload(Approval.person),
    )
