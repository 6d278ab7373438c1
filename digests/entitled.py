"""Which results of surveys one reader may hear of: what is sensitive is for those concerned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from digests.facts import GroupFacts
from models.surveys.survey import Invitation, Survey

Asked = Mapping[str, Collection[int]]
"""By the codes of surveys, the ids of those who were asked."""


def asked_of(session: Session, groups: Iterable[GroupFacts]) -> Asked:
    """Who was asked in the sensitive surveys of other groups; without such nothing is read."""
    results = (result for facts in groups for result in facts.results)
    codes = {result.code for result in results if result.sensitive and not result.own}
    found: dict[str, set[int]] = defaultdict(set)
    if codes:
        query = select(Survey.code, Invitation.person_id).join(Invitation.survey)
        for code, person_id in session.execute(query.where(Survey.code.in_(codes))):
            found[code].add(person_id)
    return found


def for_member(facts: GroupFacts, person_id: int, asked: Asked) -> GroupFacts:
    """What a member of the group may read: its own sensitive results, and where they were asked."""
    results = tuple(
        result
        for result in facts.results
        if not result.sensitive or result.own or person_id in asked.get(result.code, ())
    )
    return facts if results == facts.results else replace(facts, results=results)
