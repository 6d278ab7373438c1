"""Inspel as something that a member is asked, and the collected picture when a round closes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion, sent
from bot.occasions.telling import queue_to
from digests.asking import Asking, Round, may_be_told
from handlers.inputs.words import collected, counted, invitation_parts
from handlers.meetings.roll import span
from handlers.seats.telling import speech
from models.delivery.outbox import Occurrence
from models.delivery.outgoing import Errand
from models.groups import SeatRole
from models.language import Language
from models.meetings.inputs import InputRequest, InputRound, waiting_for
from models.meetings.meeting import Meeting
from models.message import Actions, Button, Heading, Message, Note, Text
from models.people.organisations import OrganisationKind, Person
from models.schedule import local_day, next_daytime
from models.seats.holders import holder_on, seats_of_group


def input_askings(session: Session, asked: Round) -> Sequence[Asking]:
    """The requests that wait for a member's answer: the question, then one reminder."""
    people = {person.id: person for person in asked.people}
    found = []
    for request in waiting_for(session, list(people), asked.at):
        assert request.person_id is not None, "it waits for one of the people"
        found.append(_asking(people[request.person_id], request, asked))
        request.times_asked += 1
    return found


def _asking(person: Person, request: InputRequest, asked: Round) -> Asking:
    language = asked.speech(person)
    parts = invitation_parts(language, request)
    if request.times_asked:
        reminder = language._("A reminder, since you have not answered yet.")
        parts.insert(0, Note(text=reminder))
    topic = language._("input to {group}", group=request.round.meeting.group.name)
    return Asking(person.id, topic, tuple(parts), request.round.due_at)


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The rounds that have closed and whose picture was not handed over yet."""
    rounds = session.scalars(
        select(InputRound)
        .join(InputRound.meeting)
        .where(InputRound.due_at <= now, InputRound.due_at > began, Meeting.starts_at > now)
        .where(Meeting.cancelled.is_(False))
        .order_by(InputRound.due_at, InputRound.id)
    ).all()
    names = [_name(each) for each in rounds]
    done = set(session.scalars(select(Occurrence.schedule).where(Occurrence.schedule.in_(names))))
    for each in rounds:
        at = next_daytime(each.due_at, each.meeting.group.zone)
        if _name(each) not in done and at <= now < each.meeting.starts_at:
            yield Occasion(_name(each), local_day(each.due_at), now, hand_over, each.id)


def _name(around: InputRound) -> str:
    return f"inputs:{around.id}"


def hand_over(session: Session, occasion: Occasion) -> str:
    """The collected picture to those who carry it into the meeting; of use as long as it lasts."""
    around = session.get_one(InputRound, occasion.subject)
    on = local_day(occasion.at)
    told = 0
    for person in _carriers(session, around):
        if may_be_told(person, on):
            message = _picture(session, around, speech(person), occasion.at)
            key, until = f"{occasion.schedule}:{person.id}", around.meeting.ends_at
            errand = Errand("meeting", key, occasion.at, person.id, useful_until=until)
            told += queue_to(session, person, message, errand)
    return sent(told)


def _carriers(session: Session, around: InputRound) -> list[Person]:
    """The group's chairs and secretary, and whoever sits there for a district administration."""
    group = around.meeting.group
    day = local_day(around.meeting.starts_at, group.zone)
    leading = (SeatRole.CHAIR, SeatRole.SECRETARY)
    found = {
        person.id: person
        for seat in seats_of_group(session, group, day)
        if (person := holder_on(seat, day))
        and (
            seat.role in leading
            or seat.organisation.kind is OrganisationKind.DISTRICT_ADMINISTRATION
        )
    }
    return list(found.values())


def _picture(session: Session, around: InputRound, language: Language, at: datetime) -> Message:
    meeting = around.meeting
    heading = language._("Input to {group}", group=meeting.group.name)
    lead = f"{span(language, meeting)}. {counted(session, language, around)}"
    show = Button(label=language._("Show"), action="input.show", value=str(meeting.id))
    return Message(
        summary=f"{heading}. {lead}"[:1000],
        parts=(
            Heading(text=heading[:150]),
            Text(text=lead),
            collected(session, language, around, at),
            Actions(buttons=(show,)),
        ),
    )
