"""A small Farsta and a router of set answers, for tests that are about the page itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.drawing.studio import Studio
from bot.workspace.app import assemble
from bot.workspace.broadcast import Broadcaster
from bot.workspace.office import DemoControls, Office
from handlers import texts
from handlers.requests import AnyRequest, ButtonPressed, Command, FormSubmitted, OptionsAsked
from models.agreements import Level
from models.database import Database
from models.groups import Group, GroupKind, Seat, SeatRole
from models.language import Language
from models.meetings.meeting import Meeting
from models.message import Choice, Message, Reply, Text
from models.people.organisations import (
    DisplayPolicy,
    Organisation,
    OrganisationKind,
    Party,
    Person,
)
from models.places.place import District
from models.records import Post
from tests.bot.drawing.quick import quick_studio

NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
START = date(2023, 7, 1)
SECRET = b"a secret of the tests"
ORIGIN = "http://testserver"


@dataclass
class StillClock:
    """A clock that stands until it is moved."""

    at: datetime = NOW

    def now(self) -> datetime:
        """The time that was set last."""
        return self.at

    def move_to(self, at: datetime) -> None:
        """Sets the time."""
        self.at = at


@dataclass(frozen=True)
class SetAnswer:
    """What the router says, as the page reads it."""

    reply: Reply
    queued: bool = False
    refused: bool = False
    failed: bool = False


def told(text: str) -> Message:
    """A reply of one sentence."""
    return Message(summary=text, parts=(Text(text=text),))


@dataclass
class SetRouter:
    """Answers as the test says and keeps what it was asked."""

    answers: Callable[[AnyRequest], SetAnswer] = lambda request: SetAnswer(told(echo(request)))
    people: tuple[Choice, ...] = ()
    asked: list[AnyRequest | OptionsAsked] = field(default_factory=list)

    def answer(self, request: AnyRequest) -> SetAnswer:
        """The set answer."""
        self.asked.append(request)
        return self.answers(request)

    def options(self, request: OptionsAsked) -> tuple[Choice, ...]:
        """The people whose names hold what is typed."""
        self.asked.append(request)
        typed = request.typed.casefold()
        return tuple(choice for choice in self.people if typed in choice.label.casefold())

    def again(self, request: AnyRequest, _: Person) -> Reply:
        """The set answer."""
        return self.answers(request).reply

    def beforehand(self, _press: ButtonPressed, _person: Person) -> None:
        """Nothing: all can be done."""


def echo(request: AnyRequest) -> str:
    """A sentence that says what was asked."""
    if isinstance(request, Command):
        return f"You wrote: {request.line}"
    if isinstance(request, FormSubmitted):
        return f"You sent: {request.values}"
    return f"You did: {request.kind}"


@dataclass
class World:
    """The page with all that stands behind it, ready to be visited."""

    database: Database
    router: SetRouter = field(default_factory=SetRouter)
    clock: StillClock = field(default_factory=StillClock)
    broadcaster: Broadcaster = field(default_factory=Broadcaster)
    ticks: list[datetime] = field(default_factory=list)
    wakes: list[datetime] = field(default_factory=list)
    is_demo: bool = True
    studio: Studio = field(default_factory=quick_studio)

    def app(self) -> Starlette:
        """The page as an application."""
        return assemble(self.office())

    def office(self) -> Office:
        """What the page's parts share."""
        return Office(
            database=self.database,
            secret=SECRET,
            speech=speech,
            router=self.router,
            clock=self.clock,
            broadcaster=self.broadcaster,
            wake=lambda: self.wakes.append(self.clock.now()),
            demo=self.controls() if self.is_demo else None,
            studio=self.studio,
        )

    def controls(self) -> DemoControls:
        """The demo's clock, which notes when things fell due."""
        return DemoControls(self.clock.move_to, lambda: self.ticks.append(self.clock.now()))

    def person(self, name: str) -> Person:
        """Somebody of this world."""
        with self.database.read() as session:
            found = session.scalars(select(Person).where(Person.name == name)).one()
            assert found.organisation.name
            return found

    @contextmanager
    def visited_by(self, name: str) -> Iterator[TestClient]:
        """A browser in which somebody has signed in."""
        with browser(self.app()) as client:
            answer = client.post("/demo/person", data={"person": str(self.person(name).id)})
            assert answer.status_code == 200
            yield client


