"""A group's plan as a page of its own, to read and print, for those who may see measures."""

from __future__ import annotations

from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.workspace import conversations
from bot.workspace.office import Office, Visitor, office
from bot.workspace.requests import identity, place
from handlers.requests import ButtonPressed
from models.message import File, Message

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
"""The page's style stands in it, so that it can be kept; it loads and runs nothing."""


async def of_group(request: Request) -> Response:
    """The plan of the group in the address, as the handlers make it."""
    here = office(request)
    visitor = await here.member(request)
    content = await here.run(_content, here, visitor, request.path_params["code"])
    return HTMLResponse(content, headers={"Content-Security-Policy": POLICY})


def _content(here: Office, visitor: Visitor, code: str) -> bytes:
    asked = ButtonPressed(
        who=identity(visitor.person),
        where=place(conversations.direct(visitor.person.id)),
        at=visitor.at,
        event=uuid4().hex,
        action="measures.plan",
        value=code,
    )
    reply = here.router.answer(asked).reply
    parts = reply.parts if isinstance(reply, Message) else ()
    for part in parts:
        if isinstance(part, File) and part.name.endswith(".html"):
            return part.content
    raise HTTPException(404)
