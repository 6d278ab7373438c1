"""Coverage: how districts are represented, where nobody speaks for them, what seats are vacant."""

from __future__ import annotations

import json

from handlers.representation.knowledge import with_day_to_come
from handlers.representation.pages import (
    Page,
    district_pages,
    figure_lines,
    forum_pages,
    matrix_pages,
    seat_pages,
)
from handlers.representation.scope import (
    Scope,
    area_lines,
    days_told,
    facts_of,
    forums_of,
    groups_asked,
    is_a_local_group,
    scope_name,
    too_old,
)
from handlers.representation.vacancies import vacancy_pages, vacant_seats
from handlers.representation.voices import breach_lines
from handlers.representation.who_else import organisation_seats
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group
from models.message import Actions, Button, Heading, Message, Note, Part, Weight, paragraphs
from models.places.place import District
from models.representation.coverage import Representation
from models.representation.forums import areas_without_groups
from models.rights import Action


def coverage(visit: Visit, wish: Understanding) -> Message:
    """Answers `representation …` and `vakanser …` on a day."""
    visit.demand(Action.LOOK_UP)
    if (wish.organisation or wish.party) and not (wish.vacant or wish.district):
        return with_day_to_come(visit, wish, organisation_seats(visit, wish))
    vacant = wish.vacant or wish.role is not None
    return with_day_to_come(visit, wish, answered(visit, Scope.of(visit, wish), vacant=vacant))


def coverage_page(visit: Visit, press: ButtonPressed) -> Message:
    """The page of a table of coverage that a button asks for."""
    visit.demand(Action.LOOK_UP)
    scope = Scope.read(visit, press.value)
    told = json.loads(press.value)
    try:
        page = int(told.get("page", 0))
    except (TypeError, ValueError) as error:
        raise too_old(visit) from error
    return answered(visit, scope, page, vacant=bool(told.get("vacant")))


def answered(visit: Visit, scope: Scope, page: int = 0, *, vacant: bool = False) -> Message:
    """One page of what is asked for, with ways to the next, to a picture and to files."""
    facts = facts_of(visit, scope, central_too=not vacant and scope.is_a_district)
    pages = _pages(visit, scope, facts, vacant=vacant)
    number = min(max(page, 0), len(pages) - 1)
    lines = list(pages[number].lines)
    if number == 0:
        lines = [*area_lines(visit, scope, facts), *lines]
    if number == 0 and not vacant:
        lines += _warnings(visit, scope, facts)
    heading = _heading(visit, scope, facts, vacant=vacant)
    parts: list[Part] = [Heading(text=heading[:150]), *paragraphs(lines)]
    if (table := pages[number].table) is not None:
        parts.append(table)
    days = days_told(visit.language, scope, facts)
    parts.append(Note(text=_note(visit, days, number, len(pages))))
    buttons = _buttons(visit, scope, facts, vacant=vacant)
    if number + 1 < len(pages):
        buttons.insert(0, _next(visit, scope, number + 1, vacant=vacant))
    parts.append(Actions(buttons=tuple(buttons)))
    spoken = " ".join([f"{heading}.", *(line.removeprefix("- ") for line in lines)])
    return Message(summary=_short(spoken), parts=tuple(parts), replaces=page > 0)


def _pages(visit: Visit, scope: Scope, facts: Representation, *, vacant: bool) -> list[Page]:
    language = visit.language
    if vacant:
        return vacancy_pages(visit, scope, facts)
    if not facts.groups:
        return [_empty(visit, scope, facts)]
    if is_a_local_group(scope, facts):
        return seat_pages(language, facts, facts.groups[0])
    if (district := _district(scope, facts)) is not None:
        return district_pages(language, facts, district)
    rows = forums_of(scope, facts)
    if len(rows) == 1:
        return forum_pages(language, facts, rows[0])
    return matrix_pages(language, facts, rows)


def _district(scope: Scope, facts: Representation) -> District | None:
    return next((each for each in facts.districts if each.name == scope.district), None)


