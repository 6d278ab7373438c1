"""The year as rows to keep, or as a calendar file."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from handlers.files.extracts import Extract, Field, Term
from handlers.visit import Visit
from handlers.year.feed_file import year_file
from handlers.year.scope import GROUP, Scope, groups_of, seen
from handlers.year.words import told
from models.groups import Group
from models.intervals import end_of_day
from models.measures.measure import MeasureStatus
from models.year import Due, YearEntry, YearKind, YearOf, entries

KINDS = {
    YearKind.MEETING: "Meeting",
    YearKind.REVISION: "Revision",
    YearKind.TERTIAL: "Tertial report",
    YearKind.SURVEY_OPENS: "Survey opens",
    YearKind.SURVEY_CLOSES: "Survey closes",
    YearKind.MANDATE: "Mandate ends",
    YearKind.MEASURE: "Measure due",
}
"""What falls on a day, in a word or two; they are in the catalogue."""


def year_extract(visit: Visit, on: date, code: str) -> Extract:
    """One row for each thing of a group's year, or of all groups', in its order.

    It is the year of the day, as it was known at the day's end; each row says as of which day it
    stands, for of agreements no history is kept.
    """
    year, (groups, found) = on.year, _found(visit, on, code)
    codes = {group.id: group.code for group in groups}
    _ = visit.language._
    rows = tuple(
        (
            each.day,
            visit.language.time(each.at) if each.at else "",
            Term(each.kind.value, _(KINDS[each.kind])),
            told(visit.language, each, min(on, visit.on), alone=False),
            "; ".join(sorted(codes[number] for number in each.groups if number in codes)),
            visit.on if each.kind is YearKind.REVISION else min(on, visit.on),
        )
        for each in found
    )
    fields = (
        Field("day", _("Day")),
        Field("time", _("Time")),
        Field("kind", _("Kind")),
        Field("what", _("What")),
        Field("groups", _("Group code")),
        Field("as_of", _("As known on")),
    )
    title = _("The year {year}: {whose}", year=year, whose=code or _("all groups"))
    return Extract(f"year-{year}-{code or 'all'}", title, fields, rows)


def year_calendar(visit: Visit, on: date, code: str) -> bytes:
    """The same as a calendar file."""
    year = on.year
    title = visit.language._(
        "The year {year}: {whose}", year=year, whose=code or visit.language._("all groups")
    )
    return year_file(visit, title, _found(visit, on, code)[1], _known_at(visit, on))


def _known_at(visit: Visit, on: date) -> datetime | None:
    """The end of an earlier day; nothing for today, and for what lies ahead."""
    return end_of_day(on, visit.language.zone) if on < visit.on else None


def _found(visit: Visit, on: date, code: str) -> tuple[list[Group], list[YearEntry]]:
    scope = Scope(on.year, GROUP, code)
    groups = groups_of(visit, scope) if code else _every(visit, scope)
    sees = seen(visit.session, visit.asker, visit.on)
    wanted = YearOf(groups, scope.first, scope.last, None, sees, _known_at(visit, on))
    return groups, [each for each in entries(visit.session, wanted) if not _is_dropped(each)]


def _is_dropped(entry: YearEntry) -> bool:
    """Whether it is a measure that is not to be done any more."""
    return isinstance(entry.about, Due) and entry.about.status is MeasureStatus.CANCELLED


def _every(visit: Visit, scope: Scope) -> list[Group]:
    lasts = (Group.valid_from <= scope.last) & (
        Group.valid_until.is_(None) | (Group.valid_until > scope.first)
    )
    return list(visit.session.scalars(select(Group).where(lasts).order_by(Group.id)))
