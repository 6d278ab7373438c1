"""Giving input for a district, or saying that there is nothing to add."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.inputs.field import text_errors, text_field
from handlers.inputs.words import answer_buttons, counted, question, settle_button
from handlers.meetings.roll import span
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.whole import whole
from models.groups import SeatRole
from models.meetings.inputs import InputAnswer, InputRequest, InputRound, give, rounds_in_hand
from models.meetings.meeting import Meeting
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
from models.seats.holders import seats_of_person

MOST_TO_ASK = 4
TAKE_BACK = "back"
"""What a button's value says when the member means to withdraw what was written."""


def inputs(visit: Visit, wish: Understanding) -> Message:
    """Answers `inspel`: what one is asked for, and the open rounds of the groups one leads."""
    visit.demand(Action.SEE_MEETINGS)
    _ = visit.language._
    mine = visit.session.scalars(
        select(InputRequest)
        .join(InputRequest.round)
        .join(InputRound.meeting)
        .where(
            InputRequest.person_id == visit.person.id,
            InputRound.due_at > visit.at,
            Meeting.cancelled.is_(False),
        )
        .order_by(InputRound.due_at)
    ).all()
    heading = _("Input to meetings")
    leading = _leading(visit)
    rounds = rounds_in_hand(visit.session, leading, visit.at)[:5]
    parts: list[Part] = [Heading(text=heading)]
    if not mine:
        parts.append(Text(text=_("Nobody asks you for input just now.")))
    for request in mine[:10]:
        parts += [Text(text=_asked(visit, request)), answer_buttons(visit.language, request)]
    parts += [*_led(visit, rounds), *_to_ask(visit, leading)]
    number = len(mine) + len(rounds)
    summary = f"{heading}: {number}" if number else _("Nobody asks you for input just now.")
    return Message(summary=summary, parts=tuple(parts))


def _leading(visit: Visit) -> set[int]:
    """The ids of the groups that the asker leads."""
    seats = seats_of_person(visit.session, visit.person, visit.on)
    return {seat.group_id for seat in seats if seat.role in (SeatRole.CHAIR, SeatRole.SECRETARY)}


def _led(visit: Visit, rounds: Sequence[InputRound]) -> list[Part]:
    """The rounds of the groups that the asker leads, also those that wait for an outcome."""
    parts: list[Part] = []
    for around in rounds:
        where = f"**{around.meeting.group.name}, {span(visit.language, around.meeting)}**"
        said = counted(visit.session, visit.language, around)
        label = visit.language._("Show the input")
        show = Button(label=label, action="input.show", value=str(around.meeting_id))
        buttons = (show, settle_button(visit.language, around.meeting))
        held = around.meeting.starts_at <= visit.at
        parts += [
            Text(text=f"{where}\n{said}"),
            Actions(buttons=buttons if held else buttons[:1]),
        ]
    return parts


def _to_ask(visit: Visit, leading: Collection[int]) -> list[Part]:
    """The next meeting of each of some groups, where nobody has been asked before it yet."""
    query = (
        select(Meeting)
        .where(Meeting.group_id.in_(leading), Meeting.starts_at > visit.at)
        .where(Meeting.cancelled.is_(False))
        .options(joinedload(Meeting.group))
        .order_by(Meeting.starts_at)
    )
    following: dict[int, Meeting] = {}
    for meeting in visit.session.scalars(query):
        following.setdefault(meeting.group_id, meeting)
    ahead = [each.id for each in following.values()]
    asked = select(InputRound.meeting_id).where(InputRound.meeting_id.in_(ahead))
    done = set(visit.session.scalars(asked))
    found = [each for each in following.values() if each.id not in done][:MOST_TO_ASK]
    if not found:
        return []
    buttons = tuple(
        Button(
            label=f"{each.group.code} {visit.language.moment(each.starts_at, visit.on)}"[:40],
            action="input.open",
            value=str(each.id),
        )
        for each in found
    )
    return [Text(text=visit.language._("Ask for input before:")), Actions(buttons=buttons)]


def _asked(visit: Visit, request: InputRequest) -> str:
    text = question(visit.language, request)
    if request.answer is None:
        return text
    given = request.answer.text or visit.language._("Nothing to add")
    if request.answer.is_noted:
        name = request.answer.person.shown_as()
        noted = visit.language._("{name} has noted for you: {text}", name=name, text=given)
        return f"{text}\n{noted}"[:3000]
    return f"{text}\n{visit.language._('You have answered: {text}', text=given)}"[:3000]


