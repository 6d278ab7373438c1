"""The pages of tables that tell of coverage: every row on exactly one page, none cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from handlers.representation.fillings import filling_status
from handlers.representation.voices import (
    forum_name,
    heading_of,
    holes,
    names_of,
    sentence,
    shown,
    voice_cell,
    voice_status,
)
from models.drawings import Mark
from models.groups import Group
from models.intervals import last_day
from models.language import Language
from models.message import TABLE_ROWS, Cell, Status, Table, Tone
from models.people.organisations import Party
from models.places.place import District
from models.representation.coverage import Representation, SeatOnDay, Voice, coverage
from models.representation.forums import Forum, beside_in, voice_in, voices_in
from models.seats.occupancy import Filling
from models.wording import role_word

FORUMS_ON_A_PAGE = 4
"""Columns beside the districts' own."""

Row = tuple[Cell, ...]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Page:
    """A table with what is said above it; a page without rows is words alone."""

    lines: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def table(self) -> Table | None:
        """The rows as a table, where there are any."""
        return Table(columns=self.columns, rows=self.rows) if self.rows else None


def paged(lines: Sequence[str], columns: Sequence[str], rows: Sequence[Row]) -> list[Page]:
    """Rows of one table on as many pages as they need; what is said stands on the first."""
    if not rows:
        return [Page(tuple(lines))]
    return [
        Page(tuple(lines) if at == 0 else (), tuple(columns), tuple(some))
        for at, some in enumerate(chunks(rows, TABLE_ROWS))
    ]


def chunks(things: Sequence[Thing], most: int) -> Iterator[Sequence[Thing]]:
    """The things in order, so many at a time."""
    for start in range(0, len(things), most):
        yield things[start : start + most]


def matrix_pages(language: Language, facts: Representation, forums: Sequence[Forum]) -> list[Page]:
    """Districts by forums, four forums at a time; each page says the figure of its forums."""
    pages: list[Page] = []
    for some in chunks(forums, FORUMS_ON_A_PAGE):
        columns = [language._("District board"), *(heading_of(language, facts, f) for f in some)]
        rows = [
            (
                Cell(text=district.name),
                *(_matrix_cell(language, facts, forum, district) for forum in some),
            )
            for district in facts.districts
        ]
        lines = [_told_of(language, facts, forum) for forum in some]
        pages += paged(lines, columns, rows)
    return pages


def _matrix_cell(
    language: Language, facts: Representation, forum: Forum, district: District
) -> Cell:
    found = beside_in(facts, forum, district)
    return voice_cell(language, voice_in(facts, forum, district), found)


def _told_of(language: Language, facts: Representation, forum: Forum) -> str:
    name = forum_name(language, facts, forum)
    return f"- **{name}:** {' '.join(figure_lines(language, facts, forum))}"


def figure_lines(language: Language, facts: Representation, forum: Forum) -> list[str]:
    """The figure of a forum's coverage, and its holes by name."""
    voices = voices_in(facts, forum)
    lines = [sentence(language, coverage(voices)), holes(language, voices)]
    return [line for line in lines if line]


def forum_pages(language: Language, facts: Representation, forum: Forum) -> list[Page]:
    """Districts in one forum: how each is represented, by whom, through what and since when."""
    _ = language._
    through = _("Seat") if forum.is_one_group else _("Group")
    columns = (_("District board"), _("Voice"), _("Who"), through, _("Since"))
    rows = [
        _in_forum(language, facts, forum, district, voice)
        for district, voice in voices_in(facts, forum)
    ]
    return paged(figure_lines(language, facts, forum), columns, rows)


def _in_forum(
    language: Language, facts: Representation, forum: Forum, district: District, voice: Voice
) -> Row:
    seats = voice.seats
    if forum.is_one_group:
        told = seat_name(language, seats[0]) if seats else ""
    else:
        told = ", ".join(group.name for group in forum.groups if facts.concerns(group, district))
    return (
        Cell(text=district.name),
        Cell(status=voice_status(language, voice)),
        Cell(text=names_of(voice, most=3)[:500]),
        Cell(text=told[:500]),
        Cell(text=since(language, seats[0]) if seats else ""),
    )


