"""Requests for a seat on demand: both parties' chairs approve before it exists (rule R6).

waiting ──yes──▶ waiting ──the other's yes──▶ approved (the seat exists)
   ├──a no from either──▶ declined
   ├──taken back by whoever asked──▶ withdrawn
   └──its last day has passed──▶ lapsed
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship, selectinload

from models.audit import record
from models.base import Base, enum_column
from models.chain.party_voices import PARTIES, PartyVoice, Voices, voices_in, voices_of
from models.groups import Group, Seat, SeatBasis, SeatRole
from models.people.organisations import DisplayPolicy, Organisation, Party, Person
from models.schedule import local_day, working_days_after
from models.seats.changes import ChangeKind, Ledger, next_position
from models.seats.holders import seats_ever

MOST_YEARS = 2
"""How long a seat on demand may be asked for."""


class RequestState(StrEnum):
    """Where a request for a seat stands.

    WAITING for one or both parties' chairs. APPROVED by both: the seat exists. DECLINED by one.
    WITHDRAWN by whoever asked. LAPSED: its last day came before both had answered.
    """

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class SeatRequest(Base):
    """A wish that an organisation joins a group when needed, until an end date."""

    __tablename__ = "seat_request"
    __table_args__ = (CheckConstraint("valid_until > valid_from", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    reason: Mapped[str] = mapped_column()
    valid_from: Mapped[date] = mapped_column()
    valid_until: Mapped[date] = mapped_column()
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column()
    state: Mapped[RequestState] = mapped_column(
        enum_column(RequestState), default=RequestState.WAITING
    )
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"), default=None)

    group: Mapped[Group] = relationship()
    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    seat: Mapped[Seat | None] = relationship()
    verdicts: Mapped[list[SeatVerdict]] = relationship(order_by="SeatVerdict.id")


class SeatVerdict(Base):
    """One party's word on a request: a chair's yes or no; append-only, one for each party."""

    __tablename__ = "seat_verdict"
    __table_args__ = (UniqueConstraint("request_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("seat_request.id"), index=True)
    party: Mapped[Party] = mapped_column(enum_column(Party))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approves: Mapped[bool] = mapped_column()
    comment: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column()

    person: Mapped[Person] = relationship()


class Hindrance(StrEnum):
    """Why somebody's answer to a request does not count.

    NOT_WAITING: it is settled already. ANSWERED: their party has answered. NOT_A_CHAIR: they do
    not speak for the party on this day. SEATED: the organisation has got a seat meanwhile.
    NO_GROUP: the group ends before the seat would begin.
    """

    NOT_WAITING = "not_waiting"
    ANSWERED = "answered"
    NOT_A_CHAIR = "not_a_chair"
    SEATED = "seated"
    NO_GROUP = "no_group"


@dataclass(frozen=True)
class Wanted:
    """A seat that is wanted: who in which group, why, and in which days `[first, until)`."""

    group: Group
    organisation: Organisation
    person: Person | None
    reason: str
    first: date
    until: date


@dataclass(frozen=True)
class Answer:
    """What somebody answers for a party."""

    party: Party
    person: Person
    approves: bool
    comment: str = ""


def state_on(request: SeatRequest, on: date) -> RequestState:
    """Where a request stands on a day, also before anybody has written down that it lapsed."""
    if request.state is RequestState.WAITING and request.valid_until <= on:
        return RequestState.LAPSED
    return request.state


def verdict_of(request: SeatRequest, party: Party) -> SeatVerdict | None:
    """What a party has answered, if it has."""
    return next((each for each in request.verdicts if each.party is party), None)


def silent_parties(request: SeatRequest) -> tuple[Party, ...]:
    """The parties that have not answered."""
    return tuple(party for party in PARTIES if verdict_of(request, party) is None)


def outcome(verdicts: Iterable[SeatVerdict]) -> RequestState:
    """What the parties' answers make of a request: one no is enough, and both must say yes."""
    answers = {each.party: each.approves for each in verdicts}
    if not all(answers.values()):
        return RequestState.DECLINED
    return RequestState.APPROVED if set(answers) >= set(PARTIES) else RequestState.WAITING


