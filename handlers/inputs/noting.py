"""Noting what a district has said by phone or e-mail, for those who lead the group."""

from __future__ import annotations

from handlers.errors import NotFound, Refusal
from handlers.form_state import FormState
from handlers.inputs.collecting import collected_card
from handlers.inputs.field import text_errors, text_field
from handlers.meetings.card import find_meeting
from handlers.meetings.roll import span
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.meetings.inputs import InputRequest, InputRound, give, round_of
from models.message import Choice, ChoiceField, FieldErrors, Form, Reply, Text
from models.rights import Action


class State(FormState):
    """The meeting, what is chosen and typed, and the answer that was warned of, by its id."""

    meeting: int
    district: int = 0
    text: str = ""
    warned: int = 0


def open_note(visit: Visit, press: ButtonPressed) -> Form:
    """The form: which district, and what it has said."""
    around = _round(visit, press.value)
    return _form(visit, around, State(meeting=around.meeting_id))


def _round(visit: Visit, number: str, *, locked: bool = False) -> InputRound:
    """The round before a meeting that is not over, which the asker leads."""
    meeting = find_meeting(visit, number, locked=locked)
    visit.demand(Action.CHANGE_MEETINGS, group_id=meeting.group_id)
    _ = visit.language._
    around = round_of(visit.session, meeting)
    if around is None:
        raise NotFound(_("Nobody has been asked for input before this meeting."))
    if meeting.cancelled:
        raise Refusal(_("The meeting is cancelled, so no answer is needed."))
    if meeting.ends_at <= visit.at:
        raise Refusal(_("The meeting is over. Write what became of it instead."))
    return around


def _form(visit: Visit, around: InputRound, state: State, warning: str = "") -> Form:
    _ = visit.language._
    asked = sorted(around.requests, key=lambda each: each.district.name)
    districts = tuple(Choice(label=each.district.name[:75], value=str(each.id)) for each in asked)
    where = f"**{around.meeting.group.name}, {span(visit.language, around.meeting)}**"
    hint = _("Leave it empty where the district has nothing to add.")
    lead = _("What a district has said by phone or e-mail. Your name stands beside it.")
    return Form(
        name="input.note",
        title=_("Note an answer"),
        submit=_("Save anyway") if warning else _("Save"),
        cancel=_("Cancel"),
        intro="\n".join(filter(None, (where, warning or lead))),
        fields=(
            ChoiceField(
                name="district",
                label=_("District"),
                choices=districts[:100],
                initial=(str(state.district),) if state.district else (),
            ),
            text_field(visit.language, hint, state.text, required=False),
        ),
        state=state.model_dump_json(include={"meeting", "warned"}),
    )


def noted(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves what a district has said; what it wrote itself is shown before it is replaced."""
    state = State.of(visit, form)
    around = _round(visit, str(state.meeting), locked=True)
    asked = {str(each.id): each for each in around.requests}
    request = asked.get(str(form.values.get("district") or ""))
    text = str(form.values.get("text") or "").strip()
    if request is None:
        return FieldErrors(errors={"district": visit.language._("Choose a district.")})
    if errors := text_errors(visit.language, text):
        return FieldErrors(errors=errors)
    stands = request.answer.id if request.answer and request.answer.text != text else 0
    if stands not in (0, state.warned):
        typed = State(meeting=state.meeting, district=request.id, text=text, warned=stands)
        return _form(visit, around, typed, _standing(visit, request))
    return _saved(visit, around, request, text)


def _standing(visit: Visit, request: InputRequest) -> str:
    """What stands already for a district."""
    _ = visit.language._
    said = (request.answer.text if request.answer else "") or _("Nothing to add")
    return "\n".join(
        (
            _(
                "**{district} has answered already:** {text}",
                district=request.district.name,
                text=said,
            ),
            _("What you write takes its place. Keep what shall still be brought along."),
        )
    )


def _saved(visit: Visit, around: InputRound, request: InputRequest, text: str) -> Reply:
    row = give(visit.session, request, visit.person, text, visit.at)
    row.source = row.source or visit.platform
    visit.remember(f"inputs:{around.meeting_id}")
    card = collected_card(visit, around.meeting)
    said = Text(text=visit.language._("Noted for {name}.", name=request.district.name))
    heading, *rest = card.parts
    return card.model_copy(update={"parts": (heading, said, *rest), "replaces": True})
