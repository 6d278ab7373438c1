"""Questions about a decision: they reach the group's secretary, and the answer comes back."""

from __future__ import annotations

from handlers.decisions.card import decisions_seen, find_decision
from handlers.decisions.whom_to_ask import answering, may_answer
from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.meetings.card import find_meeting
from handlers.people import fitting
from handlers.questions import (
    MOST_CHOICES,
    answer_button,
    answer_form,
    ask_form,
    question_and_answer,
    question_field,
    text_fault,
    waiting,
)
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.telling import is_reached, speech, tell
from handlers.visit import Visit
from handlers.whole import whole
from models.asked import alone_with
from models.language import Language
from models.meetings import questions
from models.meetings.decisions import decision_as_it_reads
from models.meetings.meeting import Meeting
from models.meetings.questions import DecisionQuestion, unanswered
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
    Quote,
    Reply,
    Text,
)
from models.rights import Action


def open_ask(visit: Visit, press: ButtonPressed) -> Form:
    """The form for a question about a decision of a meeting; which one is chosen if several."""
    number, _bar, chosen = press.value.partition("|")
    visit.demand(Action.ASK)
    visit.demand_member()
    meeting = find_meeting(visit, number)
    return ask_form(
        visit.language,
        "decision.ask",
        _which(visit, meeting, chosen),
        question_field(visit.language),
        title=visit.language._("Ask about a decision"),
        intro=f"**{meeting.group.name}**",
    )


def _which(visit: Visit, meeting: Meeting, chosen: str) -> FormField:
    seen = decisions_seen(visit, meeting)
    if not seen:
        raise Refusal(visit.language._("No decisions of the meeting are written down."))
    choices = tuple(
        Choice(label=fitting(f"§ {each.number} {each.wording.text}"), value=str(each.decision.id))
        for each in seen[:MOST_CHOICES]
    )
    known = {each.value for each in choices}
    first = (chosen,) if chosen in known else (choices[0].value,) if len(choices) == 1 else ()
    return ChoiceField(
        name="decision", label=visit.language._("Decision"), choices=choices, initial=first
    )


def asked(visit: Visit, form: FormSubmitted) -> Reply:
    """Keeps a question, and sends it to whoever can answer."""
    visit.demand(Action.ASK)
    _ = visit.language._
    chosen = str(form.values.get("decision") or "")
    if not chosen:
        return FieldErrors(errors={"decision": _("Choose a decision.")})
    decision = find_decision(visit, chosen)
    text = str(form.values.get("question") or "").strip()
    if fault := text_fault(visit.language, text):
        return FieldErrors(errors={"question": fault})
    visit.once("decision_question", decision.id, visit.person.id, visit.on, text)
    person = answering(visit, decision.meeting.group)
    row = questions.ask(visit.session, decision, (visit.person, visit.at), person, text)
    if person is not None:
        message = question_message(visit, row, speech(person))
        tell(visit.session, person, message, f"decision_question:{row.id}", visit.at)
    visit.remember(f"decision_question:{row.id}")
    return _receipt(visit, row)


def question_message(visit: Visit, row: DecisionQuestion, language: Language) -> Message:
    """What the asked reads: who asks what about which decision, and a button to answer."""
    _ = language._
    name = row.asker.shown_as()
    heading = _("A question about § {number}", number=row.decision.number)
    answer = answer_button(language, "decision.answer", row)
    see = Button(label=_("Show the decision"), action="decision.show", value=str(row.decision_id))
    return Message(
        summary=_("{name} asks about § {number}", name=name, number=row.decision.number),
        parts=(
            Heading(text=heading),
            _about(visit, row, language),
            Text(text=_("{name} asks:", name=name)),
            Quote(text=row.text),
            Actions(buttons=(answer, see)),
        ),
    )


def _about(visit: Visit, row: DecisionQuestion, language: Language) -> Text:
    decided = decision_as_it_reads(visit.session, row.decision)
    meeting = row.decision.meeting
    day = language.day(language.local(meeting.starts_at).date(), visit.on)
    return Text(text=f"**{meeting.group.name}, {day}**\n{decided.wording.text}")


