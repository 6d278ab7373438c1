"""Opening a round: who leads a group lets the districts be asked before a meeting."""

from __future__ import annotations

from handlers.errors import Refusal
from handlers.inputs.collecting import collected_card
from handlers.meetings.card import find_meeting
from handlers.meetings.draft import State
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.draft import read_day
from handlers.visit import Visit
from models.meetings.inputs import Opening, closing, districts_asked, open_round, round_of
from models.meetings.meeting import Meeting
from models.message import DateField, FieldErrors, Form, Reply, TextField
from models.rights import Action
from models.schedule import local_day, working_days_before

DAYS_BEFORE = 3
"""So many working days before the meeting is the last day, unless another is chosen."""

MOST_ABOUT = 300


def open_form(visit: Visit, press: ButtonPressed) -> Reply:
    """The form: until when, and what it is about; a round that is open already is shown."""
    meeting = _mine(visit, press.value)
    if round_of(visit.session, meeting) is not None:
        return collected_card(visit, meeting)
    _ = visit.language._
    last = working_days_before(local_day(meeting.starts_at, meeting.group.zone), DAYS_BEFORE)
    number = len(districts_asked(visit.session, meeting.group, visit.on))
    intro = visit.language.n(
        "{number} district is asked what must be brought to the meeting.",
        "{number} districts are asked what must be brought to the meeting.",
        number,
    )
    return Form(
        name="input.open",
        title=_("Ask for input"),
        submit=_("Ask"),
        cancel=_("Cancel"),
        intro=intro,
        note=_("Each is asked in the week's message, and reminded once."),
        fields=(
            DateField(name="last", label=_("Answers by"), initial=max(last, visit.on)),
            TextField(
                name="about",
                label=_("What is the input to be about?"),
                hint=_("For example the items of the agenda. Nothing about individuals."),
                max_length=MOST_ABOUT,
                several_lines=True,
                required=False,
            ),
        ),
        state=State(meeting=meeting.id).model_dump_json(exclude_defaults=True),
    )


def _mine(visit: Visit, number: str, *, locked: bool = False) -> Meeting:
    """A meeting to come that the asker leads."""
    meeting = find_meeting(visit, number, locked=locked)
    visit.demand(Action.CHANGE_MEETINGS, group_id=meeting.group_id)
    if meeting.cancelled or meeting.starts_at <= visit.at:
        raise Refusal(visit.language._("Input is asked for before a meeting that is to be held."))
    return meeting


def opened(visit: Visit, form: FormSubmitted) -> Reply:
    """Opens the round; two who open it at once get the same one."""
    meeting = _mine(visit, str(State.of(visit, form).meeting), locked=True)
    errors: dict[str, str] = {}
    last = read_day(visit, str(form.values.get("last") or ""), "last", errors)
    about = str(form.values.get("about") or "").strip()
    if last is None:
        errors.setdefault("last", visit.language._("Write a day as 2024-06-18."))
    elif not visit.at < closing(meeting, last) < meeting.starts_at:
        errors["last"] = visit.language._("Choose a day from today on and before the meeting.")
    if len(about) > MOST_ABOUT:
        errors["about"] = visit.language._(
            "At most {most} characters; this is {number}.", most=MOST_ABOUT, number=len(about)
        )
    if errors or last is None:
        return FieldErrors(errors=errors)
    opening = Opening(visit.person, visit.at, closing(meeting, last), about)
    open_round(visit.session, meeting, opening, visit.on)
    visit.remember(f"inputs:{meeting.id}")
    return collected_card(visit, meeting)
