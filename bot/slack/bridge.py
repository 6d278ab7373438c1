"""The way from worker threads to the event loop that holds Slack's HTTP session."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Found = TypeVar("Found")


class Bridge:
    """Runs coroutines for threads: on the app's loop, or on one of its own where no app runs."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on the app's loop does the work."""
        self._loop = loop

    def run(self, work: Coroutine[Any, Any, Found], seconds: float) -> Found:
        """The result of the work; TimeoutError after so many seconds, and the work is stopped.

        Never to be called on the loop itself, which would wait for itself.
        """
        future = asyncio.run_coroutine_threadsafe(work, self._running_loop())
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise

    def close(self) -> None:
        """Ends the loop of its own, if there is one."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="slack-loop", daemon=True
                )
                self._thread.start()
            return self._loop
