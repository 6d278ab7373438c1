"""The page as an ASGI application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.clock import Clock
from bot.drawing.studio import Studio
from bot.workspace import (
    actions,
    by_link,
    calendars,
    demo,
    outbox,
    pictures,
    plans,
    prints,
    sign_in,
    stream,
    views,
)
from bot.workspace.broadcast import Broadcaster
from bot.workspace.gate import Gate
from bot.workspace.office import DemoControls, Office, office
from bot.workspace.page import HERE, draw
from handlers import router
from handlers.by_link import beforehand, said_before
from handlers.desk import Desk
from handlers.requests import AnyRequest, ButtonPressed, OptionsAsked
from models.message import Choice, Reply
from models.people.organisations import Person

Ask = Callable[[AnyRequest, Desk], router.Answer]


@dataclass(frozen=True)
class DeskRouter:
    """The handlers' router at one desk."""

    desk: Desk
    ask: Ask = router.answer

    def answer(self, request: AnyRequest) -> router.Answer:
        """The answer to a request."""
        return self.ask(request, self.desk)

    def options(self, request: OptionsAsked) -> tuple[Choice, ...]:
        """The members that fit what is being typed."""
        return router.options(request, self.desk)

    def again(self, request: AnyRequest, person: Person) -> Reply | None:
        """What was answered to an event before."""
        return said_before(self.desk, request, person)

    def beforehand(self, press: ButtonPressed, person: Person) -> Reply | None:
        """What a press would be told instead of being done."""
        return beforehand(self.desk, press, person)


@dataclass(frozen=True)
class Shared:
    """What the page shares with the rest of its process.

    `broadcaster` is the page's sender's as well, `wake` tells the senders of new deliveries, and
    `ask` answers requests.
    """

    broadcaster: Broadcaster
    wake: Callable[[], None]
    studio: Studio = field(default_factory=Studio)
    ask: Ask = router.answer


def build_workspace(
    desk: Desk, clock: Clock, shared: Shared, demo_controls: DemoControls | None = None
) -> Starlette:
    """The page of a cooperation; with `demo_controls` anyone may be anyone and move the clock."""
    return assemble(
        Office(
            database=desk.database,
            secret=desk.secret,
            speech=desk.speech,
            router=DeskRouter(desk, shared.ask),
            clock=clock,
            broadcaster=shared.broadcaster,
            wake=shared.wake,
            studio=shared.studio,
            base_url=desk.base_url,
            demo=demo_controls,
        )
    )


def assemble(here: Office) -> Starlette:
    """The application around an office."""
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Gate)],
        exception_handlers={HTTPException: _failure},
    )
    app.state.office = here
    return app


def _routes() -> list[BaseRoute]:
    pages = ["/", "/direct", "/groups/{code}", *views.SUBJECTS]
    return [
        *(Route(path, views.page) for path in pages),
        Route("/groups/{code}/plan", plans.of_group),
        Route("/calendar/{token}.ics", calendars.read),
        Route("/calendar/{token}", calendars.subscribe),
        Route(by_link.ROUTE, by_link.show, methods=["GET"]),
        Route(by_link.ROUTE, by_link.act, methods=["POST"]),
        Route("/posts/{post:int}/print", prints.of_post),
        Route("/older", views.older),
        Route("/say", actions.say, methods=["POST"]),
        Route("/press", actions.press, methods=["POST"]),
        Route("/submit", actions.submit, methods=["POST"]),
        Route("/read", actions.read, methods=["POST"]),
        Route("/people", actions.people),
        Route("/drawings/sealed/{token}.{form}", pictures.sealed),
        Route("/drawings/{post:int}/{at:int}.{form}", pictures.of_post),
        Route("/files/{post:int}/{at:int}/{name}", pictures.file),
        Route("/events", stream.events),
        Route("/sign-in", sign_in.choose),
        Route("/sign-in/{key}", sign_in.link, methods=["GET"]),
        Route("/sign-in/{key}", sign_in.enter, methods=["POST"]),
        Route("/sign-out", sign_in.leave, methods=["POST"]),
        Route("/demo/person", sign_in.become, methods=["POST"]),
        Route("/demo/mail", outbox.letters),
        Route("/demo/mail/{letter}", outbox.letter),
        Route("/demo/clock", demo.move, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]


async def _failure(request: Request, error: Exception) -> Response:
    """A failure as a calm page, or as a number for scripts."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.headers.get("accept", "").startswith(("application/json", "text/event-stream")):
        return JSONResponse({"status": status}, status)
    if status == 401:
        return RedirectResponse("/sign-in", 303)
    language = office(request).speech(None)
    calendar = request.url.path.startswith("/calendar/")
    return HTMLResponse(
        draw("failure.html", status=status, calendar=calendar, language=language, _=language._),
        status,
    )
