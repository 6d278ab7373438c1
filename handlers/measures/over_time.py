"""Measures over time as pictures: when each runs, when it was reported on, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from babel.dates import format_date

from handlers.errors import NotFound
from handlers.measures.listing import title_of
from handlers.measures.pictures import shown, told_in_parts
from handlers.measures.selection import Row, Selection
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.drawings import Bar, Lamp, Tick, Timeline
from models.measures.report_days import report_days
from models.message import Image, Message
from models.wording import lamp_legend, standing_words

BARS = 20
MOST_MARKS = 1000
BACK, AHEAD, LEAST_AHEAD = timedelta(days=730), timedelta(days=548), timedelta(days=90)
MONTHS_UP_TO, QUARTERS_UP_TO = 300, 1400


def show_timeline(visit: Visit, press: ButtonPressed) -> Message:
    """The picture of a list's measures over time, the page that a button asks for."""
    return shown(visit, press, lambda wanted: timelines(Selection(visit, wanted)))


def timelines(selection: Selection) -> list[Image]:
    """As many pictures as all measures need, each with all that it shows in words."""
    language = selection.visit.language
    if not selection.rows:
        raise NotFound(language._("No measures fit."))
    drawn = _Drawn(selection)
    told = [(row, drawn.told(row)) for row in selection.rows]
    name = f"measures-timeline-{selection.visit.on.isoformat()}"
    return [
        Image(drawing=drawn.timeline(rows), alt=alt, name=name)
        for rows, alt in told_in_parts(told, f"{drawn.title}.", BARS)
    ]


@dataclass(frozen=True)
class _Drawn:
    """A selection on its way to a picture, with the days that all its pictures share."""

    selection: Selection

    @cached_property
    def title(self) -> str:
        _ = self.selection.visit.language._
        return _("Over time: {list}", list=title_of(self.selection))[:150]

    @cached_property
    def reports(self) -> dict[int, list[date]]:
        """The days of the reports, by the measure's id."""
        ids = [row.measure.id for row in self.selection.rows]
        return report_days(self.selection.visit.session, ids, self.selection.known_at)

    @cached_property
    def window(self) -> tuple[date, date]:
        """The first and last day: whole months, two years back and a year and a half ahead."""
        on = self.selection.visit.on
        measures = [row.measure for row in self.selection.rows]
        first = max(min([on, *(each.start_on for each in measures)]), on - BACK)
        ends = [on + LEAST_AHEAD, *(each.due_on for each in measures if each.due_on)]
        return first.replace(day=1), _month_after(min(max(ends), on + AHEAD))

    def told(self, row: Row) -> str:
        """A measure in words: how it stands, when it runs, and how it was reported on."""
        language, measure = self.selection.visit.language, row.measure
        reports = self.reports.get(measure.id, [])
        heard = language.n("{number} report", "{number} reports", len(reports))
        if reports:
            last = language.day(reports[-1])
            heard = language._("{reports}, the last on {day}", reports=heard, day=last)
        start = language.day(measure.start_on)
        due = language.day(measure.due_on) if measure.due_on else language._("no date")
        runs = language._("{start} until {end}", start=start, end=due)
        stands = standing_words(row.standing, language).word
        return f"{measure.code} {measure.title[:80]}: {stands}. {runs}. {heard}."

    def timeline(self, rows: Sequence[Row]) -> Timeline:
        """The picture of some of the measures."""
        language, on = self.selection.visit.language, self.selection.visit.on
        bars = tuple(self._bar(row) for row in rows)
        first, last = self.window
        day = language.day(on, on)
        told_today = language._("today {day}", day=day) if not self.selection.known_at else day
        return Timeline(
            title=self.title,
            first=first,
            last=last,
            today=on,
            today_word=told_today[:40],
            report_word=language._("a day with a report"),
            late_word=language._("past its date"),
            ticks=tuple(self._ticks()),
            bars=bars,
            legend=lamp_legend(language, (bar.lamp for bar in bars)),
            note=language._("What nobody has reported on in time is unknown, whatever it was."),
        )

    def _bar(self, row: Row) -> Bar:
        measure = row.measure
        days = sorted(set(self.reports.get(measure.id, [])))
        return Bar(
            code=measure.code[:40],
            title=measure.title[:200],
            start=measure.start_on,
            due=measure.due_on,
            lamp=Lamp(row.standing.light.value),
            word=standing_words(row.standing, self.selection.visit.language).word,
            reports=tuple(days[-MOST_MARKS:]),
        )

    def _ticks(self) -> Iterator[Tick]:
        """The first days of months, quarters or years, as close as they can be read."""
        first, last = self.window
        span, day = (last - first).days, first
        step = 1 if span <= MONTHS_UP_TO else 3 if span <= QUARTERS_UP_TO else 12
        locale, year = self.selection.visit.language.locale, 0
        while day < last:
            if (day.month - 1) % step == 0:
                month = format_date(day, "MMM", locale=locale).rstrip(".")
                # A month with its year has no room before the tick of the year that follows.
                is_last = day.month + step > 12
                word = month if day.year == year or is_last else f"{month} {day.year}"
                yield Tick(day=day, word=str(day.year) if day.month == 1 else word)
                year = day.year
            day = _month_after(day)


def _month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
