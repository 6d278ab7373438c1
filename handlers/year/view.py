"""`årshjul Farsta 2027`: what falls when in a year, month by month, and as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from handlers.errors import NotFound
from handlers.requests import ButtonPressed
from handlers.seats.opening import which_group
from handlers.understanding import Intent, Understanding
from handlers.visit import Visit
from handlers.year.feed_file import year_file
from handlers.year.scope import (
    CENTRAL,
    DISTRICT,
    GROUP,
    MINE,
    YEARS,
    Scope,
    groups_of,
    scope_of,
    year_of,
)
from handlers.year.words import measure, told
from models.groups import Group
from models.measures.measure import MeasureStatus
from models.meetings.meeting import Meeting
from models.message import (
    TEXT_LENGTH,
    Actions,
    Button,
    Divider,
    File,
    Heading,
    Message,
    Note,
    Part,
    Reply,
    Text,
)
from models.rights import Action
from models.year import Due, YearEntry, YearKind, entries, revisions

MOST_MEASURES = 8
"""So many measures are named on one day; the file has all."""


@dataclass(frozen=True)
class Shown:
    """A year as it is shown: whose, its groups, and what falls in it."""

    scope: Scope
    groups: Sequence[Group]
    found: Sequence[YearEntry]


def year(visit: Visit, wish: Understanding) -> Message:
    """Answers `årshjul …`: the year of the group or the place that is named, else one's own."""
    visit.demand(Action.SEE_MEETINGS)
    return _card(visit, scope_of(visit, wish))


def show(visit: Visit, press: ButtonPressed) -> Message:
    """The year that a button names."""
    visit.demand(Action.SEE_MEETINGS)
    return _card(visit, Scope.read(visit, press.value))


def turn(visit: Visit, press: ButtonPressed) -> Message:
    """Another year, in the place of the one that is shown."""
    return show(visit, press).model_copy(update={"replaces": True})


def which(visit: Visit, press: ButtonPressed) -> Reply:
    """The question which group's year one's calendar is to read."""
    visit.demand(Action.SEE_MEETINGS)
    groups = groups_of(visit, Scope.read(visit, press.value))[:20]
    if not groups:
        raise NotFound(visit.language._("The group is not there any more."))
    codes = [group.code for group in groups]
    return which_group(visit, groups, "calendar.year", codes, Intent.YEAR)


def _card(visit: Visit, scope: Scope) -> Message:
    _ = visit.language._
    groups = groups_of(visit, scope)
    if not groups:
        nothing = "There is nothing to show of {year}: {whose}. There was no group then."
        raise NotFound(_(nothing, **_of(visit, scope, groups)))
    found = entries(visit.session, year_of(visit, scope, groups))
    shown = Shown(scope, groups, found)
    heading = _("The year {year}: {whose}", **_of(visit, scope, groups))
    return Message(
        summary=f"{heading}. {_counted(visit, found)}"[:1000],
        parts=(
            Heading(text=heading[:150]),
            *_lead(visit, shown),
            *_from_now_on(visit, shown),
            _file(visit, shown),
            Actions(buttons=_buttons(visit, shown)),
        ),
    )


def _of(visit: Visit, scope: Scope, groups: Sequence[Group]) -> dict[str, object]:
    """The year and whose it is, as values of a sentence."""
    whose = {
        MINE: visit.language._("your groups"),
        CENTRAL: visit.language._("the central groups"),
    }.get(scope.kind, scope.key)
    if scope.kind == GROUP and groups:
        whose = groups[0].name
    return {"year": scope.year, "whose": whose}


def _lead(visit: Visit, shown: Shown) -> Iterator[Part]:
    """How much there is, and which agreements should have been revised long ago."""
    yield Text(text=_counted(visit, shown.found))
    if shown.scope.year != visit.on.year:
        return
    late = [
        visit.language._(
            "▲ The agreement {name} was to be revised by {day}.",
            name=agreement.name,
            day=visit.language.day(agreement.next_revision_on),
        )
        for agreement in revisions(visit.session, shown.groups)
        if agreement.next_revision_on and agreement.next_revision_on < visit.on
    ]
    if late:
        yield Text(text="\n".join(late)[:TEXT_LENGTH])


def _counted(visit: Visit, found: Sequence[YearEntry]) -> str:
    """How much of each kind there is."""
    n = visit.language.n
    kinds = [entry.kind for entry in found if not _is_off(entry)]
    numbers = {kind: kinds.count(kind) for kind in YearKind}
    said = {
        YearKind.MEETING: n("{number} meeting", "{number} meetings", numbers[YearKind.MEETING]),
        YearKind.REVISION: n("{number} revision", "{number} revisions", numbers[YearKind.REVISION]),
        YearKind.SURVEY_OPENS: n(
            "{number} survey", "{number} surveys", numbers[YearKind.SURVEY_OPENS]
        ),
        YearKind.MANDATE: n(
            "{number} mandate that ends", "{number} mandates that end", numbers[YearKind.MANDATE]
        ),
        YearKind.MEASURE: n(
            "{number} measure to be done",
            "{number} measures to be done",
            numbers[YearKind.MEASURE],
        ),
    }
    words = [words for kind, words in said.items() if numbers[kind]]
    if not words:
        return visit.language._("Nothing is planned but the city's own reports.")
    return f"{visit.language.join(words)}."


