"""The real bot on a fake Slack: the Stockholm data, the real router, over real HTTP or a socket."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import uvicorn
from sqlalchemy import select
from starlette.applications import Starlette

from bot.delivery.courier import Courier
from bot.slack.app import Slack, Surroundings, assemble
from bot.slack.settings import SlackSettings
from bot.slack.turns import Ask
from handlers.desk import Desk
from handlers.router import answer
from models.database import Database
from models.groups import Group
from models.people.accounts import Channel
from tests.bot.drawing.quick import quick_studio
from tests.slack.fake import FakeSlack, Room

MONDAY = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
"""Monday 10 June 2024 at 08:00 in Stockholm, when the demo's data end."""

KEY = "a key for tests and nothing else"


class MovedClock:
    """The bot's clock: it starts on the Monday, runs with real time, and can be moved."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC)
        self._moved = timedelta()

    def now(self) -> datetime:
        return MONDAY + (datetime.now(UTC) - self._began) + self._moved

    def move(self, by: timedelta) -> None:
        self._moved += by


@dataclass
class Bot:
    """The running bot: where it is reached, and what its parts hold."""

    slack: Slack
    database: Database
    desk: Desk
    clock: MovedClock
    courier: Courier
    url: str = ""


class Server:
    """The bot's ASGI app under uvicorn, in a thread of its own."""

    def __init__(self, app: Starlette) -> None:
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="on")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="bot-under-test", daemon=True)
        self._ready = threading.Event()

    def _run(self) -> None:
        asyncio.run(self._server.serve())

    def __enter__(self) -> Self:
        self._thread.start()
        for _ in range(500):
            if self._server.started:
                return self
            if not self._thread.is_alive():
                break
            self._ready.wait(0.02)
        raise AssertionError("the bot did not start")

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(15)

    @property
    def url(self) -> str:
        socket: Any = self._server.servers[0].sockets[0]
        return f"http://127.0.0.1:{socket.getsockname()[1]}"


def settings(fake: FakeSlack, **others: str) -> SlackSettings:
    """The settings of a bot in the first workspace of the fake."""
    given = {"bot_token": fake.workspace.bot_token, **others}
    return SlackSettings(
        signing_secret=fake.signing_secret,
        client_id=fake.client_id,
        client_secret=fake.client_secret,
        encryption_keys=(KEY,),
        api_url=fake.api_url,
        site_url=fake.base_url,
        **given,
    )


@contextmanager
def running_bot(
    fake: FakeSlack,
    database: Database,
    *,
    knowing: Desk | None = None,
    socket_mode: bool = False,
    ask: Ask = answer,
) -> Iterator[Bot]:
    """The whole bot, delivering what it queues; it has stopped when this ends.

    `knowing` is a desk that has read the same names, which need not be read again then.
    """
    desk = replace(knowing or Desk(database, KEY.encode()), database=database)
    clock = MovedClock()
    couriers: list[Courier] = []
    given = settings(fake, app_token=fake.app_token) if socket_mode else settings(fake)

    def wake() -> None:
        for running in couriers:
            running.wake()

    around = Surroundings(desk, clock, wake, ask=ask, studio=quick_studio())
    slack = assemble(given, around)
    courier = Courier(database, {"slack": slack.sender}, clock.now, threads=2)
    couriers.append(courier)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        async with slack.running():
            courier.start()
            yield
            await asyncio.to_thread(courier.stop)

    app = Starlette(routes=list(slack.routes), lifespan=lifespan)
    with Server(app) as server:
        bot = Bot(slack, database, desk, clock, courier, server.url)
        if not socket_mode:
            fake.sends_to(f"{server.url}/slack/events")
        yield bot


def linked(database: Database, fake: FakeSlack, room: Room, group: str) -> None:
    """Makes a channel of the fake the channel of the group with that code."""
    with database.write() as session:
        found = session.scalars(select(Group).where(Group.code == group)).one()
        session.add(
            Channel(
                platform="slack",
                workspace=fake.workspace.team_id,
                channel=room.channel_id,
                group_id=found.id,
                linked_at=MONDAY,
            )
        )
