"""Why a message has not arrived: each is something that somebody can act on."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Why a delivery failed, is held, or was withdrawn.

    FAILED because of the channel: CHANNEL_GONE is no more; CHANNEL_ARCHIVED may be opened again;
    NOT_IN_CHANNEL wants the bot invited; NOT_ALLOWED is forbidden by the workspace's own rules.
    FAILED because of the person: PERSON_LEFT has a deactivated account; APP_MISSING has no
    conversation with the bot, which they removed or blocked. FAILED because of the workspace:
    NOT_INSTALLED has no bot any more; TOKEN_REVOKED and SCOPE_MISSING want the app installed anew.
    FAILED because of the message: MESSAGE_REFUSED is not taken in this form; UNREADABLE was stored
    by another release. REFUSED is any other refusal; the delivery's `reason` has its name.

    FAILED because of e-mail: ADDRESS_REFUSED is no address that the mail server knows;
    MAIL_SETTINGS are not accepted by it; MAIL_SERVER_AWAY never answered; MAIL_PUT_OFF was asked
    to come later until it was too late.

    HELD because nobody can tell whether it arrived: CANNOT_TELL where the history cannot be read,
    GAVE_UP where no attempt of many came to an end.

    WITHDRAWN: TURNED_DOWN by a person; OVERTAKEN by a later update of the same message;
    NOTHING_TO_UPDATE, since the message to change never arrived; TOO_LATE to be of any use.
    """

    CHANNEL_GONE = "channel_gone"
    CHANNEL_ARCHIVED = "channel_archived"
    NOT_IN_CHANNEL = "not_in_channel"
    NOT_ALLOWED = "not_allowed"
    PERSON_LEFT = "person_left"
    APP_MISSING = "app_missing"
    NOT_INSTALLED = "not_installed"
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - the name of a situation, no secret.
    SCOPE_MISSING = "scope_missing"
    MESSAGE_REFUSED = "message_refused"
    UNREADABLE = "unreadable"
    REFUSED = "refused"
    ADDRESS_REFUSED = "address_refused"
    MAIL_SETTINGS = "mail_settings"
    MAIL_SERVER_AWAY = "mail_server_away"
    MAIL_PUT_OFF = "mail_put_off"
    CANNOT_TELL = "cannot_tell"
    GAVE_UP = "gave_up"
    TURNED_DOWN = "turned_down"
    OVERTAKEN = "overtaken"
    NOTHING_TO_UPDATE = "nothing_to_update"
    TOO_LATE = "too_late"

    @property
    def is_unreachable(self) -> bool:
        """Whether it is the person who cannot be reached, whatever the message says."""
        return self in (Trouble.PERSON_LEFT, Trouble.APP_MISSING, Trouble.ADDRESS_REFUSED)
