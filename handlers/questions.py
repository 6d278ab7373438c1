"""What questions about measures and about decisions share: their forms, faults and answers."""

from __future__ import annotations

from models.asked import Asked
from models.language import Language
from models.measures.measure import COMMENT_LENGTH
from models.message import (
    Actions,
    Button,
    Form,
    FormField,
    Note,
    Part,
    Quote,
    Text,
    TextField,
    Weight,
)

MOST_CHOICES = 100
MOST_WAITING = 5


def ask_form(
    language: Language, name: str, *fields: FormField, title: str, intro: str = "", state: str = ""
) -> Form:
    """The form in which something is asked."""
    _ = language._
    return Form(
        name=name,
        title=title,
        submit=_("Ask"),
        cancel=_("Cancel"),
        intro=intro,
        note=_("Write nothing that points out an individual."),
        fields=fields,
        state=state,
    )


def question_field(language: Language, initial: str = "") -> TextField:
    """The field for a question."""
    return _text_field("question", language._("What do you want to know?"), initial)


def answer_form(language: Language, name: str, row: Asked, *, title: str) -> Form:
    """The form in which a question is answered."""
    _ = language._
    return Form(
        name=name,
        title=title,
        submit=_("Answer"),
        cancel=_("Cancel"),
        intro="\n".join((_("{name} asks:", name=row.asker.shown_as()), row.text)),
        note=_("Write nothing that points out an individual."),
        fields=(_text_field("answer", _("Your answer")),),
        state=str(row.id),
    )


def _text_field(name: str, label: str, initial: str = "") -> TextField:
    return TextField(
        name=name,
        label=label,
        initial=initial[:3000],
        several_lines=True,
        max_length=COMMENT_LENGTH,
    )


def text_fault(language: Language, text: str) -> str:
    """What is wrong with a question or an answer; nothing when it can be kept."""
    if not text:
        return language._("Write something.")
    if len(text) > COMMENT_LENGTH:
        return language._("Write at most {limit} characters.", limit=COMMENT_LENGTH)
    return ""


def answer_button(language: Language, action: str, row: Asked) -> Button:
    """The button below a question that opens the form for its answer."""
    return Button(
        label=language._("Answer"), action=action, value=str(row.id), weight=Weight.PRIMARY
    )


def question_and_answer(language: Language, row: Asked) -> list[Part]:
    """A question, and its answer or that it waits for one."""
    question = Quote(text=row.text, by=row.asker.shown_as())
    if row.answered_by is None:
        return [question, Note(text=language._("Not answered yet."))]
    return [question, Quote(text=row.answer, by=row.answered_by.shown_as())]


def waiting(told: str, buttons: tuple[Button, ...]) -> list[Part]:
    """That questions wait for a member's answer, with buttons for the first of them."""
    return [Text(text=f"**{told}**"), Actions(buttons=buttons[:MOST_WAITING])]
