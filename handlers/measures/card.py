"""One measure as a card: how it stands, who answers for it, and what was last said of it."""

from __future__ import annotations

from handlers.visit import Visit
from models.language import Language
from models.measures import Measure
from models.message import Actions, Button, Fact, Facts, Heading, Message, Note, Part, Quote, Weight
from models.ownership import seated
from models.progress import current_reports, standing
from models.wording import CATEGORIES, standing_words


def measure_card(visit: Visit, measure: Measure) -> Message:
    """One measure: how it stands, what was last said, and a way to report."""
    _ = visit.language._
    report = current_reports(visit.session, [measure.id]).get(measure.id)
    stands = standing(measure, report, visit.on)
    word = standing_words(stands, visit.language)
    heading = f"{measure.code} {measure.title}"[:150]
    parts: list[Part] = [Heading(text=heading), word, Facts(facts=_card_facts(visit, measure))]
    if report is not None:
        by = report.reporter.shown_as() if report.reporter else None
        parts.extend(Quote(text=said, by=by) for said in (report.comment, report.obstacle) if said)
    if report is not None:
        parts.append(Note(text=_("Last report {moment}", moment=visit.language.moment(report.at))))
    buttons = (
        Button(label=_("Report"), action="report.open", value=measure.code, weight=Weight.PRIMARY),
        Button(label=_("Why this?"), action="why", value=measure.code),
    )
    parts.append(Actions(buttons=buttons))
    return Message(summary=f"{heading}: {word}", parts=tuple(parts))


def _card_facts(visit: Visit, measure: Measure) -> tuple[Fact, ...]:
    _ = visit.language._
    is_owned = bool(seated(visit.session, [measure.owner_id or 0], visit.on))
    pairs = [
        (_("Responsible"), responsible(visit.language, measure, is_owned=is_owned)),
        (_("Group"), measure.group.name),
        (_("Kind"), _(CATEGORIES[measure.category])),
        (_("Place"), measure.place),
        (_("Due"), visit.language.day(measure.due_on) if measure.due_on else ""),
    ]
    return tuple(Fact(label=label, value=value) for label, value in pairs if value)


def responsible(language: Language, measure: Measure, *, is_owned: bool) -> str:
    """Who answers for a measure: the owner and organisation, or that nobody does any more."""
    if measure.owner is None:
        return f"{language._('No owner')} ({measure.organisation.name})"
    name = measure.owner.shown_as()
    if not is_owned:
        before = language._("before: {name}", name=name)
        return f"{language._('No owner')} ({before}, {measure.organisation.name})"
    return f"{name}, {measure.organisation.name}"
