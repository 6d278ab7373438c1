"""Telling open pages that something is new, from whichever thread or process it came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock

LOOK_SECONDS = 1.0

Newest = Callable[[], Awaitable[object]]
"""Asks the database for the numbers of its newest post and its last change."""


@dataclass(eq=False)
class Listener:
    """An open page that waits for news."""

    loop: asyncio.AbstractEventLoop
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Says that there is news; safe from any thread."""
        # A page that is closed in this very moment has no loop left to be told in.
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.news.set)

    async def wait(self, seconds: float) -> bool:
        """Waits for news for so many seconds at most; says whether there was any."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.news.wait()
        had = self.news.is_set()
        self.news.clear()
        return had


@dataclass
class Broadcaster:
    """Wakes the open pages of this process.

    What other processes post and change is found by looking once a second, as long as any page is
    open. `turn` counts the moves of the demo's clock, which leave no post.
    """

    turn: int = 0
    is_closed: bool = False
    _listeners: set[Listener] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)
    _looking: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Says that there is something new; safe from any thread."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener.wake()

    def moved(self) -> None:
        """Says that the clock was moved."""
        self.turn += 1
        self.wake()

    def close(self) -> None:
        """Lets the open pages go: the process is about to stop."""
        self.is_closed = True
        self.wake()

    @asynccontextmanager
    async def listening(self, newest: Newest) -> AsyncIterator[Listener]:
        """A listener for as long as a page is open; while there are any, posts are looked for."""
        listener = Listener(asyncio.get_running_loop())
        with self._lock:
            self._listeners.add(listener)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(newest))
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners.discard(listener)

    async def _look(self, newest: Newest) -> None:
        seen = await newest()
        while self._listeners:
            await asyncio.sleep(LOOK_SECONDS)
            found = await newest()
            if found != seen:
                seen = found
                self.wake()
