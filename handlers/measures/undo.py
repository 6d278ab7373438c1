"""Undoing and correcting a report within a day: new rows, so that both are seen."""

from __future__ import annotations

from datetime import timedelta

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.measures.report_form import State, report_form
from handlers.measures.report_saving import undo_row
from handlers.measures.said import Progress
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from handlers.whole import whole
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.measures.progress import current_reports
from models.measures.report_history import alone_with, undoing_of
from models.message import Actions, Button, Fact, Facts, Heading, Message, Reply, Status
from models.rights import Action, may
from models.wording import status_words

UNDO_FOR = timedelta(days=1)


def undo_report(visit: Visit, press: ButtonPressed) -> Reply:
    """Undoes a report within a day by a new row that points at it."""
    row = reported(visit, press.value)
    measure = alone_with(visit.session, visit.session.get_one(Measure, row.measure_id))
    undone = undoing_of(visit.session, row)
    if undone is None:
        demand_fresh(visit, row)
        undone = undo_row(visit, measure, row)
        visit.remember(f"undo:{undone.id}")
    return undone_message(visit, undone)


def correct_report(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form with what a report says, to be said anew."""
    row = reported(visit, press.value)
    demand_fresh(visit, row)
    if undoing_of(visit.session, row) is not None:
        raise Refusal(visit.language._(GONE))
    measure = visit.session.get_one(Measure, row.measure_id)
    return report_form(visit, measure, Progress.of(row), state=State(corrects=row.id))


GONE = "The report was undone meanwhile. Report again instead."


def to_correct(visit: Visit, number: int) -> ProgressReport:
    """The report that a form corrects, if it still may be corrected."""
    row = reported(visit, str(number))
    demand_fresh(visit, row)
    alone_with(visit.session, visit.session.get_one(Measure, row.measure_id))
    if undoing_of(visit.session, row) is not None:
        raise Refusal(visit.language._(GONE))
    return row


def reported(visit: Visit, number: str) -> ProgressReport:
    """A report by its number."""
    row = visit.session.get(ProgressReport, whole(number) or 0)
    if row is None:
        raise NotFound(visit.language._("The report is not there any more."))
    return row


def demand_fresh(visit: Visit, row: ProgressReport) -> None:
    """Stops here unless the report may be undone by whoever asks, and is not a day old."""
    _ = visit.language._
    if row.reporter_id != visit.person.id:
        measure = visit.session.get_one(Measure, row.measure_id)
        visit.demand(Action.UNDO_REPORT, measure=measure)
    if row.undoes_id is not None:
        raise NotAllowed(_("An undo cannot be undone: report again instead."))
    if visit.at - row.at > UNDO_FOR:
        raise Refusal(_("A report can be undone within a day. Report again instead."))


def taking_back(visit: Visit, measure: Measure, row: ProgressReport) -> tuple[Button, ...]:
    """Correcting and undoing a report, for those who may, as long as it is fresh."""
    _, asker = visit.language._, visit.asker
    if asker is None or visit.at - row.at > UNDO_FOR:
        return ()
    is_own = row.reporter_id == asker.id
    if not is_own and not may(visit.roles(measure=measure), Action.UNDO_REPORT):
        return ()
    value = str(row.id)
    return (
        Button(label=_("Correct the report"), action="report.correct", value=value),
        Button(label=_("Undo the report"), action="report.undo", value=value),
    )


def undone_message(visit: Visit, undone: ProgressReport) -> Message:
    """That a report was undone, and what the measure shows again."""
    _ = visit.language._
    measure = visit.session.get_one(Measure, undone.measure_id)
    now = current_reports(visit.session, [measure.id]).get(measure.id)
    status: Status = status_words(visit.language, now.status if now else MeasureStatus.NOT_STARTED)
    again = Button(label=_("Report again"), action="report.open", value=measure.code)
    return Message(
        summary=_("The report on {code} is undone.", code=measure.code),
        parts=(
            Heading(text=_("The report on {code} is undone", code=measure.code)),
            Facts(facts=(Fact(label=_("Measure"), value=measure.title),)),
            status,
            Actions(buttons=(again,)),
        ),
        replaces=True,
    )


def recall_undo(visit: Visit, key: str) -> Reply:
    """The message of an undone report, for the same event a second time."""
    return undone_message(visit, visit.session.get_one(ProgressReport, int(key)))
