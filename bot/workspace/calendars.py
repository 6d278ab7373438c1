"""Meetings for calendar programs, which come without signing in: the address is the key."""

from __future__ import annotations

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.workspace.office import Office, office
from handlers.meetings.feed import calendar_of_token

CALENDAR = "text/calendar; charset=utf-8"


async def read(request: Request) -> Response:
    """The calendar at a secret address; one that is closed or made up is not there."""
    here = office(request)
    content = await here.run(_content, here, request.path_params["token"], here.clock.now())
    if content is None:
        raise HTTPException(404)
    name = 'inline; filename="meetings.ics"'
    return Response(content, media_type=CALENDAR, headers={"Content-Disposition": name})


async def subscribe(request: Request) -> Response:
    """Leads a phone or computer to its own calendar program, which then reads the address."""
    here = office(request)
    address = here.base_url.partition("://")[2]
    return RedirectResponse(f"webcal://{address}/calendar/{request.path_params['token']}.ics", 303)


def _content(here: Office, token: str, at: datetime) -> bytes | None:
    with here.database.read() as session:
        return calendar_of_token(session, token, here.secret, at, here.base_url)
