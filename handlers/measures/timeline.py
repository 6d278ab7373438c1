"""A measure's timeline: reports, corrections, undoings, changes and questions, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.measures.change_words import change_lines, first_lines
from handlers.measures.report import find_measure
from handlers.measures.report_told import said_parts
from handlers.measures.undo import taking_back
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.whole import whole
from models.measures.history import Event, History, Kind, Told, history, told
from models.measures.measure import Measure, MeasureChange, MeasureEvent, ProgressReport
from models.measures.needed import NOBODY, Needed, needed_by_each
from models.message import (
    Actions,
    Button,
    Heading,
    Message,
    Note,
    Part,
    Quote,
    Reply,
    Text,
    Weight,
)
from models.people.organisations import Person
from models.rights import Action
from models.wording import status_words, via_words, whose

PAGE = 8
SOURCES = {
    "slack": "Slack",
    "teams": "Teams",
    "workspace": "the workspace page",
    "console": "the command line",
    "import": "a file",
    "handover": "a handover",
}
"""Where something came from; the texts are in the catalogue."""


@dataclass(frozen=True)
class Telling:
    """What the entries of a page are told from."""

    visit: Visit
    history: History
    told: Told
    needed: Mapping[int, Needed]


def timeline(visit: Visit, wish: Understanding) -> Reply:
    """Answers `historik FAR-014`."""
    visit.demand(Action.SEE_MEASURES)
    if wish.measure is None:
        sentence = visit.language._("Say which measure, for example `historik FAR-014`.")
        return Message(summary=sentence, parts=(Text(text=sentence),))
    return timeline_of(visit, find_measure(visit, wish.measure))


def timeline_page(visit: Visit, press: ButtonPressed) -> Reply:
    """A measure's timeline from a button, or another page of it: an id, and perhaps a number."""
    visit.demand(Action.SEE_MEASURES)
    code, _, number = press.value.partition("|")
    measure = find_measure(visit, code)
    return timeline_of(visit, measure, whole(number) or 0, turned=bool(number))