def hindrance(request: SeatRequest, answer: Answer, voices: Voices, on: date) -> Hindrance | None:
    """Why an answer would not count on a day, or nothing when it does."""
    if verdict_of(request, answer.party) is not None:
        return Hindrance.ANSWERED
    if state_on(request, on) is not RequestState.WAITING:
        return Hindrance.NOT_WAITING
    return None if voices[answer.party].includes(answer.person) else Hindrance.NOT_A_CHAIR


def seat_meanwhile(session: Session, wanted: Wanted) -> Seat | None:
    """A seat that the organisation has in the group on any of the days; a deputy's is none."""
    query = seats_ever().where(
        Seat.group_id == wanted.group.id,
        Seat.organisation_id == wanted.organisation.id,
        Seat.role != SeatRole.DEPUTY,
        Seat.valid_from < wanted.until,
    )
    seats = session.scalars(query.order_by(Seat.valid_from, Seat.code)).unique()
    return next((s for s in seats if s.valid_until is None or s.valid_until > wanted.first), None)


def same_request(session: Session, wanted: Wanted, on: date) -> SeatRequest | None:
    """A request for the same organisation in the same group that still waits, if there is one."""
    query = _requests().where(
        SeatRequest.state == RequestState.WAITING,
        SeatRequest.group_id == wanted.group.id,
        SeatRequest.organisation_id == wanted.organisation.id,
        SeatRequest.valid_from < wanted.until,
        SeatRequest.valid_until > max(wanted.first, on),
    )
    return session.scalars(query).first()


def hold_group(session: Session, group: Group) -> None:
    """Lets nobody else ask for a seat in the group until this transaction has ended."""
    session.execute(select(Group.id).where(Group.id == group.id).with_for_update())


def ask(session: Session, wanted: Wanted, by: Person, at: datetime) -> SeatRequest:
    """Writes a request down; whoever asks and speaks for a party has said its yes with it."""
    request = SeatRequest(
        group_id=wanted.group.id,
        organisation_id=wanted.organisation.id,
        person_id=wanted.person.id if wanted.person else None,
        reason=wanted.reason,
        valid_from=wanted.first,
        valid_until=wanted.until,
        asked_by_id=by.id,
        asked_at=at,
    )
    session.add(request)
    session.flush()
    record(session, by, "seat_request", f"group:{wanted.group.code}", at, request=request.id)
    voices = voices_of(session, wanted.group, local_day(at))
    own = [party for party in PARTIES if _is_chair(voices[party], by)]
    for party in own[:1]:
        _write(session, request, Answer(party, by, approves=True), at)
    return request


def held_request(session: Session, key: int) -> SeatRequest | None:
    """A request by its id, which nobody else can answer until this transaction has ended."""
    query = select(SeatRequest).where(SeatRequest.id == key).with_for_update()
    return session.scalars(query, execution_options={"populate_existing": True}).first()


def give_verdict(
    session: Session, request: SeatRequest, answer: Answer, at: datetime, on: date
) -> Hindrance | None:
    """Writes a party's answer to a request that is held, and opens the seat at the second yes.

    Who may answer is decided now, not when the request was made. Says why when it does not count.
    """
    hindered = hindrance(request, answer, voices_of(session, request.group, on), on)
    if hindered is None and answer.approves:
        hindered = _overtaken(session, request, on)
    if hindered is not None:
        return hindered
    _write(session, request, answer, at)
    request.state = outcome(request.verdicts)
    if request.state is RequestState.APPROVED:
        request.seat = _opened(session, request, answer.person, at, on)
    session.flush()
    return None


def withdraw(session: Session, request: SeatRequest, by: Person, at: datetime, on: date) -> bool:
    """Takes a request back that is held; says whether it still waited."""
    if state_on(request, on) is not RequestState.WAITING:
        return False
    request.state = RequestState.WITHDRAWN
    subject = f"group:{request.group.code}"
    record(session, by, "seat_request_withdrawn", subject, at, request=request.id)
    return True


def lapse_due(session: Session, on: date, at: datetime) -> list[SeatRequest]:
    """Lets the requests lapse whose last day has passed unanswered; returns them."""
    due = session.scalars(
        select(SeatRequest)
        .where(SeatRequest.state == RequestState.WAITING, SeatRequest.valid_until <= on)
        .order_by(SeatRequest.id)
        .with_for_update()
    ).all()
    for request in due:
        request.state = RequestState.LAPSED
        subject = f"group:{request.group.code}"
        record(session, None, "seat_request_lapsed", subject, at, request=request.id)
    return list(due)


