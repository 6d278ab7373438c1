"""Questions about an action point: they reach the group's secretary, and the answer comes back."""

from __future__ import annotations

from handlers.decisions.draft import State
from handlers.decisions.point_card import find_point
from handlers.decisions.whom_to_ask import answering, may_answer
from handlers.errors import NotAllowed, NotFound
from handlers.questions import (
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
from models.meetings import point_questions as questions
from models.meetings.point_questions import PointQuestion, unanswered
from models.meetings.points import point_now
from models.meetings.words import point_line
from models.message import (
    Actions,
    Button,
    FieldErrors,
    Form,
    Heading,
    Message,
    Note,
    Part,
    Quote,
    Reply,
    Text,
)
from models.rights import Action

LABEL = 40


def open_ask(visit: Visit, press: ButtonPressed) -> Form:
    """The form for a question about the point that a button names."""
    visit.demand(Action.ASK)
    visit.demand_member()
    point = find_point(visit, press.value)
    facts = point_now(visit.session, point)
    return ask_form(
        visit.language,
        "point.ask",
        question_field(visit.language),
        title=visit.language._("Ask about an action point"),
        intro=f"**{facts.text}**\n{point.meeting.group.name}",
        state=State(point=point.id).model_dump_json(exclude_defaults=True),
    )


def asked(visit: Visit, form: FormSubmitted) -> Reply:
    """Keeps a question, and sends it to whoever can answer."""
    visit.demand(Action.ASK)
    point = find_point(visit, str(State.of(visit, form).point))
    text = str(form.values.get("question") or "").strip()
    if fault := text_fault(visit.language, text):
        return FieldErrors(errors={"question": fault})
    visit.once("point_question", point.id, visit.person.id, visit.on, text)
    person = answering(visit, point.meeting.group)
    row = questions.ask(visit.session, point, (visit.person, visit.at), person, text)
    if person is not None:
        message = _question(visit, row, speech(person))
        tell(visit.session, person, message, f"point_question:{row.id}", visit.at)
    visit.remember(f"point_question:{row.id}")
    return _receipt(visit, row)


def _question(visit: Visit, row: PointQuestion, language: Language) -> Message:
    """What the asked reads: who asks what about which point, and a button to answer."""
    _ = language._
    name = row.asker.shown_as()
    return Message(
        summary=_("{name} asks about an action point", name=name),
        parts=(
            Heading(text=_("A question about an action point")),
            _about(visit, row, language),
            Text(text=_("{name} asks:", name=name)),
            Quote(text=row.text),
            Actions(buttons=(answer_button(language, "point.answer", row), _see(row, language))),
        ),
    )


def _about(visit: Visit, row: PointQuestion, language: Language) -> Text:
    meeting = row.point.meeting
    day = language.day(language.local(meeting.starts_at).date(), visit.on)
    line = point_line(language, point_now(visit.session, row.point), visit.on).removeprefix("- ")
    return Text(text=f"**{meeting.group.name}, {day}**\n{line}")


def _see(row: PointQuestion, language: Language) -> Button:
    label = language._("Show the action point")
    return Button(label=label, action="point.show", value=str(row.point_id))


def _receipt(visit: Visit, row: PointQuestion) -> Message:
    heading = visit.language._("Your question about the action point is asked")
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            Quote(text=row.text),
            Note(text=_to_whom(visit, row)),
            Actions(buttons=(_see(row, visit.language),)),
        ),
        replaces=True,
    )


def _to_whom(visit: Visit, row: PointQuestion) -> str:
    """Who got the question, or why nobody did yet."""
    _ = visit.language._
    if row.asked is None:
        return _("There is nobody to ask now. The question is kept with the action point.")
    name = row.asked.shown_as()
    if not is_reached(visit.session, row.asked, visit.at):
        return _("{name} gets no messages here, and sees it with the action point.", name=name)
    return _("{name} got it. The answer comes to you.", name=name)


def open_answer(visit: Visit, press: ButtonPressed) -> Reply:
    """The form for the answer; one that is answered already is told."""
    row = _answerable(visit, press.value)
    if row.answered_at is not None:
        return _answered(visit, row)
    title = visit.language._("Answer about an action point")
    return answer_form(visit.language, "point.answer", row, title=title)


def answered(visit: Visit, form: FormSubmitted) -> Reply:
    """Keeps the answer and sends it to whoever asked; of two at once the first holds."""
    row = _answerable(visit, form.state, locked=True)
    if row.answered_at is not None:
        return _answered(visit, row)
    text = str(form.values.get("answer") or "").strip()
    if fault := text_fault(visit.language, text):
        return FieldErrors(errors={"answer": fault})
    questions.answer(visit.session, row, visit.person, text, visit.at)
    message = _answer(visit, row, speech(row.asker))
    tell(visit.session, row.asker, message, f"point_answer:{row.id}", visit.at)
    visit.remember(f"point_answer:{row.id}")
    return _answered(visit, row)


def _answerable(visit: Visit, number: str, *, locked: bool = False) -> PointQuestion:
    """A question; answered by whoever was asked, or by those who lead the group."""
    key = whole(number) or 0
    row = (
        alone_with(visit.session, PointQuestion, key)
        if locked
        else visit.session.get(PointQuestion, key)
    )
    if row is None:
        raise NotFound(visit.language._("The question is not there any more."))
    if not may_answer(visit, row.asked_id, row.point.meeting.group):
        raise NotAllowed(visit.language._("Only those who lead the group can answer this."))
    return row


def _answered(visit: Visit, row: PointQuestion) -> Message:
    """That a question is answered, by whom and how."""
    heading = visit.language._("The question about the action point is answered")
    parts = (Heading(text=heading), *question_and_answer(visit.language, row))
    return Message(summary=heading, parts=parts, replaces=True)


def _answer(visit: Visit, row: PointQuestion, language: Language) -> Message:
    """What the asker reads."""
    heading = language._("An answer about an action point")
    again = Button(label=language._("Ask again"), action="point.ask", value=str(row.point_id))
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            _about(visit, row, language),
            *question_and_answer(language, row),
            Actions(buttons=(again, _see(row, language))),
        ),
    )


def waiting_parts(visit: Visit) -> list[Part]:
    """The questions about action points that wait for the member's answer, for their home."""
    found = unanswered(visit.session, visit.person, visit.on)
    if not found:
        return []
    told = visit.language.n(
        "{number} question about action points waits for your answer",
        "{number} questions about action points wait for your answer",
        len(found),
    )
    buttons = tuple(_to_answer(visit, row) for row in found)
    return waiting(told, buttons)


def _to_answer(visit: Visit, row: PointQuestion) -> Button:
    text = point_now(visit.session, row.point).text
    label = visit.language._("Answer: {text}", text=text)
    short = label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
    return Button(label=short, action="point.answer", value=str(row.id))


def recall_question(visit: Visit, key: str) -> Reply:
    """The receipt of a question, for the same event a second time."""
    return _receipt(visit, visit.session.get_one(PointQuestion, int(key)))


def recall_answer(visit: Visit, key: str) -> Reply:
    """The receipt of an answer, for the same event a second time."""
    return _answered(visit, visit.session.get_one(PointQuestion, int(key)))
