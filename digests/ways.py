"""Where the lines of a digest lead: a button for each thing that a line tells of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from digests.facts import GroupFacts, MeasureFact, MeetingFact
from digests.words import Say
from models.chain.approvals import Subject
from models.language import Language
from models.message import Button

LABEL, SPOKEN, VALUE = 40, 75, 1500
MOST = 20
"""So many things of a line can be opened from it; the whole list holds the others."""

Leads = Callable[[GroupFacts, Language, Say], Iterable[Button]]


def to_measure(fact: MeasureFact) -> Button:
    """To a measure's card, where it can be reported on, asked about and taken over."""
    spoken = cut(f"{fact.code} {fact.title}", SPOKEN)
    return Button(label=fact.code, action="measure.show", value=fact.code, spoken=spoken)


def to_measures(found: Iterable[MeasureFact]) -> tuple[Button, ...]:
    """To each of some measures."""
    return tuple(to_measure(fact) for fact in islice(found, MOST))


def to_meeting(meeting: MeetingFact, words: Say) -> Button:
    """To a meeting's card, with its agenda and who comes."""
    return Button(label=words("show_meeting"), action="meeting.show", value=str(meeting.id))


def to_one(action: str, number: int, text: str, words: Say) -> Button:
    """To a decision or an action point, which a line tells of in its own words."""
    label = words("show_one")
    spoken = cut(f"{label}: {text}", SPOKEN)
    return Button(label=label, action=action, value=str(number), spoken=spoken)


def codes(measures: Iterable[MeasureFact]) -> str:
    """The codes of measures as a button holds them, as many as have room."""
    found = " ".join(fact.code for fact in measures)
    return found if len(found) <= VALUE else found[:VALUE].rpartition(" ")[0]


def cut(text: str, most: int) -> str:
    """A text shown to be cut where it is too long."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _meeting_news(facts: GroupFacts, language: Language, words: Say) -> Iterator[Button]:
    for news in facts.meeting_news[:5]:
        day = language.day(language.local(news.meeting.starts_at).date(), facts.on)
        spoken = f"{words('show_meeting')}: {day}"
        yield to_meeting(news.meeting, words).model_copy(update={"label": day, "spoken": spoken})


def _next_meeting(facts: GroupFacts, language: Language, words: Say) -> Iterator[Button]:
    meeting = facts.next_meeting
    if meeting is not None:
        day = language.day(language.local(meeting.starts_at).date(), facts.on)
        spoken = f"{words('show_meeting')}: {day}"
        yield to_meeting(meeting, words).model_copy(update={"spoken": spoken})


def _ownerless(facts: GroupFacts, _: Language, words: Say) -> Iterator[Button]:
    value = codes(facts.ownerless)
    yield Button(label=words("take_over"), action="measure.owner", value=value)


def _seats(facts: GroupFacts, _: Language, words: Say) -> Iterator[Button]:
    value = f"{facts.code}|{facts.on.isoformat()}|0"
    yield Button(label=words("show_seats"), action="who.group", value=value)


def _results(facts: GroupFacts, language: Language, words: Say) -> Iterator[Button]:
    for result in facts.results[:MOST]:
        said = words("show_result", title=result.titles[language.code])
        yield Button(
            label=cut(said, LABEL),
            action="survey.result",
            value=result.code,
            spoken=cut(said, SPOKEN),
        )


def _indicators(facts: GroupFacts, language: Language, words: Say) -> Iterator[Button]:
    place = {"district": facts.place} if facts.place else {}
    for fact in facts.indicators[:5]:
        said = words("show_indicator", name=fact.names[language.code])
        value = json.dumps({"code": fact.code, **place}, ensure_ascii=False)
        yield Button(
            label=cut(said, LABEL),
            action="indicator.series",
            value=value,
            spoken=cut(said, SPOKEN),
        )


def _approvals(facts: GroupFacts, _: Language, words: Say) -> Iterator[Button]:
    for waiting in facts.approvals[:5]:
        said = words("read_approval", waiting=waiting)
        value = Subject(waiting.kind, waiting.code).key
        yield Button(label=cut(said, LABEL), action="approval.show", value=value)


def _year(facts: GroupFacts, _: Language, words: Say) -> Iterator[Button]:
    value = f"årshjul {facts.code} {facts.on.year}"
    yield Button(label=words("show_year"), action="say", value=value)


LEADS: dict[str, tuple[Leads, str]] = {
    "rewritten": (lambda facts, *_: to_measures(facts.rewritten[:8]), "measure"),
    "meeting_news": (_meeting_news, "meeting"),
    "meeting": (_next_meeting, "meeting"),
    "due": (lambda facts, *_: to_measures(facts.due_before_meeting), "measure"),
    "ownerless": (_ownerless, "measure"),
    "vacancies": (_seats, "seat"),
    "lacks": (_seats, "seat"),
    "results": (_results, "result"),
    "indicators": (_indicators, "indicator"),
    "approvals": (_approvals, "approval"),
    "revision": (_year, "year"),
    "unreported": (lambda facts, *_: to_measures(facts.unreported_otherwise), "measure"),
}
"""For each line below the table, what leads on from it, and what is chosen among several."""