@contextmanager
def browser(app: Starlette) -> Iterator[TestClient]:
    """A client that says where its requests come from, as browsers do."""
    with TestClient(app, headers={"Origin": ORIGIN}) as client:
        yield client


def from_script(client: TestClient, path: str, **fields: str) -> dict[str, Any]:
    """The answer to a post as the page's own script makes it."""
    answer = client.post(path, data=fields, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def posts(database: Database) -> list[Post]:
    """Everything that has been said in any conversation."""
    with database.read() as session:
        return list(session.scalars(select(Post).order_by(Post.id)))


def speech(person: Person | None) -> Language:
    """The language of a member, Swedish for others."""
    return texts.language(person.language if person else "sv")


def small_farsta(database: Database) -> None:
    """Farsta's steering and preparatory group with five members and two meetings."""
    with database.write() as session:
        _fill(session)


def _fill(session: Session) -> None:
    farsta = District(code="FAR", name="Farsta", valid_from=START)
    city = _organisation("FSDF", "Farsta stadsdelsförvaltning", Party.CITY)
    police = _organisation("LPOF", "LPO Farsta", Party.POLICE)
    maja = _person(
        "Maja Ekvall", "Trygghetssamordnare", city, "maja.ekvall@farsta.stockholm.example"
    )
    stina = _person(
        "Stina Hallgren", "Stadsdelsdirektör", city, "stina.hallgren@farsta.stockholm.example"
    )
    jonas = _person("Jonas Lindmark", "Kommunpolis", police, "jonas.lindmark@polisen.example", "en")
    petra = _person("Petra Åkerblom", "Chef LPO Farsta", police, "petra.akerblom@polisen.example")
    petra.display_policy = DisplayPolicy.FUNCTION_ONLY
    left = _person("Nils Avgången", "Utredare", city, "nils.avgangen@farsta.stockholm.example")
    left.left_on = date(2024, 6, 1)
    steering = _group("FAR-STYR", "Farsta lokala styrgrupp", GroupKind.STEERING, farsta)
    preparing = _group("FAR-BER", "Farsta lokala beredningsgrupp", GroupKind.PREPARATORY, farsta)
    seats = [
        (steering, SeatRole.CHAIR, stina),
        (steering, SeatRole.CHAIR, petra),
        (steering, SeatRole.SECRETARY, maja),
        (preparing, SeatRole.SECRETARY, maja),
        (preparing, SeatRole.MEMBER, jonas),
    ]
    session.add_all([farsta, city, police, maja, stina, jonas, petra, left, steering, preparing])
    session.add_all(
        _seat(number, group, role, person) for number, (group, role, person) in enumerate(seats, 1)
    )
    session.add_all(
        Meeting(
            group=preparing,
            starts_at=datetime(2024, 6, day, 11, tzinfo=UTC),
            ends_at=datetime(2024, 6, day, 13, tzinfo=UTC),
            cancelled=day == 12,
        )
        for day in (12, 18)
    )


def _organisation(code: str, name: str, party: Party) -> Organisation:
    kind = OrganisationKind.DISTRICT_ADMINISTRATION
    if party is Party.POLICE:
        kind = OrganisationKind.LOCAL_POLICE_AREA
    return Organisation(code=code, name=name, kind=kind, party=party, valid_from=START)


def _person(
    name: str, title: str, organisation: Organisation, email: str, language: str = "sv"
) -> Person:
    return Person(email=email, name=name, title=title, organisation=organisation, language=language)


def _group(code: str, name: str, kind: GroupKind, district: District) -> Group:
    return Group(
        code=code, name=name, kind=kind, level=Level.LOCAL, district=district, valid_from=START
    )


def _seat(number: int, group: Group, role: SeatRole, person: Person) -> Seat:
    return Seat(
        code=f"{group.code}-{number:02}",
        group=group,
        role=role,
        organisation=person.organisation,
        person=person,
        valid_from=START,
        recorded_at=NOW,
    )


def said(world: World) -> list[str]:
    """The lines and summaries of everything said after the greeting."""
    found = [post for post in posts(world.database) if post.delivery_id]
    return [_words(post) for post in found]


def _words(post: Post) -> str:
    return post.line or str((post.message or {})["summary"])
