"""A language with its catalogue and zone: words, dates, times and numbers as members write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

LOCALES = {"sv": "sv_SE", "en": "en_GB"}


@dataclass(frozen=True)
class Language:
    """How one reader is spoken to: `code` is sv or en, `zone` an IANA name."""

    code: str
    catalogue: NullTranslations
    zone: str = "Europe/Stockholm"

    def _(self, text: str, /, **values: object) -> str:
        """The text in this language with its named values filled in."""
        return self.catalogue.gettext(text).format(**values)

    def n(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The text for one or for many; `{number}` is the number."""
        text = self.catalogue.ngettext(one, many, number)
        return text.format(number=number, **values)

    @property
    def locale(self) -> str:
        """The locale that dates and numbers are written in."""
        return LOCALES.get(self.code, "en_GB")

    def local(self, at: datetime) -> datetime:
        """The time in this reader's zone."""
        return at.astimezone(ZoneInfo(self.zone))

    def day(self, day: date, on: date | None = None) -> str:
        """A day such as 18 juni; with its year where that is not the year of `on`."""
        pattern = "d MMMM" if on is not None and day.year == on.year else "d MMMM y"
        return _written(day, pattern, self.locale)

    def month(self, day: date) -> str:
        """The month of a day, as a heading: Juni."""
        written = _written(day, "LLLL", self.locale)
        return written[:1].upper() + written[1:]

    def month_of_year(self, day: date) -> str:
        """The month of a day within a sentence: juni 2024."""
        return _written(day, "LLLL y", self.locale)

    def short_day(self, day: date) -> str:
        """A day with its weekday, short: tis 18 juni."""
        return _written(day, "EEE d MMMM", self.locale)

    def long_day(self, day: date) -> str:
        """A day with its weekday, whole: tisdag 18 juni."""
        return _written(day, "EEEE d MMMM", self.locale)

    def time(self, at: datetime) -> str:
        """A time of day in the reader's zone: 13.00 in Swedish, 13:00 in English."""
        return self.local(at).strftime("%H.%M" if self.code == "sv" else "%H:%M")

    def moment(self, at: datetime, on: date | None = None) -> str:
        """A day and time in the reader's zone: tis 18 juni 13.00; a year other than `on`'s too."""
        day = self.local(at).date()
        year = f" {day.year}" if on is not None and day.year != on.year else ""
        return f"{self.short_day(day)}{year} {self.time(at)}"

    def number(self, number: float) -> str:
        """A number with the language's decimal sign and groups."""
        return format_decimal(number, locale=self.locale)

    def week(self, day: date) -> str:
        """The ISO week of a day: v. 24 in Swedish, week 24 in English."""
        week = day.isocalendar().week
        return f"v. {week}" if self.code == "sv" else f"week {week}"

    def join(self, words: Sequence[str]) -> str:
        """Words in a row: a, b och c."""
        return format_list(list(words), locale=self.locale)


# The same few days stand in most answers, and reading the pattern is slow.
@lru_cache(maxsize=2048)
def _written(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)
