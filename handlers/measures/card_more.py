"""What a measure's card says beside how it stands: whose it is, by what means, and what for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from handlers.chain.things import subject_of, wording
from handlers.chain.words import approval_status
from handlers.measures.change_words import HORIZONS
from handlers.visit import Visit
from models.agreements import PriorityArea
from models.chain.approvals import history
from models.chain.links import has_cause
from models.measures.measure import Measure
from models.message import Fact, Facts
from models.wording import PARTIES


def card_more(visit: Visit, measure: Measure) -> tuple[Facts, ...]:
    """The facts that a measure has, each only where it is said: what it is, and why it is."""
    groups = ((*_whose(visit, measure), *_means(visit, measure)), tuple(_reasons(visit, measure)))
    said = (
        tuple(Fact(label=label, value=value[:1500]) for label, value in group if value)
        for group in groups
    )
    return tuple(Facts(facts=facts) for facts in said if facts)


def _whose(visit: Visit, measure: Measure) -> Iterator[tuple[str, str]]:
    _, language = visit.language._, visit.language
    yield _("Party"), _(PARTIES[measure.party])
    yield _("Contributing organisations"), language.join([o.name for o in measure.contributors])
    yield _("Priority area"), area_name(visit, measure)
    yield _("Start"), language.day(measure.start_on)
    days = measure.cadence_days
    yield _("Asked about"), language.n("every day", "every {number} days", days)


def _means(visit: Visit, measure: Measure) -> Iterator[tuple[str, str]]:
    _, language = visit.language._, visit.language
    amount = measure.funding_kr
    money = [measure.funding_source]
    if amount is not None:
        money.insert(0, _("{amount} kr", amount=language.number(amount)))
    yield _("Means"), measure.instrument
    yield _("Horizon"), _(HORIZONS[measure.horizon])
    yield _("Funding"), ", ".join(words for words in money if words)


def _reasons(visit: Visit, measure: Measure) -> Iterator[tuple[str, str]]:
    """The goals and causes that it is linked to, or what it says in words; and its approval."""
    _, language = visit.language._, visit.language
    goals = [f"{goal.code} {goal.title}" for goal in measure.goals]
    causes = [f"{cause.code} {cause.title}" for cause in measure.causes]
    yield _("Goal"), "; ".join(goals) or measure.goal
    # By way of a goal the cause is said already: the button leads to the whole chain.
    cause = "" if goals else measure.cause
    missing = "" if has_cause(measure) else f"⚠ {_('No cause is linked')}"
    yield _("Cause"), "; ".join(causes) or cause or missing
    if versions := history(visit.session, subject_of(measure)):
        yield _("Approval"), str(approval_status(language, versions, wording(measure)))


def area_name(visit: Visit, measure: Measure) -> str:
    """The measure's priority area, as its latest version calls it."""
    if not measure.area:
        return ""
    query = select(PriorityArea).where(PriorityArea.code == measure.area)
    areas = visit.session.scalars(query.order_by(PriorityArea.valid_from.desc())).all()
    return areas[0].name(visit.language.code) if areas else measure.area
