"""Changes of a measure's own facts: each is written down with what was before and after.

In `MeasureChange.fields` stand identifiers and plain values: a person's id, the codes of groups,
organisations, goals and causes, and days as 2024-06-10.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.audit import record
from models.chain.approvals import Approvable, Version
from models.chain.links import Cause, Goal
from models.groups import Group
from models.measures.measure import (
    Category,
    Follow,
    Horizon,
    Measure,
    MeasureChange,
    MeasureEvent,
    MeasureQuestion,
    ProgressReport,
    Prompt,
)
from models.measures.questions import pass_on
from models.people.merge import kept_of
from models.people.organisations import Organisation, Party, Person
from models.records import AuditEntry
from models.registry_version import names_have_changed

Fact = str | int | list[str] | None
"""What a measure says, as it is written down."""

FACTS = (
    "title",
    "group",
    "organisation",
    "party",
    "owner",
    "area",
    "category",
    "place",
    "start_on",
    "due_on",
    "cadence_days",
    "instrument",
    "horizon",
    "funding_source",
    "funding_kr",
    "promised",
    "promise_unit",
    "contributors",
    "goals",
    "causes",
    "goal",
    "cause",
    "problem",
    "remark",
)
"""What can be changed of a measure."""

IMPORT = "import"
HANDOVER = "handover"
CREATED = "measure_created"

_KINDS: dict[str, type[StrEnum]] = {"party": Party, "category": Category, "horizon": Horizon}
_CODED: dict[str, type[Group | Organisation | Goal | Cause]] = {
    "group": Group,
    "organisation": Organisation,
    "contributors": Organisation,
    "goals": Goal,
    "causes": Cause,
}


class ChangedSince(Exception):
    """What a change set has been changed since, so that it cannot simply be undone."""


class InUse(Exception):
    """Something has been said of a new measure, so that it cannot simply be taken away."""


@dataclass(frozen=True)
class Made:
    """Who changed something, when, and by what: a platform, an import or a handover."""

    by: Person | None
    at: datetime
    source: str = ""


def facts(measure: Measure) -> dict[str, Fact]:
    """All that a measure says of itself, as it is written down."""
    return {name: as_fact(getattr(measure, name)) for name in FACTS}


def as_fact(value: object) -> Fact:
    """A value of a measure as it is written down."""
    match value:
        case Person():
            return value.id
        case Group() | Organisation() | Goal() | Cause():
            return value.code
        case list() | tuple():
            return sorted(each.code for each in value)
        case date():
            return value.isoformat()
    return str(value) if isinstance(value, str) else value if isinstance(value, int) else None


def change(
    session: Session,
    measure: Measure,
    values: Mapping[str, object],
    made: Made,
    undoes: MeasureChange | None = None,
) -> MeasureChange | None:
    """Gives a measure new values and writes down what changed; None where nothing did."""
    before = {name: as_fact(getattr(measure, name)) for name in values}
    for name, value in values.items():
        setattr(measure, name, value)
    session.flush()
    row = write_down(session, measure, before, made)
    if row is not None and undoes is not None:
        row.undoes_id = undoes.id
        session.flush()
    return row


def write_down(
    session: Session, measure: Measure, before: Mapping[str, Fact], made: Made
) -> MeasureChange | None:
    """Writes down in what a measure differs from what it said before; None where in nothing."""
    now = {name: as_fact(getattr(measure, name)) for name in before}
    fields = {name: [before[name], now[name]] for name in before if before[name] != now[name]}
    if not fields:
        return None
    event = MeasureEvent.MOVED if "group" in fields else MeasureEvent.CHANGED
    if "owner" in fields:
        # Whoever takes over has put nothing off.
        measure.snoozed_until = None
        pass_on(session, measure, before["owner"])
    return _written(session, measure, event, made, fields)


def create(session: Session, measure: Measure, made: Made) -> MeasureChange:
    """Adds a new measure, with the next id of its group's short code."""
    measure.code = next_code(session, measure.group)
    session.add(measure)
    session.flush()
    record(session, made.by, CREATED, f"measure:{measure.code}", made.at)
    return _written(session, measure, MeasureEvent.CREATED, made, {})


