"""Who sits where by rows of the files and the database, in words that may be shown."""

from __future__ import annotations

from bot.workbook.columns import Value
from bot.workbook.known import Known


def sitting(seat: dict[str, Value], known: Known) -> str:
    """Who has a seat: the name, or what the protection lets be shown; empty when nobody has."""
    email = seat.get("person")
    if email is None:
        return ""
    policy = known.fact("people", email, "display_policy")
    organisation = known.fact("people", email, "organisation")
    shown = {
        "shown": known.fact("people", email, "name"),
        "function_only": known.fact("people", email, "title"),
    }.get(str(policy or "shown"))
    return str(shown or known.fact("organisations", organisation, "name"))
