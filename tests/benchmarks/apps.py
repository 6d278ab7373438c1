"""The two ASGI apps that are compared: a bare Bolt app, and our Slack edge on the demo's data."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import select
from starlette.applications import Starlette

from bot.demo import seed
from bot.slack.app import Surroundings, assemble
from bot.slack.installations import Installations, Installed, cipher
from bot.slack.requests import PLATFORM
from bot.slack.settings import SlackSettings
from handlers.desk import Desk
from models.database import Database
from models.people.accounts import Account
from models.people.organisations import Person
from tests.benchmarks.load import COMMAND, NOBODY, SECRET, USER, WORKSPACE

KEY = "a key for measuring and nothing else"
TOKEN = "xoxb-measured"
ASKER = "karim.haddad@trafik.stockholm.example"
"""He owns the measure that is reported on."""


class StandingClock:
    """The demo's first morning, at which the data end."""

    def now(self) -> datetime:
        return seed.STARTS_AT


def bare() -> AsyncSlackRequestHandler:
    """The least that answers a signed command with Bolt, mounted as its makers say."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=WORKSPACE, bot_token=TOKEN)

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @app.command(COMMAND)
    async def nothing(ack: Callable[[], Awaitable[object]]) -> None:
        await ack()

    return AsyncSlackRequestHandler(app)


def ours(address: str) -> Starlette:
    """Our Slack edge with all that stands behind it, on a database that was prepared."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    slack = assemble(
        SlackSettings(
            signing_secret=SECRET, encryption_keys=(KEY,), api_url=NOBODY, site_url=NOBODY
        ),
        Surroundings(
            Desk(Database.connect(address), KEY.encode()), StandingClock(), wake=lambda: None
        ),
    )
    return Starlette(routes=list(slack.routes), lifespan=lambda _: slack.running())


def prepare(address: str) -> None:
    """Fills a database with the demo, the bot's installation, and the asker's linked account."""
    database = Database.connect(address)
    database.create_all()
    seed.load(database)
    found = Installed(workspace=WORKSPACE, token=TOKEN, bot_id="B1", bot_user="U1")
    Installations(database, cipher((KEY,))).save(found, seed.STARTS_AT)
    with database.write() as session:
        person = session.scalars(select(Person).where(Person.email == ASKER)).one()
        here = {"platform": PLATFORM, "workspace": WORKSPACE, "user": USER}
        session.add(Account(**here, person_id=person.id, linked_at=seed.STARTS_AT))
    database.close()
