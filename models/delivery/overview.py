"""How sending stands: what waits, what failed and why, who cannot be reached, what was skipped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.base import held_on
from models.delivery.outbox import Delivery, DeliveryState, FanOut, Occurrence
from models.delivery.pulses import Part, Pulse, missing, pulses, silent
from models.delivery.sendings import Progress, progress, under_way
from models.delivery.trouble import Trouble
from models.groups import Group, Seat
from models.meetings.meeting import Meeting
from models.people.accounts import Account
from models.people.addresses import mail_is_on
from models.people.organisations import Person
from models.seats.holders import believed

LOOKED_BACK = timedelta(days=7)
"""How far back counts of what is over go, and what was skipped."""

WAITING = (DeliveryState.QUEUED, DeliveryState.IN_DOUBT)
NAMED = 5
HELD_SHOWN = 20
SAID = (Trouble.REFUSED, Trouble.MAIL_SETTINGS)
"""The troubles of which the platform's own word says more than ours."""
SKIPPED = "skipped"


@dataclass(frozen=True)
class Failure:
    """Messages that did not arrive for one trouble; `reason` is the platform's word if it helps."""

    trouble: Trouble
    reason: str
    number: int
    groups: tuple[str, ...]
    people: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class HeldOne:
    """A message that waits for a person to decide; `to` is a group or what a person is shown as."""

    id: str
    purpose: str
    to: str
    since: datetime
    trouble: Trouble | None


@dataclass(frozen=True)
class OutOfReach:
    """How many of a group's members cannot be reached, and why."""

    group: str
    members: int
    reasons: Mapping[Trouble, int]

    @property
    def number(self) -> int:
        """All of them together."""
        return sum(self.reasons.values())


@dataclass(frozen=True)
class Large:
    """A large sending of the last days: how far it is, and how many it could not reach and why."""

    kind: str
    at: datetime
    progress: Progress
    unreached: Mapping[Trouble, int]


@dataclass(frozen=True)
class SkippedOne:
    """Something that fell due while nothing ran, too long ago to be done late.

    `group` is the name of the group that the schedule is of, where it is of one.
    """

    schedule: str
    day: date
    group: str = ""


@dataclass(frozen=True)
class Overview:
    """Everything at one moment; `oldest_due` is what has waited longest although it is due."""

    at: datetime
    counts: Mapping[DeliveryState, int]
    oldest_due: datetime | None
    sent_last_minute: int
    failures: Sequence[Failure]
    put_off: Sequence[Failure]
    too_late: Sequence[Failure]
    held: Sequence[HeldOne]
    out_of_reach: Sequence[OutOfReach]
    members: int
    unreached: int
    large: Sequence[Large]
    skipped: Sequence[SkippedOne]
    missing: Sequence[Part]
    silent: Sequence[Pulse]

    @property
    def lag(self) -> timedelta:
        """For how long the oldest message has been due."""
        return self.at - self.oldest_due if self.oldest_due else timedelta(0)


def overview(session: Session, at: datetime, on: date) -> Overview:
    """Looks at everything; `on` is the day whose members are meant."""
    found = pulses(session)
    groups, members, unreached = _out_of_reach(session, on)
    return Overview(
        at=at,
        counts=counts(session, at),
        oldest_due=oldest_due(session, at),
        sent_last_minute=sent_since(session, at - timedelta(minutes=1)),
        failures=_failures(session, _failed(at)),
        put_off=_failures(session, _put_off()),
        too_late=_failures(session, _too_late(at)),
        held=_held(session),
        out_of_reach=groups,
        members=members,
        unreached=unreached,
        large=_large(session, at),
        skipped=skipped(session, at),
        missing=missing(found, at),
        silent=silent(found, at),
    )


def counts(session: Session, at: datetime) -> dict[DeliveryState, int]:
    """How many messages are in each state; those that are over only of the last days."""
    recent = or_(
        ~Delivery.state.in_([state for state in DeliveryState if state.is_over]),
        Delivery.due_at >= at - LOOKED_BACK,
    )
    query = select(Delivery.state, func.count()).where(recent).group_by(Delivery.state)
    found = dict(session.execute(query).all())
    return {state: found.get(state, 0) for state in DeliveryState}


