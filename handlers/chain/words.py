"""The words of the chain: its links, the legs of a cause, what a goal lacks, who has approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.chain.things import Approved, Link, subject_of
from models.chain.approvals import ApprovalState, Version, newest, silent_parties, state
from models.chain.links import Cause, Direction, Goal, GoalFact, Leg, Problem
from models.language import Language
from models.measures.measure import Measure
from models.message import Status, Tone
from models.people.organisations import Party
from models.wording import PARTIES

NOUNS: dict[type[Link | Measure], str] = {
    Problem: "Problem",
    Cause: "Cause",
    Direction: "Direction",
    Goal: "Goal",
    Measure: "Measure",
}
LEGS: dict[Leg, str] = {
    Leg.OFFENDER: "offender",
    Leg.TARGET: "target of crime",
    Leg.PLACE: "place",
}
FACTS: dict[GoalFact, str] = {
    GoalFact.BASELINE: "baseline",
    GoalFact.TARGET: "target value",
    GoalFact.DUE: "date",
    GoalFact.INDICATOR: "indicator",
}


def noun(language: Language, thing: Link | Measure) -> str:
    """What sort of thing: Mål, Åtgärd."""
    return language._(NOUNS[type(thing)])


def name(language: Language, thing: Link | Measure) -> str:
    """A thing by its noun and code: Mål FAR-M1."""
    return f"{noun(language, thing)} {thing.code}"


def party_names(language: Language, parties: Iterable[Party]) -> str:
    """Parties in a row: staden och polisen."""
    return language.join([language._(PARTIES[party]) for party in parties])


def rank(language: Language, problem: Problem) -> str:
    """Where the steering group has put a problem."""
    if problem.rank is None:
        return language._("not ranked")
    return language._("rank {number}", number=problem.rank)


def lacking(language: Language, goal: Goal) -> str:
    """What a goal lacks: ofullständigt: saknar utgångsvärde och datum; nothing when it is whole."""
    if goal.is_complete:
        return ""
    facts = language.join([language._(FACTS[fact]) for fact in goal.missing])
    return language._("incomplete: no {facts}", facts=facts)


def approval_status(language: Language, versions: Sequence[Version], reads: str) -> Status:
    """Where both parties' approval of what reads so stands, as sign, word and tone."""
    _ = language._
    last = newest(versions)
    match state(versions, reads):
        case ApprovalState.APPROVED:
            return Status(sign="✓", word=_("approved by both parties"), tone=Tone.GOOD)
        case ApprovalState.WAITING if last is not None:
            left = party_names(language, silent_parties(last))
            waits = "taking away waits for {parties}" if last.removes else "waits for {parties}"
            return Status(sign="◇", word=_(waits, parties=left), tone=Tone.WARNING)
        case ApprovalState.CHANGED:
            return Status(sign="◇", word=_("changed, not submitted again"), tone=Tone.WARNING)
    return Status(sign="○", word=_("draft"), tone=Tone.PLAIN)


def key_of(thing: Approved) -> str:
    """How buttons name a thing that is approved: goal:FAR-M1."""
    return subject_of(thing).key
