"""`samverkan export`: what the cooperation knows, as files for people, programs and minutes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import stored_time
from bot.commands.named_group import group_named
from bot.commands.surroundings import Surroundings, fail, note, surroundings
from bot.drawing.form import FORMS as PICTURES
from bot.drawing.studio import CannotDraw, Studio
from handlers.decisions.file import decisions_extract, without_number
from handlers.errors import NotFound, Refusal
from handlers.files import command as files
from handlers.files.formats import FORMATS
from handlers.indicators.file import every_figure
from handlers.measures import files as measure_files
from handlers.measures.over_time import timelines
from handlers.measures.plan import find_plan_group, plan_page
from handlers.measures.selection import Filter, Selection
from handlers.measures.status_grid import grids
from handlers.representation.matrix_picture import picture_title, pictures
from handlers.representation.scope import Scope, facts_of, groups_of
from handlers.requests import Command, Identity, Place, PlaceKind
from handlers.results.table import of_group
from handlers.sources.file import sources_extract
from handlers.understanding import understand
from handlers.visit import Visit
from handlers.year.file import year_calendar, year_extract
from models.agreements import PriorityArea
from models.intervals import end_of_day
from models.measures.measure import MeasureStatus
from models.message import Image
from models.people.organisations import Person
from models.rights import Action

AS_KNOWN = (
    "The year is told as it was known at the end of {day}; only the days on which agreements are "
    "to be revised are those of today, for no history is kept of them."
)
SILENT = "silent"
"""Stands among the statuses for measures that nobody has reported on in time."""

BINARY = frozenset({"xlsx", "png"})
"""What a terminal cannot show."""


@dataclass(frozen=True)
class Order:
    """What is to be made, once the names have been found.

    `status` is for measures; `since` and `until` are the first and the last day of decisions.
    """

    scope: Scope
    form: str
    status: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Kind:
    """Something that can be exported: its forms, how it is made, and the options of its own."""

    forms: tuple[str, ...]
    made: Callable[[Visit, Order], list[bytes]]
    takes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What is to be exported, as it was written on the command line."""

    kind: Kind
    form: str
    on: str
    known: str
    group: str
    area: str
    status: str
    email: str
    since: str = ""
    until: str = ""


def export(
    kind: Annotated[
        str, typer.Argument(help="representation, seats, measures, decisions, year, results …")
    ],
    group: Annotated[str, typer.Option(help="Only this group: its code or name.")] = "",
    area: Annotated[str, typer.Option(help="Only this priority area: its code or name.")] = "",
    status: Annotated[
        str, typer.Option(help="Only measures that stand so: delayed, silent …")
    ] = "",
    on: Annotated[str, typer.Option(help="The day it is about, 2024-06-10; else today.")] = "",
    known: Annotated[str, typer.Option(help="As it was known on this day.")] = "",
    since: Annotated[str, typer.Option(help="Only decisions of meetings from this day on.")] = "",
    until: Annotated[str, typer.Option(help="… and up to this day, included.")] = "",
    email: Annotated[str, typer.Option("--as", help="As the member with this e-mail.")] = "",
    form: Annotated[
        str, typer.Option("--format", help="csv, xlsx, json; ics; png, svg of pictures; html.")
    ] = "csv",
    output: Annotated[Path | None, typer.Option(help="The file to write; else stdout.")] = None,
    language: Annotated[str | None, typer.Option(help="sv or en.")] = None,
) -> None:
    """Export lists, pictures and a group's plan, on a day; seats as known on a day, too."""
    asked = Asked(_kind(kind, form), form, on, known, group, area, status, email, since, until)
    _check_days(asked)
    _check_status(asked)
    _check_taken(asked, kind)
    if language not in (None, "sv", "en"):
        raise typer.BadParameter("give sv or en", param_hint="--language")
    if output is None and form in BINARY and sys.stdout.isatty():
        raise typer.BadParameter(f"{form} is no text: name a file", param_hint="--output")
    with surroundings(language) as around, around.database.read() as session:
        visit = _visit(around, session, email)
        try:
            visit.demand(Action.LOOK_UP)
            made = asked.kind.made(visit, _order(visit, asked))
        except Refusal as refusal:
            fail(refusal.sentence)
        except CannotDraw:
            fail(visit.language._("The picture could not be drawn. Try again."))
    _write(made, output)