def seat_name(language: Language, seat: SeatOnDay) -> str:
    """A seat by its role and its organisation."""
    names = " / ".join(each.name for each in seat.organisations)
    return f"{role_word(language, seat.row.role)}, {names}"


def since(language: Language, seat: SeatOnDay) -> str:
    """The mandate's first day, and its last where one is set; nothing in a gap."""
    if not seat.occupancy.mandates:
        return ""
    start = language.day(seat.row.valid_from)
    if seat.row.valid_until is None:
        return start
    end = language.day(last_day(seat.row.valid_until))
    return language._("{start} until {end}", start=start, end=end)


def district_pages(language: Language, facts: Representation, district: District) -> list[Page]:
    """A district in each of its groups: its own voice, the police, and what is vacant."""
    _ = language._
    columns = (_("Group"), district.name, _("The police"), _("Vacant seats"))
    rows = [
        (
            Cell(text=group.name),
            _cell(language, facts.voice(group, district)),
            _police(language, facts.seats[group.id]),
            _vacant(language, facts.seats[group.id]),
        )
        for group in facts.groups
    ]
    return paged(_district_lines(language, facts, district), columns, rows)


def _cell(language: Language, voice: Voice) -> Cell:
    return Cell(text=names_of(voice, most=2), status=voice_status(language, voice))


def _police(language: Language, seats: Sequence[SeatOnDay]) -> Cell:
    """Who sits for the police in a group, the chair first; or that nobody does."""
    found = [
        shown(seat)
        for seat in seats
        if seat.is_occupied and not seat.is_deputys and _is_police(seat)
    ]
    people = list(dict.fromkeys(found))
    if not people:
        word = language._("Nobody")
        return Cell(status=Status(sign=Mark.NONE.sign, word=word, tone=Tone.WARNING))
    more = f" +{len(people) - 2}" if len(people) > 2 else ""
    return Cell(text=", ".join(people[:2]) + more)


def _is_police(seat: SeatOnDay) -> bool:
    return any(each.party is Party.POLICE for each in seat.organisations)


def _vacant(language: Language, seats: Sequence[SeatOnDay]) -> Cell:
    empty = [seat for seat in seats if seat.occupancy.filling is Filling.VACANT]
    if not empty:
        return Cell(text="–")
    names = "; ".join(seat_name(language, seat) for seat in empty)
    status = filling_status(language, empty[0].occupancy)
    return Cell(text=names[:500], status=status)


def _district_lines(language: Language, facts: Representation, district: District) -> list[str]:
    """How many of its groups a district has a voice in, and the groups in which it has none."""
    voices = [(group, facts.voice(group, district)) for group in facts.groups]
    figure = coverage([(district, voice) for _, voice in voices])
    told = language._(
        "{district} has a voice of its own in {own} of {total} groups, is represented by "
        "somebody else in {via}, and has none in {missing}.",
        district=district.name,
        own=len(figure.own),
        total=figure.total,
        via=len(figure.via),
        missing=len(figure.missing),
    )
    without = [group.name for group, voice in voices if voice.share == "missing"]
    if not without:
        return [told]
    return [told, language._("No voice in: {names}.", names=language.join(without))]


def seat_pages(language: Language, facts: Representation, group: Group) -> list[Page]:
    """The seats of one local group: what each is, who holds it, how it is filled, since when."""
    _ = language._
    columns = (_("Seat"), _("Holder"), _("State"), _("Since"))
    rows = [
        (
            Cell(text=seat_name(language, seat)),
            Cell(text=shown(seat)),
            Cell(status=filling_status(language, seat.occupancy)),
            Cell(text=since(language, seat)),
        )
        for seat in facts.seats[group.id]
    ]
    concerned = [each for each in facts.districts if facts.concerns(group, each)]
    lines = [_voice_of(language, facts.voice(group, each), each) for each in concerned]
    return paged(lines, columns, rows)


def _voice_of(language: Language, voice: Voice, district: District) -> str:
    return f"**{district.name}:** {voice_status(language, voice)}"
