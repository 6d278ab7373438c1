"""What Slack's refusals of a message mean for a delivery."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.delivery.errors import DeliveryError, MaybeSent, Refused, SlowDown
from models.delivery.trouble import Trouble

UNSURE = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
SLOW = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
PAUSE = 1
"""Seconds to wait where Slack asks for a pause and does not say how long."""

MEANINGS: dict[Trouble, frozenset[str]] = {
    Trouble.CHANNEL_GONE: frozenset({"channel_not_found", "invalid_channel"}),
    Trouble.CHANNEL_ARCHIVED: frozenset({"is_archived"}),
    Trouble.NOT_IN_CHANNEL: frozenset({"not_in_channel"}),
    Trouble.NOT_ALLOWED: frozenset(
        {
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_non_threadable_channel",
            "restricted_action_thread_locked",
            "team_access_not_granted",
            "ekm_access_denied",
            "access_denied",
        }
    ),
    Trouble.PERSON_LEFT: frozenset(
        {"user_not_found", "users_not_found", "user_disabled", "user_deleted"}
    ),
    Trouble.APP_MISSING: frozenset(
        {"messages_tab_disabled", "cannot_dm_bot", "user_not_visible", "app_not_installed_for_user"}
    ),
    Trouble.TOKEN_REVOKED: frozenset(
        {
            "account_inactive",
            "invalid_auth",
            "not_authed",
            "org_login_required",
            "token_expired",
            "token_revoked",
        }
    ),
    Trouble.SCOPE_MISSING: frozenset({"missing_scope", "no_permission", "not_allowed_token_type"}),
    Trouble.MESSAGE_REFUSED: frozenset(
        {
            "cant_update_message",
            "edit_window_closed",
            "invalid_arguments",
            "invalid_attachments",
            "invalid_blocks",
            "invalid_blocks_format",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "message_not_found",
            "metadata_must_be_sent_from_app",
            "metadata_too_large",
            "msg_blocks_too_long",
            "msg_too_long",
            "no_text",
            "too_many_attachments",
        }
    ),
}
TROUBLES = {code: trouble for trouble, codes in MEANINGS.items() for code in codes}


def named(error: SlackApiError, *, to_person: bool = False) -> DeliveryError:
    """The situation that a refusal is; a person whose channel is not found has no app."""
    found, status = code(error), int(getattr(error.response, "status_code", 200))
    if status == 429 or found in SLOW:
        scope = "workspace" if found == "message_limit_exceeded" else "channel"
        return SlowDown(_pause(error), scope)
    if status >= 500 or found in UNSURE:
        return MaybeSent(found or str(status))
    trouble = TROUBLES.get(found, Trouble.REFUSED)
    if to_person and trouble is Trouble.CHANNEL_GONE:
        trouble = Trouble.APP_MISSING
    return Refused(trouble, found)


def code(error: SlackApiError) -> str:
    """Slack's name of an error; a broken answer has none."""
    data = getattr(error.response, "data", error.response)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _pause(error: SlackApiError) -> float:
    """How many seconds Slack wants to be left alone; headers have any case."""
    headers = getattr(error.response, "headers", None) or {}
    said = {str(name).lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(said) if str(said).isdigit() else PAUSE