def _order(visit: Visit, asked: Asked) -> Order:
    since, until = (date.fromisoformat(day) if day else None for day in (asked.since, asked.until))
    return Order(_scope(visit, asked), asked.form, asked.status, since, until)


def _kind(kind: str, form: str) -> Kind:
    found = KINDS.get(kind)
    if found is None:
        raise typer.BadParameter(f"there is {', '.join(KINDS)}", param_hint="KIND")
    if form not in found.forms:
        forms = ", ".join(found.forms)
        raise typer.BadParameter(f"{kind} comes as {forms}", param_hint="--format")
    return found


def _check_days(asked: Asked) -> None:
    days = {
        "--on": asked.on,
        "--known": asked.known,
        "--since": asked.since,
        "--until": asked.until,
    }
    for hint, text in days.items():
        try:
            date.fromisoformat(text or "2024-06-10")
        except ValueError:
            wrong = f"{text} is no day; write 2024-06-10"
            raise typer.BadParameter(wrong, param_hint=hint) from None
    if asked.since and asked.until and asked.since > asked.until:
        wrong = f"{asked.until} is before {asked.since}; swap them"
        raise typer.BadParameter(wrong, param_hint="--until")


def _check_status(asked: Asked) -> None:
    known = (*MeasureStatus, SILENT)
    if asked.status not in ("", *known):
        raise typer.BadParameter(f"there is {', '.join(known)}", param_hint="--status")


def _check_taken(asked: Asked, kind: str) -> None:
    """An option that would change nothing is refused: a file must not be thought to heed it."""
    for name in ("status", "known", "since", "until"):
        if getattr(asked, name) and name not in asked.kind.takes:
            takes = ", ".join(each for each, found in KINDS.items() if name in found.takes)
            wrong = f"{kind} does not heed it; it is for {takes}"
            raise typer.BadParameter(wrong, param_hint=f"--{name}")


def _visit(around: Surroundings, session: Session, email: str) -> Visit:
    """The operator's visit, or that of the member as whom it is asked."""
    person = None
    if email:
        query = select(Person).where(Person.email == func.lower(email.strip()))
        person = session.scalars(query).first()
        if person is None or not person.is_active(_now(around).date()):
            fail(around.language._("No member has the e-mail {email}.", email=email))
    who = Identity(
        platform="console", workspace="local", user=email or "operator", operator=person is None
    )
    place = Place(kind=PlaceKind.DIRECT)
    request = Command(who=who, where=place, at=_now(around), event=str(uuid4()), line="export")
    return around.desk.visit(session, request, person)


def _now(around: Surroundings) -> datetime:
    """The demo's time, or the machine's."""
    return stored_time(around.database) or datetime.now(UTC)


def _scope(visit: Visit, asked: Asked) -> Scope:
    """The groups, day and knowledge that were asked for; raises NotFound for unknown names."""
    on = asked.on or visit.on.isoformat()
    day = date.fromisoformat(on)
    code = ""
    if asked.group:
        code = group_named(visit.session, visit.registry, asked.group, day, visit.language).code
    area = _area(visit, asked.area, day) if asked.area else ""
    scope = Scope(on=on, known=asked.known, code=code, area=area)
    if code and not groups_of(visit, scope):
        said = visit.language.day(scope.day)
        raise NotFound(visit.language._("{group} does not exist on {day}.", group=code, day=said))
    return scope


def _area(visit: Visit, named: str, on: date) -> str:
    """A priority area's code by its code or as a member would call it."""
    codes = visit.session.scalars(select(PriorityArea.code).distinct()).all()
    code = (
        named if named in codes else understand(f"representation {named}", visit.registry, on).area
    )
    if code is None:
        raise NotFound(
            visit.language._(
                "There is no priority area {name}. The codes are {codes}.",
                name=named,
                codes=visit.language.join(sorted(codes)),
            )
        )
    return code


def _matrix(visit: Visit, order: Order) -> list[bytes]:
    scope, form = order.scope, order.form
    if form not in PICTURES:
        return [FORMATS[form](files.matrix(visit, scope))]
    facts = facts_of(visit, scope)
    title = picture_title(visit, scope, facts)
    return _drawn(pictures(visit.language, facts, scope, title), form)


def _drawn(images: Iterable[Image], form: str) -> list[bytes]:
    """The pictures; what they show is said in words beside them."""
    studio, made = Studio(), []
    for image in images:
        note(image.alt)
        made.append(studio.draw(image.drawing, "svg" if form == "svg" else "png"))
    return made


