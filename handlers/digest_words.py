"""The words of digest settings: weekdays, hours, and what is told."""

from __future__ import annotations

from collections.abc import Collection

from babel.dates import get_day_names

from models.digest_settings import EVERYTHING, WEEKDAYS, Section
from models.language import Language

SECTIONS = {
    Section.MEASURES: "measures and revision",
    Section.MEETINGS: "meetings and decisions",
    Section.SEATS: "vacant seats",
    Section.NEWS: "surveys and figures",
    Section.APPROVALS: "approvals that wait",
    Section.PICTURE: "a picture of many measures",
}
"""What each section tells; the words are in the catalogue."""


def weekday_words(language: Language) -> dict[int, str]:
    """The working days: Måndag in Swedish, Monday in English."""
    names = get_day_names("wide", "stand-alone", locale=language.locale)
    return {day: names[day].capitalize() for day in WEEKDAYS}


def hour_words(language: Language, hour: int) -> str:
    """A whole hour on the clock: kl. 8.00 in Swedish, 8:00 in English."""
    return f"kl. {hour}.00" if language.code == "sv" else f"{hour}:00"


def told_words(language: Language, sections: Collection[Section]) -> str:
    """What is told, in a row."""
    if frozenset(sections) == EVERYTHING:
        return language._("everything")
    return language.join([language._(SECTIONS[each]) for each in Section if each in sections])