def _receipt(visit: Visit, row: DecisionQuestion) -> Message:
    _ = visit.language._
    heading = _("Your question about § {number} is asked", number=row.decision.number)
    see = Button(label=_("Show the decision"), action="decision.show", value=str(row.decision_id))
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            Quote(text=row.text),
            Note(text=_to_whom(visit, row)),
            Actions(buttons=(see,)),
        ),
        replaces=True,
    )


def _to_whom(visit: Visit, row: DecisionQuestion) -> str:
    """Who got the question, or why nobody did yet."""
    _ = visit.language._
    if row.asked is None:
        return _("There is nobody to ask now. The question is kept with the decision.")
    name = row.asked.shown_as()
    if not is_reached(visit.session, row.asked, visit.at):
        return _("{name} gets no messages here, and sees it with the decision.", name=name)
    return _("{name} got it. The answer comes to you.", name=name)


def open_answer(visit: Visit, press: ButtonPressed) -> Reply:
    """The form for the answer; one that is answered already is told."""
    row = _answerable(visit, press.value)
    if row.answered_at is not None:
        return answered_message(visit, row)
    title = visit.language._("Answer about § {number}", number=row.decision.number)
    return answer_form(visit.language, "decision.answer", row, title=title)


def answered(visit: Visit, form: FormSubmitted) -> Reply:
    """Keeps the answer and sends it to whoever asked; of two at once the first holds."""
    row = _answerable(visit, form.state, locked=True)
    if row.answered_at is not None:
        return answered_message(visit, row)
    text = str(form.values.get("answer") or "").strip()
    if fault := text_fault(visit.language, text):
        return FieldErrors(errors={"answer": fault})
    questions.answer(visit.session, row, visit.person, text, visit.at)
    message = _answer_message(visit, row, speech(row.asker))
    tell(visit.session, row.asker, message, f"decision_answer:{row.id}", visit.at)
    visit.remember(f"decision_answer:{row.id}")
    return answered_message(visit, row)


def _answerable(visit: Visit, number: str, *, locked: bool = False) -> DecisionQuestion:
    """A question; answered by whoever was asked, or by those who lead the group."""
    _ = visit.language._
    key = whole(number) or 0
    row = (
        alone_with(visit.session, DecisionQuestion, key)
        if locked
        else visit.session.get(DecisionQuestion, key)
    )
    if row is None:
        raise NotFound(_("The question is not there any more."))
    if not may_answer(visit, row.asked_id, row.decision.meeting.group):
        raise NotAllowed(_("Only those who lead the group can answer this."))
    return row


def answered_message(visit: Visit, row: DecisionQuestion) -> Message:
    """That a question is answered, by whom and how."""
    heading = visit.language._(
        "The question about § {number} is answered", number=row.decision.number
    )
    parts = (Heading(text=heading), *question_and_answer(visit.language, row))
    return Message(summary=heading, parts=parts, replaces=True)


def _answer_message(visit: Visit, row: DecisionQuestion, language: Language) -> Message:
    """What the asker reads."""
    _ = language._
    heading = _("An answer about § {number}", number=row.decision.number)
    value = f"{row.decision.meeting_id}|{row.decision_id}"
    buttons = (
        Button(label=_("Ask again"), action="decision.ask", value=value),
        Button(label=_("Show the decision"), action="decision.show", value=str(row.decision_id)),
    )
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            _about(visit, row, language),
            *question_and_answer(language, row),
            Actions(buttons=buttons),
        ),
    )


def waiting_parts(visit: Visit) -> list[Part]:
    """The questions about decisions that wait for the member's answer, for their home."""
    found = unanswered(visit.session, visit.person, visit.on)
    if not found:
        return []
    language = visit.language
    told = language.n(
        "{number} question about decisions waits for your answer",
        "{number} questions about decisions wait for your answer",
        len(found),
    )
    buttons = tuple(
        Button(
            label=language._("Answer: § {number}", number=row.decision.number),
            action="decision.answer",
            value=str(row.id),
        )
        for row in found
    )
    return waiting(told, buttons)


def recall_question(visit: Visit, key: str) -> Reply:
    """The receipt of a question, for the same event a second time."""
    return _receipt(visit, visit.session.get_one(DecisionQuestion, int(key)))


def recall_answer(visit: Visit, key: str) -> Reply:
    """The receipt of an answer, for the same event a second time."""
    return answered_message(visit, visit.session.get_one(DecisionQuestion, int(key)))
