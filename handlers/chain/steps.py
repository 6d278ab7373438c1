"""Each link of the chain as one line, the same in every answer: code, title, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from handlers.chain.things import Approved, Link, from_to, subject_of, wording
from handlers.chain.words import LEGS, approval_status, lacking, name, rank
from models.chain.approvals import Subject, Version, histories
from models.chain.links import Cause, Direction, Goal, Problem
from models.language import Language
from models.measures.measure import Measure
from models.measures.progress import Standing, standings
from models.wording import standing_words


@dataclass(frozen=True)
class Steps:
    """The links of a chain in words: what is known of their approval and of the measures."""

    language: Language
    versions: dict[Subject, list[Version]] = field(default_factory=dict)
    lights: dict[int, Standing] = field(default_factory=dict)

    @classmethod
    def of(
        cls, session: Session, language: Language, things: Iterable[Approved], on: date
    ) -> Steps:
        """The words for these things and their like, in three queries."""
        known = list(things)
        measures = [each for each in known if isinstance(each, Measure)]
        versions = histories(session, [subject_of(each) for each in known])
        return cls(language, versions, standings(session, measures, on))

    def approval(self, thing: Approved) -> str:
        """Where the approval of a thing stands, in words; nothing where it was not asked for."""
        versions = self.versions.get(subject_of(thing), [])
        return str(approval_status(self.language, versions, wording(thing))) if versions else ""

    def measure(self, measure: Measure) -> str:
        """FAR-014 with its title, its light, and what both parties have said of it."""
        light = standing_words(self.lights[measure.id], self.language)
        words = [f"**{name(self.language, measure)}:** {measure.title}", str(light)]
        return " · ".join(word for word in (*words, self.approval(measure)) if word)

    def goal(self, goal: Goal) -> str:
        """A goal with its numbers, what it lacks, and its approval."""
        words = [f"**{name(self.language, goal)}:** {goal.title}", from_to(self.language, goal)]
        if lack := lacking(self.language, goal):
            words.append(f"⚠ {lack}")
        return " · ".join(word for word in (*words, self.approval(goal)) if word)

    def direction(self, direction: Direction) -> str:
        """A direction and its approval."""
        words = [f"**{name(self.language, direction)}:** {direction.title}"]
        return " · ".join(word for word in (*words, self.approval(direction)) if word)

    def cause(self, cause: Cause) -> str:
        """A cause and its leg of the triangle."""
        leg = self.language._(LEGS[cause.leg])
        return f"**{name(self.language, cause)}** ({leg}): {cause.title}"

    def problem(self, problem: Problem) -> str:
        """A problem and its rank."""
        where = rank(self.language, problem)
        return f"**{name(self.language, problem)}** ({where}): {problem.title}"

    def link(self, link: Link) -> str:
        """Any link as its line."""
        if isinstance(link, Goal):
            return self.goal(link)
        if isinstance(link, Direction):
            return self.direction(link)
        return self.cause(link) if isinstance(link, Cause) else self.problem(link)

    def upward(self, cause: Cause) -> list[str]:
        """From a cause up to the situation report."""
        lines = [self.cause(cause), self.problem(cause.problem)]
        if source := cause.problem.source:
            lines.append(f"**{self.language._('Source')}:** {source}")
        return lines
