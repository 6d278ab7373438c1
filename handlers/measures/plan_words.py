"""A group's plan in words: what the page's template is filled with, and nothing to work out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.chain.things import Approved, from_to, subject_of, wording
from handlers.chain.words import LEGS, approval_status, lacking, name, party_names, rank
from handlers.measures.card import responsible
from handlers.measures.listing import age
from handlers.measures.plan_facts import AreaPlan, PlanFacts
from handlers.measures.selection import Row
from models.agreements import Agreement, AgreementStatus
from models.chain.approvals import ApprovalState, newest, state
from models.chain.links import Cause, Direction, Goal, Problem, has_cause
from models.drawings import Lamp
from models.language import Language
from models.measures.measure import Measure
from models.message import Status
from models.schedule import local_day
from models.wording import LAMPS, PARTIES, standing_words

AGREEMENTS: dict[AgreementStatus, str] = {
    AgreementStatus.DRAFT: "draft",
    AgreementStatus.ON_CONSULTATION: "on consultation",
    AgreementStatus.DECIDED: "decided",
    AgreementStatus.IN_FORCE: "in force",
    AgreementStatus.UNDER_REVISION: "under revision",
    AgreementStatus.ENDED: "ended",
}


@dataclass(frozen=True)
class Node:
    """A link of the chain: what it is, what it says, what is known of it, and what hangs on it.

    `flags` are what is missing; `codes` are the measures that work directly for it.
    """

    label: str
    title: str
    details: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    approval: Status | None = None
    approvers: str = ""
    codes: tuple[str, ...] = ()
    below: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Line:
    """A measure in the plan's table."""

    code: str
    title: str
    place: str
    why: tuple[str, ...]
    flags: tuple[str, ...]
    responsible: str
    party: str
    helping: str
    start: str
    due: str
    status: Status
    age: str
    approval: Status | None
    approvers: str
    funding: str


