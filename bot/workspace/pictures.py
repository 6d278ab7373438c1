"""Pictures and files of messages, fetched by those who may see the message they belong to."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.drawing.form import FORMS, Form
from bot.drawing.studio import CannotDraw
from bot.workspace import conversations
from bot.workspace.office import Office, Visitor, office
from models.message import MEDIA_TYPES, File, Image, Message, Part

LARGEST_NUMBER = 10**15
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""What an opened SVG may do: be painted. Its styles stand in it, scripts would not run."""


async def of_post(request: Request) -> Response:
    """A picture of a post, as SVG or PNG."""
    here = office(request)
    visitor = await here.member(request)
    part = await here.run(_part, here, visitor, request)
    return await _drawn(here, visitor, part, request.path_params["form"])


async def sealed(request: Request) -> Response:
    """A picture of a card that is kept nowhere, from its own address."""
    here = office(request)
    visitor = await here.member(request)
    part = visitor.seals.opened_picture(request.path_params["token"])
    return await _drawn(here, visitor, part, request.path_params["form"])


async def file(request: Request) -> Response:
    """A file of a post, to be kept and never shown as a page of ours."""
    here = office(request)
    visitor = await here.member(request)
    part = await here.run(_part, here, visitor, request)
    if not isinstance(part, File):
        raise HTTPException(404)
    media_type = MEDIA_TYPES[part.name[part.name.rindex(".") :]]
    headers = {"Content-Disposition": _named("attachment", part.name)}
    return Response(part.content, media_type=media_type, headers=headers)


async def _drawn(here: Office, visitor: Visitor, part: Part | None, named: str) -> Response:
    """Drawn beside the loop, one picture at a time, so that everything else keeps answering."""
    form: Form | None = next((known for known in FORMS if known == named), None)
    if not isinstance(part, Image) or form is None:
        raise HTTPException(404)
    try:
        content = await here.studio.aside(here.studio.draw, part.drawing, form)
    except CannotDraw:
        sentence = visitor.language._("The picture could not be drawn. Try again in a while.")
        return PlainTextResponse(sentence, 503)
    name = _named("inline", f"{part.name}.{form}")
    headers = {"Content-Disposition": name, "Content-Security-Policy": POLICY}
    return Response(content, media_type=MEDIA_TYPES[f".{form}"], headers=headers)


def _part(here: Office, visitor: Visitor, request: Request) -> Part | None:
    """The part that an address names, of a post that the member may see."""
    number, at = request.path_params["post"], request.path_params["at"]
    if number > LARGEST_NUMBER:
        return None
    with here.database.read() as session:
        post = conversations.visible_post(session, visitor.person, number, visitor.on)
        message = Message.model_validate(post.message) if post and post.message else None
    if message is None or at >= len(message.parts):
        return None
    part: Part = message.parts[at]
    return part


def _named(how: str, name: str) -> str:
    """The header that says what a file is called, in the way that takes every letter."""
    return f"{how}; filename*=utf-8''{quote(name)}"
