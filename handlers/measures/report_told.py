"""What is told of a report that was saved: what it says, for whom, and what it came in between."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.visit import Visit
from models.language import Language
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.measures.needed import NOBODY, Needed, needed_by
from models.measures.promises import pace
from models.measures.report_history import said_meanwhile
from models.message import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Quote,
    Text,
    Weight,
)
from models.wording import pace_words, status_words, whose


def confirmation(visit: Visit, row: ProgressReport) -> Message:
    """What was saved, with a way to correct and to undo it."""
    return told(visit, row, said_meanwhile(visit.session, row))


def told(visit: Visit, row: ProgressReport, other: ProgressReport | None) -> Message:
    """The same, where it is known what somebody else reported just before."""
    _ = visit.language._
    measure = visit.session.get_one(Measure, row.measure_id)
    status = status_words(visit.language, row.status)
    label = _("Undo mine") if other else _("Undo")
    buttons = (
        *_what_hinders(visit, measure, row),
        Button(label=label, action="report.undo", value=str(row.id)),
        Button(label=_("Correct"), action="report.correct", value=str(row.id)),
        Button(label=_("Report another"), action="report.mine"),
    )
    return Message(
        summary=_("Thank you. {code} is updated: {status}.", code=measure.code, status=status.word),
        parts=(
            Heading(text=_("Thank you. {code} is updated", code=measure.code)),
            Facts(facts=_facts(visit, measure, row)),
            status,
            *said_parts(visit.language, row, needed_by(visit.session, row)),
            *_notes(visit, row),
            *([Text(text=meanwhile(visit, other))] if other else []),
            Actions(buttons=buttons),
        ),
        replaces=True,
    )


def _what_hinders(visit: Visit, measure: Measure, row: ProgressReport) -> list[Button]:
    """A way to say what hinders and who is needed, where a line said only that something does."""
    how = "help" if row.help_wanted else "delayed"
    is_hindered = row.help_wanted or row.status is MeasureStatus.DELAYED
    if not is_hindered or row.obstacle or row.comment:
        return []
    label = visit.language._("Say what hinders")
    action = f"checkin.{how}"
    return [Button(label=label, action=action, value=measure.code, weight=Weight.PRIMARY)]


def _facts(visit: Visit, measure: Measure, row: ProgressReport) -> tuple[Fact, ...]:
    _ = visit.language._
    facts = [Fact(label=_("Measure"), value=measure.title)]
    if row.percent is not None:
        facts.append(Fact(label=_("Progress"), value=f"{row.percent} %"))
    facts += promise_facts(visit.language, measure, row, visit.on)
    if measure.due_on is not None:
        due = visit.language.day(measure.due_on, visit.on)
        facts.append(Fact(label=_("Due"), value=due))
    if not row.status.is_closed:
        day = visit.language.local(row.at).date() + timedelta(days=measure.cadence_days)
        facts.append(Fact(label=_("Next report by"), value=visit.language.day(day, visit.on)))
    return tuple(facts)


def promise_facts(
    language: Language, measure: Measure, report: ProgressReport | None, on: date
) -> list[Fact]:
    """How a measure's promise stands, where it has one."""
    promise = pace(measure, report.times_done if report else None, on)
    if promise is None:
        return []
    return [Fact(label=language._("Promise"), value=pace_words(language, promise))]


def said_parts(
    language: Language, row: ProgressReport, needed: Needed = NOBODY, by: str | None = None
) -> list[Part]:
    """A report's own words: the comment, what hinders, who is needed, and the next step."""
    _ = language._
    parts: list[Part] = [Quote(text=row.comment, by=by)] if row.comment else []
    pairs = (
        (_("What hinders"), row.obstacle),
        (_("Needed"), needed.words(language)),
        (_("Next step"), row.next_step),
    )
    facts = tuple(Fact(label=label, value=value) for label, value in pairs if value)
    return [*parts, Facts(facts=facts)] if facts else parts


def _notes(visit: Visit, row: ProgressReport) -> list[Part]:
    _ = visit.language._
    notes: list[Part] = []
    if row.on_behalf_of is not None:
        notes.append(Note(text=on_behalf(visit.language, row)))
    if row.help_wanted:
        notes.append(Note(text=_("The group sees that help is wanted.")))
    return notes


def on_behalf(language: Language, row: ProgressReport) -> str:
    """For whom somebody reported who does not answer for the measure; else nothing."""
    if row.on_behalf_of is None:
        return ""
    owner = whose(language, row.on_behalf_of.shown_as())
    return language._("Reported on behalf of {whose}.", whose=owner)


def meanwhile(visit: Visit, other: ProgressReport) -> str:
    """Who reported just before, and what."""
    _ = visit.language._
    minutes = max(0, int((visit.at - other.at).total_seconds() // 60))
    when = visit.language.n("{number} minute ago", "{number} minutes ago", minutes)
    name = other.reporter.shown_as() if other.reporter else _("Somebody")
    status = status_words(visit.language, other.status).word
    said = other.comment or other.obstacle
    first = _(
        "{name} reported {status} {when}",
        name=name,
        status=status,
        when=when if minutes else _("just now"),
    )
    told = f"{first}: {said}" if said else first
    stop = "" if told.endswith((".", "!", "?")) else "."
    return f"{told}{stop} {_('Your report holds now.')}"
