"""Slack's own clock: it runs, and a test can move it."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """The real time, moved forward by what the test says."""

    def __init__(self) -> None:
        self._moved = timedelta()
        self._last = 0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._moved

    def advance(self, by: timedelta) -> None:
        self._moved += by

    def set(self, at: datetime) -> None:
        """Run on from this instant, for a bot whose own clock stands in another year."""
        self._moved = at - datetime.now(UTC)
        self._last = 0

    def timestamp(self) -> str:
        """A timestamp that nothing else has: seconds since 1970 with six decimals."""
        with self._lock:
            self._last = max(self._last + 1, int(self.now().timestamp() * 1_000_000))
            return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


class Bell:
    """Rings each time something is recorded, so that a test can wait for what it expects."""

    def __init__(self) -> None:
        self._condition = threading.Condition()

    def ring(self) -> None:
        with self._condition:
            self._condition.notify_all()

    def wait(self, ready: Callable[[], object], within: float) -> bool:
        """Wait at most so many real seconds until `ready` gives something true."""
        deadline = time.monotonic() + within
        with self._condition:
            while not ready():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._condition.wait(min(left, 0.1))
        return True
