"""Reporting progress on a measure, by a line or a form."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.measures.report_form import (
    FIELD_LENGTH,
    State,
    form_among,
    measure_field_error,
    report_form,
    reportable,
)
from handlers.measures.report_saving import held_report, objections, save_after, save_report
from handlers.measures.report_told import confirmation, told
from handlers.measures.said import Progress, counted, form_errors, read_said
from handlers.measures.undo import to_correct
from handlers.requests import FormSubmitted
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.measures.measure import COMMENT_LENGTH, Measure, MeasureStatus, ProgressReport
from models.measures.report_history import measure_alone, said_between
from models.message import FieldErrors, Reply
from models.rights import Action

__all__ = ["Progress", "confirmation", "find_measure", "report", "reported_on", "save_report"]

_NO_PERCENTAGE = re.compile(
    r"[-−]?\d+(?:[.,]\d+)?\s?(?:%|procent\b|percent\b)"
    r"(?:\s*(?:klart|klar|klara|färdigt|done|complete|completed)\b)?"
)
"""Where a percentage would stand, what is none: it is asked about and not kept as words."""


def report(visit: Visit, wish: Understanding) -> Reply:
    """Answers `rapportera …`: the report at once when all is said, else the form for the rest."""
    said = Progress(wish.status, wish.percent, wish.comment or "", help_wanted=wish.help_wanted)
    if wish.measure is None:
        return report_form(visit, said=said)
    try:
        measure = find_measure(visit, wish.measure, alone=True)
    except NotFound as unknown:
        return _among_mine(visit, said, unknown)
    visit.demand(Action.REPORT, measure=measure)
    said = replace(said, times_done=counted(measure, said.comment))
    note, said = _fault(visit, said)
    if note or not said.is_something:
        return report_form(visit, measure, said, note=note)
    return reported_on(visit, measure, said)


def _among_mine(visit: Visit, said: Progress, unknown: NotFound) -> Reply:
    """The form to choose in where words would be lost with an id that is not there."""
    mine = reportable(visit) if said.comment and visit.asker else []
    if not mine:
        raise unknown
    return form_among(visit, mine, said, note=unknown.sentence)


def _fault(visit: Visit, said: Progress) -> tuple[str, Progress]:
    """What in a line cannot be saved as it stands, and all that was said but that."""
    _ = visit.language._
    comment = said.comment
    if len(comment) > COMMENT_LENGTH:
        limit, length = COMMENT_LENGTH, len(comment)
        note = _(
            "The comment is {length} characters long. Write at most {limit}.",
            length=length,
            limit=limit,
        )
        if length > FIELD_LENGTH:
            note = f"{note} {_('Its first {number} characters stand below.', number=FIELD_LENGTH)}"
        return note, said
    figure = _NO_PERCENTAGE.match(comment) if said.percent is None else None
    if figure is not None:
        typed = figure[0]
        note = _("You wrote {typed}. Write a whole number from 0 to 100.", typed=typed)
        rest = comment[figure.end() :].lstrip(" ,.:;")
        return note, replace(said, comment=rest)
    if comment and not said.is_something:
        return _("I found no status in what you wrote. Choose one below."), said
    if said.percent == 100 and said.status is None:
        done = replace(said, status=MeasureStatus.DONE)
        return _("Is it done when 100 % is? Then save, else choose another status."), done
    return "", said


def reported_on(
    visit: Visit, measure: Measure, said: Progress, state: State | None = None
) -> Reply:
    """Saves a report and says so; what is doubtful is asked about first, with the form."""
    state = state or State(measure.code)
    corrected = to_correct(visit, state.corrects) if state.corrects else None
    before = held_report(visit, measure)
    found = objections(visit, measure, said, before)
    if not found.keys() <= state.accepted:
        asked = replace(state, accepted=frozenset(found))
        return report_form(visit, measure, said, note="\n".join(found.values()), state=asked)
    if corrected is not None:
        said = replace(said, needed=corrected.needed, needed_person_id=corrected.needed_person_id)
        return confirmation(visit, save_report(visit, measure, said, corrects=corrected))
    row = save_after(visit, measure, said, before)
    return told(visit, row, said_between(visit.session, row, before))


def report_submitted(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves a report that was written in the form."""
    state = State.read(form.state)
    code = state.measure or str(form.values.get("measure", ""))
    measure = measure_alone(visit.session, code)
    if measure is None:
        return measure_field_error(visit)
    visit.demand(Action.REPORT, measure=measure)
    errors = form_errors(visit, form)
    if errors:
        return FieldErrors(errors=dict(errors))
    return reported_on(visit, measure, read_said(form), state)


def find_measure(visit: Visit, code: str, *, alone: bool = False) -> Measure:
    """The measure with an id; an unknown one is told with the nearest ids, mine first.

    With `alone` it is locked until the commit, for what is to be reported on it.
    """
    if alone:
        measure = measure_alone(visit.session, code)
    else:
        measure = visit.session.scalars(select(Measure).where(Measure.code == code)).first()
    if measure is not None:
        return measure
    _ = visit.language._
    near = visit.registry.nearest_measures(code, visit.asker.id if visit.asker else None)
    hint = _("Nearest: {codes}.", codes=", ".join(near)) if near else ""
    sentence = _("There is no measure {code}.", code=code)
    raise NotFound(" ".join(part for part in (sentence, hint) if part))


def recall_report(visit: Visit, key: str) -> Reply:
    """The confirmation of a report, for the same event a second time."""
    return confirmation(visit, visit.session.get_one(ProgressReport, int(key)))