def open_give(visit: Visit, press: ButtonPressed) -> Form:
    """The form for a district's input, with what was given before."""
    request = _request(visit, press.value)
    _ = visit.language._
    return Form(
        name="input.give",
        title=_("Give input"),
        submit=_("Send"),
        cancel=_("Cancel"),
        intro=question(visit.language, request),
        note=_("The group and the other districts that are asked can read it."),
        fields=(
            text_field(
                visit.language,
                _("Short, and nothing about individuals."),
                request.answer.text if request.answer else "",
                required=True,
            ),
        ),
        state=str(request.id),
    )


def given(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves the input; an earlier one stays in the history."""
    request = _request(visit, form.state, locked=True)
    text = str(form.values.get("text") or "").strip()
    if not text:
        empty = "Write something, or press “Nothing to add”."
        return FieldErrors(errors={"text": visit.language._(empty)})
    if errors := text_errors(visit.language, text):
        return FieldErrors(errors=errors)
    return _saved(visit, request, text)


def nothing(visit: Visit, press: ButtonPressed) -> Message:
    """Notes that the district has nothing to add; what was written is first asked about."""
    number, _mark, meant = press.value.partition("|")
    request = _request(visit, number, locked=True)
    return _sure(visit, request, meant) or _saved(visit, request, "")


def beforehand(visit: Visit, press: ButtonPressed) -> Message | None:
    """What is told instead where there is input already; a round that is over is refused."""
    number, _mark, meant = press.value.partition("|")
    return _sure(visit, _request(visit, number), meant)


def _sure(visit: Visit, request: InputRequest, meant: str) -> Message | None:
    """That there is input already, which a press in an older message must not wipe out."""
    text = request.answer.text if request.answer is not None else ""
    if not text or meant == TAKE_BACK:
        return None
    _ = visit.language._
    number = str(request.id)
    said = _("You have given input from {district}. It stands.", district=request.district.name)
    back = Button(
        label=_("Take it back: nothing to add"),
        action="input.nothing",
        value=f"{number}|{TAKE_BACK}",
    )
    change = Button(label=_("Change"), action="input.give", value=number)
    parts = (Text(text=said), Quote(text=text), Actions(buttons=(change, back)))
    return Message(summary=said, parts=parts)


def _saved(visit: Visit, request: InputRequest, text: str) -> Message:
    row = give(visit.session, request, visit.person, text, visit.at)
    row.source = row.source or visit.platform
    visit.remember(f"input:{row.id}")
    return _thanked(visit, row)


def recall(visit: Visit, key: str) -> Message:
    """The thanks, for the same event a second time."""
    return _thanked(visit, visit.session.get_one(InputAnswer, int(key)))


def _thanked(visit: Visit, row: InputAnswer) -> Message:
    _ = visit.language._
    request = row.request
    district, group = request.district.name, request.round.meeting.group.name
    said = (
        _("Thank you! The input from {district} goes to {group}.", district=district, group=group)
        if row.text
        else _("Noted: {district} has nothing to add.", district=district)
    )
    until = visit.language.moment(request.round.due_at)
    change = Button(label=_("Change"), action="input.give", value=str(request.id))
    see = Button(
        label=_("What others say"), action="input.show", value=str(request.round.meeting_id)
    )
    return Message(
        summary=said,
        parts=(
            Text(text=said),
            *([Quote(text=row.text)] if row.text else []),
            Note(text=_("You can change it until {moment}.", moment=until)),
            Actions(buttons=(change, see)),
        ),
        replaces=True,
    )


def _request(visit: Visit, number: str, *, locked: bool = False) -> InputRequest:
    """What the asker is asked for and may still answer."""
    visit.demand_member()
    visit.demand(Action.SEE_MEETINGS)
    query = select(InputRequest).where(InputRequest.id == (whole(number) or 0))
    request = visit.session.scalars(
        query.with_for_update(of=InputRequest) if locked else query
    ).first()
    _ = visit.language._
    if request is None:
        raise NotFound(_("This question is not there any more."))
    if request.person_id != visit.person.id:
        raise NotAllowed(
            _("Somebody else is asked for {district}.", district=request.district.name)
        )
    if request.round.meeting.cancelled:
        raise Refusal(_("The meeting is cancelled, so no answer is needed."))
    if request.round.due_at <= visit.at:
        closed = visit.language.moment(request.round.due_at)
        raise Refusal(_("The answers were closed {moment}. Tell the secretary.", moment=closed))
    return request
