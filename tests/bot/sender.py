"""A platform that exists only in tests: it records what arrives and fails as it is told to."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from threading import Lock

from bot.delivery.errors import CannotTell, MaybeSent
from bot.delivery.port import Outgoing


@dataclass(frozen=True)
class Lost:
    """The message arrives, and then the connection breaks."""


Fault = Exception | Lost


@dataclass
class FakeSender:
    """A sender whose `sent` holds every message that arrived, in order.

    `faults` happen one by one at the next sends. `keeps_history` is whether `find` can tell.
    """

    platform: str = "fake"
    sent: list[Outgoing] = field(default_factory=list)
    changed: list[Outgoing] = field(default_factory=list)
    looked_for: list[str] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    change_faults: deque[Exception] = field(default_factory=deque)
    keeps_history: bool = True
    _lock: Lock = field(default_factory=Lock)

    def send(self, outgoing: Outgoing) -> str:
        with self._lock:
            fault = self.faults.popleft() if self.faults else None
            if isinstance(fault, Exception):
                raise fault
            self.sent.append(outgoing)
            if fault is not None:
                raise MaybeSent("the connection broke after the message")
            return self._receipt(len(self.sent))

    def find(self, outgoing: Outgoing) -> str | None:
        self.looked_for.append(outgoing.id)
        if not self.keeps_history:
            raise CannotTell
        numbers = {message.id: number for number, message in enumerate(self.sent, 1)}
        number = numbers.get(outgoing.id)
        return None if number is None else self._receipt(number)

    def change(self, outgoing: Outgoing) -> str:
        with self._lock:
            if self.change_faults:
                raise self.change_faults.popleft()
            self.changed.append(outgoing)
        return outgoing.replaces

    def counts(self) -> Counter[str]:
        """How many times each delivery arrived."""
        return Counter(outgoing.id for outgoing in self.sent)

    def _receipt(self, number: int) -> str:
        return f"{self.platform}:{number}"
