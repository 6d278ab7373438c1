"""Each refusal of Slack's is a situation with something to do about it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import MaybeSent, Refused, Scope, SlowDown
from bot.slack.refusals import MEANINGS, named
from models.delivery.trouble import Trouble


class Answered:
    """An answer of Slack's Web API."""

    def __init__(self, error: str, status: int = 200, **headers: str) -> None:
        self.data: dict[str, Any] = {"ok": False, "error": error}
        self.status_code, self.headers = status, headers


def situation(answered: Answered, *, to_person: bool = False) -> object:
    error: SlackApiError = SlackApiError("refused", answered)  # type: ignore[no-untyped-call]
    return named(error, to_person=to_person)


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("channel_not_found", Trouble.CHANNEL_GONE),
        ("is_archived", Trouble.CHANNEL_ARCHIVED),
        ("not_in_channel", Trouble.NOT_IN_CHANNEL),
        ("restricted_action", Trouble.NOT_ALLOWED),
        ("user_not_found", Trouble.PERSON_LEFT),
        ("messages_tab_disabled", Trouble.APP_MISSING),
        ("token_revoked", Trouble.TOKEN_REVOKED),
        ("account_inactive", Trouble.TOKEN_REVOKED),
        ("missing_scope", Trouble.SCOPE_MISSING),
        ("invalid_blocks", Trouble.MESSAGE_REFUSED),
        ("something_new", Trouble.REFUSED),
    ],
)
def test_a_refusal_has_a_trouble_and_slacks_own_name_for_it(code: str, trouble: Trouble) -> None:
    found = situation(Answered(code))
    assert isinstance(found, Refused)
    assert (found.trouble, found.reason) == (trouble, code)


def test_a_person_whose_conversation_is_not_found_has_no_app() -> None:
    found = situation(Answered("channel_not_found"), to_person=True)
    assert isinstance(found, Refused)
    assert (found.trouble, found.trouble.is_unreachable) == (Trouble.APP_MISSING, True)


@pytest.mark.parametrize(
    ("answered", "seconds", "scope"),
    [
        (Answered("ratelimited", 429, **{"Retry-After": "30"}), 30, Scope.CHANNEL),
        (Answered("ratelimited", 429, **{"retry-after": "3"}), 3, Scope.CHANNEL),
        (Answered("ratelimited", 429), 1, Scope.CHANNEL),
        (Answered("message_limit_exceeded"), 1, Scope.WORKSPACE),
    ],
)
def test_a_pause_is_as_long_and_as_wide_as_slack_asks(
    answered: Answered, seconds: int, scope: Scope
) -> None:
    found = situation(answered)
    assert isinstance(found, SlowDown)
    assert (found.retry_after, found.scope) == (seconds, scope)


@pytest.mark.parametrize("answered", [Answered("", 500), Answered("internal_error")])
def test_what_fails_inside_slack_may_have_arrived(answered: Answered) -> None:
    assert isinstance(situation(answered), MaybeSent)


def test_no_code_means_two_things() -> None:
    codes = [code for codes in MEANINGS.values() for code in codes]
    assert len(codes) == len(set(codes))
