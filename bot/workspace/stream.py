"""New and changed posts as server-sent events, to every page that is open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.workspace import conversations
from bot.workspace.office import Office, Visitor, office
from bot.workspace.requests import POST_DIGITS
from bot.workspace.views import draw_post
from handlers.whole import whole
from models.message import Message
from models.records import Post

BREATH_SECONDS = 15
WINDOW = 50
"""Numbers are given before the commit: a post may appear after one with a higher number.

So may a change.
"""


class EventStream(StreamingResponse):
    """A stream that ends quietly when the process stops under it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends until the page is closed or the server gives up waiting for that."""
        try:
            await super().__call__(scope, receive, send)
        except asyncio.CancelledError:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


@dataclass
class Shown:
    """How far an open page has come, in posts and in changes of posts."""

    last: int
    turn: int
    change: int = 0
    posts: set[int] = field(default_factory=set)
    changes: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True)
class News:
    """New and changed posts for a page, and what is unread in each of its conversations."""

    posts: list[Post]
    changed: list[Post]
    unread: dict[str, int]


async def events(request: Request) -> Response:
    """The stream of a page that is open; it goes on after the post that the page saw last."""
    here = office(request)
    await here.member(request)
    last = request.headers.get("last-event-id") or request.query_params.get("after", "")
    change = _number(request.query_params.get("change", ""))
    return EventStream(
        _stream(here, request, Shown(_number(last), here.broadcaster.turn, change)),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


def _number(text: str) -> int:
    return whole(text, POST_DIGITS) or 0


async def _stream(here: Office, request: Request, shown: Shown) -> AsyncIterator[str]:
    async with here.broadcaster.listening(partial(here.run, _newest, here)) as listener:
        yield "retry: 2000\n\n"
        while not here.broadcaster.is_closed:
            visitor = await here.run(here.visitor, request)
            if visitor is None:
                return
            for event in await here.run(_events, here, visitor, shown):
                yield event
            if not await listener.wait(BREATH_SECONDS):
                yield ": still here\n\n"


def _newest(here: Office) -> tuple[int, int]:
    with here.database.read() as session:
        return conversations.newest(session), conversations.last_change(session)


def _events(here: Office, visitor: Visitor, shown: Shown) -> list[str]:
    news = _news(here, visitor, shown)
    found = [_post(visitor, post, news.unread) for post in news.posts]
    found += [_change(visitor, post) for post in news.changed]
    if shown.turn != here.broadcaster.turn:
        shown.turn = here.broadcaster.turn
        found.append("event: clock\ndata: {}\n\n")
    return found


def _news(here: Office, visitor: Visitor, shown: Shown) -> News:
    with here.database.read() as session:
        groups = conversations.groups_of(session, visitor.person, visitor.on)
        channels = [conversations.direct(visitor.person.id), *(group.code for group in groups)]
        start = max(0, shown.last - WINDOW)
        posts = conversations.after(session, visitor.person.id, channels, start)
        if not shown.posts:
            shown.posts.update(post.id for post in posts if post.id <= shown.last)
        fresh = [post for post in posts if post.id not in shown.posts]
        shown.posts.update(post.id for post in fresh)
        shown.last = max([shown.last, *shown.posts])
        unread = conversations.unread(session, visitor.person.id, channels) if fresh else {}
        changed = _changed(session, visitor.person.id, channels, shown)
    return News(fresh, [post for post in changed if post not in fresh], unread)


def _changed(session: Session, person_id: int, channels: list[str], shown: Shown) -> list[Post]:
    """What was changed since the page last heard of it."""
    start = max(0, shown.change - WINDOW)
    posts = {
        (post.id, post.change): post
        for post in conversations.changed(session, person_id, channels, start)
    }
    if not shown.changes:
        shown.changes.update(each for each in posts if each[1] <= shown.change)
    fresh = [post for each, post in posts.items() if each not in shown.changes]
    shown.changes.update(posts)
    shown.change = max([shown.change, *(change for _, change in shown.changes)])
    return fresh


def _post(visitor: Visitor, post: Post, unread: dict[str, int]) -> str:
    message = Message.model_validate(post.message) if post.message else None
    data = {
        "id": post.id,
        "channel": post.channel,
        "html": draw_post(visitor, post),
        "spoken": message.summary if message else "",
        "unread": unread,
    }
    return f"id: {post.id}\nevent: post\ndata: {json.dumps(data)}\n\n"


def _change(visitor: Visitor, post: Post) -> str:
    data = {"id": post.id, "html": draw_post(visitor, post)}
    return f"event: change\ndata: {json.dumps(data)}\n\n"
