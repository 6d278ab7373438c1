"""Lists of measures: mine, a group's, late, without owner, without cause, in an area."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from handlers.measures.card import measure_card, responsible
from handlers.measures.report import find_measure
from handlers.representation.who import find_group
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.agreements import kin_of_area
from models.groups import Group, GroupKind
from models.measures import Measure, MeasureStatus, ProgressReport
from models.message import (
    Actions,
    Button,
    Cell,
    Heading,
    Message,
    Note,
    Part,
    Table,
    Text,
    Weight,
)
from models.ownership import is_ownerless, seated
from models.places import District
from models.progress import Standing, standing
from models.rights import Action
from models.wording import standing_words
from models.workload import with_reports

PAGE = 10


@dataclass(frozen=True)
class Row:
    """A measure in a list with its last report, how it stands, and whether its owner has a seat."""

    measure: Measure
    report: ProgressReport | None
    standing: Standing
    is_owned: bool


@dataclass(frozen=True)
class Filter:
    """Which measures a list is about; storable as JSON in the button of its next page."""

    whose: str = ""
    district: str = ""
    group: str = ""
    status: str = ""
    without: str = ""
    area: str = ""

    def as_value(self, page: int) -> str:
        """The filter and a page as a button's value."""
        kept = {key: value for key, value in vars(self).items() if value}
        return json.dumps({**kept, "page": page}, ensure_ascii=False)


def measures(visit: Visit, wish: Understanding) -> Message:
    """Answers `åtgärder …`, `mina` and `försenade`, or shows the one measure that is named."""
    visit.demand(Action.SEE_MEASURES)
    if wish.measure:
        return measure_card(visit, find_measure(visit, wish.measure))
    return listing(visit, _filter(visit, wish))


def _filter(visit: Visit, wish: Understanding) -> Filter:
    named = wish.group or wish.group_code or wish.level
    group = find_group(visit, wish) if named else None
    return Filter(
        whose=wish.whose or "",
        district=wish.district or "",
        group=group.code if group else "",
        status=wish.status.value if wish.status else "",
        without=wish.without or "",
        area=wish.area or "",
    )


def measures_page(visit: Visit, press: ButtonPressed) -> Message:
    """The page of a list that a button asks for."""
    visit.demand(Action.SEE_MEASURES)
    wanted = json.loads(press.value)
    page = int(wanted.pop("page", 0))
    return listing(visit, Filter(**wanted), page)


def measures_of_group(visit: Visit, press: ButtonPressed) -> Message:
    """All measures of the group that a button names."""
    visit.demand(Action.SEE_MEASURES)
    return listing(visit, Filter(group=press.value))