def waiting(session: Session, on: date) -> list[SeatRequest]:
    """The requests that wait for an answer on a day, the oldest first."""
    query = _requests().where(
        SeatRequest.state == RequestState.WAITING, SeatRequest.valid_until > on
    )
    return list(session.scalars(query.order_by(SeatRequest.id)).unique())


def waiting_for(session: Session, person: Person, on: date) -> list[tuple[SeatRequest, Party]]:
    """The requests that wait for a person's answer, each with the party they would speak for."""
    requests = waiting(session, on)
    voices = voices_in(session, [request.group_id for request in requests], on)
    return [
        (request, party)
        for request in requests
        for party in silent_parties(request)
        if voices[request.group_id][party].includes(person)
    ]


def unanswered(session: Session, on: date, after_days: int = 5) -> list[SeatRequest]:
    """The requests that have waited for so many working days or more."""
    return [
        request
        for request in waiting(session, on)
        if working_days_after(local_day(request.asked_at), after_days) <= on
    ]


def _requests() -> Select[SeatRequest]:
    return select(SeatRequest).options(
        joinedload(SeatRequest.group),
        joinedload(SeatRequest.organisation),
        joinedload(SeatRequest.person).joinedload(Person.organisation),
        joinedload(SeatRequest.asked_by).joinedload(Person.organisation),
        selectinload(SeatRequest.verdicts),
    )


def _is_chair(voice: PartyVoice, person: Person) -> bool:
    return not voice.chair_is_missing and voice.includes(person)


def _write(session: Session, request: SeatRequest, answer: Answer, at: datetime) -> None:
    verdict = SeatVerdict(
        request_id=request.id,
        party=answer.party,
        person_id=answer.person.id,
        person=answer.person,
        approves=answer.approves,
        comment=answer.comment,
        at=at,
    )
    request.verdicts.append(verdict)
    session.flush()
    said = {"request": request.id, "party": answer.party.value, "approves": answer.approves}
    record(session, answer.person, "seat_verdict", f"group:{request.group.code}", at, **said)


def _days(request: SeatRequest, on: date) -> tuple[date, date]:
    """The days that are left of a request, `[first, until)`, within the group's own."""
    ends = request.group.valid_until
    until = request.valid_until if ends is None else min(request.valid_until, ends)
    return max(request.valid_from, on), until


def _overtaken(session: Session, request: SeatRequest, on: date) -> Hindrance | None:
    """What has come between a request and its seat: the group's end, or another seat."""
    first, until = _days(request, on)
    if first >= until:
        return Hindrance.NO_GROUP
    wanted = Wanted(request.group, request.organisation, None, "", first, until)
    return Hindrance.SEATED if seat_meanwhile(session, wanted) else None


def _opened(session: Session, request: SeatRequest, by: Person, at: datetime, on: date) -> Seat:
    """The seat that was asked for; it never begins before both have said yes."""
    first, until = _days(request, on)
    ledger = Ledger.open(session, ChangeKind.CO_OPTED, request.group, by, at)
    return ledger.add(
        Seat(
            code="",
            position=_position(session, request, first),
            group_id=request.group_id,
            role=SeatRole.CO_OPTED,
            organisation_id=request.organisation_id,
            person_id=request.person_id,
            basis=SeatBasis.ON_DEMAND,
            reason=request.reason,
            approved_by="; ".join(_function(each.person) for each in request.verdicts),
            valid_from=first,
            valid_until=until,
        )
    )


def _position(session: Session, request: SeatRequest, first: date) -> str:
    """The position of the seat on demand that this one prolongs, else a new one."""
    query = seats_ever().where(
        Seat.group_id == request.group_id,
        Seat.organisation_id == request.organisation_id,
        Seat.basis == SeatBasis.ON_DEMAND,
        Seat.valid_until == first,
    )
    before = session.scalars(query).unique().first()
    return before.position if before else next_position(session, request.group)


def _function(person: Person) -> str:
    """In which function somebody approved: a name would stay readable after it is protected."""
    if person.title and person.display_policy is not DisplayPolicy.PROTECTED:
        return f"{person.title} ({person.organisation.name})"
    return person.organisation.name
