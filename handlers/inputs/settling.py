"""After the meeting: what became of each district's input, told to whoever gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.errors import NotFound, Refusal
from handlers.form_state import FormState
from handlers.inputs.collecting import collected_card
from handlers.meetings.card import find_meeting
from handlers.meetings.roll import span
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from models.meetings.inputs import InputOutcome, InputRequest, round_of, settle
from models.meetings.meeting import Meeting
from models.message import (
    Fact,
    Facts,
    FieldErrors,
    Form,
    Heading,
    Message,
    Quote,
    Reply,
    Text,
    TextField,
)
from models.people.organisations import Person
from models.rights import Action

TEXT_LENGTH = 500


class State(FormState):
    """The meeting, and which outcome of each request the form has shown, by their ids."""

    meeting: int
    shown: Mapping[int, int] = {}


@dataclass(frozen=True)
class Written:
    """What stands in a request's field; `shown` is what stood there when the form was opened."""

    request: InputRequest
    text: str
    shown: str
    is_overtaken: bool

    @property
    def stands(self) -> str:
        """What is saved already."""
        return self.request.outcome.text if self.request.outcome else ""

    @property
    def is_new(self) -> bool:
        """Whether it says something that nobody has said; what was only shown is not said again."""
        return self.text not in ("", self.stands, self.shown if self.is_overtaken else "")


def open_settle(visit: Visit, press: ButtonPressed) -> Form:
    """A form with a field for each district that has given something."""
    meeting = find_meeting(visit, press.value)
    return _form(visit, meeting, _given(visit, meeting), {})


def _form(
    visit: Visit, meeting: Meeting, given: Sequence[InputRequest], typed: Mapping[int, str]
) -> Form:
    """The form as it stands, or with what was typed in some fields."""
    _ = visit.language._
    shown = {each.id: each.outcome.id for each in given if each.outcome}
    where = f"**{meeting.group.name}, {span(visit.language, meeting)}**"
    told = _("Each district is told what became of its input. An empty field is told nothing.")
    fields = tuple(
        TextField(
            name=f"r{request.id}",
            label=request.district.name,
            hint=_short(request),
            initial=typed.get(request.id, request.outcome.text if request.outcome else ""),
            several_lines=True,
            max_length=TEXT_LENGTH,
            required=False,
        )
        for request in given
    )
    return Form(
        name="input.settle",
        title=_("What became of it"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=f"{where}\n{told}",
        fields=fields,
        state=State(meeting=meeting.id, shown=shown).model_dump_json(exclude_defaults=True),
    )


def _short(request: InputRequest) -> str:
    text = request.answer.text if request.answer else ""
    return text if len(text) <= 300 else f"{text[:299]}…"


def _given(visit: Visit, meeting: Meeting) -> list[InputRequest]:
    """What was given to a meeting that has begun, for those who lead its group."""
    visit.demand(Action.CHANGE_MEETINGS, group_id=meeting.group_id)
    _ = visit.language._
    around = round_of(visit.session, meeting)
    if around is None:
        raise NotFound(_("Nobody has been asked for input before this meeting."))
    if meeting.starts_at > visit.at:
        raise Refusal(_("What became of it is told after the meeting."))
    given = [each for each in around.requests if each.answer and each.answer.text]
    if not given:
        raise Refusal(_("No district gave any input."))
    return given[:40]


def settled(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves what is new and tells those who gave it; shows first what another wrote meanwhile."""
    state = State.of(visit, form)
    meeting = find_meeting(visit, str(state.meeting), locked=True)
    given = _given(visit, meeting)
    written = [_written(form, state, request) for request in given]
    too_long = "At most {most} characters; this is {number}."
    errors = {
        f"r{each.request.id}": visit.language._(too_long, most=TEXT_LENGTH, number=len(each.text))
        for each in written
        if len(each.text) > TEXT_LENGTH
    }
    if errors:
        return FieldErrors(errors=errors)
    new = [each for each in written if each.is_new]
    if meanwhile := [each for each in new if each.is_overtaken]:
        shown = _form(visit, meeting, given, {each.request.id: each.text for each in new})
        return shown.model_copy(update={"intro": _meanwhile(visit, meanwhile)})
    return _saved(visit, meeting, new)


def _written(form: FormSubmitted, state: State, request: InputRequest) -> Written:
    """What a field says beside what it showed, and whether somebody has written since."""
    text = str(form.values.get(f"r{request.id}") or "").strip()
    was = state.shown.get(request.id, 0)
    shown = next((each.text for each in request.outcomes if each.id == was), "")
    now = request.outcome.id if request.outcome else 0
    return Written(request, text, shown, is_overtaken=now != was)


def _meanwhile(visit: Visit, overtaken: Sequence[Written]) -> str:
    """What somebody else has written of the same districts since the form was opened."""
    lines = [
        visit.language._(
            "**{name} has written of {district} meanwhile:** {text}",
            name=visit.session.get_one(Person, each.request.outcome.person_id).shown_as(),
            district=each.request.district.name,
            text=each.stands,
        )
        for each in overtaken
        if each.request.outcome is not None
    ]
    lines.append(visit.language._("Save what you have written, or change it first."))
    return "\n".join(lines)


def _saved(visit: Visit, meeting: Meeting, new: Sequence[Written]) -> Message:
    """The collected picture, and who has been told."""
    told: list[str] = []
    missed: list[str] = []
    for each in new:
        row = settle(visit.session, each.request, visit.person, each.text, visit.at)
        (told if _tell(visit, row) else missed).append(each.request.district.name)
    visit.remember(f"inputs:{meeting.id}")
    card = collected_card(visit, meeting)
    said = Text(text="\n".join(_receipt(visit, told, missed)))
    heading, *rest = card.parts
    return card.model_copy(update={"parts": (heading, said, *rest)})


def _receipt(visit: Visit, told: Sequence[str], missed: Sequence[str]) -> list[str]:
    language = visit.language
    lines = []
    if told:
        sentence = "**Saved.** Told what became of it: {districts}."
        lines.append(language._(sentence, districts=language.join(told)))
    if missed:
        sentence = "**Saved, but I cannot reach who gave it**, so tell them yourself: {districts}."
        lines.append(language._(sentence, districts=language.join(missed)))
    return lines or [language._("Nothing new was written, so nobody is told anything.")]


def _tell(visit: Visit, row: InputOutcome) -> bool:
    """Tells whoever gave the input what became of it; says whether they can be reached."""
    request = row.request
    assert request.answer is not None, "only what was given is settled"
    person = request.answer.giver
    if person is None:
        return False
    language = speech(person)
    meeting = request.round.meeting
    heading = language._("What became of the input from {district}", district=request.district.name)
    where = language._(
        "{group}, {day}", group=meeting.group.name, day=language.moment(meeting.starts_at)
    )
    message = Message(
        summary=f"{heading}. {row.text}"[:1000],
        parts=(
            Heading(text=heading[:150]),
            Text(text=row.text),
            Facts(facts=(Fact(label=language._("Meeting"), value=where),)),
            Quote(text=request.answer.text[:1000], by=language._("Your input")),
        ),
    )
    return tell(visit.session, person, message, f"input_outcome:{row.id}", visit.at)
