"""Where an async edge does its waiting: a bounded pool of threads, and tasks that follow later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

import structlog

THREADS = 10

Given = ParamSpec("Given")
Found = TypeVar("Found")

log = structlog.get_logger(__name__)


class Workers:
    """Runs what is synchronous in at most ten threads."""

    def __init__(self, threads: int = THREADS) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="slack")

    async def run(
        self, work: Callable[Given, Found], *args: Given.args, **named: Given.kwargs
    ) -> Found:
        """The result of the work, which waits for a free thread where all are busy."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: work(*args, **named))

    def close(self) -> None:
        """Lets running work end."""
        self._pool.shutdown()


class Followers:
    """Tasks that go on when the answer has been given; their failures are logged."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Found]) -> asyncio.Task[Found]:
        """Starts the work and keeps it alive."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def within(self, seconds: float, work: Coroutine[Any, Any, Found]) -> asyncio.Task[Found]:
        """Starts the work and waits for it, but no longer than this; the task goes on."""
        task = self.start(work)
        await asyncio.wait({task}, timeout=seconds)
        return task

    async def close(self, seconds: float = 5.0) -> None:
        """Waits a while for what is still under way."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("slack_follow_up_failed", exc_info=error)
