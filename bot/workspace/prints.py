"""A digest as a page of its own, to print and to keep for the record."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.workspace import conversations
from bot.workspace.office import Office, Visitor, office
from bot.workspace.page import Printed, html_document
from bot.workspace.pictures import LARGEST_NUMBER
from bot.workspace.plans import POLICY
from models.message import Message

DRAWN = f"{POLICY}; img-src data:"
"""A page that holds its pictures within."""


async def of_post(request: Request) -> Response:
    """The message of a post, for those who may see it; with `?save` as a file."""
    here = office(request)
    visitor = await here.member(request)
    number = request.path_params["post"]
    content, name = await here.studio.aside(_content, here, visitor, number)
    headers = {"Content-Security-Policy": DRAWN}
    if "save" in request.query_params:
        headers["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name)}"
    return HTMLResponse(content, headers=headers)


def _content(here: Office, visitor: Visitor, number: int) -> tuple[str, str]:
    if number > LARGEST_NUMBER:
        raise HTTPException(404)
    with here.database.read() as session:
        post = conversations.visible_post(session, visitor.person, number, visitor.on)
    if post is None or not post.message:
        raise HTTPException(404)
    language = visitor.language
    day = language.local(post.at).date()
    printed = Printed(
        said=language._(
            "Told {moment} by Samverkansbot. Printed {now}.",
            moment=f"{language.day(day)} {language.time(post.at)}",
            now=f"{language.day(visitor.on)} {language.time(visitor.at)}",
        ),
        save=f"/posts/{post.id}/print?save",
    )
    message = Message.model_validate(post.message)
    place = "" if post.channel.startswith("@") else f"{post.channel}-"
    return html_document(message, language, here.studio, printed), f"{place}{day}.html"
