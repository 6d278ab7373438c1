"""Inspel: what each district wants brought to a meeting, and what became of it.

Before a meeting somebody of each district concerned is asked; the answers are append-only, the
latest of a district holds, and after the meeting each is told what became of what they gave.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from models.agreements import Level
from models.audit import record
from models.base import Base, held_on
from models.groups import Group, GroupKind, Seat, SeatRole
from models.meetings.meeting import Meeting
from models.meetings.usefulness import close_earlier
from models.people.addresses import person_address
from models.people.organisations import Party, Person
from models.places.place import District
from models.representation.involvement import degrees, is_told
from models.schedule import instant, local_day, working_days_before
from models.seats.holders import holder_on, seats_of_group


class InputRound(Base):
    """One asking of the districts before a meeting, open until `due_at`; one for each meeting."""

    __tablename__ = "input_round"
    __table_args__ = (UniqueConstraint("meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    opened_at: Mapped[datetime] = mapped_column()
    due_at: Mapped[datetime] = mapped_column()
    about: Mapped[str] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship()
    requests: Mapped[list[InputRequest]] = relationship(
        back_populates="round", order_by="InputRequest.id"
    )


class InputRequest(Base):
    """What a district is asked, and whom; without a person there is nobody to ask there."""

    __tablename__ = "input_request"
    __table_args__ = (UniqueConstraint("round_id", "district_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("input_round.id"))
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None, index=True)
    times_asked: Mapped[int] = mapped_column(default=0)

    round: Mapped[InputRound] = relationship(back_populates="requests")
    district: Mapped[District] = relationship()
    person: Mapped[Person | None] = relationship()
    answers: Mapped[list[InputAnswer]] = relationship(
        back_populates="request", order_by="InputAnswer.id"
    )
    outcomes: Mapped[list[InputOutcome]] = relationship(
        back_populates="request", order_by="InputOutcome.id"
    )

    @property
    def answer(self) -> InputAnswer | None:
        """The answer that holds: the latest."""
        return self.answers[-1] if self.answers else None

    @property
    def outcome(self) -> InputOutcome | None:
        """What became of it, as said last."""
        return self.outcomes[-1] if self.outcomes else None


class InputAnswer(Base):
    """What a district gave; an empty text is nothing to add. Append-only.

    `source` is the platform that it came through.
    """

    __tablename__ = "input_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("input_request.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    source: Mapped[str] = mapped_column(default="", server_default="")

    request: Mapped[InputRequest] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship()

    @property
    def is_noted(self) -> bool:
        """Whether somebody else has written it down for the one who was asked."""
        return self.person_id != self.request.person_id

    @property
    def giver(self) -> Person | None:
        """Who gave it; None where it was noted of a district in which nobody was asked."""
        return self.request.person if self.is_noted else self.person


class InputOutcome(Base):
    """What became of a district's input after the meeting; append-only."""

    __tablename__ = "input_outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("input_request.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()

    request: Mapped[InputRequest] = relationship(back_populates="outcomes")


class InputState(StrEnum):
    """Where a district stands.

    GIVEN said something. NOTHING has nothing to add. SILENT was asked and has not answered, or
    is still to be asked. UNREACHED has nobody whom the bot can reach, or may ask any more.
    """

    GIVEN = "given"
    NOTHING = "nothing"
    SILENT = "silent"
    UNREACHED = "unreached"


@dataclass(frozen=True)
class Opening:
    """Who opens a round when, until when it is open, and what it asks about beyond the agenda."""

    person: Person
    at: datetime
    due_at: datetime
    about: str = ""


def districts_asked(session: Session, group: Group, on: date) -> list[District]:
    """The districts that a group's meeting concerns: its own, or all that its area is told to."""
    if group.district is not None:
        return [group.district]
    query = select(District).where(held_on(District, on)).order_by(District.name)
    every = list(session.scalars(query))
    if group.level is not Level.CENTRAL or not group.area:
        return every
    placed = degrees(session, group.area, on)
    return [each for each in every if is_told(placed.get(each.id))]


def spokesperson(session: Session, district: District, on: date) -> Person | None:
    """Who is asked for a district: the city's chair of its steering group, else its secretary."""
    group = session.scalars(
        select(Group).where(
            Group.district_id == district.id,
            Group.kind == GroupKind.STEERING,
            held_on(Group, on),
        )
    ).first()
    if group is None:
        return None
    held = [
        (seat, person)
        for seat in seats_of_group(session, group, on)
        if seat.organisation.party is Party.CITY and (person := holder_on(seat, on))
    ]
    ranked = sorted((pair for pair in held if pair[0].role in _ORDER), key=_rank)
    return ranked[0][1] if ranked else None


_ORDER = (SeatRole.CHAIR, SeatRole.SECRETARY, SeatRole.MEMBER)


def _rank(pair: tuple[Seat, Person]) -> tuple[int, str]:
    return _ORDER.index(pair[0].role), pair[0].code


def round_of(session: Session, meeting: Meeting) -> InputRound | None:
    """The round before a meeting, with its answers; None where nobody has been asked."""
    query = select(InputRound).where(InputRound.meeting_id == meeting.id).options(*_whole())
    return session.scalars(query).first()


