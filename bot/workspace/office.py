"""What the page's parts share: the database, the router, the clock, and who is looking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.clock import Clock
from bot.drawing.studio import Studio
from bot.workspace import seals
from bot.workspace.broadcast import Broadcaster
from handlers.requests import AnyRequest, ButtonPressed, OptionsAsked
from models.database import THREADS, Database
from models.language import Language
from models.message import Choice, Reply
from models.people.merge import kept_of
from models.people.organisations import Person

COOKIE = "samverkan_session"

Asked = ParamSpec("Asked")
Got = TypeVar("Got")


class Answered(Protocol):
    """A reply and what the page must know of it, as the router says."""

    @property
    def reply(self) -> Reply: ...
    @property
    def queued(self) -> bool: ...
    @property
    def refused(self) -> bool: ...
    @property
    def failed(self) -> bool: ...


class Router(Protocol):
    """Answers requests, and finds members by part of a name."""

    def answer(self, request: AnyRequest) -> Answered:
        """The answer to a request."""
        ...

    def options(self, request: OptionsAsked) -> tuple[Choice, ...]:
        """The members that fit what is being typed."""
        ...

    def again(self, request: AnyRequest, person: Person) -> Reply | None:
        """What was answered to an event before; nothing where it is not known."""
        ...

    def beforehand(self, press: ButtonPressed, person: Person) -> Reply | None:
        """What a press would be told instead of being done; nothing where it would be done."""
        ...


CHARACTERS = (
    "maja.ekvall@farsta.stockholm.example",
    "stina.hallgren@farsta.stockholm.example",
    "jonas.lindmark@polisen.example",
    "petra.akerblom@polisen.example",
    "karim.haddad@trafik.stockholm.example",
    "eva.nordin@slk.stockholm.example",
    "rolf.sandin@slk.stockholm.example",
)
"""Whom the demo offers first, by e-mail."""


class SentLetter(Protocol):
    """A letter of the demo, in the list of them."""

    @property
    def id(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Letters(Protocol):
    """What the demo would have sent by e-mail."""

    def letters(self) -> Sequence[SentLetter]:
        """The last letters, the newest first."""
        ...

    def letter(self, delivery_id: str, /) -> tuple[SentLetter, str] | None:
        """One letter and its HTML."""
        ...


@dataclass(frozen=True)
class DemoControls:
    """What the demo adds: a clock that can be moved, doing what has fallen due, and its e-mail."""

    move_to: Callable[[datetime], None]
    tick: Callable[[], None]
    characters: tuple[str, ...] = CHARACTERS
    letters: Letters | None = None


@dataclass(frozen=True)
class Visitor:
    """A signed-in member at a moment: their language, the time and the day that is today."""

    person: Person
    language: Language
    at: datetime
    on: date
    seals: seals.Seals


@dataclass(frozen=True)
class Office:
    """Everything that the views need; `wake` tells the senders that something was queued."""

    database: Database
    secret: bytes
    speech: Callable[[Person | None], Language]
    router: Router
    clock: Clock
    broadcaster: Broadcaster
    wake: Callable[[], None]
    demo: DemoControls | None = None
    studio: Studio = field(default_factory=Studio)
    base_url: str = "http://127.0.0.1:8000"
    _threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(THREADS))

    async def run(
        self, work: Callable[Asked, Got], *arguments: Asked.args, **named: Asked.kwargs
    ) -> Got:
        """Does blocking work in one of as many threads as the database has connections for."""
        return await anyio.to_thread.run_sync(
            partial(work, *arguments, **named), limiter=self._threads
        )

    def visitor(self, request: Request) -> Visitor | None:
        """Who is looking, if they have signed in and still work here."""
        person_id = seals.session_person(self.secret, request.cookies.get(COOKIE, ""))
        if person_id is None:
            return None
        with self.database.read() as session:
            person = session.get(Person, person_id)
            person = kept_of(session, person) if person is not None else None
            # Reading the organisation here keeps it at hand after the session has closed.
            if person is None or not person.organisation.name:
                return None
        return self.as_visitor(person)

    def as_visitor(self, person: Person) -> Visitor | None:
        """A member at this moment; nobody if they have left."""
        language, at = self.speech(person), self.clock.now()
        on = language.local(at).date()
        if not person.is_active(on):
            return None
        return Visitor(person, language, at, on, seals.Seals(self.secret, person.id))

    async def member(self, request: Request) -> Visitor:
        """Who is looking; anyone else is shown the way in."""
        found = await self.run(self.visitor, request)
        if found is None:
            raise HTTPException(401)
        return found


def office(request: Request) -> Office:
    """The office of the page that a request came to."""
    found = request.app.state.office
    assert isinstance(found, Office)
    return found
