"""A survey as a form, and the form's answers as values."""

from __future__ import annotations

import re

from handlers.requests import FormSubmitted
from handlers.visit import Visit
from models.language import Language
from models.measures.measure import COMMENT_LENGTH
from models.message import Choice, ChoiceField, Form, FormField, NumberField, TextField, YesNoField
from models.surveys.box import CONSENT, DONT_KNOW, my_answers
from models.surveys.sealing import Answers
from models.surveys.survey import Invitation, Question, Scale, Survey
from models.surveys.texts import may_be_shown

LONGEST_NUMBER = 9
"""In signs; nothing that people count here is longer, and a longer one is a slip of the hand."""

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")

LIKERT = (
    "1 Do not agree at all",
    "2 Hardly agree",
    "3 Partly agree",
    "4 Largely agree",
    "5 Agree completely",
)


def answer_form(visit: Visit, invitation: Invitation, promise: str) -> Form:
    """The questions as a form, with what the member answered before."""
    _ = visit.language._
    before = my_answers(visit.session, invitation, visit.keys)
    survey = invitation.survey
    return Form(
        name="survey.answer",
        title=_("Short survey"),
        submit=_("Send"),
        cancel=_("Cancel"),
        intro=f"**{survey.title(visit.language.code)}**\n{promise}",
        fields=(
            *(_field(visit, each, before.get(each.position, "")) for each in survey.questions),
            *_consent(visit, survey, before),
        ),
        state=survey.code,
    )


def _consent(visit: Visit, survey: Survey, before: Answers) -> tuple[FormField, ...]:
    """Whether free text may be shown; what is sensitive never is, so nobody is asked."""
    if not any(may_be_shown(question) for question in survey.questions):
        return ()
    label = visit.language._("My free text may be shown with the result, without my name")
    initial = before.get(CONSENT) == "yes"
    return (YesNoField(name="consent", label=label, required=False, initial=initial),)


def _field(visit: Visit, question: Question, before: str) -> FormField:
    label = question.wording(visit.language.code)[:200]
    name = f"q{question.position}"
    if question.scale is Scale.TEXT:
        return TextField(
            name=name,
            label=label,
            hint=visit.language._("Write nothing that points out an individual."),
            initial=before,
            required=False,
            several_lines=True,
            max_length=COMMENT_LENGTH,
        )
    if question.scale is Scale.NUMBER:
        number = float(before) if before else None
        return NumberField(name=name, label=label, initial=number, low=0)
    chosen = (before,) if before else ()
    return ChoiceField(
        name=name,
        label=label,
        choices=choices(visit.language, question),
        open_list=True,
        initial=chosen,
    )


def choices(language: Language, question: Question) -> tuple[Choice, ...]:
    """What can be chosen for a question, with the values that are stored."""
    _ = language._
    if question.scale is Scale.YES_NO:
        return (
            Choice(label=_("Yes"), value="yes"),
            Choice(label=_("No"), value="no"),
            Choice(label=_("Don't know"), value=DONT_KNOW),
        )
    if question.scale is Scale.LIKERT:
        steps = [Choice(label=_(words), value=words[0]) for words in LIKERT]
        return (*steps, Choice(label=_("Don't know"), value=DONT_KNOW))
    words = question.choices(language.code)
    return tuple(Choice(label=word[:75], value=str(at)) for at, word in enumerate(words, 1))


def read_answers(
    visit: Visit, survey: Survey, form: FormSubmitted
) -> tuple[dict[int, str], dict[str, str]]:
    """The answers by position, and what is wrong by field name."""
    answers: dict[int, str] = {}
    errors: dict[str, str] = {}
    for question in survey.questions:
        name = f"q{question.position}"
        value = str(form.values.get(name) or "").strip()
        if question.scale is Scale.NUMBER:
            value = value.replace(",", ".", 1)
        fault = _fault(visit, question, value)
        if fault:
            errors[name] = fault
        elif value:
            answers[question.position] = value
    if form.values.get("consent") in (True, "true", "yes", "on"):
        answers[CONSENT] = "yes"
    return answers, errors


def _fault(visit: Visit, question: Question, value: str) -> str | None:
    _ = visit.language._
    if question.scale is Scale.TEXT:
        long = len(value) > COMMENT_LENGTH
        return _("Write at most {limit} characters.", limit=COMMENT_LENGTH) if long else None
    if question.scale is Scale.NUMBER:
        return None if _is_number(value) else _("Write a number.")
    known = {choice.value for choice in choices(visit.language, question)}
    return None if value in known else _("Choose an answer.")


def _is_number(value: str) -> bool:
    return len(value) <= LONGEST_NUMBER and _NUMBER.fullmatch(value) is not None
