"""The pages that are looked at: home, the four subjects, and the conversations."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.workspace import conversations, rooms, sign_in
from bot.workspace.attached import OfPost, Sealed
from bot.workspace.office import Office, Visitor, office
from bot.workspace.page import Scene, draw, render, said_at
from bot.workspace.requests import POST_DIGITS, identity, place
from handlers.requests import Command, HomeOpened
from handlers.whole import whole
from models.groups import Group
from models.message import Button, Message
from models.records import Post


@dataclass(frozen=True)
class Middle:
    """What stands in the middle of a page, and what lies over it.

    `dialog` is an open form, `notice` a card that is not kept, `typed` what the composer gets
    back. Only browsers without scripts are sent these within a page.
    """

    cards: tuple[Markup, ...] = ()
    asks: tuple[str, ...] = ()
    older: int = 0
    dialog: Markup | None = None
    notice: Markup | None = None
    typed: str = ""


@dataclass(frozen=True)
class Subject:
    """A page about one job: the line whose answer it shows, and lines to go on with."""

    line: str
    asks: tuple[str, ...]
    search: bool = False


SUBJECTS: Mapping[str, Subject] = {
    "/representation": Subject(
        "min roll", ("who {place} steering group", "who Rågsved", "vacancies {place}"), search=True
    ),
    "/measures": Subject(
        "mina åtgärder", ("report", "measures {place} overdue", "measures {place}")
    ),
    "/meetings": Subject(
        "möten",
        ("next meeting {place}", "decisions {place}", "digest {place}", "year wheel {place}"),
    ),
    "/sendings": Subject("leverans", ()),
    "/surveys": Subject("enkät", ("results", "indicator unsafe {place}")),
}


FIRST_LINES = ("help", "my measures", "next meeting")
"""What is offered where nothing has been said."""


@dataclass(frozen=True)
class Over:
    """What an answer puts over the page for a browser without scripts."""

    dialog: Markup | None = None
    notice: Markup | None = None
    typed: str = ""


def scene(visitor: Visitor, hooks: Mapping[str, str], post: Post | None = None) -> Scene:
    """Where a card is drawn for this member; each drawing of a button is an act of its own."""
    mark = uuid4().hex

    def seal(button: Button) -> str:
        return visitor.seals.button(button, mark)

    attached = Sealed(visitor.seals) if post is None else OfPost(post.id)
    return Scene(visitor.language, seal, hooks, attached=attached)


def draw_post(visitor: Visitor, post: Post) -> Markup:
    """A line or a card of a conversation."""
    message = Message.model_validate(post.message) if post.message else None
    hooks = {"channel": post.channel, "post": str(post.id), "page": address(post.channel)}
    return draw(
        "post.html",
        post=post,
        card=render(message, scene(visitor, hooks, post)) if message else None,
        lasting=message is not None and message.lasting,
        author=post.author.shown_as() if post.author else None,
        said_at=said_at(visitor.language, post.at, visitor.at),
        only_you=post.only_for_id is not None and not post.channel.startswith("@"),
        prefix="" if post.channel.startswith("@") else "/samverkan ",
        _=visitor.language._,
    )


def address(channel: str) -> str:
    """The page of a conversation."""
    return "/direct" if channel.startswith("@") else f"/groups/{channel}"


def show(here: Office, visitor: Visitor, url: str, over: Over | None = None) -> Markup:
    """A whole page at one of our addresses."""
    over = over or Over()
    with here.database.read() as session:
        middle = _middle(here, visitor, session, url)
        frame = rooms.frame(here, visitor, session, url)
    channel = _channel(visitor, url)
    return draw(
        "workspace.html",
        frame=frame,
        middle=middle,
        over=over,
        channel=channel,
        event=uuid4().hex,
        in_conversation=_is_conversation(url),
        search=url in SUBJECTS and SUBJECTS[url].search,
        visitor=visitor,
        person_title=sign_in.title_of(visitor.person),
        demo=here.demo is not None,
        language=visitor.language,
        _=visitor.language._,
    )


def _middle(here: Office, visitor: Visitor, session: Session, url: str) -> Middle:
    if _is_conversation(url):
        return _conversation(visitor, session, url)
    return _subject(here, visitor, session, url) if url in SUBJECTS else _home(here, visitor, url)


def _is_conversation(url: str) -> bool:
    return url == "/direct" or url.startswith("/groups/")


def _channel(visitor: Visitor, url: str) -> str:
    """The conversation that what is typed on a page belongs to."""
    if url.startswith("/groups/"):
        return url.removeprefix("/groups/")
    return conversations.direct(visitor.person.id)


def _home(here: Office, visitor: Visitor, url: str) -> Middle:
    opened = HomeOpened(
        who=identity(visitor.person), where=place(""), at=visitor.at, event=uuid4().hex
    )
    return Middle(cards=_cards(here, visitor, opened, url))


def _subject(here: Office, visitor: Visitor, session: Session, url: str) -> Middle:
    subject = SUBJECTS[url]
    asked = Command(
        who=identity(visitor.person),
        where=place(conversations.direct(visitor.person.id)),
        at=visitor.at,
        event=uuid4().hex,
        line=subject.line,
    )
    groups = conversations.groups_of(session, visitor.person, visitor.on)
    name = _place(groups)
    return Middle(
        cards=_cards(here, visitor, asked, url),
        asks=tuple(visitor.language._(line, place=name) for line in subject.asks),
    )


def _place(groups: list[Group]) -> str:
    """The place that examples are about: the member's own, where they have one."""
    return next((group.district.name for group in groups if group.district), "Farsta")


