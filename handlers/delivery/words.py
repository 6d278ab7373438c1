"""The words for how sending stands: troubles with what to do, kinds of message, schedules."""

from __future__ import annotations

from models.delivery.outbox import DeliveryState
from models.delivery.pulses import Part
from models.delivery.trouble import Trouble
from models.language import Language

ASK_THEN_DECIDE = "Ask somebody who should have got it, and decide then."
TELL_OPERATORS = "Tell those who run the bot: it is a fault in it."

TROUBLES: dict[Trouble, tuple[str, str]] = {
    Trouble.CHANNEL_GONE: (
        "The channel is gone",
        "Write `link` and the group's name in the channel that it has now.",
    ),
    Trouble.CHANNEL_ARCHIVED: (
        "The channel is archived",
        "Open it again, or link another channel to the group.",
    ),
    Trouble.NOT_IN_CHANNEL: (
        "The bot is not in the channel",
        "Write `/invite @Samverkansbot` in the channel.",
    ),
    Trouble.NOT_ALLOWED: (
        "The workspace does not let the bot write there",
        "Ask whoever administers the workspace to allow it.",
    ),
    Trouble.PERSON_LEFT: (
        "The account is closed",
        "See whether the person has left, and who has the seat now.",
    ),
    Trouble.APP_MISSING: (
        "The app is missing",
        "Ask them to write to the bot once, or to sign in to its page.",
    ),
    Trouble.NOT_INSTALLED: (
        "The bot is not in that workspace any more",
        "Have the app installed there again.",
    ),
    Trouble.TOKEN_REVOKED: (
        "The bot's access to the workspace was withdrawn",
        "Have the app installed there again.",
    ),
    Trouble.SCOPE_MISSING: (
        "The app lacks a permission",
        "Have the app installed again, from the manifest of this release.",
    ),
    Trouble.MESSAGE_REFUSED: ("The platform does not take the message", TELL_OPERATORS),
    Trouble.UNREADABLE: ("Another release wrote the message", TELL_OPERATORS),
    Trouble.REFUSED: ("The platform refused", TELL_OPERATORS),
    Trouble.ADDRESS_REFUSED: (
        "The mail server does not know the address",
        "Look for a typing error in the e-mail address, and import the member again.",
    ),
    Trouble.MAIL_SETTINGS: (
        "The mail server does not accept our settings",
        "Tell those who run the bot: `samverkan doctor` says which setting is wrong.",
    ),
    Trouble.MAIL_SERVER_AWAY: (
        "The mail server does not answer",
        "Tell those who run the bot: the mail server must run and be reached from there.",
    ),
    Trouble.MAIL_PUT_OFF: (
        "The receiver's mail server asked us to come later",
        "It is tried again for six hours. If that does not help, use another address.",
    ),
    Trouble.CANNOT_TELL: ("Nobody can tell whether it arrived", ASK_THEN_DECIDE),
    Trouble.GAVE_UP: ("No attempt came to an end", ASK_THEN_DECIDE),
}
"""What happened, and what somebody can do about it; what was withdrawn needs nothing."""

TOO_LATE = (
    "{number} message was not sent: what it is about had begun or closed before it could be. "
    "Nobody has to do anything, and what a meeting decides is told after it as usual."
)
TOO_LATE_MANY = (
    "{number} messages were not sent: what they are about had begun or closed before they could "
    "be. Nobody has to do anything, and what a meeting decides is told after it as usual."
)

STATES: dict[DeliveryState, str] = {
    DeliveryState.SENT: "sent",
    DeliveryState.QUEUED: "queued",
    DeliveryState.SENDING: "being sent",
    DeliveryState.IN_DOUBT: "being looked for",
    DeliveryState.HELD: "waiting for a decision",
    DeliveryState.FAILED: "failed",
    DeliveryState.WITHDRAWN: "withdrawn",
}
"""Under a number; in the order in which they are shown."""

SENDINGS: dict[str, str] = {"asking": "Questions to the members"}
"""By the kind of a large sending."""

SCHEDULES: dict[str, str] = {
    "week": "The weekly digest of {name}",
    "own_week": "A member's own weekly digest",
    "astray": "A digest whose channel is gone",
    "meeting": "A meeting digest",
    "survey": "A survey",
    "asking": "The questions about measures",
    "following": "The reports on followed measures",
    "seats": "News of seats in {name}",
    "morning": "A morning's look at seats that begin, end or stand empty",
    "seat_requests": "Reminders of co-opting",
    "approvals": "Reminders of approvals",
    "handover": "A handover",
}
"""By what stands before the first colon of a schedule's name; `name` is the group's."""

OF_MEETINGS = {
    "before": "The digest before a meeting of {name}",
    "after": "The digest after a meeting of {name}",
}
"""By what stands last in the schedule's name, where the meeting's group is known."""

NOBODY: dict[Part, str] = {
    Part.COURIER: "Nobody sends just now. Ask those who run the bot to start it again.",
    Part.TICKER: (
        "Nobody looks at the timetable just now, so no digest and no question goes out. "
        "Ask those who run the bot to start it again."
    ),
}


def schedule(language: Language, name: str, group: str) -> str:
    """What was on the timetable, of a group where it was of one."""
    kind, _, rest = name.partition(":")
    told = SCHEDULES.get(kind, "Something on the timetable")
    if kind == "meeting" and group:
        told = OF_MEETINGS.get(rest.rpartition(":")[2], told)
    return language._(told, name=group or rest)
