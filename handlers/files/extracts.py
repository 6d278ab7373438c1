"""What is handed out as rows: how districts are represented, and who holds a group's seats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.representation.fillings import filling_status
from handlers.representation.voices import forum_name, mark_word, names_of, shown
from models.agreements import Level
from models.drawings import Mark
from models.groups import Group, GroupKind, Seat, SeatBasis
from models.intervals import last_day
from models.language import Language
from models.places.place import District
from models.representation.coverage import Representation, SeatOnDay, Share, Voice, beside
from models.representation.forums import Forum, voice_in
from models.wording import KINDS, LEVELS, role_word

BASES = {SeatBasis.ORDINARY: "ordinary", SeatBasis.ON_DEMAND: "when needed"}
"""The words of a seat's basis."""

EVERYBODY = 1000
"""More names than stand behind any voice: a file has room for all."""


@dataclass(frozen=True)
class Term:
    """A value of a closed list: its code for programs, its word for readers."""

    code: str
    word: str


Value = str | int | float | date | Term | None


@dataclass(frozen=True)
class Field:
    """A column: its name for programs, its heading in the reader's language."""

    name: str
    heading: str


@dataclass(frozen=True)
class Extract:
    """Rows to be written to a file; `name` is the file's, without ending."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]


def representation_extract(
    language: Language, facts: Representation, left_out: Sequence[tuple[Forum, District]], name: str
) -> Extract:
    """One row for each group and district, and one for each district that has no such group."""
    rows = [
        (
            *_group_values(language, facts, group),
            *_voice_values(language, district, voice),
            *_beside_values(facts, group, district),
        )
        for group in facts.groups
        for district, voice in facts.voices(group)
    ]
    rows += [
        (
            *_forum_values(language, facts, forum),
            *_voice_values(language, district, Voice(Mark.NONE)),
            *NOTHING_BESIDE,
        )
        for forum, district in left_out
    ]
    return Extract(name, language._("Coverage"), _voice_fields(language), tuple(rows))


def without_a_group(
    facts: Representation, forums: Sequence[Forum], districts: Sequence[District]
) -> list[tuple[Forum, District]]:
    """The districts for which there is no group of a forum, where there should be one."""
    return [
        (forum, district)
        for forum in forums
        for district in districts
        if not any(facts.concerns(group, district) for group in forum.groups)
        and voice_in(facts, forum, district).share is Share.MISSING
    ]


def _voice_fields(language: Language) -> tuple[Field, ...]:
    _ = language._
    return (
        Field("group", _("Group code")),
        Field("group_name", _("Group")),
        Field("level", _("Level")),
        Field("kind", _("Kind")),
        Field("area", _("Priority area")),
        Field("district", _("District code")),
        Field("district_name", _("District")),
        Field("state", _("Representation")),
        Field("holder", _("Holder")),
        Field("via", _("Through")),
        Field("since", _("Valid from")),
        Field("until", _("Valid to")),
        Field("vacant_seats", _("Vacant seats")),
        Field("deputies", _("Deputies")),
        Field("on_demand_seats", _("Seats when needed")),
    )


NOTHING_BESIDE: tuple[Value, ...] = (None, None, None)


def _beside_values(facts: Representation, group: Group, district: District) -> tuple[Value, ...]:
    """What a group has beside its members; of a local one nothing where it is another's."""
    if group.level is Level.LOCAL and not facts.concerns(group, district):
        return NOTHING_BESIDE
    found = beside(facts.seats[group.id])
    return found.vacant, found.deputies, found.on_demand


def _group_values(language: Language, facts: Representation, group: Group) -> tuple[Value, ...]:
    area = Term(group.area, facts.area_name(group.area, language.code)) if group.area else None
    return (group.code, group.name, *_kind_values(language, group.level, group.kind), area)


def _forum_values(language: Language, facts: Representation, forum: Forum) -> tuple[Value, ...]:
    area = Term(forum.area, facts.area_name(forum.area, language.code)) if forum.area else None
    name = forum_name(language, facts, forum)
    return (None, name, *_kind_values(language, forum.level, forum.kind), area)


def _kind_values(language: Language, level: Level, kind: GroupKind) -> tuple[Value, ...]:
    return (
        Term(level.value, language._(LEVELS[level])),
        Term(kind.value, language._(KINDS[kind])),
    )


def _voice_values(language: Language, district: District, voice: Voice) -> tuple[Value, ...]:
    via = ", ".join(dict.fromkeys(seat.row.organisation.name for seat in voice.via))
    return (
        district.code,
        district.name,
        Term(voice.mark.value, mark_word(language, voice.mark)),
        names_of(voice, most=EVERYBODY),
        via if voice.share is Share.VIA else "",
        *_interval(voice.seats),
    )


def _interval(seats: Sequence[SeatOnDay]) -> tuple[date | None, date | None]:
    """The first day of the seats' mandates, and the last where all have one."""
    rows = [row for seat in seats for row in seat.occupancy.mandates]
    if not rows:
        return None, None
    ends = [last_day(row.valid_until) for row in rows]
    last = None if None in ends else max(end for end in ends if end is not None)
    return min(row.valid_from for row in rows), last


def seats_extract(
    language: Language, facts: Representation, coming: Sequence[Seat], name: str
) -> Extract:
    """One row for each mandate of the day, for each gap, and for each mandate that is to come."""
    rows = [row for group in facts.groups for row in _of_group(language, facts, group, coming)]
    return Extract(name, language._("Seats"), _seat_fields(language), tuple(rows))


def _seat_fields(language: Language) -> tuple[Field, ...]:
    _ = language._
    return (
        Field("group", _("Group code")),
        Field("group_name", _("Group")),
        Field("position", _("Position")),
        Field("role", _("Role")),
        Field("organisation", _("Organisation")),
        Field("holder", _("Holder")),
        Field("acting", _("Acts on the day")),
        Field("represents", _("Represents")),
        Field("valid_from", _("Valid from")),
        Field("valid_to", _("Valid to")),
        Field("basis", _("Basis")),
        Field("filling", _("State")),
        Field("reason", _("Reason")),
    )


def _of_group(
    language: Language, facts: Representation, group: Group, coming: Sequence[Seat]
) -> Iterator[tuple[Value, ...]]:
    for seat in facts.seats[group.id]:
        status = filling_status(language, seat.occupancy)
        filling = Term(seat.occupancy.filling.value, status.word)
        for row in seat.occupancy.mandates:
            yield _mandate(language, group, row, filling, shown(seat))
        if not seat.occupancy.mandates:
            yield _gap(language, group, seat, filling)
    to_come = Term("coming", language._("Coming"))
    for row in coming:
        if row.group_id == group.id:
            yield _mandate(language, group, row, to_come, "")


def _mandate(
    language: Language, group: Group, row: Seat, filling: Term, acting: str
) -> tuple[Value, ...]:
    return (
        *_seat_values(language, group, row),
        row.person.reached_as() if row.person else "",
        acting,
        ", ".join(sorted(each.name for each in row.represents)),
        row.valid_from,
        last_day(row.valid_until),
        Term(row.basis.value, language._(BASES[row.basis])),
        filling,
        row.reason,
    )


def _gap(language: Language, group: Group, seat: SeatOnDay, filling: Term) -> tuple[Value, ...]:
    values = _seat_values(language, group, seat.row)
    return (*values, "", shown(seat), "", None, None, "", filling, "")


def _seat_values(language: Language, group: Group, row: Seat) -> tuple[Value, ...]:
    role = Term(row.role.value, role_word(language, row.role))
    return (group.code, group.name, row.position, role, row.organisation.name)
