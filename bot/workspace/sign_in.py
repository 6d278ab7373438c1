"""The way in: a link that works once, or in the demo a free choice of who to be."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.workspace import conversations, seals
from bot.workspace.office import COOKIE, Office, office
from bot.workspace.page import draw
from bot.workspace.requests import one, posted
from handlers.whole import whole
from models.audit import record
from models.groups import SeatRole
from models.language import Language
from models.people.accounts import OneTimeKey
from models.people.organisations import Person
from models.seats.holders import seats_of_person
from models.wording import role_word

PURPOSE = "sign_in"
LINK_HOLDS = timedelta(days=1)
FOUND_AT_MOST = 30


def make_sign_in_link(
    session: Session, person: Person, at: datetime, secret: bytes, base_url: str
) -> str:
    """A link that signs a member in once, within a day; only a keyed hash of it is stored."""
    key = secrets.token_urlsafe(32)
    session.add(
        OneTimeKey(
            purpose=PURPOSE,
            digest=_digest(secret, key),
            person_id=person.id,
            ends_at=at + LINK_HOLDS,
        )
    )
    return f"{base_url.rstrip('/')}/sign-in/{key}"


def _digest(secret: bytes, key: str) -> str:
    return hmac.new(secret, f"{PURPOSE}:{key}".encode(), sha256).hexdigest()


def use_key(session: Session, key: str, at: datetime, secret: bytes) -> Person | None:
    """The member whose key this is, the first time and in time; nobody after that."""
    used = session.execute(
        update(OneTimeKey)
        .where(
            OneTimeKey.purpose == PURPOSE,
            OneTimeKey.digest == _digest(secret, key),
            OneTimeKey.used_at.is_(None),
            OneTimeKey.ends_at > at,
        )
        .values(used_at=at)
        .returning(OneTimeKey.person_id)
    ).scalar_one_or_none()
    return None if used is None else session.get(Person, used)


async def choose(request: Request) -> Response:
    """Who to be in the demo; elsewhere how to be let in."""
    here = office(request)
    language = here.speech(None)
    if here.demo is None:
        return HTMLResponse(draw("way_in.html", language=language, _=language._, key=""))
    sought = request.query_params.get("q", "")[:100]
    people = await here.run(_people, here, sought)
    return HTMLResponse(
        draw("choose.html", people=people, sought=sought, language=language, _=language._)
    )


@dataclass(frozen=True)
class Candidate:
    """Someone whom one can be in the demo."""

    id: int
    name: str
    title: str
    seats: tuple[str, ...]


def _people(here: Office, sought: str) -> list[Candidate]:
    """The main characters, or those whose name, title or workplace fits."""
    language = here.speech(None)
    on = language.local(here.clock.now()).date()
    words = sought.casefold().split()
    with here.database.read() as session:
        query = select(Person).options(joinedload(Person.organisation)).order_by(Person.name)
        if not words:
            query = query.where(Person.email.in_(_characters(here)))
        people = [person for person in session.scalars(query) if person.is_active(on)]
        found = [person for person in people if all(word in _sought(person) for word in words)]
        if not words:
            found.sort(key=lambda person: _characters(here).index(person.email))
        return [_candidate(session, person, language, on) for person in found[:FOUND_AT_MOST]]


def _characters(here: Office) -> tuple[str, ...]:
    return here.demo.characters if here.demo else ()


def _sought(person: Person) -> str:
    return f"{person.shown_as()} {person.title} {person.organisation.name}".casefold()


def _candidate(session: Session, person: Person, language: Language, on: date) -> Candidate:
    order = list(SeatRole)
    seats = sorted(seats_of_person(session, person, on), key=lambda seat: order.index(seat.role))
    return Candidate(
        id=person.id,
        name=person.shown_as(),
        title=title_of(person),
        seats=tuple(f"{role_word(language, seat.role)}, {seat.group.name}" for seat in seats[:2]),
    )


def title_of(person: Person) -> str:
    """What somebody does and where, without what their shown name says already."""
    words = (person.title, person.organisation.name)
    return ", ".join(word for word in words if word and word != person.shown_as())


async def become(request: Request) -> Response:
    """Signs in as whoever was chosen; only the demo has this."""
    here = office(request)
    if here.demo is None:
        raise HTTPException(404)
    chosen = whole(one(await posted(request), "person"))
    if chosen is None:
        raise HTTPException(400)
    person_id = await here.run(_arrive, here, chosen)
    return _signed_in(here, request, person_id)


async def link(request: Request) -> Response:
    """The page behind a sign-in link; the key is used only when its button is pressed.

    Mail programs open links to look at them, and must not use them up.
    """
    language = office(request).speech(None)
    key = request.path_params["key"]
    return HTMLResponse(draw("way_in.html", language=language, _=language._, key=key))


async def enter(request: Request) -> Response:
    """Signs in with the key of a link."""
    here = office(request)
    person_id = await here.run(_enter, here, request.path_params["key"])
    if person_id is None:
        language = here.speech(None)
        page = draw("way_in.html", language=language, _=language._, key="", old=True)
        return HTMLResponse(page, status_code=403)
    return _signed_in(here, request, person_id)


def _enter(here: Office, key: str) -> int | None:
    at = here.clock.now()
    with here.database.write() as session:
        person = use_key(session, key, at, here.secret)
        if person is None or here.as_visitor(person) is None:
            return None
        record(session, person, "sign_in", f"person:{person.id}", at)
        conversations.arrive(session, person, here.speech(person), at)
        return person.id


def _arrive(here: Office, person_id: int) -> int:
    with here.database.write() as session:
        person = session.get(Person, person_id)
        if person is None or here.as_visitor(person) is None:
            raise HTTPException(400)
        conversations.arrive(session, person, here.speech(person), here.clock.now())
        return person.id


def _signed_in(here: Office, request: Request, person_id: int) -> Response:
    response = RedirectResponse("/", 303)
    response.set_cookie(
        COOKIE,
        seals.session_token(here.secret, person_id),
        max_age=seals.SESSION_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


async def leave(_: Request) -> Response:
    """Signs out."""
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response