def _empty(visit: Visit, scope: Scope, facts: Representation) -> Page:
    """A day without groups: that it is so, since when there are some, and whom it leaves out."""
    _ = visit.language._
    lines = [_("There is no such group on {day}.", day=_day(visit, scope))]
    if scope == Scope(on=scope.on, known=scope.known):
        lines = [_("There are no cooperation groups on {day}.", day=_day(visit, scope))]
    first = _first_group(visit, scope)
    if first is not None:
        begins = visit.language.day(first.valid_from)
        lines.append(_("The first is {group}, from {day}.", group=first.name, day=begins))
    if not scope.district:
        lines += figure_lines(visit.language, facts, forums_of(scope, facts)[0])
    return Page(tuple(lines))


def _first_group(visit: Visit, scope: Scope) -> Group | None:
    """The first group of the scope that begins after its day."""
    query = groups_asked(visit, scope).where(Group.valid_from > scope.day)
    order = (Group.valid_from, Group.level, Group.kind.desc(), Group.code)
    return visit.session.scalars(query.order_by(*order)).first()


def _warnings(visit: Visit, scope: Scope, facts: Representation) -> list[str]:
    """The groups that break R1 or R2, and the areas for which nobody works."""
    _ = visit.language._
    lines = [f"- ⚠ {line}" for line in breach_lines(visit.language, facts, facts.groups)]
    if lines:
        lines.insert(0, _("**Not as the agreement asks:**"))
    if facts.groups and scope == Scope(on=scope.on, known=scope.known):
        code = visit.language.code
        areas = [facts.area_name(area, code) for area in areas_without_groups(facts)]
        if areas:
            names = visit.language.join(areas)
            lines.append(_("Priority areas without a working group: {names}.", names=names))
    return lines


def _heading(visit: Visit, scope: Scope, facts: Representation, *, vacant: bool) -> str:
    _ = visit.language._
    title = _("Vacancies") if vacant else _("Coverage")
    where = scope_name(visit, scope, facts)
    return f"{title} · {where}" if where else title


def _day(visit: Visit, scope: Scope) -> str:
    return visit.language.day(scope.day)


def _note(visit: Visit, days: str, number: int, pages: int) -> str:
    if pages == 1:
        return days
    page = visit.language._("page {page} of {pages}", page=number + 1, pages=pages)
    return f"{days} · {page}"


def _buttons(visit: Visit, scope: Scope, facts: Representation, *, vacant: bool) -> list[Button]:
    """Beside vacancies the way to the matrix; beside it picture, files, and the way to them."""
    _ = visit.language._
    if vacant:
        return [_page_button(_("Show coverage"), scope.without_seats().value())]
    number = len(vacant_seats(facts))
    label = f"{_('Vacancies')} ({number})" if number else _("Vacancies")
    vacancies = _page_button(label, scope.value(vacant=1))
    if is_a_local_group(scope, facts):
        return [*_group_buttons(visit, scope, facts.groups[0]), vacancies]
    return [*_file_buttons(visit, scope), vacancies]


def _next(visit: Visit, scope: Scope, page: int, *, vacant: bool) -> Button:
    value = scope.value(page=page, vacant=int(vacant))
    return _page_button(visit.language._("Next"), value, Weight.PRIMARY)


def _page_button(label: str, value: str, weight: Weight = Weight.PLAIN) -> Button:
    return Button(label=label, action="representation.page", value=value, weight=weight)


def _file_buttons(visit: Visit, scope: Scope) -> list[Button]:
    """The picture and the files of a matrix, or the files of the one group that is shown."""
    _ = visit.language._
    picture, file = "representation.picture", "representation.file"
    return [
        Button(label=_("Show as a picture"), action=picture, value=scope.value()),
        Button(label="CSV", action=file, value=scope.value(form="csv")),
        Button(label="Excel", action=file, value=scope.value(form="xlsx")),
    ]


def _group_buttons(visit: Visit, scope: Scope, group: Group) -> list[Button]:
    """The files of one group's seats, and what is vacant in it."""
    _ = visit.language._
    rest = "|".join(filter(None, [group.code, scope.on, scope.known]))
    labels = (("CSV", "csv"), ("Excel", "xlsx"), (_("Calendar"), "ics"))
    return [
        Button(label=label, action="seats.file", value=f"{form}|{rest}") for label, form in labels
    ]


def _short(spoken: str) -> str:
    plain = spoken.replace("**", "")
    return plain if len(plain) <= 1000 else f"{plain[:999]}…"