def listing(visit: Visit, wanted: Filter, page: int = 0) -> Message:
    """A page of a list, the latest first, each row open to a report."""
    _ = visit.language._
    rows = sorted(_rows(visit, wanted), key=_urgency)
    heading = _title(visit, wanted)
    shown = rows[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return Message(
            summary=f"{heading}: {_('none')}",
            parts=(Heading(text=heading), Text(text=_("No measures fit."))),
        )
    parts: list[Part] = [Heading(text=heading), Note(text=_count(visit, rows, page))]
    parts.append(_table(visit, shown))
    parts.append(Actions(buttons=tuple(_buttons(visit, wanted, page, len(rows)))))
    spoken = "; ".join(
        f"{row.measure.code} {standing_words(row.standing, visit.language)}" for row in shown
    )
    return Message(summary=f"{heading}: {spoken}"[:1000], parts=tuple(parts), replaces=page > 0)


def _rows(visit: Visit, wanted: Filter) -> list[Row]:
    pairs = with_reports(visit.session, *_conditions(visit, wanted))
    owners = {each.owner_id for each, _ in pairs if each.owner_id is not None}
    active = seated(visit.session, owners, visit.on)
    rows = [
        Row(each, report, standing(each, report, visit.on), each.owner_id in active)
        for each, report in pairs
    ]
    return [row for row in rows if _fits(row, wanted)]


def _conditions(visit: Visit, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.whose == "mine":
        conditions.append(Measure.owner_id == visit.person.id)
    if wanted.district and not wanted.group:
        within = select(Group.id).join(District).where(District.name == wanted.district)
        conditions.append(Measure.group_id.in_(within))
    if wanted.group:
        conditions.append(Measure.group_id.in_(_group_scope(visit, wanted.group)))
    if wanted.without == "owner":
        conditions.append(is_ownerless(visit.on))
    if wanted.without == "cause":
        conditions.append(Measure.cause == "")
    if wanted.area:
        conditions.append(Measure.area.in_(kin_of_area(visit.session, wanted.area)))
    return conditions


def _group_scope(visit: Visit, code: str) -> list[int]:
    """A working group's own measures; for the others all of the district's, or the central."""
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if group is None:
        return []
    if group.kind is GroupKind.WORKING:
        return [group.id]
    return list(
        visit.session.scalars(
            select(Group.id).where(
                Group.level == group.level,
                Group.district_id.is_not_distinct_from(group.district_id),
            )
        )
    )


def _fits(row: Row, wanted: Filter) -> bool:
    """Delayed means reported so or past its date; open lists leave out what is closed."""
    if wanted.status == MeasureStatus.DELAYED:
        return row.standing.is_late
    if wanted.status:
        return row.standing.status.value == wanted.status
    if wanted.whose or wanted.without:
        return not row.standing.status.is_closed
    return True


def _urgency(row: Row) -> tuple[bool, bool, bool, date, str]:
    stands = row.standing
    due = row.measure.due_on or date.max
    return (
        stands.status.is_closed,
        not stands.is_late,
        not (stands.is_late or stands.is_silent),
        due,
        row.measure.code,
    )


def _title(visit: Visit, wanted: Filter) -> str:
    _ = visit.language._
    late = wanted.status == MeasureStatus.DELAYED
    if wanted.whose == "mine":
        title = _("My delayed measures") if late else _("My measures")
    elif wanted.without == "owner":
        title = _("Measures without an owner")
    elif wanted.without == "cause":
        title = _("Measures without a cause")
    else:
        title = _("Delayed measures") if late else _("Measures")
    where = _group_name(visit, wanted.group) or wanted.district
    return f"{title} · {where}" if where else title


def _group_name(visit: Visit, code: str) -> str:
    if not code:
        return ""
    return visit.session.scalars(select(Group.name).where(Group.code == code)).first() or code


def _count(visit: Visit, rows: list[Row], page: int) -> str:
    words = [visit.language.n("{number} measure", "{number} measures", len(rows))]
    late = sum(row.standing.is_late for row in rows)
    silent = sum(row.standing.is_silent and not row.standing.is_late for row in rows)
    if late:
        words.append(visit.language.n("{number} delayed", "{number} delayed", late))
    if silent:
        words.append(visit.language.n("{number} silent", "{number} silent", silent))
    if len(rows) > PAGE:
        pages = (len(rows) + PAGE - 1) // PAGE
        words.append(visit.language._("page {page} of {pages}", page=page + 1, pages=pages))
    return " · ".join(words)


def _table(visit: Visit, rows: list[Row]) -> Table:
    _ = visit.language._
    return Table(
        columns=(_("Measure"), _("Status"), _("Responsible"), _("Due")),
        rows=tuple(_cells(visit, row) for row in rows),
    )


def _cells(visit: Visit, row: Row) -> tuple[Cell, ...]:
    measure = row.measure
    title = f"{measure.code} {measure.title}"
    due = visit.language.day(measure.due_on, visit.on) if measure.due_on else "–"
    comment = _said(row.report) if row.report else None
    return (
        Cell(text=title[:500], quote=comment),
        Cell(status=standing_words(row.standing, visit.language)),
        Cell(text=responsible(visit.language, measure, is_owned=row.is_owned)),
        Cell(text=due),
    )


def _said(report: ProgressReport) -> str | None:
    """What was last said of a measure: what hinders goes before the comment."""
    words = report.obstacle or report.comment
    return words if len(words) <= 200 else f"{words[:199]}…"


def _buttons(visit: Visit, wanted: Filter, page: int, total: int) -> list[Button]:
    _ = visit.language._
    buttons = [Button(label=_("Report mine"), action="report.mine", weight=Weight.PRIMARY)]
    if (page + 1) * PAGE < total:
        value = wanted.as_value(page + 1)
        buttons.append(Button(label=_("Next page"), action="measures.page", value=value))
    return buttons
