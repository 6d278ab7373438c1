"""Proposing a data source or an output, and describing it; the group that decides is told."""

from __future__ import annotations

from handlers.errors import NotAllowed
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.telling import speech, tell
from handlers.sources.find import (
    by_code,
    deciders,
    deciding_group,
    demand_deciding,
    may_decide,
    same_as,
)
from handlers.sources.words import KINDS, list_button, status_of
from handlers.visit import Visit
from models.audit import record
from models.indicators.sources import (
    NAME_LENGTH,
    REASON_LENGTH,
    DataSource,
    SourceKind,
    SourceStatus,
)
from models.indicators.sources import propose as put_in_queue
from models.language import Language
from models.message import (
    Actions,
    Button,
    Choice,
    ChoiceField,
    FieldErrors,
    Form,
    FormField,
    Heading,
    Message,
    Note,
    Part,
    Reply,
    Text,
    TextField,
)
from models.rights import Action

DESCRIBED = ("owner", "population", "periodicity", "limits", "remark")
"""What a proposer may say of a source beside its name, in the order of the form."""


def propose(visit: Visit, name: str) -> Reply:
    """Answers `datakälla föreslå …`: at once where the line names it, else with the form."""
    visit.demand(Action.PROPOSE_SOURCE)
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH:
        return _form(visit, name)
    return _proposed(visit, {"name": name}, SourceKind.SOURCE)


def open_proposal(visit: Visit, press: ButtonPressed) -> Form:
    """Opens the form for a proposal."""
    visit.demand(Action.PROPOSE_SOURCE)
    return _form(visit, press.value)


def proposal_submitted(visit: Visit, form: FormSubmitted) -> Reply:
    """Puts what the form says in the queue."""
    visit.demand(Action.PROPOSE_SOURCE)
    said = _said(form)
    if errors := _faults(visit, said):
        return FieldErrors(errors=errors)
    return _proposed(visit, said, _kind(form))


def _said(form: FormSubmitted) -> dict[str, str]:
    names = ("name", *DESCRIBED)
    return {name: " ".join(str(form.values.get(name) or "").split()) for name in names}


def _kind(form: FormSubmitted) -> SourceKind:
    chosen = str(form.values.get("kind") or "")
    return SourceKind(chosen) if chosen in list(SourceKind) else SourceKind.SOURCE


def _faults(visit: Visit, said: dict[str, str]) -> dict[str, str]:
    _ = visit.language._
    limits = {name: NAME_LENGTH if name == "name" else REASON_LENGTH for name in said}
    errors = {
        name: _("Write at most {limit} characters.", limit=limits[name])
        for name, text in said.items()
        if len(text) > limits[name]
    }
    if not said["name"]:
        errors["name"] = _("Say what it is called.")
    return errors


def _form(visit: Visit, name: str = "", row: DataSource | None = None) -> Form:
    _ = visit.language._
    kinds = tuple(Choice(label=_(word), value=kind.value) for kind, word in KINDS.items())
    too_long = _("Write at most {limit} characters.", limit=NAME_LENGTH)
    kind = (row.kind if row else SourceKind.SOURCE).value
    return Form(
        name="source.describe" if row else "source.propose",
        title=_("Describe") if row else _("Propose a source"),
        submit=_("Save") if row else _("Propose"),
        cancel=_("Cancel"),
        intro=too_long if len(name) > NAME_LENGTH else "",
        note=_("Write nothing that points out an individual."),
        fields=(
            TextField(name="name", label=_("What is it called?"), initial=name, max_length=3000),
            ChoiceField(
                name="kind",
                label=_("What is it?"),
                hint=_("A source gives figures. An output is a new way to hand them out."),
                choices=kinds,
                open_list=True,
                initial=(kind,),
            ),
            *_described(visit.language, row),
        ),
        state=row.code if row else "",
    )


def _described(language: Language, row: DataSource | None) -> tuple[FormField, ...]:
    _ = language._
    labels = (
        _("Who has the figures?"),
        _("Whom or what do they cover?"),
        _("How often do they come?"),
        _("What can they not say?"),
        _("What do you want to use it for?"),
    )
    return tuple(
        TextField(
            name=name,
            label=label,
            initial=getattr(row, name) if row else "",
            required=False,
            several_lines=name in ("limits", "remark"),
            max_length=REASON_LENGTH,
        )
        for name, label in zip(DESCRIBED, labels, strict=True)
    )


