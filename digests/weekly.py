"""The weekly digest: what happened in a group since the last one, and what needs care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from digests.cards import group_card
from digests.facts import GroupFacts
from digests.gathering import gather_group, gather_groups
from digests.period import Period
from models.digest_settings import Section, Wanted
from models.groups import Group
from models.language import Language
from models.meetings.minutes import Minutes
from models.message import Message

WeeklyFacts = GroupFacts
DEFAULT = Wanted()

TOLD: dict[Section, dict[str, Any]] = {
    Section.MEASURES: {"measures": (), "revision": None},
    Section.MEETINGS: {"next_meeting": None, "meeting_news": (), "minutes": Minutes()},
    Section.SEATS: {"vacancies": (), "lacks": ()},
    Section.NEWS: {"results": (), "indicators": ()},
    Section.APPROVALS: {"approvals": ()},
}
"""What of the facts is nothing where a section is left out; the picture is no fact of its own."""


def gather(session: Session, group: Group, period: Period, on: date) -> WeeklyFacts:
    """The facts of a week, read as they were known when it ended, as a channel may read them."""
    return gather_group(session, group, period, on).for_channel()


def gather_all(
    session: Session, groups: Sequence[Group], period: Period, on: date
) -> list[WeeklyFacts]:
    """The same of many groups at once."""
    return [facts.for_channel() for facts in gather_groups(session, groups, period, on)]


def chosen(facts: WeeklyFacts, wanted: Wanted) -> WeeklyFacts:
    """Only what a reader has asked for."""
    for section, nothing in TOLD.items():
        if section not in wanted.sections:
            facts = replace(facts, **nothing)
    return facts


def message(facts: WeeklyFacts, language: Language, wanted: Wanted = DEFAULT) -> Message | None:
    """The digest; with fewer changes than the reader wants to hear of there is none."""
    facts = chosen(facts, wanted)
    if facts.number_of_changes < wanted.least:
        return None
    picture = Section.PICTURE in wanted.sections
    return group_card("weekly", facts, language, picture=picture)
