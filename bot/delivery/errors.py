"""What can go wrong when something is sent.

DeliveryError
├── MaybeSent    it may have arrived: look before sending again
├── NotSent      it has not arrived, and may arrive later
├── SlowDown     the platform wants a pause
├── Refused      it will never arrive like this
└── CannotTell   the platform cannot say whether it arrived
"""

from __future__ import annotations

from enum import StrEnum

from models.delivery.trouble import Trouble


class DeliveryError(Exception):
    """Something went wrong when a message was sent."""


class MaybeSent(DeliveryError):
    """The connection broke or the platform failed: the message may have arrived."""


class Scope(StrEnum):
    """What a platform's limit is about."""

    CHANNEL = "channel"
    WORKSPACE = "workspace"


class SlowDown(DeliveryError):
    """The platform took nothing and wants a pause of `retry_after` seconds."""

    def __init__(self, retry_after: float, scope: Scope | str = Scope.WORKSPACE) -> None:
        super().__init__(f"asked to wait {retry_after} s for the {scope}")
        self.retry_after = retry_after
        self.scope = Scope(scope)


class NotSent(DeliveryError):
    """It certainly has not arrived and may be tried again later, for a trouble known by then.

    `rest` is for how many seconds the whole workspace is left alone; none where only this message
    has to wait.
    """

    def __init__(self, trouble: Trouble, reason: str = "", rest: float = 0) -> None:
        super().__init__(reason or trouble.value)
        self.trouble = trouble
        self.reason = reason or trouble.value
        self.rest = rest


class Refused(DeliveryError):
    """The platform will never take this, for a trouble that somebody can act on.

    `reason` is what the platform calls it.
    """

    def __init__(self, trouble: Trouble, reason: str = "") -> None:
        super().__init__(reason or trouble.value)
        self.trouble = trouble
        self.reason = reason or trouble.value


class CannotTell(DeliveryError):
    """The platform's history cannot be read, so whether the message arrived stays unknown."""