def _proposed(visit: Visit, said: dict[str, str], kind: SourceKind) -> Message:
    known = same_as(visit, said["name"])
    if known is not None:
        return _there_already(visit, known)
    row = put_in_queue(visit.session, visit.person, said, kind, visit.at)
    for person in deciders(visit):
        message = _news(visit, row, speech(person))
        tell(visit.session, person, message, f"source:{row.code}:proposed", visit.at)
    visit.remember(f"source:{row.code}")
    return receipt(visit, row)


def _there_already(visit: Visit, row: DataSource) -> Message:
    """That a proposal would repeat what is there; nothing is changed."""
    _ = visit.language._
    name = row.called(visit.language.code)
    sentence = _("{name} is there already, as `{code}`.", name=name, code=row.code)
    show = Button(label=_("Show it"), action="source.show", value=row.code)
    parts = (Text(text=sentence), status_of(visit.language, row.status), Actions(buttons=(show,)))
    return Message(summary=sentence, parts=parts)


def receipt(visit: Visit, row: DataSource) -> Message:
    """Thanks for a proposal, where it has gone and how it stands."""
    _ = visit.language._
    group = deciding_group(visit)
    heading = _("Thank you. The proposal is registered")
    lines = [f"**{row.name}** `{row.code}`"]
    if group is not None:
        lines.append(_("It goes to {group}. You are told what becomes of it.", group=group.name))
    buttons = (
        Button(label=_("Describe"), action="source.describe", value=row.code),
        list_button(visit.language),
    )
    parts: tuple[Part, ...] = (
        Heading(text=heading),
        Text(text="\n".join(lines)),
        status_of(visit.language, row.status),
        Actions(buttons=buttons),
    )
    return Message(summary=f"{heading}: {row.name}", parts=parts, replaces=False)


def _news(visit: Visit, row: DataSource, language: Language) -> Message:
    """What those who decide are told of a proposal."""
    _ = language._
    heading = _("A proposal for a data source")
    name = visit.person.shown_as()
    said = _(
        "{name} proposes **{proposal}** (`{code}`).", name=name, proposal=row.name, code=row.code
    )
    parts: list[Part] = [Heading(text=heading), Text(text=said)]
    if row.remark:
        parts.append(Note(text=row.remark))
    buttons = (
        Button(label=_("Show it"), action="source.show", value=row.code),
        Button(label=_("Change status"), action="source.decide", value=row.code),
    )
    parts.append(Actions(buttons=buttons))
    return Message(summary=f"{heading}: {row.name}", parts=tuple(parts))


def open_description(visit: Visit, press: ButtonPressed) -> Form:
    """Opens the form in which a source is described."""
    row = _describable(visit, press.value)
    return _form(visit, row.name, row)


def described(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves what the form says of a source."""
    row = _describable(visit, form.state)
    said = _said(form)
    if errors := _faults(visit, said):
        return FieldErrors(errors=errors)
    for name, text in said.items():
        setattr(row, name, text)
    row.kind = _kind(form)
    visit.session.flush()
    record(visit.session, visit.person, "source_described", f"source:{row.code}", visit.at)
    visit.remember(f"source:{row.code}")
    return receipt_of_description(visit, row)


def receipt_of_description(visit: Visit, row: DataSource) -> Message:
    """That a description is saved."""
    sentence = visit.language._("Saved: {name}.", name=row.called(visit.language.code))
    show = Button(label=visit.language._("Show it"), action="source.show", value=row.code)
    return Message(summary=sentence, parts=(Text(text=sentence), Actions(buttons=(show,))))


def _describable(visit: Visit, code: str) -> DataSource:
    """The source; described by those who decide, and by its proposer until it is decided on."""
    row = by_code(visit, code)
    mine = visit.asker is not None and row.proposed_by_id == visit.asker.id
    if mine and row.status is not SourceStatus.PROPOSED and not may_decide(visit):
        sentence = visit.language._("It is decided on already. Ask the group that it went to.")
        raise NotAllowed(sentence)
    if not mine:
        demand_deciding(visit)
    return row


def recall_source(visit: Visit, code: str) -> Message:
    """The receipt of a proposal, for the same event a second time."""
    return receipt(visit, by_code(visit, code))