def _is_off(entry: YearEntry) -> bool:
    """Whether it is not to take place: a cancelled meeting or measure."""
    match entry.about:
        case Meeting() as meeting:
            return meeting.cancelled
        case Due() as due:
            return due.status is MeasureStatus.CANCELLED
    return False


def _from_now_on(visit: Visit, shown: Shown) -> Iterator[Part]:
    """The months; of the year that goes on this one and those to come first, then the earlier."""
    now = visit.on.replace(day=1) if shown.scope.year == visit.on.year else shown.scope.first
    yield from _months(
        visit, replace(shown, found=[each for each in shown.found if each.day >= now])
    )
    earlier = [each for each in shown.found if each.day < now]
    if earlier:
        yield Divider()
        yield Note(text=visit.language._("Earlier this year"))
        yield from _months(visit, replace(shown, found=earlier))


def _months(visit: Visit, shown: Shown) -> Iterator[Part]:
    """A heading and a list for each month in which anything falls."""
    for month, of_month in groupby(shown.found, key=lambda entry: entry.day.replace(day=1)):
        lines = list(_lines(visit, list(of_month), alone=len(shown.groups) == 1))
        if lines:
            yield Heading(text=visit.language.month(month))
            yield Text(text=_fitted(visit, lines))


def _fitted(visit: Visit, lines: list[str]) -> str:
    """The lines, as many as one text holds; that there are more, where there are."""
    text, kept = "\n".join(lines), len(lines)
    while len(text) > TEXT_LENGTH - 100:
        kept -= 1
        text = "\n".join(lines[:kept])
    if kept == len(lines):
        return text
    left = visit.language.n("- and {number} more", "- and {number} more", len(lines) - kept)
    return f"{text}\n{left}"


def _lines(visit: Visit, found: Sequence[YearEntry], *, alone: bool) -> Iterator[str]:
    """A line for each thing; the measures of one day share one."""
    for day, of_day in groupby(found, key=lambda entry: entry.day):
        due = []
        for entry in of_day:
            if isinstance(entry.about, Due):
                due.append(entry.about)
            else:
                said = told(visit.language, entry, visit.on, alone=alone)
                yield f"- **{_when(visit, entry)}** {said}"
        due = [each for each in due if each.status is not MeasureStatus.CANCELLED]
        if due:
            yield _due_line(visit, day, due)


def _due_line(visit: Visit, day: date, due: Sequence[Due]) -> str:
    language = visit.language
    words = [measure(language, each, visit.on) for each in due[:MOST_MEASURES]]
    more = len(due) - len(words)
    if more:
        words.append(language.n("{number} more", "{number} more", more))
    said = language._("To be done: {measures}", measures="; ".join(words))
    return f"- **{language.short_day(day)}** {said}"


def _when(visit: Visit, entry: YearEntry) -> str:
    """The day, with the time of day where it has one."""
    day = visit.language.short_day(entry.day)
    return f"{day} {visit.language.time(entry.at)}" if entry.at else day


def _file(visit: Visit, shown: Shown) -> File:
    heading = visit.language._("The year {year}: {whose}", **_of(visit, shown.scope, shown.groups))
    content = year_file(visit, heading, shown.found)
    return File.holding(
        content,
        label=visit.language._("For your calendar"),
        name=f"year-{shown.scope.year}-{_key(shown)}.ics",
    )


def _key(shown: Shown) -> str:
    """Whose year it is, short enough for a file's name."""
    kind, first = shown.scope.kind, shown.groups[0]
    if kind == DISTRICT and first.district is not None:
        return first.district.code
    return first.code if kind == GROUP else kind


def _buttons(visit: Visit, shown: Shown) -> tuple[Button, ...]:
    _ = visit.language._
    scope = shown.scope
    years = [
        Button(label=str(year), action="year.turn", value=scope.of_year(year).as_value())
        for year in (scope.year - 1, scope.year + 1)
        if year in YEARS
    ]
    feed = Button(label=_("Add to my calendar"), action="calendar.year", value="")
    if len(shown.groups) == 1 and scope.kind != MINE:
        feed = Button(label=feed.label, action="calendar.year", value=shown.groups[0].code)
    elif scope.kind in (DISTRICT, CENTRAL):
        feed = Button(label=feed.label, action="year.which", value=scope.as_value())
    return (*years, *([feed] if visit.asker is not None else []))