def timeline_of(visit: Visit, measure: Measure, page: int = 0, *, turned: bool = False) -> Message:
    """A page of a measure's timeline."""
    _ = visit.language._
    found = history(visit.session, measure)
    pages = max(1, -(-len(found.events) // PAGE))
    page = min(page, pages - 1)
    events = found.events[page * PAGE : (page + 1) * PAGE]
    rows = told(visit.session, events)
    telling = Telling(visit, found, rows, needed_by_each(visit.session, rows.reports.values()))
    heading = _("History of {code}", code=measure.code)
    count = visit.language.n("{number} event", "{number} events", len(found.events))
    if pages > 1:
        count = f"{count} · {_('page {page} of {pages}', page=page + 1, pages=pages)}"
    parts: list[Part] = [Heading(text=heading), Text(text=f"**{measure.title}**"), Note(text=count)]
    for event in events:
        parts += _entry(telling, event)
    if not events:
        parts.append(Text(text=_("Nothing has been reported yet.")))
    last = None if page else _last(telling)
    parts.append(Actions(buttons=_buttons(visit, measure, page, pages)))
    if last is not None and (again := taking_back(visit, measure, last)):
        parts.append(Actions(buttons=again))
    return Message(summary=f"{heading}: {count}", parts=tuple(parts), replaces=turned)


def _last(telling: Telling) -> ProgressReport | None:
    """The report that counts, where it stands on the page."""
    found = telling.history
    counting = (e.row for e in found.events if e.kind is Kind.REPORT and e.row not in found.undone)
    return telling.told.reports.get(next(counting, 0))


def _buttons(visit: Visit, measure: Measure, page: int, pages: int) -> tuple[Button, ...]:
    _ = visit.language._
    code = measure.code
    buttons = [
        Button(label=_("Report"), action="report.open", value=code, weight=Weight.PRIMARY),
        Button(label=_("Show the measure"), action="say", value=code),
    ]
    if page + 1 < pages:
        older = Button(label=_("Older"), action="timeline.page", value=f"{code}|{page + 1}")
        buttons.append(older)
    if page:
        newer = Button(label=_("Newer"), action="timeline.page", value=f"{code}|{page - 1}")
        buttons.append(newer)
    return tuple(buttons)


def _entry(telling: Telling, event: Event) -> list[Part]:
    """One event: when and who in a line, and then the words."""
    match event.kind:
        case Kind.REPORT:
            return _report(telling, telling.told.reports[event.row])
        case Kind.UNDOING:
            return _undoing(telling, telling.told.reports[event.row])
        case Kind.CHANGE:
            return _change(telling, telling.told.changes[event.row])
    return _question(telling, event)


def _line(telling: Telling, at: datetime, person: Person | None, what: str) -> Text:
    visit = telling.visit
    when = visit.language.moment(at, visit.on)
    name = person.shown_as() if person else visit.language._("The register")
    return Text(text=f"**{when}** {name}: {what}")


def _report(telling: Telling, row: ProgressReport) -> list[Part]:
    language = telling.visit.language
    _ = language._
    words = [str(status_words(language, row.status))]
    words += [f"{row.percent} %"] if row.percent is not None else []
    words += [_("{number} times so far", number=row.times_done)] if row.times_done else []
    words += [_("wants help")] if row.help_wanted else []
    words += [_("reopened")] if row.id in telling.history.reopening else []
    if row.on_behalf_of is not None:
        owner = whose(language, row.on_behalf_of.shown_as())
        words.append(_("on behalf of {whose}", whose=owner))
    words += _source(telling, row.source)
    if row.id in telling.history.undone:
        words.append(_("**corrected**") if row.id in telling.history.corrected else _("**undone**"))
    line = _line(telling, row.at, row.reporter, ", ".join(words))
    needed = telling.needed.get(row.id, NOBODY)
    return [line, *said_parts(language, row, needed)]


def _undoing(telling: Telling, row: ProgressReport) -> list[Part]:
    language = telling.visit.language
    undone = telling.visit.session.get(ProgressReport, row.undoes_id)
    when = language.moment(undone.at, telling.visit.on) if undone else ""
    corrects = row.undoes_id in telling.history.corrected
    what = language._(
        "corrected the report of {moment}" if corrects else "undid the report of {moment}",
        moment=when,
    )
    return [_line(telling, row.at, row.reporter, what)]


def _source(telling: Telling, source: str) -> list[str]:
    if via := via_words(telling.visit.language, source):
        return [via]
    known = SOURCES.get(source)
    return (
        [telling.visit.language._("from {source}", source=telling.visit.language._(known))]
        if known
        else []
    )


CHANGED = {
    MeasureEvent.CREATED: "added the measure",
    MeasureEvent.CHANGED: "changed the measure",
    MeasureEvent.MOVED: "moved the measure",
}
"""What was done with the measure itself; the texts are in the catalogue."""

UNDID = "undid a change of the measure"


def _change(telling: Telling, row: MeasureChange) -> list[Part]:
    language = telling.visit.language
    done = language._(CHANGED[row.event]) if row.undoes_id is None else language._(UNDID)
    words = [done, *_source(telling, row.source)]
    line = _line(telling, row.at, row.person, ", ".join(words))
    session = telling.visit.session
    lines = change_lines(session, language, row) if row.fields else []
    if row.event is MeasureEvent.CREATED:
        lines = first_lines(session, language, row.measure)
    return [line, Quote(text="\n".join(lines)[:3000])] if lines else [line]


def _question(telling: Telling, event: Event) -> list[Part]:
    language = telling.visit.language
    row = telling.told.questions[event.row]
    is_answer = event.kind is Kind.ANSWER
    person = row.answered_by if is_answer else row.asker
    what = language._("answered") if is_answer else language._("asked")
    line = _line(telling, event.at, person, what)
    said = row.answer if is_answer else row.text
    return [line, Quote(text=said)] if said else [line]
