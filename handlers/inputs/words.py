"""Inspel in words: the question to a district, and what all districts have given."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.meetings.roll import span
from models.language import Language
from models.meetings.counts import input_words
from models.meetings.inputs import InputAnswer, InputRequest, InputRound, InputState, state_of
from models.meetings.meeting import Meeting
from models.message import Actions, Button, Cell, Part, Table, Text, Weight
from models.wording import via_words

STATES = {
    InputState.NOTHING: "Nothing to add",
    InputState.SILENT: "No answer yet",
    InputState.UNREACHED: "Could not be reached",
}
"""What stands in place of a text; the words are in the catalogue."""


def question(language: Language, request: InputRequest) -> str:
    """What a district is asked: the meeting, what must be brought, and until when."""
    _ = language._
    around = request.round
    meeting = around.meeting
    lines = [
        _(
            "**{group} meets {when}.** What needs to be brought along from **{district}**?",
            group=meeting.group.name,
            when=span(language, meeting),
            district=request.district.name,
        )
    ]
    if around.about:
        lines.append(_("It is about: {what}", what=around.about))
    lines.append(_("Answer by {moment} at the latest.", moment=language.moment(around.due_at)))
    return "\n".join(lines)


def answer_buttons(language: Language, request: InputRequest) -> Actions:
    """The two ways to answer."""
    number = str(request.id)
    give = Button(
        label=language._("Give input"),
        action="input.give",
        value=number,
        weight=Weight.PRIMARY,
    )
    nothing = Button(label=language._("Nothing to add"), action="input.nothing", value=number)
    return Actions(buttons=(give, nothing))


def invitation_parts(language: Language, request: InputRequest) -> list[Part]:
    """The question with its buttons, as it stands in the week's message."""
    return [Text(text=question(language, request)[:3000]), answer_buttons(language, request)]


def counted(session: Session, language: Language, around: InputRound) -> str:
    """How many districts have given, have nothing to add, are silent, could not be reached."""
    return input_words(language, Counter(state_of(session, each) for each in around.requests))


def settle_button(language: Language, meeting: Meeting) -> Button:
    """Opens the form that says what became of a meeting's input."""
    label = language._("What became of it")
    return Button(label=label, action="input.settle", value=str(meeting.id))


def collected(session: Session, language: Language, around: InputRound, at: datetime) -> Table:
    """What each district has given, in alphabetical order, and what became of it."""
    _ = language._
    has_outcomes = any(each.outcome for each in around.requests)
    columns = [_("District"), _("Input"), _("Who")]
    if has_outcomes:
        columns.append(_("What became of it"))
    rows = []
    for request in sorted(around.requests, key=lambda each: each.district.name):
        cells = [
            Cell(text=request.district.name),
            Cell(text=_said(session, language, request, at)[:500]),
            Cell(text=_who(language, request)),
        ]
        if has_outcomes:
            cells.append(Cell(text=(request.outcome.text if request.outcome else "")[:500]))
        rows.append(tuple(cells))
    return Table(columns=tuple(columns), rows=tuple(rows))


def _said(session: Session, language: Language, request: InputRequest, at: datetime) -> str:
    """A district's text, or what stands in its place."""
    if request.answer is not None and request.answer.text:
        return request.answer.text
    state = state_of(session, request)
    closed = state is InputState.SILENT and request.round.due_at <= at
    return language._("No answer" if closed else STATES[state])


def _who(language: Language, request: InputRequest) -> str:
    answer = request.answer
    person = answer.giver if answer else request.person
    name = person.shown_as() if person else ""
    how = _how(language, answer) if answer else ""
    return f"{name} ({how})" if name and how else name or how


def _how(language: Language, answer: InputAnswer) -> str:
    """That it was noted by somebody else, or came by a link in an e-mail."""
    if answer.is_noted:
        return language._("noted by {name}", name=answer.person.shown_as())
    return via_words(language, answer.source)
