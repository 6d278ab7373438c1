"""The running processes put together: the web with its edges, the senders, and the timetable."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import anyio.to_thread
import structlog
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.clock import Clock, DemoClock
from bot.delivery import pacing
from bot.delivery.courier import Courier
from bot.delivery.distributed import Distributed
from bot.delivery.holds import tell_of_held
from bot.delivery.jobs import Waker, warm
from bot.delivery.port import Sender, Senders
from bot.delivery.sending import drain
from bot.demo import seed
from bot.drawing.studio import Studio
from bot.health import Health
from bot.heart import Heart
from bot.mail.outbox import Outbox
from bot.mail.sender import EmailSender
from bot.mail.settings import mail_settings, nowhere
from bot.metrics import Metrics
from bot.publishing.closing import Closing
from bot.publishing.press import ChildPress, Press
from bot.settings import Settings, beside
from bot.slack.app import Slack, Surroundings, assemble
from bot.slack.settings import slack_settings
from bot.survey_keys import KeysInFolder
from bot.ticker import Ticker
from bot.timetable import begin, tick, tick_through
from bot.workspace.app import Shared, build_workspace
from bot.workspace.broadcast import Broadcaster
from bot.workspace.channels import open_channels
from bot.workspace.office import DemoControls
from bot.workspace.sender import WorkspaceSender
from handlers.desk import Desk
from models.database import Database
from models.delivery import mail_links
from models.delivery.pulses import Part
from models.people.addresses import switch_mail
from models.storage.moving import demand_unmoved
from models.storage.schema import SchemaBehind, current, demand_current, upgrade
from models.storage.sqlite_file import FileClaim
from models.surveys.sealing import SurveyKeys

COURIERS = 4
"""Slack answers in some 200 ms and takes some nine messages a second."""

HOUR = 3600
LOOK_AFTER_EVERY = 1
"""Seconds after which messages are seen that no job was deferred for, and jobs that nobody does."""


@dataclass
class House:
    """One process: the desk, what runs in the background, and the ASGI application."""

    settings: Settings
    database: Database
    clock: Clock
    demo: bool = False
    keys: SurveyKeys | None = None
    broadcaster: Broadcaster = field(default_factory=Broadcaster)

    def __post_init__(self) -> None:
        self.studio = Studio()
        keys = self.keys or KeysInFolder(self.settings.survey_keys)
        language = self.settings["BOT_LANGUAGE"]
        self.desk = Desk(
            self.database,
            self.settings.secret,
            language,
            keys=keys,
            base_url=self.settings.base_url,
            limits=self.settings.limits,
        )
        self.press = ChildPress()
        self.closing = Closing(self.database, keys, self.press, after=self._wake)
        self.metrics = Metrics(self.database, self.clock.now, self.settings["METRICS_TOKEN"])
        self.slack = self._slack()
        self.mail = self._mail()
        self.heart = Heart(self.database, self.clock.now)
        self.courier = Courier(
            self.database, self._senders(), self.clock.now, threads=COURIERS, heart=self.heart
        )
        self.ticker = Ticker(self.database, self.clock.now, self.courier.wake, heart=self.heart)
        self.ticker.also(self.closing.publish_due)
        self.ticker.also(lambda at: tell_of_held(self.database, at))
        self.ticker.also(lambda at: pacing.forget(self.database, at), every=HOUR)
        self.ticker.also(self._forget_links, every=HOUR)
        self.machines = None if self.database.is_sqlite else self._distributed()

    def _distributed(self) -> Distributed:
        """The senders where several processes share the database."""
        machines = Distributed(
            self.database, self.courier.senders, self.clock.now, COURIERS, self.heart
        )

        def look_after(_: datetime) -> None:
            if machines.look_after():
                self.heart.beat(Part.COURIER, "drains")

        self.ticker.also(look_after, every=LOOK_AFTER_EVERY)
        return machines

    def application(self) -> Starlette:
        """The web process: Slack's address, the workspace page, and a sign of life."""
        controls = self._controls() if self.demo else None
        shared = Shared(self.broadcaster, self.courier.wake, self.studio, self.metrics.ask)
        page = build_workspace(self.desk, self.clock, shared, controls)
        routes = [
            *Health(self.database, self.clock.now).routes,
            self.metrics.route,
            *(self.slack.routes if self.slack else ()),
            Mount("/", page),
        ]
        return Starlette(routes=routes, lifespan=self._span)

    def _slack(self) -> Slack | None:
        found = slack_settings(self.settings)
        if found is None:
            return None
        around = Surroundings(
            self.desk, self.clock, self._wake, ask=self.metrics.ask, studio=self.studio
        )
        return assemble(found, around)

    def _forget_links(self, at: datetime) -> None:
        with self.database.write() as session:
            mail_links.forget(session, at)

    def _wake(self) -> None:
        """Wakes the senders, which are made after the edges that wake them."""
        self.courier.wake()

    def _senders(self) -> Senders:
        senders: list[Sender] = [WorkspaceSender(self.database, self.broadcaster)]
        if self.slack is not None:
            senders.append(self.slack.sender)
        if self.mail is not None:
            senders.append(self.mail)
        return {sender.platform: sender for sender in senders}

    def _mail(self) -> EmailSender | None:
        """Who writes e-mail, if it is set up; in the demo the letters go nowhere and are shown."""
        desk, post = self.desk, mail_settings(self.settings)
        if post is not None:
            return EmailSender(self.database, post, desk.secret, desk.base_url, studio=self.studio)
        if not self.demo:
            return None
        post = nowhere(desk.base_url)
        return EmailSender(
            self.database, post, desk.secret, desk.base_url, lambda *_: None, self.studio
        )

    def _controls(self) -> DemoControls:
        moved = MovedClock(self.clock, self.database, self.courier.senders, self.closing)
        letters = Outbox(self.mail) if self.mail else None
        return DemoControls(move_to=moved.move_to, tick=moved.tick, letters=letters)

    @asynccontextmanager
    async def _span(self, _: Starlette) -> AsyncIterator[None]:
        """From the first request to the last: senders and timetable run beside the web."""
        async with AsyncExitStack() as stack:
            with self.database.write() as session:
                open_channels(session, self.clock.now())
                switch_mail(session, on=self.mail is not None)
            self.desk.warm()
            if self.slack is not None:
                await stack.enter_async_context(self.slack.running())
            if self.database.is_sqlite:
                self.start_background()
                # In a thread: what is being sent needs this loop until it has been sent.
                stack.push_async_callback(anyio.to_thread.run_sync, self.stop_background)
            else:
                await anyio.to_thread.run_sync(warm)
            yield

    def start_background(self) -> None:
        """Starts what sends and what looks at the timetable."""
        self.heart.start()
        (self.machines or self.courier).start()
        self.ticker.start()

    def stop_background(self) -> None:
        """Stops them; what is being sent is finished first."""
        self.press.stop()
        self.ticker.stop()
        (self.machines or self.courier).stop()
        self.heart.stop()


