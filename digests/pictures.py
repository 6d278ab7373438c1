"""Pictures of a group's measures, where a picture says it better than a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from babel.dates import format_date

from digests.facts import GroupFacts, MeasureFact
from models.drawings import Bar, GridRow, Lamp, StatusGrid, Tally, Tick, Timeline
from models.language import Language
from models.message import Image, Part
from models.wording import lamp_legend, lamp_words, standing_words

FEWEST, FEWEST_AREAS = 8, 2
"""Of fewer measures, or of one area alone, the table and the numbers say enough."""

MOST_BARS, ALT_LENGTH = 20, 2000
BACK, AHEAD = timedelta(days=120), timedelta(days=120)


def status_picture(facts: GroupFacts, language: Language) -> list[Part]:
    """How the measures stand in each priority area; nothing where a list says it as well."""
    areas = _areas(facts, language)
    if len(facts.measures) < FEWEST or len(areas) < FEWEST_AREAS:
        return []
    title = language._("Measures by area · {group}", group=facts.name)[:150]
    rows = tuple(_row(area, measures) for area, measures in areas.items())
    seen = {Lamp(fact.light.value) for fact in facts.measures}
    drawing = StatusGrid(
        title=title,
        columns=(language._("Measures"),),
        rows=rows,
        legend=lamp_legend(language, seen),
        note=language._("In each cell the worst stands first and largest, with its number."),
    )
    alt = " ".join([f"{title}.", *(_told(area, found, language) for area, found in areas.items())])
    name = f"{facts.code}-status-{facts.on.isoformat()}"
    return [Image(drawing=drawing, alt=_cut(alt), name=name)]


def _areas(facts: GroupFacts, language: Language) -> dict[str, list[MeasureFact]]:
    """The measures of each area by its name, those without one last."""
    none = language._("No priority area")
    found: dict[str, list[MeasureFact]] = {}
    for fact in facts.measures:
        names = facts.areas.get(fact.area)
        found.setdefault(names[language.code] if names else fact.area or none, []).append(fact)
    return dict(sorted(found.items(), key=lambda each: (each[0] == none, each[0])))


def _row(area: str, measures: Sequence[MeasureFact]) -> GridRow:
    counts = Counter(Lamp(fact.light.value) for fact in measures)
    tally = Tally(counts=tuple((lamp, counts[lamp]) for lamp in Lamp if counts[lamp]))
    return GridRow(label=area[:120], cells=(tally,))


def _told(area: str, measures: Sequence[MeasureFact], language: Language) -> str:
    counts = Counter(Lamp(fact.light.value) for fact in measures)
    said = ", ".join(
        f"{word.lower()} {counts[lamp]}"
        for lamp, word in lamp_words(language).items()
        if counts[lamp]
    )
    return f"{area}: {said}."


def timeline_picture(
    facts: GroupFacts, measures: Sequence[MeasureFact], language: Language
) -> list[Part]:
    """When measures that are told of run, with a line at the day; of a few there is none."""
    told = measures[:MOST_BARS]
    if len(told) < FEWEST:
        return []
    first, last = _window(told, facts.on)
    title = language._("Over time · {group}", group=facts.name)[:150]
    bars = tuple(_bar(fact, facts.on, language) for fact in told)
    drawing = Timeline(
        title=title,
        first=first,
        last=last,
        today=facts.on,
        today_word=language.day(facts.on, facts.on)[:40],
        report_word=language._("a day with a report"),
        late_word=language._("past its date"),
        ticks=tuple(_ticks(first, last, language)),
        bars=bars,
        legend=lamp_legend(language, {bar.lamp for bar in bars}),
        note=language._("What nobody has reported on in time is unknown, whatever it was."),
    )
    alt = " ".join([f"{title}.", *(_said(bar, facts.on, language) for bar in bars)])
    name = f"{facts.code}-timeline-{facts.on.isoformat()}"
    return [Image(drawing=drawing, alt=_cut(alt), name=name)]


def _bar(fact: MeasureFact, on: date, language: Language) -> Bar:
    return Bar(
        code=fact.code[:40],
        title=fact.title[:200],
        start=fact.start_on or on,
        due=fact.due_on,
        lamp=Lamp(fact.light.value),
        word=standing_words(fact.standing, language).word,
        reports=(fact.reported_on,) if fact.reported_on else (),
    )


def _said(bar: Bar, on: date, language: Language) -> str:
    """A bar in words: FAR-011: Försenad 12 dagar, 24 april – 29 maj."""
    last = language.day(bar.due, on) if bar.due else language._("no date")
    return f"{bar.code}: {bar.word}, {language.day(bar.start, on)} – {last}."


def _window(told: Sequence[MeasureFact], on: date) -> tuple[date, date]:
    """Whole months, as far back and ahead as the measures need, within bounds."""
    first = max(min([on, *(fact.start_on for fact in told if fact.start_on)]), on - BACK)
    ends = [on + timedelta(days=60), *(fact.due_on for fact in told if fact.due_on)]
    return first.replace(day=1), _month_after(min(max(ends), on + AHEAD))


def _ticks(first: date, last: date, language: Language) -> Iterator[Tick]:
    day = first
    while day < last:
        word = format_date(day, "MMM", locale=language.locale).rstrip(".")
        yield Tick(day=day, word=str(day.year) if day.month == 1 else word)
        day = _month_after(day)


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _cut(text: str) -> str:
    return text if len(text) <= ALT_LENGTH else f"{text[: ALT_LENGTH - 1]}…"
