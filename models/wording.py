"""The words of the domain's enums, the same in every reply and digest (domain glossary)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from models.agreements import Level
from models.drawings import Lamp, Legend
from models.groups import GroupKind, SeatRole
from models.language import Language
from models.measures.measure import Category, MeasureStatus
from models.measures.progress import Light, Standing
from models.measures.promises import Pace
from models.message import Status, Tone
from models.people.addresses import MAIL
from models.people.organisations import Party

STATUSES: dict[MeasureStatus, tuple[str, str, Tone]] = {
    MeasureStatus.NOT_STARTED: ("○", "Not started", Tone.PLAIN),
    MeasureStatus.ONGOING: ("●", "On track", Tone.GOOD),
    MeasureStatus.AT_RISK: ("◆", "At risk of delay", Tone.WARNING),
    MeasureStatus.DELAYED: ("▲", "Delayed", Tone.BAD),
    MeasureStatus.DONE: ("✓", "Done", Tone.GOOD),
    MeasureStatus.CANCELLED: ("×", "Cancelled", Tone.PLAIN),
}
ROLES: dict[SeatRole, str] = {
    SeatRole.CHAIR: "Chair",
    SeatRole.SECRETARY: "Secretary",
    SeatRole.MEMBER: "Member",
    SeatRole.DEPUTY: "Deputy",
    SeatRole.CO_OPTED: "Co-opted",
}
KINDS: dict[GroupKind, str] = {
    GroupKind.STEERING: "steering group",
    GroupKind.PREPARATORY: "preparatory group",
    GroupKind.WORKING: "working group",
}
LEVELS: dict[Level, str] = {Level.CENTRAL: "central", Level.LOCAL: "local"}
PARTIES: dict[Party, str] = {
    Party.CITY: "the city",
    Party.POLICE: "the police",
    Party.EXTERNAL: "others",
    Party.JOINT: "the city and the police together",
}
CATEGORIES: dict[Category, str] = {
    Category.PREVENTION: "prevention",
    Category.SOCIAL: "social work",
    Category.ENVIRONMENT: "safe surroundings",
}


LAMPS: dict[Lamp, str] = {
    Lamp.LATE: "Delayed",
    Lamp.SILENT: "No recent report",
    Lamp.AWAY: "Owner away",
    Lamp.AT_RISK: "At risk of delay",
    Lamp.NOT_STARTED: "Not started",
    Lamp.ON_PLAN: "On plan",
    Lamp.DONE: "Done",
    Lamp.CANCELLED: "Cancelled",
}
"""What each light of a picture means, the worst first."""


def lamp_words(language: Language) -> dict[Lamp, str]:
    """What each light is called, the worst first."""
    return {lamp: language._(word) for lamp, word in LAMPS.items()}


def lamp_legend(language: Language, seen: Iterable[Lamp]) -> Legend:
    """What each light that is seen means, the worst first."""
    kept = set(seen)
    return tuple((lamp, word) for lamp, word in lamp_words(language).items() if lamp in kept)


def status_words(language: Language, status: MeasureStatus) -> Status:
    """A measure's status as sign, word and tone."""
    sign, word, tone = STATUSES[status]
    return Status(sign=sign, word=language._(word), tone=tone)


def delayed_days(language: Language, days: int) -> Status:
    """A status for a date that has passed: ▲ Försenad 12 dagar."""
    word = language.n("Delayed {number} day", "Delayed {number} days", days)
    return Status(sign="▲", word=word, tone=Tone.BAD)


def silent_days(language: Language, days: int) -> Status:
    """A status that is too old to be believed: ? Ingen rapport på 47 dagar."""
    word = language.n("No report for {number} day", "No report for {number} days", days)
    return Status(sign="?", word=word, tone=Tone.UNKNOWN)


def never_reported(language: Language) -> Status:
    """A status for a measure on which nothing was ever reported."""
    return Status(sign="?", word=language._("Never reported"), tone=Tone.UNKNOWN)