def oldest_due(session: Session, at: datetime) -> datetime | None:
    """Since when the oldest message is due that nobody has taken."""
    due = Delivery.state.in_(WAITING) & (Delivery.due_at <= at)
    return session.scalar(select(func.min(Delivery.due_at)).where(due))


def sent_since(session: Session, since: datetime) -> int:
    """How many messages were sent since a moment, of those that fell due in the last days."""
    sent = (Delivery.state == DeliveryState.SENT) & (Delivery.sent_at >= since)
    query = select(func.count(Delivery.id)).where(sent, Delivery.due_at >= since - LOOKED_BACK)
    return session.scalar(query) or 0


def skipped(session: Session, at: datetime) -> list[SkippedOne]:
    """What was skipped in the last days, the latest first."""
    query = (
        select(Occurrence)
        .where(Occurrence.outcome == SKIPPED, Occurrence.fired_at >= at - LOOKED_BACK)
        .order_by(Occurrence.local_date.desc(), Occurrence.schedule)
    )
    rows = session.scalars(query).all()
    names = _groups_of(session, {row.schedule for row in rows})
    return [SkippedOne(row.schedule, row.local_date, names.get(row.schedule, "")) for row in rows]


def _groups_of(session: Session, schedules: Iterable[str]) -> dict[str, str]:
    """The names of groups by the schedules that are of one, or of a meeting of one."""
    of = {each: each.split(":") for each in schedules if ":" in each}
    codes = {parts[1] for parts in of.values()}
    named = select(Group.code, Group.name).where(Group.code.in_(codes))
    numbers = {int(number) for kind, number, *_ in of.values() if kind == "meeting"}
    met = select(Meeting.id, Group.name).join(Meeting.group).where(Meeting.id.in_(numbers))
    names: dict[object, str] = {**dict(session.execute(named).all())}
    names |= dict(session.execute(met).all())
    return {
        each: names.get(int(about) if kind == "meeting" else about, "")
        for each, (kind, about, *_) in of.items()
    }


def _failed(at: datetime) -> ColumnElement[bool]:
    failed = Delivery.state == DeliveryState.FAILED
    return failed & (Delivery.due_at >= at - LOOKED_BACK)


def _put_off() -> ColumnElement[bool]:
    """What did not arrive and is tried again."""
    return (Delivery.state == DeliveryState.QUEUED) & Delivery.trouble.is_not(None)


def _too_late(at: datetime) -> ColumnElement[bool]:
    """What was not sent, since nobody had any use for it any more."""
    withdrawn = Delivery.state == DeliveryState.WITHDRAWN
    late = withdrawn & (Delivery.trouble == Trouble.TOO_LATE)
    return late & (Delivery.due_at >= at - LOOKED_BACK)


def _failures(session: Session, which: ColumnElement[bool]) -> list[Failure]:
    rows: dict[tuple[Trouble, str], list[Delivery]] = defaultdict(list)
    for row in session.scalars(select(Delivery).where(which).order_by(Delivery.due_at)):
        trouble = row.trouble or Trouble.REFUSED
        rows[trouble, row.reason if trouble in SAID else ""].append(row)
    found = [_failure(session, *key, each) for key, each in rows.items()]
    return sorted(found, key=lambda each: -each.number)


def _failure(session: Session, trouble: Trouble, reason: str, rows: Sequence[Delivery]) -> Failure:
    groups = _groups(session, {row.group_id for row in rows if row.group_id})
    people = _people(session, {row.person_id for row in rows if row.person_id})
    names = [*groups, *people]
    return Failure(
        trouble,
        reason,
        len(rows),
        tuple(groups[:NAMED]),
        tuple(people[: NAMED - len(groups[:NAMED])]),
        max(0, len(names) - NAMED),
    )


def _groups(session: Session, ids: Iterable[int]) -> list[str]:
    return list(session.scalars(select(Group.name).where(Group.id.in_(ids)).order_by(Group.name)))


def _people(session: Session, ids: Iterable[int]) -> list[str]:
    """What may be shown of people: of the protected not the name."""
    query = select(Person).where(Person.id.in_(ids)).options(joinedload(Person.organisation))
    return sorted(person.shown_as() for person in session.scalars(query))


def _held(session: Session) -> list[HeldOne]:
    held = Delivery.state == DeliveryState.HELD
    query = select(Delivery).where(held).order_by(Delivery.due_at, Delivery.id).limit(HELD_SHOWN)
    rows = session.scalars(query).all()
    return [
        HeldOne(row.id, row.purpose, _receiver(session, row), row.due_at, row.trouble)
        for row in rows
    ]


