"""The people who ask for seats on demand and answer, and what they do, for the stories about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bot.console import as_text
from bot.timetable import tick
from models.delivery.outbox import Delivery
from models.groups import Group, Seat, SeatBasis
from models.message import Message
from models.people.organisations import Person
from models.seats.holders import seats_of_group
from models.seats.requests import SeatRequest
from tests.conversations.talk import Member, Talk, as_queued

HAMID = "hamid.rezvanian@skarholmen.stockholm.example"
JOHAN = "johan.bergendalh@skarholmen.stockholm.example"
ROBERT = "robert.hedqvister@polisen.example"
VERONICA = "veronica.angmarker@social.stockholm.example"
PETRA = "petra.akerblom@polisen.example"

LINE = "adjungera socialförvaltningen till Skärholmen styrgrupp"
REASON = "Programmet för avhoppare ska samordnas med insatserna på torget."
WISH = {"reason": REASON, "last": "2024-08-30"}


def met(talk: Talk, email: str) -> Member:
    """A member who has met the bot before."""
    member = talk.member(email)
    member.says("hjälp")
    return member


def asks(member: Member, line: str = LINE, **wish: str) -> str:
    """Opens the form with a line and sends it filled in."""
    member.says(line)
    return member.sends_form({**WISH, **wish})


def opens(member: Member) -> str:
    """Opens the request that waits in the member's home."""
    member.opens_home()
    return member.presses("Svara: Socialförvaltningen")


def told(talk: Talk, email: str) -> list[str]:
    """All direct messages to a member about seats, as texts, the oldest first."""
    with talk.database.read() as session:
        person = session.scalars(select(Person).where(Person.email == email)).one()
        rows = session.scalars(
            select(Delivery)
            .where(Delivery.person_id == person.id, Delivery.purpose == "seat")
            .order_by(Delivery.due_at, as_queued(session))
        )
        return [as_text(Message.model_validate(row.message)) for row in rows]


def on_demand(talk: Talk, on: date, code: str = "SKH-STYR") -> list[Seat]:
    """The group's seats on demand on a day."""
    with talk.database.read() as session:
        group = session.scalars(select(Group).where(Group.code == code)).one()
        seats = seats_of_group(session, group, on)
        return [seat for seat in seats if seat.basis is SeatBasis.ON_DEMAND]


def requests(talk: Talk) -> list[SeatRequest]:
    """All requests, each with its verdicts."""
    query = select(SeatRequest).options(selectinload(SeatRequest.verdicts))
    with talk.database.read() as session:
        return list(session.scalars(query.order_by(SeatRequest.id)))


def morning(talk: Talk, year: int, month: int, day: int) -> None:
    """Moves the clock to eight o'clock on a day, and lets the timetable do what is due."""
    local = datetime.combine(date(year, month, day), time(8), ZoneInfo("Europe/Stockholm"))
    talk.at = local.astimezone(UTC)
    tick(talk.database, talk.at)