def _whole() -> tuple[ORMOption, ...]:
    """All that is shown of rounds, in as many queries however many districts there are."""
    requests = selectinload(InputRound.requests)
    return (
        requests.joinedload(InputRequest.district),
        requests.joinedload(InputRequest.person).joinedload(Person.organisation),
        requests.selectinload(InputRequest.answers).joinedload(InputAnswer.person),
        requests.selectinload(InputRequest.outcomes),
    )


SETTLED_WITHIN = timedelta(days=60)
"""So long after its meeting a round waits for what became of it."""


def rounds_in_hand(session: Session, groups: Collection[int], at: datetime) -> list[InputRound]:
    """The rounds that those who lead some groups have in hand, the earliest meeting first.

    They are the rounds before meetings to come, and after a meeting those where something was
    given and nobody has said yet what became of it.
    """
    query = (
        select(InputRound)
        .join(InputRound.meeting)
        .where(Meeting.group_id.in_(groups), Meeting.cancelled.is_(False))
        .where(Meeting.starts_at > at - SETTLED_WITHIN)
        .options(joinedload(InputRound.meeting).joinedload(Meeting.group), *_whole())
        .order_by(Meeting.starts_at)
    )
    return [
        each
        for each in session.scalars(query)
        if each.meeting.starts_at > at or any(map(_waits, each.requests))
    ]


def _waits(request: InputRequest) -> bool:
    return bool(request.answer and request.answer.text and not request.outcome)


CLOSES = time(16, 0)
"""The local hour until which input is taken on its last day."""


def closing(meeting: Meeting, day: date) -> datetime:
    """The moment at which a round closes whose last day is given."""
    return instant(day, CLOSES, meeting.group.zone)


def keep_round_before(session: Session, meeting: Meeting, at: datetime) -> None:
    """Lets the round of a meeting that was moved forward close before it: the working day before.

    Where that has passed it closes now, so that what was given is still handed over.
    """
    around = round_of(session, meeting)
    if around is None or around.due_at < meeting.starts_at:
        return
    day, was = local_day(meeting.starts_at, meeting.group.zone), around.due_at
    around.due_at = max(closing(meeting, working_days_before(day, 1)), at)
    session.flush()
    people = [each.person_id for each in around.requests if each.person_id is not None]
    close_earlier(session, people, was, around.due_at)


def open_round(session: Session, meeting: Meeting, opening: Opening, on: date) -> InputRound:
    """Opens the round before a meeting; the one that is open already stays as it is."""
    standing = round_of(session, meeting)
    if standing is not None:
        return standing
    made = InputRound(
        meeting=meeting,
        opened_by_id=opening.person.id,
        opened_at=opening.at,
        due_at=opening.due_at,
        about=opening.about,
    )
    for district in districts_asked(session, meeting.group, on):
        person = spokesperson(session, district, on)
        made.requests.append(InputRequest(district=district, person=person))
    session.add(made)
    session.flush()
    record(session, opening.person, "open_inputs", f"meeting:{meeting.id}", opening.at)
    return made


def give(
    session: Session, request: InputRequest, person: Person, text: str, at: datetime
) -> InputAnswer:
    """Writes down what a district gives; the same again is the one that stands."""
    if request.answer is not None and request.answer.text == text:
        return request.answer
    row = InputAnswer(request=request, person=person, text=text, at=at)
    session.add(row)
    session.flush()
    record(session, person, "give_input", f"input_request:{request.id}", at)
    return row


def settle(
    session: Session, request: InputRequest, person: Person, text: str, at: datetime
) -> InputOutcome:
    """Writes down what became of a district's input."""
    row = InputOutcome(request=request, person_id=person.id, text=text, at=at)
    session.add(row)
    session.flush()
    record(session, person, "settle_input", f"input_request:{request.id}", at)
    return row


def state_of(session: Session, request: InputRequest) -> InputState:
    """Where a district stands in a round."""
    if request.answer is not None:
        return InputState.GIVEN if request.answer.text else InputState.NOTHING
    person = request.person
    if person is None or person_address(session, person) is None:
        return InputState.UNREACHED
    return InputState.UNREACHED if _is_never_asked(request, person) else InputState.SILENT


def _is_never_asked(request: InputRequest, person: Person) -> bool:
    """Whether nobody asked yet, nor will before the meeting: the person has paused, or left."""
    meeting = request.round.meeting
    day = local_day(meeting.starts_at, meeting.group.zone)
    is_paused = person.paused_until is not None and day < person.paused_until
    return request.times_asked == 0 and (is_paused or not person.is_active(day))


MOST_TIMES = 2
"""The request and one reminder."""


def waiting_for(session: Session, people: Sequence[int], at: datetime) -> list[InputRequest]:
    """What still waits for these people's answer, the earliest first; who was reminded is left."""
    query = (
        select(InputRequest)
        .join(InputRequest.round)
        .join(InputRound.meeting)
        .where(
            InputRequest.person_id.in_(people),
            InputRequest.times_asked < MOST_TIMES,
            ~InputRequest.answers.any(),
            InputRound.due_at > at,
            Meeting.cancelled.is_(False),
        )
        .options(joinedload(InputRequest.round).joinedload(InputRound.meeting))
        .order_by(InputRound.due_at, InputRequest.id)
    )
    return list(session.scalars(query))
