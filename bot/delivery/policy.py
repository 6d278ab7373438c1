"""What becomes of a message when nobody can tell whether it has arrived."""

from __future__ import annotations

from enum import StrEnum


class InDoubt(StrEnum):
    """HOLD asks a coordinator before it is sent again. RESEND sends: twice does no harm."""

    HOLD = "hold"
    RESEND = "resend"


POLICIES: dict[str, InDoubt] = {
    "reply": InDoubt.RESEND,
    "digest": InDoubt.RESEND,
    "meeting": InDoubt.RESEND,
    "survey_result": InDoubt.RESEND,
    "hold": InDoubt.RESEND,
    "asking": InDoubt.HOLD,
    "seat": InDoubt.HOLD,
    "following": InDoubt.HOLD,
}
"""For each purpose; whoever asked waits for a reply, and what is posted weekly may be seen twice.

What asks somebody for something, or concerns them alone, is not said twice unless a person
decides so.
"""


def policy(purpose: str) -> InDoubt:
    """What holds for a purpose; one that is not known is held."""
    return POLICIES.get(purpose, InDoubt.HOLD)