def _seats(visit: Visit, order: Order) -> list[bytes]:
    scope, form = order.scope, order.form
    if form == "ics":
        return [files.calendar(visit, scope)]
    return [FORMATS[form](files.seats(visit, scope, f"seats-{scope.on}"))]


def _measures(visit: Visit, order: Order) -> list[bytes]:
    return [FORMATS[order.form](measure_files.extract_of(_selection(visit, order)))]


def _timeline(visit: Visit, order: Order) -> list[bytes]:
    return _drawn(timelines(_selection(visit, order)), order.form)


def _status(visit: Visit, order: Order) -> list[bytes]:
    return _drawn(grids(_selection(visit, order)), order.form)


def _plan(visit: Visit, order: Order) -> list[bytes]:
    _ = visit.language._
    if not order.scope.code:
        raise NotFound(_("Say which group's plan, for example --group FAR-BER."))
    then = replace(visit, on=order.scope.day)
    return [plan_page(then, find_plan_group(visit, order.scope.code)).encode()]


def _decisions(visit: Visit, order: Order) -> list[bytes]:
    """What meetings decided, as it read by the end of the day; those without a number are told."""
    visit.demand(Action.SEE_MEETINGS)
    day = order.scope.day
    known_at = end_of_day(day, visit.language.zone) if day < visit.on else visit.at
    extract = decisions_extract(visit, order.scope.code, order.since, order.until, known_at)
    if missing := without_number(extract):
        said = "{number} decision has no registry number."
        note(visit.language.n(said, "{number} decisions have no registry number.", missing))
    return [FORMATS[order.form](extract)]


def _year(visit: Visit, order: Order) -> list[bytes]:
    """The year of the day, of a group or of all, as it was known at the day's end."""
    visit.demand(Action.SEE_MEETINGS)
    day, code = order.scope.day, order.scope.code
    if day < visit.on:
        note(visit.language._(AS_KNOWN, day=visit.language.day(day)))
    if order.form == "ics":
        return [year_calendar(visit, day, code)]
    return [FORMATS[order.form](year_extract(visit, day, code))]


def _results(visit: Visit, order: Order) -> list[bytes]:
    """The frozen tables, and nothing else: what is hidden there is hidden here."""
    visit.demand(Action.SEE_RESULT)
    return [FORMATS[order.form](of_group(visit, order.scope.code))]


def _figures(visit: Visit, order: Order) -> list[bytes]:
    visit.demand(Action.SEE_INDICATORS)
    return [FORMATS[order.form](every_figure(visit, order.scope.day))]


def _sources(visit: Visit, order: Order) -> list[bytes]:
    return [FORMATS[order.form](sources_extract(visit))]


def _selection(visit: Visit, order: Order) -> Selection:
    """The measures of a group or area on a day, as their reports stood by its end."""
    visit.demand(Action.SEE_MEASURES)
    scope, silent = order.scope, order.status == SILENT
    wanted = Filter(
        group=scope.code,
        area=scope.area,
        status="" if silent else order.status,
        without="report" if silent else "",
    )
    known_at = end_of_day(scope.day, visit.language.zone) if scope.day < visit.on else None
    return Selection(replace(visit, on=scope.day), wanted, known_at)


KINDS = {
    "representation": Kind((*FORMATS, *PICTURES), _matrix, ("known",)),
    "seats": Kind((*FORMATS, "ics"), _seats, ("known",)),
    "measures": Kind(tuple(FORMATS), _measures, ("status",)),
    "timeline": Kind(PICTURES, _timeline, ("status",)),
    "status": Kind(PICTURES, _status, ("status",)),
    "plan": Kind(("html",), _plan),
    "decisions": Kind(tuple(FORMATS), _decisions, ("since", "until")),
    "year": Kind((*FORMATS, "ics"), _year),
    "results": Kind(tuple(FORMATS), _results),
    "indicators": Kind(tuple(FORMATS), _figures),
    "sources": Kind(tuple(FORMATS), _sources),
}
"""What can be exported; each issue that has something to hand out adds its own."""


def _write(made: list[bytes], output: Path | None) -> None:
    """To the file, a second picture beside it with a number; or to standard output."""
    for number, content in enumerate(made, start=1):
        if output is None:
            sys.stdout.buffer.write(content)
            continue
        name = output if number == 1 else output.with_stem(f"{output.stem}-{number}")
        name.write_bytes(content)
        note(str(name))
    sys.stdout.flush()
