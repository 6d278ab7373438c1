"""Writing what a meeting decided: `skriv beslut Farsta styrgrupp`, or the button on its card."""

from __future__ import annotations

from hashlib import sha256

from handlers.decisions.card import decision_card
from handlers.decisions.draft import Draft, Read, State, read
from handlers.decisions.form import decision_form
from handlers.decisions.open_meeting import meeting_that_decides, meetings_meant, which_meeting
from handlers.form_intro import Told
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.meetings.decisions import Decided, Numbers, decisions_of, write
from models.meetings.meeting import Decision, Meeting
from models.meetings.plans import By
from models.message import FieldErrors, Message, Note, Reply


def write_decision(visit: Visit, wish: Understanding) -> Reply:
    """Answers `skriv beslut …`: the form for today's or the last meeting, else which meeting."""
    found = meetings_meant(visit, wish)
    if len(found) > 1:
        return which_meeting(visit, found, "decision.write")
    return decision_form(visit, Draft(meeting_that_decides(visit, str(found[0].id))))


def open_write(visit: Visit, press: ButtonPressed) -> Reply:
    """The form for a new decision of the meeting that a button names."""
    return decision_form(visit, Draft(meeting_that_decides(visit, press.value)))


def written(visit: Visit, form: FormSubmitted) -> Reply:
    """Writes the decision down; one in the same words is asked about first."""
    state = State.of(visit, form)
    meeting = meeting_that_decides(visit, str(state.meeting), locked=True)
    draft = Draft(meeting, values=form.values, proposed=state.number)
    typed = sha256(repr(sorted(form.values.items())).encode()).hexdigest()
    visit.once("decision", meeting.id, visit.person.id, state.warned, typed)
    found = read(visit, draft)
    if found.wording is None:
        return FieldErrors(errors=dict(found.errors))
    told = _said_before(visit, meeting, found)
    if told.warned and told.warned != state.warned:
        return decision_form(visit, draft, told)
    by = By(visit.person, visit.at)
    numbers = Numbers(found.number, found.registry)
    decision = write(visit.session, meeting, numbers, found.wording, by)
    visit.remember(f"decision:{decision.id}")
    return _saved(visit, decision)


def _said_before(visit: Visit, meeting: Meeting, found: Read) -> Told:
    """That the meeting has a decision in the same words: another has written it meanwhile."""
    assert found.wording is not None
    words = found.wording.text.casefold()
    every = decisions_of(visit.session, meeting, restricted=True)
    same = next((each for each in every if each.wording.text.casefold() == words), None)
    if same is None:
        return Told()
    sentence = "**§ {number} says the same**, written by {name}. Save it only if it is another."
    said = visit.language._(sentence, number=same.number, name=_writer(visit, same))
    return Told(said, f"same:{same.decision.id}")


def _writer(visit: Visit, decided: Decided) -> str:
    return decided.by.shown_as() if decided.by else visit.language._("a file")


def _saved(visit: Visit, decision: Decision) -> Message:
    said = visit.language._("Written: § {number}", number=decision.number)
    card = decision_card(visit, decision, (Note(text=said),), telling=True)
    return card.model_copy(update={"replaces": True})


def recall(visit: Visit, key: str) -> Message:
    """The decision as it reads, for the same event a second time."""
    return decision_card(visit, visit.session.get_one(Decision, int(key)), telling=True)
