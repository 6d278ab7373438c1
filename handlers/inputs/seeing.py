"""Who reads what districts have given to a meeting, and the way there from the meeting's card."""

from __future__ import annotations

from sqlalchemy import select

from handlers.meetings.roll import INSIDE
from handlers.visit import Visit
from models.meetings.inputs import InputRequest, InputRound
from models.meetings.meeting import Meeting
from models.message import Button
from models.rights import Action, may


def may_see(visit: Visit, around: InputRound) -> bool:
    """Whether the asker sits in the group, leads it, or is among those who are asked."""
    if visit.asker is None or visit.roles(group_id=around.meeting.group_id) & INSIDE:
        return True
    asked = select(InputRequest.id).where(
        InputRequest.round_id == around.id, InputRequest.person_id == visit.asker.id
    )
    return visit.session.scalars(asked).first() is not None


def input_buttons(visit: Visit, meeting: Meeting) -> tuple[Button, ...]:
    """To what was given where districts were asked; else, before a meeting, to asking them."""
    _ = visit.language._
    number = str(meeting.id)
    query = select(InputRound).where(InputRound.meeting_id == meeting.id)
    around = visit.session.scalars(query).first()
    if around is not None:
        see = Button(label=_("Input to the meeting"), action="input.show", value=number)
        return (see,) if may_see(visit, around) else ()
    is_over = meeting.cancelled or meeting.starts_at <= visit.at
    if is_over or not may(visit.roles(group_id=meeting.group_id), Action.CHANGE_MEETINGS):
        return ()
    return (Button(label=_("Ask for input"), action="input.open", value=number),)
