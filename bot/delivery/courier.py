"""The threads that send: woken by a commit, else looking on their own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, islice
from threading import Condition, Lock, Thread
from threading import enumerate as living
from time import monotonic

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.claiming import Batch, Lane
from bot.delivery.port import Senders
from bot.delivery.sending import Drain
from bot.heart import Heart
from models.database import Database
from models.delivery.pulses import Part

log = structlog.get_logger(__name__)

LOOK_EVERY = 1.0
"""Seconds after which a courier looks by itself: another process may have queued something."""

REST_AT_LEAST = 0.005

STOP_WITHIN = 20.0
"""Seconds that a stop waits for messages under way: less than the 30 that most machines grant."""


@dataclass(eq=False)
class Courier:
    """Background threads that send whatever is due on the platforms of the senders.

    `lanes` limits them to these. With `patience` they end when nothing is due within so many
    seconds; without it they wait for ever. `name` is what the threads' signs of life are called.
    """

    database: Database
    senders: Senders
    clock: Callable[[], datetime]
    threads: int = 1
    heart: Heart | None = None
    lanes: Collection[Lane] = ()
    look_every: float = LOOK_EVERY
    patience: float | None = None
    name: str = "courier"
    stop_within: float = STOP_WITHIN
    _running: list[Thread] = field(default_factory=list)
    _bell: Condition = field(default_factory=Condition)
    _rung: int = 0
    _stopping: bool = False
    _turn: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._drain = Drain(self.database, self.senders, self.clock, self.lanes)

    def start(self) -> None:
        """Starts the threads."""
        self._stopping = False
        self._drain = Drain(self.database, self.senders, self.clock, self.lanes)
        # A thread that hangs keeps its name, so that its silence is seen.
        taken = {thread.name for thread in living()}
        names = (name for number in count(1) if (name := f"{self.name}-{number}") not in taken)
        for name in islice(names, self.threads):
            thread = Thread(target=self._work, name=name, daemon=True)
            self._running.append(thread)
            thread.start()

    def wake(self) -> None:
        """Says that something was queued: it is tried at once."""
        with self._bell:
            self._rung += 1
            self._bell.notify_all()

    def run_until_idle(self) -> None:
        """Works until nothing is due within `patience`, or the database is lost.

        A thread that hangs is left behind: what it holds is another's when its lease has run out.
        """
        self.start()
        with self._bell:
            self._bell.wait_for(lambda: self._stopping)
        self.stop()

    def tell_to_stop(self) -> None:
        """Says that no more is to be claimed."""
        with self._bell:
            self._stopping = True
            self._bell.notify_all()

    def stop(self) -> None:
        """Lets each thread finish the message that it holds; waits `stop_within` seconds for all.

        What is not finished by then is found again when its lease has run out.
        """
        self.tell_to_stop()
        ends_at = monotonic() + self.stop_within
        for thread in self._running:
            thread.join(max(0.0, ends_at - monotonic()))
        left = [thread.name for thread in self._running if thread.is_alive()]
        if left:
            log.warning("courier_left_unfinished", threads=left)
        self._running.clear()

    def _work(self) -> None:
        while not self._stopping:
            self._beat()
            # One thread waits for what goes next and claims it; the others send meanwhile.
            if self._turn.acquire(timeout=LOOK_EVERY):
                try:
                    batch = self._next()
                finally:
                    self._turn.release()
                self._finish(batch)
        if self.heart is not None:
            self.heart.still()

    def _next(self) -> Batch:
        """Claims what goes next, or rests until there may be something to claim."""
        heard = self._rung
        try:
            batch = self._drain.claim()
            rest = 0.0 if batch else self._idle()
        except SQLAlchemyError:
            log.exception("courier_lost_database")
            self._give_up()
            batch, rest = Batch(), LOOK_EVERY
        if rest:
            self._rest(heard, rest)
        return batch

    def _finish(self, batch: Batch) -> None:
        try:
            self._drain.finish(batch)
        except SQLAlchemyError:
            # What was sent is found on the platform when the lease has run out.
            log.exception("courier_lost_database")

    def _idle(self) -> float:
        """For how many seconds there is nothing to do."""
        now = self.clock()
        then = self._drain.idle_until(now)
        if then is None:
            self._give_up()
            return self.look_every
        seconds = (then - now).total_seconds()
        if self.patience is not None and seconds > self.patience:
            self._give_up()
        return min(self.look_every, max(REST_AT_LEAST, seconds))

    def _give_up(self) -> None:
        """Ends the work, if it is to end at all."""
        if self.patience is not None:
            self.tell_to_stop()

    def _beat(self) -> None:
        if self.heart is not None:
            self.heart.beat(Part.COURIER)

    def _rest(self, heard: int, seconds: float) -> None:
        with self._bell:
            self._bell.wait_for(lambda: self._stopping or self._rung != heard, seconds)
