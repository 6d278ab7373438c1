"""What all calendars that we write have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, vText

from models.language import Language

OURS = "samverkansbot"
"""What the names of our events end in, so that no other program's event has the same."""


REFRESH_HOURS = 4
"""How often a calendar program is asked to look again."""


@dataclass(frozen=True)
class CalendarOf:
    """What a calendar is about: its name, in which language, and when it is made."""

    name: str
    language: Language
    at: datetime


def empty_calendar(about: CalendarOf, product: str) -> Calendar:
    """A calendar without events, as RFC 5545 asks for and common programs show."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Samverkansbot//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # The name that RFC 7986 gives, and the one that programs read before it.
    calendar.add("name", vText(about.name))
    calendar.add("x-wr-calname", vText(about.name))
    calendar.add("x-wr-timezone", about.language.zone)
    # Programs that read it at an address look again so often; Apple and Outlook know the second.
    calendar.add(
        "refresh-interval", timedelta(hours=REFRESH_HOURS), parameters={"VALUE": "DURATION"}
    )
    calendar.add("x-published-ttl", f"PT{REFRESH_HOURS}H")
    return calendar
