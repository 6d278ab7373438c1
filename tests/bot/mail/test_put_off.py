"""What has not arrived is tried again later, and not for ever."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.delivery.errors import NotSent, Scope
from bot.delivery.outcomes import ATTEMPTS, Claim, Outcome, attempt
from bot.delivery.pacing import Place
from bot.delivery.port import Outgoing
from models.delivery.outbox import DeliveryState
from models.delivery.trouble import Trouble
from models.message import Message, Text
from tests.bot.sender import FakeSender

MESSAGE = Message(summary="Hej", parts=(Text(text="Hej"),))
MOMENT = datetime(2024, 6, 14, 6, 0, tzinfo=UTC)


def _attempted(number: int, rest: float = 0, said: str = "450 greylisted") -> Outcome:
    outgoing = Outgoing("1", "mail", "", "anna@parish.example", MESSAGE, MOMENT)
    claim = Claim(outgoing, number, "meeting", Place("email", "mail", "anna"), is_doubtful=False)
    fault = NotSent(Trouble.MAIL_PUT_OFF, said, rest)
    return attempt(claim, {"email": FakeSender("email", faults=deque([fault]))})


@pytest.mark.parametrize(("number", "minutes"), [(1, 1), (2, 2), (5, 16), (11, 60)])
def test_a_letter_waits_longer_each_time_and_says_why(number: int, minutes: int) -> None:
    outcome = _attempted(number)
    assert outcome.state is DeliveryState.QUEUED
    assert outcome.pause == timedelta(minutes=minutes)
    assert (outcome.trouble, outcome.reason) == (Trouble.MAIL_PUT_OFF, "450 greylisted")
    assert outcome.slow is None, "the other letters need not wait"


def test_a_server_that_is_away_lets_all_letters_wait_a_little() -> None:
    outcome = _attempted(3, rest=60)
    assert outcome.slow is Scope.WORKSPACE
    assert outcome.rest == timedelta(seconds=60)


def test_after_the_last_attempt_it_has_failed_with_its_reason() -> None:
    outcome = _attempted(ATTEMPTS)
    assert outcome.state is DeliveryState.FAILED
    assert outcome.trouble is Trouble.MAIL_PUT_OFF
    assert outcome.reason.endswith("450 greylisted")


def test_the_log_says_what_did_not_arrive_and_names_nobody() -> None:
    with capture_logs() as logs:
        _attempted(2, said="450 4.2.0 <anna@parish.example>: greylisted")
    (entry,) = logs
    assert (entry["event"], entry["log_level"]) == ("delivery_not_sent", "warning")
    assert (entry["platform"], entry["attempt"], entry["delivery"]) == ("email", 2, "1")
    assert entry["reason"] == "450 4.2.0 … greylisted"
