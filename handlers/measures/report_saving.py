"""Saving a report: what is kept from before, what is asked about first, and the row itself."""

from __future__ import annotations

from datetime import timedelta

from handlers.measures.report_form import FEWER, REOPEN
from handlers.measures.said import Progress
from handlers.visit import Visit
from models.audit import record
from models.measures import prompts
from models.measures.measure import Measure, MeasureStatus, ProgressReport, PromptState
from models.measures.progress import current_reports
from models.measures.report_history import alone_with
from models.wording import status_words

SAME_WITHIN = timedelta(minutes=1)
"""The same words about the same measure again so soon are a second press, not a second report."""


def objections(
    visit: Visit, measure: Measure, said: Progress, before: ProgressReport | None
) -> dict[str, str]:
    """What is asked about before a report is saved, by what the form then has warned of."""
    _ = visit.language._
    if before is None:
        return {}
    found = {}
    if before.status.is_closed and not _status(said, before).is_closed:
        word = status_words(visit.language, before.status).word.lower()
        day = visit.language.day(visit.language.local(before.at).date(), visit.on)
        found[REOPEN] = _(
            "**{code} was reported as {status} on {day}. Reopen it?**",
            code=measure.code,
            status=word,
            day=day,
        )
    if said.times_done is not None and said.times_done < (before.times_done or 0):
        numbers = {"before": before.times_done, "now": said.times_done}
        found[FEWER] = _(
            "**Last time the total was {before}, now {now}. Is that right?** Then save again.",
            **numbers,
        )
    return found


def save_report(
    visit: Visit, measure: Measure, said: Progress, *, corrects: ProgressReport | None = None
) -> ProgressReport:
    """Writes a report as a new row; nothing already reported is changed.

    With `corrects` another new row undoes that report at the same time.
    """
    before = held_report(visit, measure)
    if corrects is not None:
        undo_row(visit, measure, corrects)
        before = current_reports(visit.session, [measure.id]).get(measure.id)
    return save_after(visit, measure, said, before, corrects=corrects)


def held_report(visit: Visit, measure: Measure) -> ProgressReport | None:
    """The report that counts, once nobody else can add to the measure in this transaction."""
    alone_with(visit.session, measure)
    return current_reports(visit.session, [measure.id], with_reporters=True).get(measure.id)


def save_after(
    visit: Visit,
    measure: Measure,
    said: Progress,
    before: ProgressReport | None,
    *,
    corrects: ProgressReport | None = None,
) -> ProgressReport:
    """Writes a report that comes after the held one, unless it is the same press again."""
    row = _row(visit, measure, said, before)
    if before is not None and _is_second_press(row, before):
        visit.remember(f"report:{before.id}")
        return before
    visit.session.add(row)
    measure.snoozed_until = None
    visit.session.flush()
    prompts.close(visit.session, measure.id, PromptState.ANSWERED, visit.at)
    detail = {"corrects": corrects.id} if corrects is not None else {}
    subject = f"measure:{measure.code}"
    record(visit.session, visit.person, "report", subject, visit.at, report=row.id, **detail)
    visit.remember(f"report:{row.id}")
    return row


def undo_row(visit: Visit, measure: Measure, row: ProgressReport) -> ProgressReport:
    """Writes the row that undoes a report."""
    undone = ProgressReport(
        measure_id=row.measure_id,
        reporter_id=visit.person.id,
        at=visit.at,
        status=row.status,
        source=visit.platform,
        undoes_id=row.id,
    )
    visit.session.add(undone)
    visit.session.flush()
    record(visit.session, visit.person, "undo_report", f"measure:{measure.code}", visit.at)
    return undone


def _row(
    visit: Visit, measure: Measure, said: Progress, before: ProgressReport | None
) -> ProgressReport:
    others = measure.owner_id if measure.owner_id != visit.person.id else None
    row = ProgressReport(
        measure_id=measure.id,
        reporter_id=visit.person.id,
        on_behalf_of_id=others,
        at=visit.at,
        status=_status(said, before),
        percent=said.percent if said.percent is not None else _kept_percent(said, before),
        comment=said.comment,
        obstacle=said.obstacle,
        next_step=said.next_step,
        help_wanted=said.help_wanted,
        times_done=said.times_done,
        needed=said.needed,
        needed_person_id=said.needed_person_id,
        source=visit.platform,
    )
    if before is not None and row.times_done is None:
        row.times_done = before.times_done
    if before is not None and row.at <= before.at < row.at + SAME_WITHIN:
        # Two at once: who is saved last counts, though their moment may be the earlier one.
        row.at = before.at
    return row


def _is_second_press(row: ProgressReport, before: ProgressReport) -> bool:
    soon = row.at - before.at < SAME_WITHIN
    same_hand = (row.reporter_id, row.source) == (before.reporter_id, before.source)
    return soon and same_hand and Progress.of(row) == Progress.of(before)


def _status(said: Progress, before: ProgressReport | None) -> MeasureStatus:
    """The status of a report; where it gives none, as before, and begun once something is said.

    A measure that had ended goes on when less than all of it is done.
    """
    if said.status is not None:
        return said.status
    if before is None or before.status is MeasureStatus.NOT_STARTED:
        return MeasureStatus.ONGOING
    goes_on = before.status.is_closed and said.percent is not None and said.percent < 100
    return MeasureStatus.ONGOING if goes_on else before.status


def _kept_percent(said: Progress, before: ProgressReport | None) -> int | None:
    if said.status is MeasureStatus.DONE:
        return 100
    if before is None or before.status.is_closed:
        return None
    return before.percent
