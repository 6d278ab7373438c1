"""One measure as a card: how it stands, who answers for it, and what was last said of it."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.measures.card_more import card_more
from handlers.measures.follow import follow_button
from handlers.measures.report_told import promise_facts, said_parts
from handlers.measures.undo import taking_back
from handlers.visit import Visit
from models.language import Language
from models.measures.following import is_followed
from models.measures.measure import Measure, ProgressReport
from models.measures.needed import needed_by
from models.measures.ownership import seated
from models.measures.progress import current_reports, standing
from models.measures.unheard import unheard
from models.message import Actions, Button, Fact, Facts, Heading, Message, Part, Weight
from models.rights import Action, may
from models.schedule import local_day
from models.wording import CATEGORIES, standing_words, via_words


def measure_card(visit: Visit, measure: Measure) -> Message:
    """One measure: how it stands, its clocks, what was last said, and a way to report."""
    report = current_reports(visit.session, [measure.id]).get(measure.id)
    why = unheard(visit.session, [measure], visit.on)
    stands = standing(measure, report, visit.on, why.get(measure.id))
    word = standing_words(stands, visit.language)
    heading = f"{measure.code} {measure.title}"[:150]
    promise = promise_facts(visit.language, measure, report, visit.on)
    facts = (*_card_facts(visit, measure), *promise, *_clocks(visit, measure, report))
    parts: list[Part] = [Heading(text=heading), word, Facts(facts=facts)]
    parts += card_more(visit, measure)
    if report is not None:
        by = report.reporter.shown_as() if report.reporter else None
        parts += said_parts(visit.language, report, needed_by(visit.session, report), by)
    parts.append(Actions(buttons=_buttons(visit, measure)))
    changing = _changing(visit, measure, is_closed=stands.status.is_closed)
    changing += taking_back(visit, measure, report) if report is not None else ()
    if changing:
        parts.append(Actions(buttons=changing))
    return Message(summary=f"{heading}: {word}", parts=tuple(parts))


def _buttons(visit: Visit, measure: Measure) -> tuple[Button, ...]:
    _, asker = visit.language._, visit.asker
    follows = asker is not None and is_followed(visit.session, measure, asker)
    return (
        Button(label=_("Report"), action="report.open", value=measure.code, weight=Weight.PRIMARY),
        Button(label=_("Why this?"), action="why", value=measure.code),
        Button(label=_("History"), action="timeline.page", value=measure.code),
        Button(label=_("I have a question"), action="question.ask", value=measure.code),
        follow_button(visit, measure, is_followed=follows),
    )


def _changing(visit: Visit, measure: Measure, *, is_closed: bool) -> tuple[Button, ...]:
    """Changing it, taking it over where nobody answers, and asking a colleague to report."""
    _, roles = visit.language._, visit.roles(measure=measure)
    found = []
    if may(roles, Action.CHANGE_MEASURES):
        found.append(Button(label=_("Change"), action="measure.change", value=measure.code))
        found.append(Button(label=_("More"), action="measure.more", value=measure.code))
    is_owned = bool(seated(visit.session, [measure.owner_id or 0], visit.on))
    if may(roles, Action.TAKE_OVER) and not is_owned and not is_closed:
        label = _("Who takes over?")
        found.append(Button(label=label, action="measure.owner", value=measure.code))
    if visit.asker and measure.owner_id == visit.asker.id and not is_closed:
        label = _("Ask a colleague to report")
        found.append(Button(label=label, action="checkin.hand_on", value=measure.code))
    return tuple(found)


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


def _clocks(visit: Visit, measure: Measure, report: ProgressReport | None) -> Iterator[Fact]:
    """The three clocks: last reported, last asked, and put off until; each only where it runs."""
    language = visit.language
    _ = language._
    if report is not None:
        days = (visit.on - local_day(report.at)).days
        ago = language.n("{number} day ago", "{number} days ago", days) if days else _("today")
        moment = f"{language.moment(report.at, visit.on)} ({ago})"
        by = report.reporter.shown_as() if report.reporter else ""
        value = ", ".join(filter(None, (moment, by, via_words(language, report.source))))
        yield Fact(label=_("Last reported"), value=value)
    if measure.last_asked_at is not None:
        yield Fact(label=_("Last asked"), value=language.moment(measure.last_asked_at, visit.on))
    if measure.snoozed_until is not None and measure.snoozed_until > visit.on:
        yield Fact(label=_("Put off until"), value=language.day(measure.snoozed_until, visit.on))


def responsible(language: Language, measure: Measure, *, is_owned: bool) -> str:
    """Who answers for a measure: the owner and organisation, or that nobody does any more."""
    if measure.owner is None:
        return f"{language._('No owner')} ({measure.organisation.name})"
    name = measure.owner.shown_as()
    if not is_owned:
        before = language._("before: {name}", name=name)
        return f"{language._('No owner')} ({before}, {measure.organisation.name})"
    return f"{name}, {measure.organisation.name}"