def _written(
    session: Session,
    measure: Measure,
    event: MeasureEvent,
    made: Made,
    fields: Mapping[str, list[Fact]],
) -> MeasureChange:
    row = MeasureChange(
        measure_id=measure.id,
        person_id=made.by.id if made.by else None,
        at=made.at,
        event=event,
        fields=dict(fields),
        source=made.source,
    )
    session.add(row)
    names_have_changed(session)
    session.flush()
    if fields:
        subject = f"measure:{measure.code}"
        detail = {"change": row.id, "fields": sorted(fields)}
        record(session, made.by, "measure_changed", subject, made.at, **detail)
    return row


def next_code(session: Session, group: Group) -> str:
    """The next id of a group's short code: FAR-015. One that was taken away is not used again."""
    short = group.code.split("-")[0]
    # Of two who add at once the second waits here and gets the number after.
    session.execute(
        select(Group.id)
        .where(Group.code.startswith(f"{short}-", autoescape=True))
        .order_by(Group.id)
        .with_for_update()
    )
    held = session.scalars(select(Measure.code).where(Measure.code.startswith(f"{short}-")))
    once = session.scalars(
        select(AuditEntry.subject).where(
            AuditEntry.action == CREATED, AuditEntry.subject.startswith(f"measure:{short}-")
        )
    )
    taken = [*held, *(subject.removeprefix("measure:") for subject in once)]
    numbers = [int(code.rpartition("-")[2]) for code in taken if code[-1:].isdigit()]
    return f"{short}-{max(numbers, default=0) + 1:03d}"


def history(session: Session, measure: Measure) -> Sequence[MeasureChange]:
    """All changes of a measure, the oldest first."""
    query = select(MeasureChange).where(MeasureChange.measure_id == measure.id)
    return session.scalars(query.order_by(MeasureChange.id)).all()


def first_facts(session: Session, measure: Measure) -> dict[str, Fact]:
    """What a measure said of itself at first: what it says now, with its changes read backwards."""
    found = facts(measure)
    for row in reversed(history(session, measure)):
        found |= {name: before for name, (before, _) in row.fields.items()}
    return found


def changes_of(session: Session, measures: Collection[int]) -> Sequence[MeasureChange]:
    """All changes of some measures, the oldest first, in one query."""
    query = select(MeasureChange).where(MeasureChange.measure_id.in_(measures))
    return session.scalars(query.order_by(MeasureChange.id)).all()


def undone_by(session: Session, row: MeasureChange) -> MeasureChange | None:
    """The change that undid this one, if any did."""
    return session.scalars(select(MeasureChange).where(MeasureChange.undoes_id == row.id)).first()


def undo(session: Session, row: MeasureChange, made: Made) -> MeasureChange:
    """Gives a measure back what it said before a change.

    Raises ChangedSince when any of it says something else by now.
    """
    measure = row.measure
    if any(as_fact(getattr(measure, name)) != after for name, (_, after) in row.fields.items()):
        raise ChangedSince
    values = {name: value_of(session, name, before) for name, (before, _) in row.fields.items()}
    undone = change(session, measure, values, made, undoes=row)
    assert undone is not None, "a change says what differed"
    return undone


def remove(session: Session, measure: Measure, made: Made) -> None:
    """Takes a new measure away of which nothing has been said; the audit log keeps its id.

    Raises InUse when somebody has reported on it, asked about it, or approved it.
    """
    said = (
        select(ProgressReport.id).where(ProgressReport.measure_id == measure.id),
        select(MeasureQuestion.id).where(MeasureQuestion.measure_id == measure.id),
        select(Version.id).where(
            Version.kind == Approvable.MEASURE, Version.subject == measure.code
        ),
    )
    if any(session.scalars(query.limit(1)).first() is not None for query in said):
        raise InUse
    for table in (Follow, Prompt, MeasureChange):
        session.execute(delete(table).where(table.measure_id == measure.id))
    session.delete(measure)
    names_have_changed(session)
    record(session, made.by, "measure_removed", f"measure:{measure.code}", made.at)
    session.flush()


def value_of(session: Session, name: str, fact: Fact) -> object:
    """What is written down of a measure, as a value that it can have again."""
    if name == "owner":
        person = session.get(Person, fact) if fact is not None else None
        return kept_of(session, person) if person else None
    if name in _CODED:
        model = _CODED[name]
        codes = fact if isinstance(fact, list) else [fact]
        found = list(session.scalars(select(model).where(model.code.in_(codes))))
        return found if isinstance(fact, list) else found[0]
    if name in _KINDS:
        return _KINDS[name](str(fact))
    if name.endswith("_on"):
        return date.fromisoformat(str(fact)) if fact else None
    return fact
