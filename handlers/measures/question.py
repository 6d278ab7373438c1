"""Questions about a measure: asked of whoever answers for it, and the answer that comes back."""

from __future__ import annotations

from sqlalchemy import select

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.measures.report import find_measure
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
from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.whole import whole
from models.language import Language
from models.measures import questions
from models.measures.measure import COMMENT_LENGTH, Measure, MeasureQuestion
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
    Quote,
    Reply,
    Text,
)
from models.rights import Action, may


def question(visit: Visit, wish: Understanding) -> Reply:
    """Answers `fråga FAR-014 …`: the question at once when it is there, else the form for it."""
    if wish.measure is None:
        sentence = visit.language._("Say about which measure, for example `fråga FAR-014`.")
        return Message(summary=sentence, parts=(Text(text=sentence),))
    measure = _may_ask(visit, wish.measure)
    text = (wish.comment or "").strip()
    if not text or len(text) > COMMENT_LENGTH:
        return _question_form(visit, measure, text)
    return _asked(visit, measure, text)


def open_question(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form for a question about the measure that the button names."""
    return _question_form(visit, _may_ask(visit, press.value))


def open_among(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form for a question about one of the measures that a digest tells of."""
    visit.demand(Action.ASK)
    query = select(Measure).where(Measure.code.in_(press.value.split())).order_by(Measure.code)
    others = [
        measure for measure in visit.session.scalars(query) if measure.owner_id != visit.person.id
    ][:MOST_CHOICES]
    if not others:
        raise Refusal(visit.language._("You answer for all of these measures yourself."))
    if len(others) == 1:
        return _question_form(visit, others[0])
    _ = visit.language._
    choices = (
        Choice(label=fitting(f"{each.code} {each.title}"), value=each.code) for each in others
    )
    which = ChoiceField(name="measure", label=_("Measure"), choices=tuple(choices))
    field = question_field(visit.language)
    return ask_form(visit.language, "question.ask", which, field, title=_("Ask about a measure"))


def question_asked(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves a question, and sends it to whoever answers for the measure."""
    chosen = form.state or str(form.values.get("measure") or "")
    if not chosen:
        return FieldErrors(errors={"measure": visit.language._("Choose a measure.")})
    measure = _may_ask(visit, chosen)
    text = str(form.values.get("question") or "").strip()
    if fault := text_fault(visit.language, text):
        return FieldErrors(errors={"question": fault})
    return _asked(visit, measure, text)


def _may_ask(visit: Visit, code: str) -> Measure:
    visit.demand(Action.ASK)
    measure = find_measure(visit, code)
    if measure.owner_id == visit.person.id:
        raise Refusal(visit.language._("You answer for {code} yourself.", code=measure.code))
    return measure


def _question_form(visit: Visit, measure: Measure, text: str = "") -> Form:
    too_long = text_fault(visit.language, text) if text else ""
    return ask_form(
        visit.language,
        "question.ask",
        question_field(visit.language, text),
        title=visit.language._("Ask about {code}", code=measure.code),
        intro="\n".join(line for line in (f"**{measure.title}**", too_long) if line),
        state=measure.code,
    )


def _asked(visit: Visit, measure: Measure, text: str) -> Message:
    visit.once("question", measure.id, visit.person.id, visit.on, text)
    row = questions.ask(visit.session, measure, visit.person, text, visit.at)
    visit.session.refresh(row)
    if row.asked is not None and row.asked_id != visit.person.id:
        message = question_message(row, speech(row.asked))
        tell(visit.session, row.asked, message, f"question:{row.id}", visit.at)
    visit.remember(f"question:{row.id}")
    return _receipt(visit, row)


def question_message(row: MeasureQuestion, language: Language) -> Message:
    """What the asked reads: who asks what, and a button to answer."""
    _ = language._
    code, name = row.measure.code, row.asker.shown_as()
    heading = _("A question about {code}", code=code)
    buttons = (
        answer_button(language, "question.answer", row),
        Button(label=_("Report"), action="report.open", value=code),
    )
    return Message(
        summary=_("{name} asks about {code}", name=name, code=code),
        parts=(
            Heading(text=heading),
            Text(text=_("**{title}**\n{name} asks:", title=row.measure.title, name=name)),
            Quote(text=row.text),
            Actions(buttons=buttons),
        ),
    )


def _receipt(visit: Visit, row: MeasureQuestion) -> Message:
    _ = visit.language._
    heading = _("Your question about {code} is asked", code=row.measure.code)
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            Quote(text=row.text),
            Note(text=_to_whom(visit, row)),
            Actions(buttons=(_history(visit.language, row.measure),)),
        ),
        replaces=True,
    )


def _to_whom(visit: Visit, row: MeasureQuestion) -> str:
    """Who got the question, or why nobody did yet."""
    _ = visit.language._
    asked = row.asked
    if asked is None:
        return _("Nobody answers for the measure now. The question stands in its history.")
    name = asked.shown_as()
    if not is_reached(visit.session, asked, visit.at):
        return _("{name} gets no messages here, and sees it in the measure's history.", name=name)
    if asked.id != row.measure.owner_id:
        return _("The measure has no owner, so {name} got it. The answer comes to you.", name=name)
    return _("{name} got it. The answer comes to you.", name=name)


def _history(language: Language, measure: Measure) -> Button:
    return Button(label=language._("History"), action="timeline.page", value=measure.code)


def open_answer(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form for the answer; one that is answered already is told."""
    row = _answerable(visit, press.value)
    if row.answered_at is not None:
        return answered_message(visit, row)
    title = visit.language._("Answer about {code}", code=row.measure.code)
    return answer_form(visit.language, "question.answer", row, title=title)


def answer_given(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves the answer and sends it to whoever asked; of two at once the first holds."""
    questions.alone_with(visit.session, whole(form.state) or 0)
    row = _answerable(visit, form.state)
    if row.answered_at is not None:
        return answered_message(visit, row)
    text = str(form.values.get("answer") or "").strip()
    if fault := text_fault(visit.language, text):
        return FieldErrors(errors={"answer": fault})
    questions.answer(visit.session, row, visit.person, text, visit.at)
    visit.session.refresh(row)
    message = _answer_message(row, speech(row.asker))
    tell(visit.session, row.asker, message, f"answer:{row.id}", visit.at)
    visit.remember(f"answer:{row.id}")
    return answered_message(visit, row)


def _answerable(visit: Visit, number: str) -> MeasureQuestion:
    """The question; answered by whoever was asked, or by those who may report on the measure."""
    _ = visit.language._
    row = visit.session.get(MeasureQuestion, whole(number) or 0)
    if row is None:
        raise NotFound(_("The question is not there any more."))
    person = visit.person
    if row.asked_id != person.id and not may(visit.roles(measure=row.measure), Action.REPORT):
        raise NotAllowed(_("Only whoever answers for the measure can answer this."))
    return row


def answered_message(visit: Visit, row: MeasureQuestion) -> Message:
    """That a question is answered, by whom and how."""
    _ = visit.language._
    heading = _("The question about {code} is answered", code=row.measure.code)
    return Message(
        summary=heading,
        parts=(Heading(text=heading), *question_and_answer(visit.language, row)),
        replaces=True,
    )


def _answer_message(row: MeasureQuestion, language: Language) -> Message:
    """What the asker reads."""
    _ = language._
    heading = _("An answer about {code}", code=row.measure.code)
    buttons = (
        Button(label=_("Ask again"), action="question.ask", value=row.measure.code),
        _history(language, row.measure),
    )
    title = Text(text=f"**{row.measure.title}**")
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            title,
            *question_and_answer(language, row),
            Actions(buttons=buttons),
        ),
    )


def waiting_questions(visit: Visit) -> list[Part]:
    """The questions that wait for the member's answer, for their home and their role."""
    found = questions.unanswered(visit.session, visit.person)
    if not found:
        return []
    language = visit.language
    told = language.n(
        "{number} question waits for your answer",
        "{number} questions wait for your answer",
        len(found),
    )
    buttons = tuple(
        Button(
            label=language._("Answer: {code}", code=row.measure.code),
            action="question.answer",
            value=str(row.id),
        )
        for row in found
    )
    return waiting(told, buttons)


def recall_question(visit: Visit, key: str) -> Reply:
    """The receipt of a question, for the same event a second time."""
    return _receipt(visit, visit.session.get_one(MeasureQuestion, int(key)))


def recall_answer(visit: Visit, key: str) -> Reply:
    """The receipt of an answer, for the same event a second time."""
    return answered_message(visit, visit.session.get_one(MeasureQuestion, int(key)))
