"""Who is called to a meeting, and what they have answered: they come, a deputy comes, or nobody.

Answers are append-only; the latest of a person holds. An answer is given for a time: when the
meeting moves, it is kept and holds no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, enum_column
from models.groups import Seat, SeatRole
from models.meetings.meeting import Meeting
from models.people.organisations import Person
from models.schedule import local_day
from models.seats.holders import holder_on, seats_of_group


class Attending(StrEnum):
    """What a member answers: COMING, DEPUTY comes in their place, or ABSENT and nobody comes."""

    COMING = "coming"
    DEPUTY = "deputy"
    ABSENT = "absent"


class MeetingAnswer(Base):
    """One answer to a call; `starts_at` is the time it was given for, `by` who wrote it down.

    `source` is the platform that it came through.
    """

    __tablename__ = "meeting_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    answer: Mapped[Attending] = mapped_column(enum_column(Attending))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    starts_at: Mapped[datetime] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    source: Mapped[str] = mapped_column(default="", server_default="")

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])


@dataclass(frozen=True)
class Roll:
    """Who comes to a meeting: the called in the order of their seats, each with their answer.

    `answers` holds those of deputies, too, who are not called themselves.
    """

    called: tuple[Person, ...]
    answers: Mapping[int, MeetingAnswer]

    def of(self, person: Person) -> Attending | None:
        """What a person has answered for this time; None where nothing.

        Nobody comes for who sends a deputy that then cannot come either.
        """
        found = self.answers.get(person.id)
        if found is None:
            return None
        return Attending.ABSENT if self._is_let_down(found) else found.answer

    def _is_let_down(self, sent: MeetingAnswer) -> bool:
        """Whether the deputy whom an answer sends has said no since."""
        theirs = self.answers.get(sent.deputy_id) if sent.deputy_id else None
        return theirs is not None and theirs.answer is Attending.ABSENT and theirs.id > sent.id

    def those(self, answer: Attending | None) -> tuple[Person, ...]:
        """The called who have answered so; with None, those who have not."""
        return tuple(person for person in self.called if self.of(person) is answer)

    def stand_in(self, person: Person) -> Person | None:
        """The deputy who comes in a person's place."""
        found = self.answers.get(person.id)
        return found.deputy if found and self.of(person) is Attending.DEPUTY else None

    def may_answer(self, person: Person) -> bool:
        """Whether a person is called, or sent in somebody's place."""
        sent = {row.deputy_id for row in self.answers.values()}
        return person.id in sent or person.id in {each.id for each in self.called}


def roll(session: Session, meeting: Meeting, until: datetime | None = None) -> Roll:
    """Who is called to a meeting, and what they had answered until a moment, else until now."""
    day = local_day(meeting.starts_at, meeting.group.zone)
    return Roll(_called(session, meeting, day), _answers(session, meeting, until))


def _called(session: Session, meeting: Meeting, day: date) -> tuple[Person, ...]:
    """Those who hold seats on the day; a deputy is called only where a holder sends them."""
    found = {
        person.id: person
        for seat in seats_of_group(session, meeting.group, day)
        if seat.role is not SeatRole.DEPUTY and (person := holder_on(seat, day))
    }
    return tuple(found.values())


def _answers(
    session: Session, meeting: Meeting, until: datetime | None
) -> dict[int, MeetingAnswer]:
    query = select(MeetingAnswer).where(
        MeetingAnswer.meeting_id == meeting.id, MeetingAnswer.starts_at == meeting.starts_at
    )
    if until is not None:
        query = query.where(MeetingAnswer.at < until)
    return {row.person_id: row for row in session.scalars(query.order_by(MeetingAnswer.id))}


def deputies(session: Session, meeting: Meeting, person: Person) -> list[Person]:
    """Those who may come in a person's place: deputies of the seat, else of the organisation."""
    day = local_day(meeting.starts_at, meeting.group.zone)
    seats = seats_of_group(session, meeting.group, day)
    mine = [
        seat for seat in seats if seat.person_id == person.id and seat.role is not SeatRole.DEPUTY
    ]
    stand_by = [
        (seat, holder)
        for seat in seats
        if seat.role is SeatRole.DEPUTY and (holder := holder_on(seat, day))
    ]
    named = [holder for seat, holder in stand_by if _is_for(seat, mine)]
    spare = [
        holder
        for seat, holder in stand_by
        if seat.deputy_for is None and _shares_organisation(seat, mine)
    ]
    found = {each.id: each for each in (*named, *spare) if each.id != person.id}
    return list(found.values())


def _is_for(deputy: Seat, seats: Iterable[Seat]) -> bool:
    held = deputy.deputy_for
    return held is not None and held.position in {seat.position for seat in seats}


def _shares_organisation(deputy: Seat, seats: Iterable[Seat]) -> bool:
    return deputy.organisation_id in {seat.organisation_id for seat in seats}


@dataclass(frozen=True)
class Given:
    """An answer as it is given: what, who comes instead, who writes it down when, and where."""

    answer: Attending
    by: Person
    at: datetime
    deputy: Person | None = None
    source: str = ""


def answer(session: Session, meeting: Meeting, person: Person, given: Given) -> MeetingAnswer:
    """Writes an answer down; the same answer again is the one that stands."""
    standing = standing_answer(session, meeting, person)
    deputy_id = given.deputy.id if given.deputy else None
    if standing and (standing.answer, standing.deputy_id) == (given.answer, deputy_id):
        return standing
    row = MeetingAnswer(
        meeting_id=meeting.id,
        person_id=person.id,
        answer=given.answer,
        deputy_id=deputy_id,
        by_id=given.by.id,
        starts_at=meeting.starts_at,
        at=given.at,
        source=given.source,
    )
    session.add(row)
    session.flush()
    return row


def standing_answer(session: Session, meeting: Meeting, person: Person) -> MeetingAnswer | None:
    """What a person has answered for the time at which a meeting now stands."""
    return _answers(session, meeting, None).get(person.id)


def sent_by(session: Session, meeting: Meeting, deputy: Person) -> list[Person]:
    """Those in whose place a deputy is to come."""
    answers = _answers(session, meeting, None).values()
    return [row.person for row in answers if row.deputy_id == deputy.id]


def call_of(number: int, starts_at: datetime) -> str:
    """What a button that answers a call carries: the meeting, and the time it was shown with."""
    return f"{number}|{starts_at:%Y-%m-%dT%H:%M}"


def is_of_another_time(called: str, meeting: Meeting) -> bool:
    """Whether a button was shown with a time that the meeting does not have any more."""
    return "|" in called and called != call_of(meeting.id, meeting.starts_at)