def _cards(
    here: Office, visitor: Visitor, asked: Command | HomeOpened, url: str
) -> tuple[Markup, ...]:
    reply = here.router.answer(asked).reply
    if not isinstance(reply, Message):
        return ()
    hooks = {"channel": conversations.direct(visitor.person.id), "post": "0", "page": url}
    return (render(reply, scene(visitor, hooks)),)


def _conversation(visitor: Visitor, session: Session, url: str) -> Middle:
    channel = _channel(visitor, url)
    posts = conversations.latest(session, visitor.person.id, channel)
    return Middle(
        cards=tuple(draw_post(visitor, post) for post in posts),
        asks=() if posts else tuple(visitor.language._(line) for line in FIRST_LINES),
        older=posts[0].id if len(posts) == conversations.SHOWN_AT_ONCE else 0,
    )


async def page(request: Request) -> Response:
    """Home, a subject, or a conversation; whoever has not signed in is shown the way in."""
    here = office(request)
    visitor = await here.run(here.visitor, request)
    if visitor is None:
        return RedirectResponse("/sign-in", 303)
    url = request.url.path
    if url.startswith("/groups/") or url == "/direct":
        await here.run(_read_now, here, visitor, _channel(visitor, url))
    return HTMLResponse(await here.run(show, here, visitor, url))


def _read_now(here: Office, visitor: Visitor, channel: str) -> None:
    """Lets a conversation count as read up to now; refuses one that is not the member's."""
    with here.database.read() as session:
        if not conversations.may_see(session, visitor.person, channel, visitor.on):
            raise HTTPException(404)
        unread = conversations.unread(session, visitor.person.id, [channel])[channel]
        newest = conversations.newest(session)
    if unread:
        note_read(here, visitor, channel, newest)


def note_read(here: Office, visitor: Visitor, channel: str, post: int) -> None:
    """Notes how far a conversation was read; of two open pages at once, one is enough."""
    with suppress(IntegrityError), here.database.write() as session:
        conversations.mark_read(session, visitor.person.id, channel, post)


async def older(request: Request) -> Response:
    """The posts of a conversation before one, for the link above the oldest that is shown."""
    here = office(request)
    visitor = await here.member(request)
    before = whole(request.query_params.get("before", ""), POST_DIGITS)
    if before is None:
        raise HTTPException(400)
    draws = partial(_older, here, visitor, request.query_params.get("channel", ""), before)
    return HTMLResponse(await here.run(draws))


def _older(here: Office, visitor: Visitor, channel: str, before: int) -> str:
    with here.database.read() as session:
        if not conversations.may_see(session, visitor.person, channel, visitor.on):
            raise HTTPException(404)
        posts = conversations.latest(session, visitor.person.id, channel, before)
    return "".join(draw_post(visitor, post) for post in posts)
