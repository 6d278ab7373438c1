"""The form in which a meeting is planned or changed."""

from __future__ import annotations

from handlers.form_intro import Told
from handlers.meetings.draft import (
    AGENDA_LENGTH,
    ALL_FOLLOWING,
    PLACE_LENGTH,
    Draft,
    State,
    clock_of,
    day_of,
)
from handlers.meetings.roll import span
from handlers.visit import Visit
from handlers.whole import whole
from models.meetings.plans import MOST_TIMES, Rhythm
from models.message import (
    Choice,
    ChoiceField,
    DateField,
    Form,
    FormField,
    NumberField,
    TextField,
    TimeField,
)

RHYTHMS = {
    Rhythm.ONCE: "Once",
    Rhythm.WEEKLY: "Every week",
    Rhythm.FORTNIGHTLY: "Every other week",
    Rhythm.MONTHLY: "Every month, the same weekday",
    Rhythm.QUARTERLY: "Every third month, the same weekday",
}
"""What a rhythm is called; the words are in the catalogue."""

AGENDA_HINT = (
    "One item a line. Begin a line with “information:”, “consultation:” or “decision:” "
    "to say what it is."
)


def meeting_form(visit: Visit, draft: Draft, told: Told | None = None) -> Form:
    """The form for a new meeting of a group, or for one that is there, as far as it is typed."""
    _ = visit.language._
    told = told or Told()
    meeting = draft.meeting
    state = State(
        group=draft.group.code,
        meeting=meeting.id if meeting else 0,
        revision=meeting.revision if meeting else 0,
        warned=told.warned,
    )
    name = f"**{draft.group.name}**" + (f", {span(visit.language, meeting)}" if meeting else "")
    return Form(
        name="meeting.change" if meeting else "meeting.plan",
        title=_("Change a meeting") if meeting else _("New meeting"),
        submit=_("Save anyway") if told.warned else _("Save"),
        cancel=_("Cancel"),
        intro=f"{name}\n{told.intro}" if told.intro else name,
        note=_("The group's members are told and get the time for their calendars."),
        fields=(*_when(visit, draft), *_what(visit, draft), *_how_often(visit, draft)),
        state=state.model_dump_json(exclude_defaults=True),
    )


def _when(visit: Visit, draft: Draft) -> tuple[FormField, ...]:
    _ = visit.language._
    return (
        DateField(name="day", label=_("Day"), initial=day_of(draft.text("day"))),
        TimeField(name="starts", label=_("Begins"), initial=clock_of(draft.text("starts"))),
        TimeField(name="ends", label=_("Ends"), initial=clock_of(draft.text("ends"))),
    )


def _what(visit: Visit, draft: Draft) -> tuple[FormField, ...]:
    _ = visit.language._
    return (
        TextField(
            name="place",
            label=_("Place or link"),
            initial=draft.text("place"),
            max_length=PLACE_LENGTH,
            required=False,
        ),
        TextField(
            name="agenda",
            label=_("Agenda"),
            hint=_(AGENDA_HINT),
            initial=draft.text("agenda"),
            several_lines=True,
            max_length=AGENDA_LENGTH,
            required=False,
        ),
    )


def _how_often(visit: Visit, draft: Draft) -> tuple[FormField, ...]:
    """For a new meeting how often it comes; for one of a series whether the others follow."""
    _ = visit.language._
    if draft.meeting is None:
        rhythms = tuple(Choice(label=_(word), value=each.value) for each, word in RHYTHMS.items())
        chosen = draft.text("rhythm") or Rhythm.ONCE.value
        return (
            ChoiceField(name="rhythm", label=_("How often"), choices=rhythms, initial=(chosen,)),
            NumberField(
                name="times",
                label=_("How many times"),
                initial=_number(draft.text("times")),
                low=1,
                high=MOST_TIMES,
            ),
        )
    if draft.meeting.series_id is None:
        return ()
    scopes = (
        Choice(label=_("Only this meeting"), value="one"),
        Choice(label=_("This one and those that follow in the series"), value=ALL_FOLLOWING),
    )
    chosen = draft.text("scope") or "one"
    return (
        ChoiceField(
            name="scope", label=_("Applies to"), choices=scopes, open_list=True, initial=(chosen,)
        ),
    )


def _number(text: str) -> float:
    return whole(text) or 1
