"""The port of a platform that messages are sent to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.message import Message

THREAD = ":"
"""In a delivery's channel: between a conversation's id and the thread where a reply belongs."""


@dataclass(frozen=True)
class Outgoing:
    """A message on its way; `id` marks it on the platform so that it can be found again.

    `replaces` is the receipt of the message in whose place this one is to stand.
    """

    id: str
    workspace: str
    channel: str
    user: str
    message: Message
    started_at: datetime
    replaces: str = ""


class Sender(Protocol):
    """A platform that messages are sent to."""

    @property
    def platform(self) -> str:
        """The platform's name, as addresses have it."""
        ...

    def send(self, outgoing: Outgoing) -> str:
        """Sends, and returns the platform's receipt; raises the errors of `errors`."""
        ...

    def find(self, outgoing: Outgoing) -> str | None:
        """The receipt if it was sent before, else nothing.

        Raises `CannotTell` for good, `MaybeSent` or `SlowDown` where another look may tell.
        """
        ...

    def change(self, outgoing: Outgoing) -> str:
        """Puts the message in the place of the one it replaces; twice is as good as once."""
        ...


Senders = Mapping[str, Sender]
"""The platforms' senders by the platforms' names."""
