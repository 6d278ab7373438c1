"""Lists of measures: mine, a group's, late, silent, without owner or cause, due, by area or place.

A list is paged and never cut, and any measure that is shown can be reported on at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from handlers.errors import NotAllowed
from handlers.measures.card import measure_card, responsible
from handlers.measures.report import find_measure
from handlers.measures.report_form import form_among, report_form
from handlers.measures.selection import Filter, Row, Selection
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import NOT_ALLOWED, Visit
from handlers.whole import whole
from models.agreements import PriorityArea
from models.base import held_on
from models.groups import Group, GroupKind
from models.language import Language
from models.measures.measure import Category, Measure, MeasureStatus, ProgressReport
from models.measures.needed import NOBODY, Needed, needed_by_each
from models.measures.progress import Standing
from models.measures.promises import pace
from models.message import (
    Actions,
    Button,
    Cell,
    Heading,
    Message,
    Note,
    Part,
    Reply,
    Table,
    Text,
    Weight,
)
from models.people.organisations import Party
from models.places.place import District
from models.rights import Action, may
from models.wording import CATEGORIES, PARTIES, pace_words, silence, standing_words, status_words

PAGE = 10


def measures(visit: Visit, wish: Understanding) -> Message:
    """Answers `åtgärder …`, `mina` and `försenade`, or shows the one measure that is named."""
    visit.demand(Action.SEE_MEASURES)
    if wish.measure:
        return measure_card(visit, find_measure(visit, wish.measure))
    return listing(visit, Filter.of(visit, wish))


def measures_page(visit: Visit, press: ButtonPressed) -> Message:
    """The page of a list that a button asks for."""
    visit.demand(Action.SEE_MEASURES)
    wanted, more = Filter.read(visit, press.value)
    return listing(visit, wanted, whole(more.get("page", "")) or 0)


def measures_of_group(visit: Visit, press: ButtonPressed) -> Message:
    """All measures of the group that a button names."""
    visit.demand(Action.SEE_MEASURES)
    return listing(visit, Filter(group=press.value))


def listing(visit: Visit, wanted: Filter, page: int = 0) -> Message:
    """A page of a list, the latest first, each row open to a report."""
    selection, missed = _found(Selection(visit, wanted))
    heading = title_of(selection)
    shown = selection.rows[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return _nothing(selection, heading)
    parts: list[Part] = [Heading(text=heading[:150])]
    if missed:
        parts.append(Note(text=missed))
    parts += [Note(text=_count(selection, page)), _table(visit, shown)]
    parts += [Actions(buttons=row) for row in _buttons(selection, page, shown)]
    spoken = "; ".join(
        f"{row.measure.code} {standing_words(row.standing, visit.language)}" for row in shown
    )
    return Message(summary=f"{heading}: {spoken}"[:1000], parts=tuple(parts), replaces=page > 0)


def _found(selection: Selection) -> tuple[Selection, str]:
    """The selection; where no measure says the place, all of its district, and that it is so."""
    visit, wanted = selection.visit, selection.wanted
    if selection.rows:
        return selection, ""
    if wanted.area and (said := _naming_area(selection)) is not None:
        return said, visit.language._("No measure has this priority area: these name it.")
    if not wanted.place:
        return selection, ""
    wider = Selection(visit, replace(wanted, place=""))
    place = wanted.place
    return wider, visit.language._("No measure here names {place}: these are all.", place=place)


def _naming_area(selection: Selection) -> Selection | None:
    """The measures that name an area that none of them has: guards and cameras are means too."""
    visit, wanted = selection.visit, selection.wanted
    query = select(PriorityArea).where(PriorityArea.code == wanted.area)
    for area in visit.session.scalars(query):
        for name in (area.name_sv, area.name_en, *area.aliases):
            found = Selection(visit, replace(wanted, area="", place=name))
            if found.rows:
                return found
    return None


def _nothing(selection: Selection, heading: str) -> Message:
    _ = selection.visit.language._
    sentence = _("No measures fit.")
    if selection.wanted.due and not selection.meetings:
        sentence = _("No meetings are planned.")
    return Message(
        summary=f"{heading}: {_('none')}"[:1000],
        parts=(Heading(text=heading[:150]), Text(text=sentence)),
    )


def title_of(selection: Selection) -> str:
    """What a list is called: which measures, and whose, where and about what."""
    visit, wanted = selection.visit, selection.wanted
    where = selection.group.name if selection.group else wanted.group or wanted.district
    words = [
        _which(visit, wanted),
        visit.person.organisation.name if wanted.whose == "organisation" else "",
        wanted.organisation,
        visit.language._(PARTIES[Party(wanted.party)]) if wanted.party else "",
        visit.language._("citizen promises") if wanted.promised else "",
        wanted.person,
        visit.language._(CATEGORIES[Category(wanted.category)]) if wanted.category else "",
        wanted.place,
        where,
        _area_name(visit, wanted.area),
    ]
    return " · ".join(dict.fromkeys(word for word in words if word))


def _which(visit: Visit, wanted: Filter) -> str:
    _ = visit.language._
    late = wanted.status == MeasureStatus.DELAYED
    mine = wanted.whose == "mine"
    lists = {
        "owner": _("Measures without an owner"),
        "cause": _("Measures without a cause"),
        "goal": _("Measures without a goal"),
        "report": _("Silent measures"),
    }
    if wanted.due or wanted.without:
        both = (wanted.due and _("Due before the next meeting"), lists.get(wanted.without, ""))
        said = " · ".join(word for word in both if word)
        return f"{said} · {_('mine')}" if mine else said
    if wanted.status and not late:
        base = _("My measures") if mine else _("Measures")
        return f"{base}: {status_words(visit.language, MeasureStatus(wanted.status)).word.lower()}"
    if mine:
        return _("My delayed measures") if late else _("My measures")
    return _("Delayed measures") if late else _("Measures")


def _area_name(visit: Visit, code: str) -> str:
    """A priority area as its latest version calls it."""
    if not code:
        return ""
    query = select(PriorityArea).where(PriorityArea.code == code).order_by(PriorityArea.valid_from)
    versions = visit.session.scalars(query).all()
    return versions[-1].name(visit.language.code) if versions else code


def _count(selection: Selection, page: int) -> str:
    language, rows = selection.visit.language, selection.rows
    words = [language.n("{number} measure", "{number} measures", len(rows))]
    late = sum(row.standing.is_late for row in rows)
    silent = sum(row.standing.is_silent and not row.standing.is_late for row in rows)
    if late:
        words.append(language.n("{number} delayed", "{number} delayed", late))
    if silent:
        words.append(language.n("{number} silent", "{number} silent", silent))
    if selection.wanted.due and selection.group:
        moment = language.moment(selection.meetings[selection.group.id])
        words.append(language._("next meeting {moment}", moment=moment))
    if len(rows) > PAGE:
        pages = (len(rows) + PAGE - 1) // PAGE
        words.append(language._("page {page} of {pages}", page=page + 1, pages=pages))
    return " · ".join(words)


def _table(visit: Visit, rows: list[Row]) -> Table:
    _ = visit.language._
    needed = needed_by_each(visit.session, (row.report for row in rows if row.report))
    return Table(
        columns=(_("Measure"), _("Status"), _("Responsible"), _("Due")),
        rows=tuple(_cells(visit, row, needed) for row in rows),
    )


def _cells(visit: Visit, row: Row, needed: Mapping[int, Needed]) -> tuple[Cell, ...]:
    measure = row.measure
    title = f"{measure.code} {measure.title}"
    due = visit.language.day(measure.due_on, visit.on) if measure.due_on else "–"
    comment = _said(visit.language, row.report, needed) if row.report else None
    return (
        Cell(text=title[:500], quote=comment),
        Cell(
            text=_beside(visit, row),
            status=standing_words(row.standing, visit.language),
            leads=True,
        ),
        Cell(text=responsible(visit.language, measure, is_owned=row.is_owned)),
        Cell(text=due),
    )


def _beside(visit: Visit, row: Row) -> str:
    """What stands beside the status: its age, and the pace of a promise."""
    times = row.report.times_done if row.report else None
    promise = pace(row.measure, times, visit.on)
    words = (age(visit.language, row.standing), promise and pace_words(visit.language, promise))
    return " · ".join(word for word in words if word)


def age(language: Language, standing: Standing) -> str:
    """That what is late has not been heard of either, for then only the date is known."""
    return silence(language, standing).word if standing.is_late and standing.is_silent else ""


def _said(language: Language, report: ProgressReport, needed: Mapping[int, Needed]) -> str | None:
    """What was last said of a measure: what hinders goes before the comment, then who is needed."""
    words = report.obstacle or report.comment
    short = words if len(words) <= 200 else f"{words[:199]}…"
    who = needed.get(report.id, NOBODY).words(language)
    return f"{short} ({language._('needed: {who}', who=who)})"[:500] if who else short


def _buttons(selection: Selection, page: int, shown: list[Row]) -> list[tuple[Button, ...]]:
    """Reporting and turning pages; below them other ways to look at the same list."""
    _, wanted = selection.visit.language._, selection.wanted
    codes = " ".join(row.measure.code for row in shown)
    report = Button(label=_("Report"), action="report.among", value=codes, weight=Weight.PRIMARY)
    turns = [report]
    if wanted.without == "owner":
        turns.append(Button(label=_("Who takes over?"), action="measure.owner", value=codes))
    if page:
        value = wanted.as_value(page=str(page - 1))
        turns.append(Button(label=_("Previous page"), action="measures.page", value=value))
    if (page + 1) * PAGE < len(selection.rows):
        value = wanted.as_value(page=str(page + 1))
        turns.append(Button(label=_("Next page"), action="measures.page", value=value))
    same = wanted.as_value()
    looks = [
        Button(label=_("Over time"), action="measures.timeline", value=same),
        Button(label=_("All districts"), action="measures.grid", value=same),
        Button(label=_("Download"), action="measures.files", value=same),
    ]
    if (group := _home_of(selection)) is not None:
        plan = Button(label=_("Action plan"), action="measures.plan", value=group.code)
        looks.append(plan)
        if _may_make(selection, group):
            new = Button(label=_("New measure"), action="measure.new", value=group.code)
            looks.append(new)
    return [tuple(turns), tuple(looks)]


def _home_of(selection: Selection) -> Group | None:
    """The group whose list it is; of a district the one that prepares."""
    visit, wanted = selection.visit, selection.wanted
    if wanted.group or not wanted.district:
        return selection.group
    query = (
        select(Group)
        .join(District)
        .where(District.name == wanted.district, Group.kind == GroupKind.PREPARATORY)
        .where(held_on(Group, visit.on))
    )
    return visit.session.scalars(query.order_by(Group.code)).first()


def _may_make(selection: Selection, group: Group) -> bool:
    """Whether the asker may make measures in the group."""
    visit = selection.visit
    if visit.asker is None:
        return False
    return may(visit.roles(group_id=group.id), Action.CHANGE_MEASURES)


def report_among(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form with those of a page's measures that the asker may report on."""
    person, codes = visit.person, press.value.split()
    query = select(Measure).where(Measure.code.in_(codes))
    found = {each.code: each for each in visit.session.scalars(query)}
    allowed = [
        found[code]
        for code in codes
        if code in found and may(visit.roles(measure=found[code]), Action.REPORT)
    ]
    mine_first = sorted(allowed, key=lambda each: each.owner_id != person.id)
    if not mine_first:
        raise NotAllowed(visit.language._(NOT_ALLOWED[Action.REPORT]))
    if len(mine_first) == 1:
        return report_form(visit, mine_first[0])
    return form_among(visit, mine_first)