def away_until(language: Language, last: date) -> Status:
    """A status that nobody can be asked for: ? Frånvarande t.o.m. 14 juni."""
    word = language._("Away until {day}", day=language.day(last, last))
    return Status(sign="?", word=word, tone=Tone.UNKNOWN)


def silence(language: Language, standing: Standing) -> Status:
    """How long a measure has not been heard of, and whether its owner was asked."""
    if standing.no_answer and not standing.never_reported:
        number = standing.days_silent
        word = language.n(
            "No answer, no report for {number} day",
            "No answer, no report for {number} days",
            number,
        )
        return Status(sign="?", word=word, tone=Tone.UNKNOWN)
    if standing.no_answer:
        return Status(sign="?", word=language._("No answer, never reported"), tone=Tone.UNKNOWN)
    if standing.never_reported:
        return never_reported(language)
    return silent_days(language, standing.days_silent)


def role_word(language: Language, role: SeatRole) -> str:
    """A seat's role."""
    return language._(ROLES[role])


# Most measures stand in one of a few ways, and are shown by the hundred.
@lru_cache(maxsize=1024)
def standing_words(standing: Standing, language: Language) -> Status:
    """How a measure stands as sign, word and tone; a late one says which way it is late."""
    match standing.light:
        case Light.LATE:
            return _late_words(standing, language)
        case Light.AWAY if standing.away_until:
            return away_until(language, standing.away_until)
        case Light.SILENT:
            return silence(language, standing)
        case Light.AT_RISK if standing.help_wanted:
            return Status(sign="◆", word=language._("Wants help"), tone=Tone.WARNING)
        case Light.ON_PLAN:
            return Status(sign="●", word=language._("On plan"), tone=Tone.GOOD)
        case _:
            return status_words(language, standing.status)


def _late_words(standing: Standing, language: Language) -> Status:
    if not standing.reported_late:
        days = standing.days_late
        word = language.n("{number} day past its date", "{number} days past its date", days)
        return Status(sign="▲", word=word, tone=Tone.BAD)
    if standing.days_late:
        return delayed_days(language, standing.days_late)
    return status_words(language, standing.status)


def whose(language: Language, name: str) -> str:
    """A name in the genitive: Maja Ekvalls, Lars; Maja Ekvall's in English."""
    if language.code == "en":
        return f"{name}'s"
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


_PLURAL = ("ar", "er", "or")
"""How Swedish words for several things end."""


def via_words(language: Language, source: str) -> str:
    """That something was said by a link in an e-mail, where it was; else nothing."""
    return language._("by a link in an e-mail") if source == MAIL else ""


def pace_words(language: Language, pace: Pace) -> str:
    """A promise and its pace: 40 av 52 veckor. Hittills 19 av 24 veckor – enligt plan."""
    said = _promise_and_pace(language, pace)
    # What is counted begins the sentence, and is stored as it would stand within one.
    return said[:1].upper() + said[1:]


def _promise_and_pace(language: Language, pace: Pace) -> str:
    _ = language._
    numbers = {
        "promised": pace.promised,
        "weeks": pace.weeks,
        "done": pace.done,
        "begun": pace.begun,
    }
    if pace.unit.endswith(_PLURAL):
        # What is counted stands in the plural: so many of them, `40 helger på 52 veckor`.
        promise = _("{promised} {unit} in {weeks} weeks", unit=pace.unit, **numbers)
        so_far = _("So far {done} in {begun} weeks", **numbers)
        return f"{promise}. {so_far} – {_pace(language, pace)}"
    if pace.is_weekly:
        promise = _("{promised} of {weeks} weeks", **numbers)
        so_far = _("So far {done} of {begun} weeks", **numbers)
    else:
        promise = _("{promised} times in {weeks} weeks", **numbers)
        so_far = _("So far {done} times in {begun} weeks", **numbers)
    return f"{pace.unit} {promise}. {so_far} – {_pace(language, pace)}".strip()


def _pace(language: Language, pace: Pace) -> str:
    if pace.is_kept:
        return language._("the promise is kept")
    if pace.behind:
        return language._("{number} behind the plan", number=pace.behind)
    return language._("according to plan")
