"""The senders where several machines share one PostgreSQL: one job at a time for each workspace.

Procrastinate runs `drain` with the workspace as its lock, and PostgreSQL's NOTIFY starts it at
once. The job sends as the embedded courier does, with the same `deliver`; Procrastinate's own rows
are never the only record of a message, so a job that is lost is deferred again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.claiming import Lane, lanes_due
from bot.delivery.courier import Courier
from bot.delivery.jobs import QUEUE, TASK, Waker
from bot.delivery.port import Senders
from bot.heart import Heart
from models.database import Database

if TYPE_CHECKING:
    from procrastinate import App, JobContext

LANES_AT_ONCE = 4
PATIENCE = 15.0
"""Seconds for which a job waits for what is due next, before it ends and is deferred again."""

LOOK_EVERY = 0.1
"""Seconds after which a job looks for news while it runs, and a worker for jobs.

PostgreSQL's notice of a job comes to nothing while another of its workspace is about to end.
"""

HEARTBEAT, STALLED = 1.0, 4.0
"""Seconds between a worker's signs of life, and after which its jobs are taken from it.

One that was only slow does no harm: a message is claimed in its row, and a job is a doorbell.
"""

RESTART = 0.5
ANSWER_WITHIN = 10.0
STOP_WITHIN = 60.0

log = structlog.get_logger(__name__)


class _ToLog(logging.Handler):
    """Hands what libraries say on to our own log: a sentence for operators, no traceback."""

    def emit(self, record: logging.LogRecord) -> None:
        """Logs one warning."""
        error = repr(record.exc_info[1]) if record.exc_info else ""
        said = record.getMessage().splitlines()[0]
        log.warning("library", name=record.name, said=said, error=error)


@dataclass
class Distributed:
    """Procrastinate's worker on a thread and an event loop of its own, restarted when it ends."""

    database: Database
    senders: Senders
    clock: Callable[[], datetime]
    threads: int = 4
    heart: Heart | None = None
    _stopping: Event = field(default_factory=Event)
    _loop: asyncio.AbstractEventLoop | None = None
    _serving: asyncio.Task[None] | None = None
    _thread: Thread | None = None
    _app: App | None = None
    _known: set[int] = field(default_factory=set)
    _crews: list[Courier] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.waker = Waker(self.database)
        self._pool = ThreadPoolExecutor(LANES_AT_ONCE, thread_name_prefix="drain")
        for name in ("procrastinate", "psycopg.pool"):
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = [_ToLog(logging.WARNING)], False

    def start(self) -> None:
        """Starts the worker."""
        self._stopping.clear()
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), name="drains", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Lets the jobs finish what they have claimed, and ends the worker."""
        self._stopping.set()
        for crew in list(self._crews):
            crew.tell_to_stop()
        if self._loop is not None and self._serving is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._serving.cancel)
            self._thread.join(STOP_WITHIN)

    def look_after(self) -> bool:
        """Takes jobs from workers that are gone, and defers one wherever something is due.

        Called again and again by the ticker, never by a job, which would wait behind what it is
        to free. Says whether the worker answers.
        """
        answers = self._rescued()
        try:
            with self.database.read() as session:
                lanes = lanes_due(session, self.senders, self.clock())
        except SQLAlchemyError:
            log.warning("lanes_not_seen")
            return False
        self.waker.wake(lanes)
        return answers

    def _rescued(self) -> bool:
        app, loop = self._app, self._loop
        if app is None or loop is None or loop.is_closed():
            return False
        future = asyncio.run_coroutine_threadsafe(_rescue(app), loop)
        try:
            future.result(ANSWER_WITHIN)
        except Exception:
            log.exception("rescue_failed")
            return False
        return True

    async def _serve(self) -> None:
        """Runs a worker, and another when it ends because the database was away."""
        self._loop, self._serving = asyncio.get_running_loop(), asyncio.current_task()
        while not self._stopping.is_set():
            try:
                await self._work()
            except asyncio.CancelledError:
                return
            except Exception as error:  # noqa: BLE001 - whatever it was, messages must go out.
                log.warning("drains_restart", error=type(error).__name__)
            finally:
                self._app = None
            if not self._stopping.is_set():
                await asyncio.sleep(RESTART)

    async def _work(self) -> None:
        """One worker for as long as its connections hold."""
        app = self._made()
        async with app.open_async():
            for worker in self._known:
                # Jobs of an earlier worker of this process cannot be running any more.
                await app.job_manager.unregister_worker(worker)
            self._known.clear()
            await _rescue(app)
            self._app = app
            await app.run_worker_async(
                queues=[QUEUE],
                concurrency=LANES_AT_ONCE,
                install_signal_handlers=False,
                fetch_job_polling_interval=LOOK_EVERY,
                delete_jobs="always",
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED,
            )

    def _made(self) -> App:
        """An app for this loop alone: opened from two, it would lose its connections."""
        from procrastinate import App, PsycopgConnector

        address = self.database.engine.url.set(drivername="postgresql")
        conninfo = address.render_as_string(hide_password=False)
        app = App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=4))
        app.task(name=TASK, queue=QUEUE, pass_context=True)(self._drain)
        return app

    async def _drain(self, context: JobContext, platform: str, workspace: str) -> None:
        """Sends what is due in a lane, until nothing is due for a while."""
        if context.job.worker_id is not None:
            self._known.add(context.job.worker_id)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, self._send, Lane(platform, workspace))

    def _send(self, lane: Lane) -> None:
        if lane.platform not in self.senders or self._stopping.is_set():
            return
        crew = Courier(
            self.database,
            self.senders,
            self.clock,
            self.threads,
            self.heart,
            lanes=(lane,),
            look_every=LOOK_EVERY,
            patience=PATIENCE,
            name=lane.key,
        )
        self._crews.append(crew)
        try:
            crew.run_until_idle()
        finally:
            self._crews.remove(crew)


async def _rescue(app: App) -> None:
    """Ends the jobs of workers that are gone; each for itself, since another may be quicker."""
    from procrastinate.exceptions import ProcrastinateException
    from procrastinate.jobs import Status

    stalled: Any = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED)
    for job in stalled:
        try:
            await app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)
        except ProcrastinateException:
            log.info("rescued_by_another", job=job.id)
        else:
            log.warning("job_rescued", job=job.id, lane=job.lock)
