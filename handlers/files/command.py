"""Files to keep: the matrix as rows, a group's seats as rows, and its mandates as a calendar."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from handlers.calendars import CalendarOf
from handlers.errors import Refusal
from handlers.files.calendar import as_ics, corrections, mandates, turns
from handlers.files.extracts import Extract, representation_extract, seats_extract, without_a_group
from handlers.files.formats import FORMATS
from handlers.representation.scope import (
    Scope,
    columns,
    facts_of,
    forums_of,
    groups_of,
    moment_known,
    too_old,
)
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.groups import Group
from models.message import FILE_BYTES, Actions, Button, File, Heading, Message, Note
from models.rights import Action

SEAT_FORMS = ("csv", "xlsx", "ics")


def representation_file(visit: Visit, press: ButtonPressed) -> Message:
    """The matrix that a button asks for, as CSV or workbook."""
    visit.demand(Action.LOOK_UP)
    scope = Scope.read(visit, press.value)
    form = str(json.loads(press.value).get("form"))
    if form not in FORMATS:
        raise too_old(visit)
    extract = matrix(visit, scope)
    file = _file(visit, FORMATS[form](extract), f"{extract.name}.{form}", extract.title)
    facts_day = visit.language.day(scope.day)
    return _handed_over(visit, file, _counted(visit, extract), facts_day)


def matrix(visit: Visit, scope: Scope) -> Extract:
    """How the districts are represented in the groups of a scope, as rows."""
    facts = facts_of(visit, scope, central_too=scope.is_a_district)
    left_out = without_a_group(facts, forums_of(scope, facts), columns(facts, scope))
    if scope.is_a_district:
        facts = replace(facts, districts=tuple(columns(facts, scope)))
    return representation_extract(visit.language, facts, left_out, f"representation-{scope.on}")


def files_menu(visit: Visit, press: ButtonPressed) -> Message:
    """The kinds of file in which a group's members and mandates can be had."""
    visit.demand(Action.LOOK_UP)
    code, *told = press.value.split("|")
    day = told[0] if told and told[0] else visit.on.isoformat()
    group = _group(visit, code)
    _ = visit.language._
    title = _("Download · {group}", group=group.name)
    rest = "|".join([group.code, day, *told[1:]])
    labels = (("CSV", "csv"), ("Excel", "xlsx"), (_("Calendar"), "ics"))
    buttons = tuple(
        Button(label=label, action="seats.file", value=f"{form}|{rest}") for label, form in labels
    )
    note = _("The calendar holds the first and last days of the mandates that run or are to come.")
    return Message(
        summary=title,
        parts=(Heading(text=title[:150]), Actions(buttons=buttons), Note(text=note)),
    )


def seats_file(visit: Visit, press: ButtonPressed) -> Message:
    """A group's members and mandates on a day, in the form that a button asks for."""
    visit.demand(Action.LOOK_UP)
    form, code, on, known = _asked(visit, press.value)
    group = _group(visit, code)
    scope = Scope(on=on, known=known, code=group.code)
    name = f"{group.code}-{on}"
    if form == "ics":
        content, said = calendar(visit, scope), visit.language._("Calendar")
    else:
        extract = seats(visit, scope, name)
        content, said = FORMATS[form](extract), _counted(visit, extract)
    file = _file(visit, content, f"{name}.{form}", group.name)
    return _handed_over(visit, file, said, visit.language.day(scope.day))


def _asked(visit: Visit, value: str) -> tuple[str, str, str, str]:
    """Form, group, day and perhaps the day of knowledge, as `csv|FAR-BER|2024-06-10`."""
    form, _, rest = value.partition("|")
    code, _, days = rest.partition("|")
    on, _, known = days.partition("|")
    scope = Scope(on=on or visit.on.isoformat(), known=known)
    try:
        scope.checked()
    except ValueError as error:
        raise too_old(visit) from error
    if form not in SEAT_FORMS:
        raise too_old(visit)
    return form, code, scope.on, known


def seats(visit: Visit, scope: Scope, name: str) -> Extract:
    """The seats of a scope's groups on its day, and the mandates that are to come, as rows."""
    facts = facts_of(visit, scope)
    found = mandates(visit.session, facts.groups, facts.on, facts.known_at)
    coming = [seat for seat in found if seat.valid_from > facts.on]
    return seats_extract(visit.language, facts, coming, name)


def calendar(visit: Visit, scope: Scope) -> bytes:
    """The mandates of a scope's groups as a calendar file."""
    groups = groups_of(visit, scope)
    known_at = moment_known(visit, scope, groups)
    found = mandates(visit.session, groups, scope.day, known_at)
    corrected = corrections(visit.session, found, known_at)
    about = CalendarOf(_calendar_name(visit, groups), visit.language, visit.at)
    return as_ics(about, turns(found, scope.day), corrected)


def _calendar_name(visit: Visit, groups: Sequence[Group]) -> str:
    _ = visit.language._
    name = groups[0].name if len(groups) == 1 else _("all groups")
    return _("Mandates, {group}", group=name)


def _group(visit: Visit, code: str) -> Group:
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if group is None:
        raise too_old(visit)
    return group


def _file(visit: Visit, content: bytes, name: str, label: str) -> File:
    """The content as a file; one that is too large for a chat is refused with what to do."""
    if len(content) > FILE_BYTES:
        raise Refusal(
            visit.language._("This is too much for one file. Ask for one group or one area.")
        )
    return File.holding(content, label=label[:200], name=name)


def _counted(visit: Visit, extract: Extract) -> str:
    return visit.language.n("{number} row", "{number} rows", len(extract.rows))


def _handed_over(visit: Visit, file: File, said: str, day: str) -> Message:
    note = " · ".join([said, visit.language._("As of {day}", day=day)])
    summary = visit.language._("The file {name} is ready.", name=file.name)
    return Message(summary=summary, parts=(Heading(text=file.label[:150]), file, Note(text=note)))