def _receiver(session: Session, row: Delivery) -> str:
    """The group, or what may be shown of the person; nothing where it is for neither."""
    names = _groups(session, [row.group_id]) if row.group_id else []
    if not names and row.person_id:
        names = _people(session, [row.person_id])
    return names[0] if names else ""


def _large(session: Session, at: datetime) -> list[Large]:
    """The sendings under way, and those of the last days that did not reach everybody."""
    query = select(FanOut).where(FanOut.at >= at - LOOKED_BACK).order_by(FanOut.at.desc())
    ended = [(row, progress(session, row, at)) for row in session.scalars(query)]
    going = under_way(session, at)
    known = {row.id for row, _ in going}
    rows = going + [(row, far) for row, far in ended if row.id not in known]
    found = [Large(row.kind, row.at, far, _unreached(session, row)) for row, far in rows]
    return [each for each in found if each.progress.left or each.unreached]


def _unreached(session: Session, sending: FanOut) -> dict[Trouble, int]:
    query = (
        select(Delivery.trouble, func.count())
        .where(Delivery.fan_out_id == sending.id, Delivery.state == DeliveryState.FAILED)
        .group_by(Delivery.trouble)
    )
    rows = session.execute(query).all()
    return {why: number for why, number in rows if why is not None and why.is_unreachable}


def _out_of_reach(session: Session, on: date) -> tuple[list[OutOfReach], int, int]:
    """Each group with members out of reach, the worst first; and the people, each once."""
    why = _why_not(session)
    without_account = None if mail_is_on(session) else Trouble.APP_MISSING
    found: dict[str, dict[int, Trouble | None]] = defaultdict(dict)
    for group, person_id in session.execute(_members(on)):
        found[group][person_id] = why.get(person_id, without_account)
    groups = [
        OutOfReach(name, len(people), _counted(people.values())) for name, people in found.items()
    ]
    everyone = {person: why for people in found.values() for person, why in people.items()}
    unreached = sum(why is not None for why in everyone.values())
    hit = [each for each in groups if each.number]
    return sorted(hit, key=lambda each: (-each.number, each.group)), len(everyone), unreached


def _counted(whys: Iterable[Trouble | None]) -> dict[Trouble, int]:
    return dict(Counter(why for why in whys if why is not None))


def _members(on: date) -> Select[str, int]:
    still_here = or_(Person.left_on.is_(None), Person.left_on > on)
    return (
        select(Group.name, Person.id)
        .join(Seat, Seat.group_id == Group.id)
        .join(Person, Person.id == Seat.person_id)
        .where(held_on(Seat, on), held_on(Group, on), believed(), still_here)
        .distinct()
    )


def _why_not(session: Session) -> dict[int, Trouble | None]:
    """For each person with an account why they cannot be reached; None for those who can.

    Who has no account at all is not in it, unless their last e-mail did not come.
    """
    living = func.count(Account.id).filter(_lives())
    accounts = select(Account.person_id, living).group_by(Account.person_id)
    found: dict[int, Trouble | None] = {
        person: None if number else Trouble.PERSON_LEFT
        for person, number in session.execute(accounts)
    }
    for person, trouble in _last_troubles(session).items():
        if found.get(person, trouble) is None:
            found[person] = trouble
    return found


def _lives() -> ColumnElement[bool]:
    return Account.gone_at.is_(None)


def _last_troubles(session: Session) -> dict[int, Trouble]:
    """The people whose last message failed since they cannot be reached, and why."""
    last = (
        select(Delivery.person_id, func.max(Delivery.due_at).label("due_at"))
        .where(Delivery.person_id.is_not(None), Delivery.state.in_(_TOLD))
        .group_by(Delivery.person_id)
        .subquery()
    )
    query = select(Delivery.person_id, Delivery.trouble).join(
        last, (Delivery.person_id == last.c.person_id) & (Delivery.due_at == last.c.due_at)
    )
    rows = session.execute(query.where(Delivery.state == DeliveryState.FAILED))
    return {
        person: trouble
        for person, trouble in rows
        if person is not None and trouble is not None and trouble.is_unreachable
    }


_TOLD = (DeliveryState.SENT, DeliveryState.FAILED)
