"""A member's own weekly digest: what happened in all of their groups, their own measures first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from digests.cards import facts_of, line, rows_of, table_of, words_of
from digests.entitled import asked_of, for_member
from digests.facts import GroupFacts
from digests.gathering import gather_groups
from digests.period import Period, between_digests
from digests.recorded import told_last
from digests.ways import SPOKEN, cut
from digests.weekly import chosen
from digests.words import Words
from models.digest_settings import Wanted
from models.language import Language
from models.message import Button, Fact, Heading, Message, Note, Part, Weight
from models.people.organisations import Person
from models.schedule import ZONE
from models.seats.holders import seats_of_person

MOST_GROUPS = 8
"""Who sits in more groups reads of the first ones, and of how many there are more."""


@dataclass(frozen=True)
class OwnFacts:
    """What happened in the groups of a member."""

    person_id: int
    name: str
    on: date
    groups: tuple[GroupFacts, ...]


def gather(session: Session, person: Person, period: Period, on: date) -> OwnFacts:
    """The facts of each group in which a member holds a seat on the day."""
    seats = seats_of_person(session, person, on)
    groups = {seat.group_id: seat.group for seat in seats if seat.group.holds_on(on)}
    found = gather_groups(session, list(groups.values()), period, on) if groups else []
    asked = asked_of(session, found)
    theirs = tuple(for_member(facts, person.id, asked) for facts in found)
    return OwnFacts(person.id, person.name.split()[0], on, theirs)


def period(session: Session, person: Person, wanted: Wanted, on: date) -> Period:
    """From the digest before the one that falls due on a day, until that one."""
    name = f"own_week:{person.id}"
    return between_digests(wanted.rule(ZONE), on, told_last(session, [name], on).get(name))


def message(facts: OwnFacts, language: Language, wanted: Wanted) -> Message | None:
    """The digest; with fewer changes in all than the member wants to hear of there is none."""
    told = [chosen(each, wanted) for each in facts.groups]
    news = [each for each in told if each.has_news]
    if not news or sum(each.number_of_changes for each in news) < wanted.least:
        return None
    first = news[0]
    words = words_of("own_week", first, language, own=facts, groups=news[:MOST_GROUPS])
    merged = _together(news, facts.person_id)
    lines = [_line(each, language) for each in news[:MOST_GROUPS]]
    more = len(news) - MOST_GROUPS
    parts: list[Part] = [
        Heading(text=words("heading")[:150]),
        Note(text=words("lead")),
        *table_of(merged, merged.told, language, words),
        *facts_of(lines),
        *([Note(text=words("more_groups", more=more))] if more > 0 else []),
        *rows_of(_buttons(words)),
    ]
    return Message(summary=words("summary", groups=news)[:1000], parts=tuple(parts))


def _together(news: list[GroupFacts], person_id: int) -> GroupFacts:
    """What changed in all groups as one table, each measure once, the member's own first."""
    changed = {fact.code: fact for facts in news for fact in facts.changed}
    ordered = sorted(changed.values(), key=lambda fact: (fact.owner_id != person_id, fact.code))
    first = news[0]
    return GroupFacts(first.code, first.name, first.period, first.on, measures=tuple(ordered))


def _line(facts: GroupFacts, language: Language) -> Fact:
    """What happened in one group, leading to its week."""
    words = words_of("own_week", facts, language)
    label = words("show_week")
    spoken = cut(f"{label}: {facts.name}", SPOKEN)
    way = Button(label=label, action="say", value=f"veckan {facts.code}", spoken=spoken)
    return line(words, "group", ways=(way,))


def _buttons(words: Words) -> list[Button]:
    mine = Button(label=words("report_mine"), action="report.mine", weight=Weight.PRIMARY)
    settings = Button(label=words("settings"), action="digest.mine")
    return [mine, settings]