@dataclass(frozen=True)
class Section:
    """A priority area in words."""

    name: str
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PlanWords:
    """All that the page says."""

    facts: PlanFacts
    contributors: dict[int, list[str]]

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.facts.visit.language

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.language._("Action plan: {group}", group=self.facts.group.name)

    @property
    def day(self) -> str:
        """The day that the page is about."""
        return self.language._("As of {day}", day=self.language.day(self.facts.visit.on))

    @property
    def foot(self) -> str:
        """What a status says; of an earlier day also what is told as it is now."""
        _ = self.language._
        said = _(
            "A status says what was last reported. What nobody has reported on in time is unknown."
        )
        if self.facts.known_at is None:
            return said
        past = _(
            "Measures, reports and approvals are as they were on that day. What of the chain had "
            "not been submitted for approval then reads as it does now."
        )
        return f"{said} {past}"

    def head(self) -> Iterator[tuple[str, str]]:
        """The agreement behind the plan, the next meeting, and what the plan costs."""
        _ = self.language._
        group = self.facts.group
        if self.facts.agreement is not None:
            yield _("Agreement"), self._agreement(self.facts.agreement)
        else:
            yield _("Agreement"), _("none is linked to the group")
        meets = self.facts.selection.meetings.get(group.id)
        if meets is not None:
            day = local_day(meets, group.zone)
            yield _("Next meeting"), f"{self.language.long_day(day)} {day.year}"
        yield _("Measures"), self._counted()
        yield _("Funding"), self._funding_in_all()
        if self.facts.things:
            yield _("Approval"), self._approved_in_all()
        if flaws := self._flaws():
            yield _("To complete"), flaws

    def _agreement(self, agreement: Agreement) -> str:
        _ = self.language._
        is_past = agreement is not self.facts.group.agreement
        status = AgreementStatus.IN_FORCE if is_past else agreement.status
        words = [agreement.name, _(AGREEMENTS[status])]
        if agreement.registry_number:
            words.append(_("registry number {number}", number=agreement.registry_number))
        if agreement.next_revision_on:
            day = self.language.day(agreement.next_revision_on)
            words.append(_("to be revised by {day}", day=day))
        return ", ".join(words)

    def _counted(self) -> str:
        rows = self.facts.rows
        lights = Counter(Lamp(row.standing.light.value) for row in rows)
        words = [
            f"{self.language._(word).lower()} {lights[lamp]}"
            for lamp, word in LAMPS.items()
            if lights[lamp]
        ]
        number = self.language.n("{number} measure", "{number} measures", len(rows))
        return f"{number}: {', '.join(words)}" if words else number

    def _funding_in_all(self) -> str:
        _ = self.language._
        known = [row.measure.funding_kr for row in self.facts.rows if row.measure.funding_kr]
        left = len(self.facts.rows) - len(known)
        if not known:
            return _("no amount is given")
        words = [_("{amount} SEK", amount=self.language.number(sum(known)))]
        if left:
            words.append(
                self.language.n(
                    "{number} measure without an amount",
                    "{number} measures without an amount",
                    left,
                )
            )
        return ", ".join(words)

    def _approved_in_all(self) -> str:
        """How many directions, goals and measures both parties have approved, and what waits."""
        language, found = self.language, Counter(map(self._state, self.facts.things))
        number = len(self.facts.things)
        approved = language.n(
            "{approved} of {number} direction, goal or measure is approved by both parties",
            "{approved} of {number} directions, goals and measures are approved by both parties",
            number,
            approved=found[ApprovalState.APPROVED],
        )
        waiting = found[ApprovalState.WAITING] + found[ApprovalState.CHANGED]
        words = [language.n("{number} waits", "{number} wait", waiting)] if waiting else []
        return ", ".join([approved, *words])

    def _state(self, thing: Approved) -> ApprovalState:
        last = self.facts.version_then(thing)
        versions = self.facts.versions.get(subject_of(thing), [])
        return state(versions, last.wording if last else wording(thing))

    def _flaws(self) -> str:
        language = self.language
        without = len(self.facts.without_cause(self.facts.rows))
        goals = self.facts.incomplete_goals
        words = [
            language.n(
                "{number} measure without a cause", "{number} measures without a cause", without
            )
            if without
            else "",
            language.n("{number} incomplete goal", "{number} incomplete goals", goals)
            if goals
            else "",
        ]
        return ", ".join(word for word in words if word)

    def sections(self) -> list[Section]:
        """The priority areas, one after the other."""
        return [self._section(area) for area in self.facts.areas]

    def _section(self, area: AreaPlan) -> Section:
        return Section(
            area.name or self.language._("No priority area"),
            tuple(self._problem(each) for each in area.problems),
            tuple(self._line(row) for row in area.rows),
        )

    def _problem(self, problem: Problem) -> Node:
        _ = self.language._
        source = _("Source: {source}", source=problem.source) if problem.source else ""
        causes = self.facts.there(problem.causes)
        return Node(
            name(self.language, problem),
            problem.title,
            details=tuple(word for word in (rank(self.language, problem), source) if word),
            flags=() if causes else (_("no cause is found yet"),),
            below=tuple(self._cause(each) for each in causes),
        )

    def _cause(self, cause: Cause) -> Node:
        _, directions = self.language._, self.facts.there(cause.directions)
        return Node(
            name(self.language, cause),
            cause.title,
            details=(_(LEGS[cause.leg]),),
            flags=() if directions else (_("no direction is agreed yet"),),
            codes=self._of_cause_alone(cause),
            below=tuple(self._direction(each) for each in directions),
        )

    def _of_cause_alone(self, cause: Cause) -> tuple[str, ...]:
        """The measures against a cause that work for none of its goals."""
        directions = self.facts.there(cause.directions)
        goals = [goal for each in directions for goal in self.facts.there(each.goals)]
        by_goal = set(self._codes(goals))
        return tuple(code for code in self._codes([cause]) if code not in by_goal)

    def _direction(self, direction: Direction) -> Node:
        then, goals = self.facts.version_then(direction), self.facts.there(direction.goals)
        return Node(
            name(self.language, direction),
            then.wording if then else direction.title,
            flags=() if goals else (self.language._("no goal is set yet"),),
            approval=self._approval(direction),
            approvers=self._approvers(direction),
            below=tuple(self._goal(each) for each in goals),
        )

    def _goal(self, goal: Goal) -> Node:
        _ = self.language._
        title, *details = self._said(goal)
        codes = self._codes([goal])
        flags = [lacking(self.language, goal), "" if codes else _("no measure works for it")]
        return Node(
            name(self.language, goal),
            title,
            details=tuple(details),
            flags=tuple(flag for flag in flags if flag),
            approval=self._approval(goal),
            approvers=self._approvers(goal),
            codes=codes,
        )

    def _said(self, goal: Goal) -> list[str]:
        """A goal's title and its numbers; on an earlier day as they had been submitted."""
        _ = self.language._
        if (then := self.facts.version_then(goal)) is not None:
            return then.wording.split("\n")
        due = _("by {day}", day=self.language.day(goal.due_on)) if goal.due_on else ""
        indicator = _("Indicator: {indicator}", indicator=goal.indicator) if goal.indicator else ""
        details = [from_to(self.language, goal), due, indicator]
        return [goal.title, *(word for word in details if word)]

    def _codes(self, links: Sequence[Cause | Goal]) -> tuple[str, ...]:
        return tuple(each.code for each in self.facts.planned(links))

    def _approval(self, thing: Approved) -> Status | None:
        versions = self.facts.versions.get(subject_of(thing), [])
        if not versions:
            return None
        last = self.facts.version_then(thing)
        return approval_status(self.language, versions, last.wording if last else wording(thing))

    def _approvers(self, thing: Approved) -> str:
        """Who has approved the newest wording, for which party and when."""
        last = newest(self.facts.versions.get(subject_of(thing), []))
        if last is None or last.removes:
            return ""
        return "; ".join(
            f"{party_names(self.language, [given.party])}: {given.person.shown_as()}, "
            f"{self.language.day(local_day(given.at))}"
            for given in last.approvals
        )

    def _line(self, row: Row) -> Line:
        language, measure = self.language, self.facts.linked[row.measure.id]
        due = language.day(measure.due_on) if measure.due_on else language._("no date")
        return Line(
            code=measure.code,
            title=measure.title,
            place=measure.place,
            why=tuple(self._why(measure)),
            flags=() if has_cause(measure) else (language._("no cause is linked"),),
            responsible=responsible(language, row.measure, is_owned=row.is_owned),
            party=language._(PARTIES[measure.party]),
            helping=", ".join(self.contributors.get(measure.id, ())),
            start=language.day(measure.start_on),
            due=due,
            status=standing_words(row.standing, language),
            age=age(language, row.standing),
            approval=self._approval(measure),
            approvers=self._approvers(measure),
            funding=self._funding(measure),
        )

    def _why(self, measure: Measure) -> Iterator[str]:
        """The goals and causes that it is linked to, or else what it says in words."""
        links: list[Goal | Cause] = [*measure.goals, *measure.causes]
        if links:
            yield from (f"{name(self.language, link)}: {link.title}" for link in links)
            return
        for label, words in (("Goal", measure.goal), ("Cause", measure.cause)):
            if words:
                yield f"{self.language._(label)}: {words}"

    def _funding(self, measure: Measure) -> str:
        amount = ""
        if measure.funding_kr is not None:
            number = self.language.number(measure.funding_kr)
            amount = self.language._("{amount} SEK", amount=number)
        return ", ".join(word for word in (amount, measure.funding_source) if word)
