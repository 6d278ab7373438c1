"""Whether the installation works: `/healthz` for the process, `/readyz` for all that it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import anyio
import anyio.to_thread
from anyio import CapacityLimiter
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from models.database import Database
from models.delivery.pulses import Part, missing, pulses
from models.storage.schema import current, newest

SECONDS = 5.0
"""A database that takes longer to answer counts as away."""

NOBODY = {
    Part.COURIER: "Nobody sends: {restart}.",
    Part.TICKER: "Nobody looks at the timetable: {restart}.",
}
AWAY = "The database cannot be reached: see that it runs and that DATABASE_URL is right."


@dataclass(frozen=True)
class Fault:
    """What does not work, and a sentence that says what to do."""

    part: str
    sentence: str


def faults(database: Database, at: datetime) -> list[Fault]:
    """What is wrong just now, the first things first; nothing where all works."""
    try:
        revision = current(database)
        if revision != newest():
            sentence = f"The database is at revision {revision}: run `samverkan migrate`."
            return [Fault("schema", sentence)]
        with database.read() as session:
            gone = missing(pulses(session), at)
    except SQLAlchemyError:
        return [Fault("database", AWAY)]
    return [Fault(part.value, NOBODY[part].format(restart=restart(database))) for part in gone]


def restart(database: Database) -> str:
    """What to start where nobody lives."""
    process = "web" if database.is_sqlite else "worker"
    return f"start `samverkan {process}`, or restart the one that hangs"


@dataclass(frozen=True)
class Health:
    """The addresses at which whoever runs the bot asks how it is.

    They have threads of their own, so that they answer also when members' requests wait.
    """

    database: Database
    clock: Callable[[], datetime]
    _threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(2))

    @property
    def routes(self) -> tuple[Route, ...]:
        """Both addresses."""
        return Route("/healthz", self.alive), Route("/readyz", self.ready)

    async def alive(self, _: Request) -> Response:
        """Whether the process answers at all."""
        return PlainTextResponse("ok")

    async def ready(self, _: Request) -> Response:
        """Whether members can be served and messages get out; else 503 with what to do."""
        found = [Fault("database", f"The database has not answered for {SECONDS:.0f} seconds.")]
        with anyio.move_on_after(SECONDS):
            found = await anyio.to_thread.run_sync(
                faults,
                self.database,
                self.clock(),
                limiter=self._threads,
                abandon_on_cancel=True,
            )
        told = [{"part": each.part, "sentence": each.sentence} for each in found]
        return JSONResponse({"ready": not told, "faults": told}, 503 if told else 200)