@dataclass
class MovedClock:
    """The demo's clock as its page moves it: what falls due on the way happens at its hour."""

    clock: Clock
    database: Database
    senders: Senders
    closing: Closing

    def move_to(self, at: datetime) -> None:
        """Lets everything up to a moment happen, hour by hour, and moves the clock there."""
        assert isinstance(self.clock, DemoClock)
        tick_through(self.database, self.clock.now(), at, self._deliver)
        self.clock.move_to(at)

    def tick(self) -> None:
        """Lets everything happen that has fallen due."""
        tick(self.database, self.clock.now())
        self.closing.publish_due(self.clock.now())

    def _deliver(self, at: datetime) -> None:
        self.closing.publish_due(at)
        drain(self.database, self.senders, at)


def open_database(settings: Settings, tell: Callable[[str], None] = lambda _: None) -> Database:
    """The installation's database, up to date; the demo's is made where there is none.

    `tell` hears the sentence that says so.

    Raises `SchemaBehind` when it has to be migrated first, and `InUse` or `Moved`.
    """
    database = Database.connect(settings["DATABASE_URL"])
    try:
        if settings.is_demo and current(database) is None:
            tell("No DATABASE_URL is set: making the demo's database with Stockholm's groups.")
            make_demo(database, KeysInFolder(settings.survey_keys))
        demand_current(database)
        demand_ours(database)
    except Exception:
        database.close()
        raise
    if not database.is_sqlite:
        Waker(database).attach()
    return database


def demand_ours(database: Database) -> None:
    """Raises `InUse` or `Moved` where another machine has the database, or has taken it over."""
    if database.file is not None:
        FileClaim(database.file).demand_this_machine()
        with database.read() as session:
            demand_unmoved(session)


def make_demo(database: Database, keys: SurveyKeys, press: Press | None = None) -> None:
    """Fills an empty database with Stockholm's organisation and invented members."""
    upgrade(database)
    seed.load(database, press)
    seed.enliven(database, keys)
    # The demo's first morning is not in the past: its digests are there when the page opens.
    begin(database, seed.STARTS_AT - timedelta(hours=1))


def demo_house(settings: Settings, path: Path) -> House:
    """The whole bot in one process on a database of its own, with a clock that can be moved."""
    address = f"sqlite:///{path}"
    database, keys = Database.connect(address), KeysInFolder(beside(address))
    if current(database) is None:
        make_demo(database, keys)
    try:
        demand_current(database)
    except SchemaBehind:
        upgrade(database)
    return House(settings, database, DemoClock(database), demo=True, keys=keys)


def log_plainly(level: str) -> None:
    """Logs lines of key and value to stderr, from the level up."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        # Standard error is looked up for each logger, since whoever runs us may replace it.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
