"""Correcting a decision: a new wording with its reason; the old one stays."""

from __future__ import annotations

from handlers.decisions.card import decision_card, find_decision
from handlers.decisions.draft import Draft, State, read
from handlers.decisions.form import decision_form
from handlers.errors import Refusal
from handlers.form_intro import Told
from handlers.meetings.card import find_meeting
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.meetings.decisions import Decided, correct, decision_as_it_reads
from models.meetings.meeting import Decision
from models.meetings.plans import By
from models.message import FieldErrors, Message, Note, Reply
from models.rights import Action


def open_correct(visit: Visit, press: ButtonPressed) -> Reply:
    """The form with the decision as it reads."""
    decision = mine(visit, press.value, Action.WRITE_DECISIONS)
    decided = decision_as_it_reads(visit.session, decision)
    return decision_form(visit, Draft(decision.meeting, decided))


def mine(visit: Visit, number: str, action: Action, *, locked: bool = False) -> Decision:
    """A decision with which the asker may do that; `locked` with its meeting until the commit."""
    visit.demand_member()
    decision = find_decision(visit, number)
    visit.demand(action, group_id=decision.meeting.group_id)
    if locked:
        find_meeting(visit, str(decision.meeting_id), locked=True)
    return decision


def corrected(visit: Visit, form: FormSubmitted) -> Reply:
    """Writes the new wording, unless somebody else has corrected the decision meanwhile."""
    state = State.of(visit, form)
    visit.once("correct", state.decision, state.version, sorted(form.values.items()))
    decision = mine(visit, str(state.decision), Action.WRITE_DECISIONS, locked=True)
    decided = decision_as_it_reads(visit.session, decision)
    draft = Draft(decision.meeting, decided, form.values)
    if decided.version != state.version:
        return decision_form(visit, draft, _meanwhile(visit, decided))
    found = read(visit, draft)
    if found.wording is None:
        return FieldErrors(errors=dict(found.errors))
    if found.wording == decided.wording:
        raise Refusal(visit.language._("Nothing in the decision is changed."))
    correct(visit.session, decision, found.wording, found.reason, By(visit.person, visit.at))
    visit.remember(f"decision_corrected:{decision.id}")
    return _saved(visit, decision)


def _meanwhile(visit: Visit, decided: Decided) -> Told:
    """How somebody else has corrected the decision since the form was opened."""
    sentence = "**{name} corrected it {moment}:** {text}\nLook again: your words stand below."
    name = decided.by.shown_as() if decided.by else ""
    moment = visit.language.moment(decided.known_at)
    said = visit.language._(sentence, name=name, moment=moment, text=decided.wording.text)
    return Told(said)


def _saved(visit: Visit, decision: Decision) -> Message:
    is_corrected = decision_as_it_reads(visit.session, decision).is_corrected
    text = "Corrected: § {number}" if is_corrected else "Written: § {number}"
    said = visit.language._(text, number=decision.number)
    card = decision_card(visit, decision, (Note(text=said),), telling=True)
    return card.model_copy(update={"replaces": True})


def recall(visit: Visit, key: str) -> Message:
    """The decision as it reads, for the same event a second time."""
    return _saved(visit, visit.session.get_one(Decision, int(key)))
