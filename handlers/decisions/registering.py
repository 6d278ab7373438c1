"""Giving a decision its number in the public register, once it is known, or a better one."""

from __future__ import annotations

from handlers.decisions.card import decision_card
from handlers.decisions.correcting import mine
from handlers.decisions.draft import State
from handlers.errors import Refusal
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.meetings.meeting import Decision
from models.meetings.plans import By
from models.meetings.registrations import REGISTRY_LENGTH, register, registry_number_of
from models.message import FieldErrors, Form, Message, Note, Reply, TextField
from models.rights import Action


def open_register(visit: Visit, press: ButtonPressed) -> Form:
    """The form with the number as it is."""
    decision = mine(visit, press.value, Action.REGISTER_DECISIONS)
    _ = visit.language._
    return Form(
        name="decision.register",
        title=_("Registry number"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=f"**§ {decision.number}**, {decision.meeting.group.name}",
        note=_("What it was before stays in the log."),
        fields=(
            TextField(
                name="registry_number",
                label=_("Registry number"),
                hint=_("As it stands in the register, for example FAR 2024/118."),
                initial=registry_number_of(visit.session, decision),
                max_length=REGISTRY_LENGTH,
                required=False,
            ),
        ),
        state=State(decision=decision.id).model_dump_json(exclude_defaults=True),
    )


def registered(visit: Visit, form: FormSubmitted) -> Reply:
    """Keeps the number; an empty field takes a wrong one away."""
    known = str(State.of(visit, form).decision)
    decision = mine(visit, known, Action.REGISTER_DECISIONS, locked=True)
    number = " ".join(str(form.values.get("registry_number") or "").split())
    if len(number) > REGISTRY_LENGTH:
        too_long = "At most {most} characters; this is {number}."
        said = visit.language._(too_long, most=REGISTRY_LENGTH, number=len(number))
        return FieldErrors(errors={"registry_number": said})
    if number == registry_number_of(visit.session, decision):
        raise Refusal(visit.language._("Nothing in the decision is changed."))
    register(visit.session, decision, number, By(visit.person, visit.at))
    visit.remember(f"decision_registered:{decision.id}")
    return recall(visit, str(decision.id))


def recall(visit: Visit, key: str) -> Message:
    """The decision with its number, for the same event a second time too."""
    decision = visit.session.get_one(Decision, int(key))
    said = visit.language._("The registry number is saved.")
    card = decision_card(visit, decision, (Note(text=said),))
    return card.model_copy(update={"replaces": True})
