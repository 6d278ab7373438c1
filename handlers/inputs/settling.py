"""After the meeting: what became of each district's input, told to whoever gave it."""

from __future__ import annotations

from handlers.errors import NotFound, Refusal
from handlers.inputs.collecting import collected_card
from handlers.meetings.card import find_meeting
from handlers.meetings.draft import State
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
from models.rights import Action

TEXT_LENGTH = 500


def open_settle(visit: Visit, press: ButtonPressed) -> Form:
    """A form with a field for each district that has given something."""
    meeting = find_meeting(visit, press.value)
    given = _given(visit, meeting)
    _ = visit.language._
    fields = tuple(
        TextField(
            name=f"r{request.id}",
            label=request.district.name,
            hint=_short(request),
            initial=request.outcome.text if request.outcome else "",
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
        intro=_("Each district is told what became of its input. An empty field is told nothing."),
        fields=fields,
        state=State(meeting=meeting.id).model_dump_json(exclude_defaults=True),
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
    """Saves what is new and tells those who gave it."""
    meeting = find_meeting(visit, str(State.of(visit, form).meeting), locked=True)
    errors: dict[str, str] = {}
    new: list[tuple[InputRequest, str]] = []
    for request in _given(visit, meeting):
        text = str(form.values.get(f"r{request.id}") or "").strip()
        if len(text) > TEXT_LENGTH:
            too_long = "At most {most} characters; this is {number}."
            errors[f"r{request.id}"] = visit.language._(
                too_long, most=TEXT_LENGTH, number=len(text)
            )
        elif text and (request.outcome is None or request.outcome.text != text):
            new.append((request, text))
    if errors:
        return FieldErrors(errors=errors)
    for request, text in new:
        _tell(visit, settle(visit.session, request, visit.person, text, visit.at))
    visit.remember(f"inputs:{meeting.id}")
    return collected_card(visit, meeting)


def _tell(visit: Visit, row: InputOutcome) -> None:
    """Tells whoever gave the input what became of it."""
    request = row.request
    assert request.answer is not None, "only what was given is settled"
    person = request.answer.person
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
    tell(visit.session, person, message, f"input_outcome:{row.id}", visit.at)
