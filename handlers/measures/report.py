"""Reporting progress on a measure, by a line or a form, and undoing it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.measures.report_form import measure_field_error, report_form
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.audit import record
from models.measures import COMMENT_LENGTH, Measure, MeasureStatus, ProgressReport
from models.message import (
    Actions,
    Button,
    Fact,
    Facts,
    FieldErrors,
    Heading,
    Message,
    Note,
    Part,
    Quote,
    Reply,
    Status,
)
from models.progress import current_reports
from models.rights import Action
from models.wording import status_words

UNDO_FOR = timedelta(days=1)
SAME_WITHIN = timedelta(minutes=1)
"""The same words about the same measure again so soon are a second press, not a second report."""

_TOO_MUCH = re.compile(r"\d{3,}\s?%")
"""Where a percentage would stand: more than all, which is asked about and not kept as words."""


@dataclass(frozen=True)
class Progress:
    """What somebody says of a measure; what is left out stays as it was."""

    status: MeasureStatus | None = None
    percent: int | None = None
    comment: str = ""
    obstacle: str = ""
    help_wanted: bool = False


def report(visit: Visit, wish: Understanding) -> Reply:
    """Answers `rapportera …`: the report at once when all is said, else the form for the rest."""
    if wish.measure is None:
        return report_form(visit, comment=wish.comment or "")
    measure = find_measure(visit, wish.measure)
    visit.demand(Action.REPORT, measure=measure)
    if wish.status is None and wish.percent is None:
        return report_form(visit, measure, comment=wish.comment or "", note=_no_status(visit, wish))
    comment = wish.comment or ""
    if len(comment) > COMMENT_LENGTH or _TOO_MUCH.match(comment):
        return report_form(visit, measure, comment=comment, status=wish.status)
    said = Progress(wish.status, wish.percent, comment, help_wanted=wish.help_wanted)
    return confirmation(visit, save_report(visit, measure, said))


def _no_status(visit: Visit, wish: Understanding) -> str:
    """That words were given but no status was found among them."""
    if not wish.comment:
        return ""
    return visit.language._("I found no status in what you wrote. Choose one below.")


def report_submitted(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves a report that was written in the form."""
    code = form.state or str(form.values.get("measure", ""))
    measure = visit.session.scalars(select(Measure).where(Measure.code == code)).first()
    if measure is None:
        return measure_field_error(visit)
    visit.demand(Action.REPORT, measure=measure)
    errors = _form_errors(visit, form)
    if errors:
        return FieldErrors(errors=errors)
    said = Progress(
        status=MeasureStatus(str(form.values["status"])),
        percent=_percent(form),
        comment=str(form.values.get("comment") or "").strip(),
        obstacle=str(form.values.get("obstacle") or "").strip(),
        help_wanted=bool(form.values.get("help_wanted")),
    )
    return confirmation(visit, save_report(visit, measure, said))


def _form_errors(visit: Visit, form: FormSubmitted) -> dict[str, str]:
    _ = visit.language._
    errors = {}
    if str(form.values.get("status") or "") not in set(MeasureStatus):
        errors["status"] = _("Choose a status.")
    typed = str(form.values.get("percent") or "").strip()
    if typed and _percent(form) is None:
        errors["percent"] = _("Write a whole number from 0 to 100.")
    for name in ("comment", "obstacle"):
        if len(str(form.values.get(name) or "")) > COMMENT_LENGTH:
            errors[name] = _("Write at most {limit} characters.", limit=COMMENT_LENGTH)
    return errors


def _percent(form: FormSubmitted) -> int | None:
    typed = str(form.values.get("percent") or "").strip().rstrip("%").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and int(typed) <= 100 else None


def find_measure(visit: Visit, code: str) -> Measure:
    """The measure with an id; an unknown one is told with the nearest ids, mine first."""
    measure = visit.session.scalars(select(Measure).where(Measure.code == code)).first()
    if measure is not None:
        return measure
    _ = visit.language._
    near = visit.registry.nearest_measures(code, visit.asker.id if visit.asker else None)
    hint = _("Nearest: {codes}.", codes=", ".join(near)) if near else ""
    sentence = _("There is no measure {code}.", code=code)
    raise NotFound(" ".join(part for part in (sentence, hint) if part))


def save_report(visit: Visit, measure: Measure, said: Progress) -> ProgressReport:
    """Writes a report as a new row; nothing already reported is changed."""
    before = current_reports(visit.session, [measure.id]).get(measure.id)
    row = ProgressReport(
        measure_id=measure.id,
        reporter_id=visit.person.id,
        at=visit.at,
        status=said.status or _unsaid_status(said, before),
        percent=said.percent if said.percent is not None else _kept_percent(said, before),
        comment=said.comment,
        obstacle=said.obstacle,
        help_wanted=said.help_wanted,
        source=visit.platform,
    )
    if before is not None and _is_second_press(row, before):
        visit.remember(f"report:{before.id}")
        return before
    visit.session.add(row)
    measure.snoozed_until = None
    visit.session.flush()
    record(
        visit.session, visit.person, "report", f"measure:{measure.code}", visit.at, report=row.id
    )
    visit.remember(f"report:{row.id}")
    return row


