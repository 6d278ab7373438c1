"""Finding a source by its code or by what it is called, and who decides on it."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils
from sqlalchemy import select

from handlers.errors import NotFound
from handlers.understanding import Understanding
from handlers.understanding.line import plain
from handlers.visit import Visit
from models.agreements import Level
from models.base import held_on
from models.groups import Group, GroupKind, SeatRole
from models.indicators.sources import DataSource, sources
from models.people.organisations import Person
from models.rights import Action, may
from models.seats.holders import holder_on, seats_of_group

ALIKE = 75
"""How alike a name and what was written must be, of 100."""

SAME = 92
"""From here on two names are one."""


def find_source(visit: Visit, wish: Understanding) -> DataSource:
    """The source of a code or a name; raises NotFound with the nearest names."""
    _ = visit.language._
    every = sources(visit.session)
    written = wish.source or ""
    by_code = {plain(row.code): row for row in every}
    if plain(written) in by_code:
        return by_code[plain(written)]
    found = _alike(written, every)
    if found and found[0][1] >= ALIKE:
        return found[0][0]
    sentence = _("I know no data source called {name}.", name=written[:80])
    if found:
        near = visit.language.join([row.called(visit.language.code) for row, _ in found[:3]])
        sentence = f"{sentence} {_('The nearest are {names}.', names=near)}"
    raise NotFound(sentence)


def same_as(visit: Visit, name: str) -> DataSource | None:
    """The source that a proposal would only repeat."""
    found = _alike(name, sources(visit.session), fuzz.ratio)
    return found[0][0] if found and found[0][1] >= SAME else None


def _alike(
    written: str, every: Sequence[DataSource], scorer: object = fuzz.WRatio
) -> list[tuple[DataSource, float]]:
    """The sources whose names are most like what was written, the most alike first."""
    names = {f"{row.code}:{name}": row for row in every for name in (row.name, row.name_en) if name}
    bare = {key: key.partition(":")[2] for key in names}
    hits = process.extract(
        written,
        bare,
        scorer=scorer,  # type: ignore[arg-type]  # both of rapidfuzz's own
        processor=utils.default_process,
        limit=5,
    )
    return [(names[key], score) for _, score, key in hits if score > ALIKE / 2]


def by_code(visit: Visit, code: str) -> DataSource:
    """The source that a button names."""
    row = visit.session.scalars(select(DataSource).where(DataSource.code == code)).first()
    if row is None:
        raise NotFound(visit.language._("The data source is not there any more."))
    return row


def deciding_group(visit: Visit) -> Group | None:
    """The central preparatory group, which proposals go to."""
    query = select(Group).where(
        Group.level == Level.CENTRAL,
        Group.kind == GroupKind.PREPARATORY,
        held_on(Group, visit.on),
    )
    return visit.session.scalars(query.order_by(Group.id)).first()


def may_decide(visit: Visit) -> bool:
    """Whether the asker leads the group that proposals go to, or is the coordinator."""
    return may(visit.roles(group_id=_group_id(visit)), Action.DECIDE_SOURCE)


def demand_deciding(visit: Visit) -> None:
    """Stops here unless the asker may decide on sources."""
    visit.demand(Action.DECIDE_SOURCE, group_id=_group_id(visit))


def _group_id(visit: Visit) -> int | None:
    group = deciding_group(visit)
    return group.id if group else None


def deciders(visit: Visit) -> list[Person]:
    """Those who lead the group that proposals go to, each once, without the asker."""
    group = deciding_group(visit)
    if group is None:
        return []
    leading = (SeatRole.CHAIR, SeatRole.SECRETARY)
    seats = [s for s in seats_of_group(visit.session, group, visit.on) if s.role in leading]
    held = (holder_on(seat, visit.on) for seat in seats)
    people = {person.id: person for person in held if person is not None}
    return [person for person in people.values() if person != visit.asker]
