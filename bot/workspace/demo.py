"""The demo's clock: moved forward from the page, and what then falls due happens at once."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.workspace.office import DemoControls, Office, Visitor, office
from bot.workspace.requests import one, posted, spot
from bot.workspace.rooms import STEPS


async def move(request: Request) -> Response:
    """Moves the clock by a step."""
    here = office(request)
    fields = await posted(request)
    visitor = await here.member(request)
    if here.demo is None:
        raise HTTPException(404)
    step = one(fields, "step")
    if step not in STEPS:
        raise HTTPException(400)
    await here.run(_move, here, here.demo, visitor, step)
    if request.headers.get("accept", "").startswith("application/json"):
        return Response(status_code=204)
    return RedirectResponse(spot(fields).page, 303)


def _move(here: Office, demo: DemoControls, visitor: Visitor, step: str) -> None:
    demo.move_to(STEPS[step](visitor.language, visitor.at))
    demo.tick()
    here.wake()
    here.broadcaster.moved()