def _is_second_press(row: ProgressReport, before: ProgressReport) -> bool:
    kept = ("reporter_id", "status", "percent", "comment", "obstacle", "help_wanted", "source")
    soon = row.at - before.at < SAME_WITHIN
    return soon and all(getattr(row, name) == getattr(before, name) for name in kept)


def _unsaid_status(said: Progress, before: ProgressReport | None) -> MeasureStatus:
    """The status of a report that gives none: as before, and begun once something is said.

    A measure that had ended goes on when less than all of it is done.
    """
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


def confirmation(visit: Visit, row: ProgressReport) -> Message:
    """What was saved, with a way to undo it."""
    _ = visit.language._
    measure = visit.session.get_one(Measure, row.measure_id)
    status = status_words(visit.language, row.status)
    undo = Button(label=_("Undo"), action="report.undo", value=str(row.id))
    more = Button(label=_("Report another"), action="report.mine")
    return Message(
        summary=_("Thank you. {code} is updated: {status}.", code=measure.code, status=status.word),
        parts=(
            Heading(text=_("Thank you. {code} is updated", code=measure.code)),
            Facts(facts=_facts(visit, measure, row)),
            status,
            *_said(visit, row),
            *_notes(visit, measure, row),
            Actions(buttons=(undo, more)),
        ),
        replaces=True,
    )


def _facts(visit: Visit, measure: Measure, row: ProgressReport) -> tuple[Fact, ...]:
    _ = visit.language._
    facts = [Fact(label=_("Measure"), value=measure.title)]
    if row.percent is not None:
        facts.append(Fact(label=_("Progress"), value=f"{row.percent} %"))
    if measure.due_on is not None:
        due = visit.language.day(measure.due_on, visit.on)
        facts.append(Fact(label=_("Due"), value=due))
    if not row.status.is_closed:
        day = visit.language.local(row.at).date() + timedelta(days=measure.cadence_days)
        facts.append(Fact(label=_("Next report by"), value=visit.language.day(day, visit.on)))
    return tuple(facts)


def _said(visit: Visit, row: ProgressReport) -> list[Part]:
    _ = visit.language._
    parts: list[Part] = [Quote(text=row.comment)] if row.comment else []
    if row.obstacle:
        parts.append(Facts(facts=(Fact(label=_("What hinders"), value=row.obstacle),)))
    return parts


def _notes(visit: Visit, measure: Measure, row: ProgressReport) -> list[Part]:
    _ = visit.language._
    notes: list[Part] = []
    if measure.owner is not None and measure.owner_id != row.reporter_id:
        notes.append(Note(text=_("Reported on behalf of {name}.", name=measure.owner.shown_as())))
    if row.help_wanted:
        notes.append(Note(text=_("The group sees that help is wanted.")))
    return notes


def undo_report(visit: Visit, press: ButtonPressed) -> Reply:
    """Undoes a report within a day by a new row that points at it."""
    row = visit.session.get(ProgressReport, int(press.value)) if press.value.isdigit() else None
    if row is None:
        raise NotFound(visit.language._("The report is not there any more."))
    undone = visit.session.scalars(
        select(ProgressReport).where(ProgressReport.undoes_id == row.id)
    ).first()
    if undone is None:
        undone = _undo(visit, row)
    return undone_message(visit, undone)


def _undo(visit: Visit, row: ProgressReport) -> ProgressReport:
    _ = visit.language._
    measure = visit.session.get_one(Measure, row.measure_id)
    if row.reporter_id != visit.person.id:
        visit.demand(Action.UNDO_REPORT, measure=measure)
    if row.undoes_id is not None:
        raise NotAllowed(_("An undo cannot be undone: report again instead."))
    if visit.at - row.at > UNDO_FOR:
        raise Refusal(_("A report can be undone within a day. Report again instead."))
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
    visit.remember(f"undo:{undone.id}")
    return undone


def undone_message(visit: Visit, undone: ProgressReport) -> Message:
    """That a report was undone, and what the measure shows again."""
    _ = visit.language._
    measure = visit.session.get_one(Measure, undone.measure_id)
    now = current_reports(visit.session, [measure.id]).get(measure.id)
    status: Status = status_words(visit.language, now.status if now else MeasureStatus.NOT_STARTED)
    return Message(
        summary=_("The report on {code} is undone.", code=measure.code),
        parts=(
            Heading(text=_("The report on {code} is undone", code=measure.code)),
            Facts(facts=(Fact(label=_("Measure"), value=measure.title),)),
            status,
            Actions(
                buttons=(Button(label=_("Report again"), action="report.open", value=measure.code),)
            ),
        ),
        replaces=True,
    )


def recall_report(visit: Visit, key: str) -> Reply:
    """The confirmation of a report, for the same event a second time."""
    return confirmation(visit, visit.session.get_one(ProgressReport, int(key)))


def recall_undo(visit: Visit, key: str) -> Reply:
    """The message of an undone report, for the same event a second time."""
    return undone_message(visit, visit.session.get_one(ProgressReport, int(key)))
