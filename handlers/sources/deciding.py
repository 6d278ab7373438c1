"""Deciding on a data source: what it becomes and why, and telling whoever proposed it."""

from __future__ import annotations

from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.telling import is_reached, speech, tell
from handlers.sources.find import by_code, demand_deciding
from handlers.sources.words import STATUSES, list_button, status_of
from handlers.visit import Visit
from models.indicators.sources import (
    REASON_LENGTH,
    DataSource,
    SameStatus,
    SourceStatus,
    decide,
)
from models.language import Language
from models.message import (
    Actions,
    Button,
    Choice,
    ChoiceField,
    FieldErrors,
    Form,
    Heading,
    Message,
    Note,
    Part,
    Reply,
    Text,
    TextField,
)


def decide_at_once(visit: Visit, row: DataSource, status: SourceStatus, reason: str) -> Reply:
    """Answers `datakälla D-001 utreds …`; what needs a reason and has none gets the form."""
    demand_deciding(visit)
    if (status.needs_reason and not reason) or len(reason) > REASON_LENGTH:
        return _form(visit, row, status, reason)
    return _decided(visit, row, status, reason)


def open_decision(visit: Visit, press: ButtonPressed) -> Form:
    """Opens the form for a decision."""
    demand_deciding(visit)
    row = by_code(visit, press.value)
    return _form(visit, row, row.status, row.reason)


def decision_submitted(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves the decision that the form says."""
    demand_deciding(visit)
    row = by_code(visit, form.state)
    chosen = str(form.values.get("status") or "")
    status = SourceStatus(chosen) if chosen in list(SourceStatus) else row.status
    reason = " ".join(str(form.values.get("reason") or "").split())
    if len(reason) > REASON_LENGTH:
        told = visit.language._("Write at most {limit} characters.", limit=REASON_LENGTH)
        return FieldErrors(errors={"reason": told})
    if status.needs_reason and not reason:
        told = visit.language._("Say why, so that whoever proposed it understands.")
        return FieldErrors(errors={"reason": told})
    return _decided(visit, row, status, reason)


def _form(visit: Visit, row: DataSource, status: SourceStatus, reason: str) -> Form:
    _ = visit.language._
    choices = tuple(
        Choice(label=_(word), value=each.value) for each, (_sign, word, _tone) in STATUSES.items()
    )
    return Form(
        name="source.decide",
        title=_("Change status"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=f"**{row.called(visit.language.code)}** `{row.code}`",
        note=_("Write nothing that points out an individual."),
        fields=(
            ChoiceField(
                name="status",
                label=_("Status"),
                choices=choices,
                open_list=True,
                initial=(status.value,),
            ),
            TextField(
                name="reason",
                label=_("Why?"),
                hint=_("Needed where it is turned down."),
                initial=reason[:3000],
                required=False,
                several_lines=True,
                max_length=REASON_LENGTH,
            ),
        ),
        state=row.code,
    )


def _decided(visit: Visit, row: DataSource, status: SourceStatus, reason: str) -> Message:
    try:
        step = decide(visit.session, row, (status, reason), visit.person, visit.at)
    except SameStatus:
        return _as_it_was(visit, row)
    proposer = row.proposed_by
    if proposer is not None and proposer != visit.asker:
        key = f"source:{row.code}:{step.id}"
        tell(visit.session, proposer, _news(row, speech(proposer)), key, visit.at)
    visit.remember(f"source_step:{row.code}")
    return receipt(visit, row)


def _as_it_was(visit: Visit, row: DataSource) -> Message:
    sentence = visit.language._("Nothing is changed: it has that status already.")
    return Message(
        summary=sentence, parts=(Text(text=sentence), status_of(visit.language, row.status))
    )


def receipt(visit: Visit, row: DataSource) -> Message:
    """How a source stands now, and who is told."""
    _ = visit.language._
    name = row.called(visit.language.code)
    status = status_of(visit.language, row.status)
    parts: list[Part] = [Heading(text=name[:150]), status]
    if row.reason:
        parts.append(Text(text=_("**Reason:** {reason}", reason=row.reason)))
    proposer = row.proposed_by
    if proposer is not None and proposer != visit.asker:
        who = proposer.shown_as()
        reached = is_reached(visit.session, proposer, visit.at)
        told = _("{name} is told.", name=who)
        parts.append(Note(text=told if reached else _("{name} gets no messages here.", name=who)))
    show = Button(label=_("Show it"), action="source.show", value=row.code)
    parts.append(Actions(buttons=(show, list_button(visit.language))))
    return Message(summary=f"{name}: {status}"[:1000], parts=tuple(parts))


def _news(row: DataSource, language: Language) -> Message:
    """What the proposer is told."""
    _ = language._
    heading = _("Your proposal has come further")
    status = status_of(language, row.status)
    parts: list[Part] = [
        Heading(text=heading),
        Text(text=f"**{row.called(language.code)}** `{row.code}`"),
        status,
    ]
    if row.reason:
        parts.append(Text(text=_("**Reason:** {reason}", reason=row.reason)))
    show = Button(label=_("Show it"), action="source.show", value=row.code)
    parts.append(Actions(buttons=(show,)))
    return Message(summary=f"{heading}: {row.name}, {status.word}"[:1000], parts=tuple(parts))


def recall_decision(visit: Visit, code: str) -> Message:
    """The receipt of a decision, for the same event a second time."""
    row = by_code(visit, code)
    return receipt(visit, row)
