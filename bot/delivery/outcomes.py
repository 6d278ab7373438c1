"""One attempt at a message, outside of any transaction, and how it ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.delivery.errors import CannotTell, MaybeSent, NotSent, Refused, Scope, SlowDown
from bot.delivery.pacing import Place
from bot.delivery.policy import InDoubt, policy
from bot.delivery.port import Outgoing, Sender, Senders
from models.delivery.outbox import DeliveryState
from models.delivery.trouble import Trouble

log = structlog.get_logger(__name__)

ATTEMPTS = 12
"""After so many, about three quarters of an hour, what is still in doubt waits for a person."""

BACKOFF = timedelta(seconds=2)
LONGEST_BACKOFF = timedelta(minutes=10)
SHORTEST_PAUSE = timedelta(seconds=1)

PUT_OFF, LONGEST_PUT_OFF = timedelta(minutes=1), timedelta(hours=1)
"""What did not arrive is tried again after a minute, then two, four and so on: for six hours."""


ADDRESS = re.compile(r"\S+@\S+")
"""Mail servers say whom they do not know; the log tells of nobody."""


@dataclass(frozen=True)
class Claim:
    """A delivery that is ours until the lease ends; `attempt` is the proof of it.

    `is_restored` says that it was in doubt already when the database was restored, and `is_late`
    that it is looked for and not sent any more.
    """

    outgoing: Outgoing
    attempt: int
    purpose: str
    place: Place
    is_doubtful: bool
    is_restored: bool = False
    is_late: bool = False


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended, as it is written down.

    `slow` is about whom the platform slowed, and `rest` for how long where that is not `pause`.
    `is_no_attempt` is said of what the platform never looked at: it does not count.
    """

    state: DeliveryState
    receipt: str = ""
    reason: str = ""
    trouble: Trouble | None = None
    pause: timedelta = timedelta(0)
    slow: Scope | None = None
    rest: timedelta = timedelta(0)
    is_no_attempt: bool = False


def attempt(claim: Claim, senders: Senders) -> Outcome:
    """Talks to the platform about one message."""
    sender = senders[claim.place.platform]
    doubtful = _is_looked_for(claim)
    try:
        receipt = _found(claim, sender) if doubtful else None
        if receipt is None:
            doubtful = False
            receipt = _said(claim, sender)
        return _arrived(receipt)
    except SlowDown as asked:
        return _slowed(asked, DeliveryState.IN_DOUBT if doubtful else DeliveryState.QUEUED)
    except (NotSent, Refused) as failed:
        return _told(claim, _failed(claim, failed))
    except CannotTell as unknown:
        return _untold(claim, unknown)
    except MaybeSent as broken:
        return _in_doubt(claim, str(broken))
    except Exception as error:
        # The edge where platforms are spoken to: whatever happened, no message may be lost.
        log.exception("delivery_broke", delivery=claim.outgoing.id, platform=claim.place.platform)
        return _in_doubt(claim, f"unexpected: {type(error).__name__}")


def put_back(claim: Claim) -> Outcome:
    """The outcome of a claim that was never begun."""
    state = DeliveryState.IN_DOUBT if claim.is_doubtful else DeliveryState.QUEUED
    return Outcome(state, is_no_attempt=True)


def _is_looked_for(claim: Claim) -> bool:
    """An update is sent again without looking, since twice is as good as once."""
    return claim.is_doubtful and not claim.outgoing.replaces


def _found(claim: Claim, sender: Sender) -> str | None:
    """Looks on the platform; where it never can tell, only what may come twice is sent again."""
    try:
        return sender.find(claim.outgoing)
    except CannotTell:
        if policy(claim.purpose) is InDoubt.RESEND and not claim.is_restored:
            return None
        raise


def _said(claim: Claim, sender: Sender) -> str | None:
    """The receipt of what was sent; none where it is too late for that."""
    if claim.is_late:
        return None
    outgoing = claim.outgoing
    return sender.change(outgoing) if outgoing.replaces else sender.send(outgoing)


def _arrived(receipt: str | None) -> Outcome:
    if receipt is None:
        return Outcome(DeliveryState.WITHDRAWN, trouble=Trouble.TOO_LATE)
    return Outcome(DeliveryState.SENT, receipt=receipt)


def _untold(claim: Claim, unknown: CannotTell) -> Outcome:
    """Held for a person to decide, unless nobody has any use for it any more."""
    reason = str(unknown) or "the history cannot be read"
    if claim.is_late:
        return Outcome(DeliveryState.WITHDRAWN, reason=reason, trouble=Trouble.TOO_LATE)
    return Outcome(DeliveryState.HELD, reason=reason, trouble=Trouble.CANNOT_TELL)


def _slowed(asked: SlowDown, state: DeliveryState) -> Outcome:
    pause = max(timedelta(seconds=asked.retry_after), SHORTEST_PAUSE)
    return Outcome(state, reason=str(asked), pause=pause, slow=asked.scope, is_no_attempt=True)


def _told(claim: Claim, outcome: Outcome) -> Outcome:
    """The same, after whoever reads the log has been told what did not arrive and why."""
    log.warning(
        "delivery_not_sent",
        delivery=claim.outgoing.id,
        platform=claim.place.platform,
        attempt=claim.attempt,
        state=outcome.state,
        trouble=outcome.trouble,
        reason=ADDRESS.sub("…", outcome.reason),
    )
    return outcome


def _failed(claim: Claim, error: NotSent | Refused) -> Outcome:
    """Over where it is of no use, else tried again later and given up after the last attempt."""
    if isinstance(error, Refused):
        return Outcome(DeliveryState.FAILED, reason=error.reason, trouble=error.trouble)
    if claim.attempt >= ATTEMPTS:
        reason = f"gave up after {ATTEMPTS} attempts: {error.reason}"
        return Outcome(DeliveryState.FAILED, reason=reason, trouble=error.trouble)
    return Outcome(
        DeliveryState.QUEUED,
        reason=error.reason,
        trouble=error.trouble,
        pause=min(PUT_OFF * (1 << (claim.attempt - 1)), LONGEST_PUT_OFF),
        slow=Scope.WORKSPACE if error.rest else None,
        rest=timedelta(seconds=error.rest),
    )


def _in_doubt(claim: Claim, reason: str) -> Outcome:
    """Looked for again after a pause; after the last attempt it waits for a person."""
    if claim.attempt < ATTEMPTS:
        return Outcome(DeliveryState.IN_DOUBT, reason=reason, pause=_backoff(claim))
    reason = f"gave up after {ATTEMPTS} attempts: {reason}"
    return Outcome(DeliveryState.HELD, reason=reason, trouble=Trouble.GAVE_UP)


def _backoff(claim: Claim) -> timedelta:
    return min(BACKOFF * (1 << (claim.attempt - 1)), LONGEST_BACKOFF)
