"""What must hold of seats beside what is stored: changes in the chat are not turned back unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bot.workbook.columns import Row, Value, folded
from bot.workbook.faults import Fault
from bot.workbook.holders import sitting
from bot.workbook.known import Known
from bot.workbook.shelves import SHELVES
from bot.workbook.spells import Spell, differing, spells
from models.groups import Seat
from models.intervals import last_day
from models.seats.changes import SeatChange, SeatChangeStep

UNSAID = frozenset({"remark"})
"""What a row may say anew without contradicting anything."""


def seat_faults(known: Known) -> Iterator[Fault]:
    """Seats that turn back the chat, whose codes are spent, and deputies for nobody."""
    if not known.rows.get("seats"):
        return
    seats = spells("seats", known)
    news = [spell for spell in seats if spell.is_news]
    yield from _turned_back(news, known)
    yield from _spent(news, known)
    places: dict[Value, list[Spell]] = defaultdict(list)
    for spell in seats:
        places[folded(spell.values.get("position"))].append(spell)
    for spell in news:
        yield from _deputy(spell, places, known)


@dataclass(frozen=True)
class _Change:
    """What a seat said before it was changed in the chat, and when that was."""

    seat: Seat
    before: Seat
    at: datetime

    def is_told_by(self, row: Row, known: Known) -> bool:
        """Whether a row says just what was believed before."""
        said = SHELVES["seats"].values_of(self.before, known.stored)
        return set(differing(row, said)) <= UNSAID


def _turned_back(news: list[Spell], known: Known) -> Iterator[Fault]:
    rows = [spell.row for spell in news if spell.row is not None]
    changes = defaultdict(list)
    for change in _changes(rows, known):
        changes[folded(change.seat.code)].append(change)
    for row in rows:
        told = [each for each in changes[row.key[0]] if each.is_told_by(row, known)]
        if told:
            yield _as_changed(row, max(told, key=lambda each: each.at), known)


def _changes(rows: list[Row], known: Known) -> list[_Change]:
    """The chat's changes of the stored seats that rows are about."""
    held = known.stored.held("seats")
    ids = [held[row.key].record.id for row in rows if row.key in held]
    steps = known.stored.session.scalars(
        select(SeatChangeStep)
        .where(SeatChangeStep.seat_id.in_(ids), SeatChangeStep.before_id.is_not(None))
        .options(joinedload(SeatChangeStep.seat), joinedload(SeatChangeStep.before))
    ).all()
    times = dict(
        known.stored.session.execute(
            select(SeatChange.id, SeatChange.at).where(
                SeatChange.id.in_([step.change_id for step in steps])
            )
        ).all()
    )
    return [
        _Change(step.seat, step.before, times[step.change_id])
        for step in steps
        if step.before is not None and step.before is not step.seat
    ]


def _as_changed(row: Row, change: _Change, known: Known) -> Fault:
    """Who has the seat now, since when, and what to do."""
    held = known.stored.held("seats")[row.key].values
    column = next(name for name in differing(row, held) if name not in UNSAID)
    written = row.values.get(column)
    found = str(
        last_day(written) if column == "valid_to" and isinstance(written, date) else written
    )
    now = _now(held, known)
    values: dict[str, object] = {
        "changed": change.at.date(),
        "holder": sitting(now, known),
        "day": now.get("valid_from"),
    }
    where = row.at(column)
    if values["holder"]:
        return Fault(
            where,
            "what was changed in the chat {changed}: {holder} has the seat from {day}. "
            "Write that in the row, or leave the row out",
            found if written is not None else "",
            values=values,
        )
    return Fault(
        where,
        "what was changed in the chat {changed}: the seat is vacant from {day} or has ended. "
        "Write that in the row, or leave the row out",
        found if written is not None else "",
        values=values,
    )


def _now(held: dict[str, Value], known: Known) -> dict[str, Value]:
    """The stored row of the seat on the day of the import, or the latest one."""
    rows = [
        Spell(key, other.values, None, is_news=False)
        for key, other in known.stored.held("seats").items()
        if other.values.get("position") == held.get("position")
    ]
    on = known.stored.at.date()
    return next(
        (spell.values for spell in rows if spell.holds(on)),
        max(rows, key=lambda spell: spell.start).values,
    )


def _spent(news: list[Spell], known: Known) -> Iterator[Fault]:
    """A seat that was taken back keeps its code, so that what was believed stays findable."""
    held = known.stored.held("seats")
    new = {str(spell.values.get("code")): spell.row for spell in news if spell.key not in held}
    taken = known.stored.session.scalars(
        select(Seat.code).where(Seat.code.in_(new), Seat.superseded_at.is_not(None))
    )
    for code in taken:
        row = new[code]
        if row is not None:
            text = "a code of its own; the row with this code was taken back in the chat"
            yield Fault(row.at("code"), text, code)


def _deputy(spell: Spell, places: dict[Value, list[Spell]], known: Known) -> Iterator[Fault]:
    """A deputy is for a seat that there is on the deputy's first day."""
    row = spell.row
    if row is None or spell.values.get("role") != "deputy":
        return
    target = spell.values.get("deputy_for")
    if target is None:
        if "deputy_for" in spell.values or "deputy_for" not in row.headings:
            yield Fault(row.at("deputy_for"), "the seat that the deputy is for")
        return
    position = known.by_key("seats").get((folded(target),), {}).get("position") or target
    seat = places.get(folded(position), [])
    if not seat or "valid_from" not in spell.values:
        return
    first, until = min(each.start for each in seat), max(each.until for each in seat)
    if not first <= spell.start < until:
        yield Fault(
            row.at("valid_from"),
            "a day on which there is a seat {code} to be deputy for",
            str(spell.values["valid_from"]),
            values={"code": target},
        )
