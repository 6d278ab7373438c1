"""One action point as a card, and marking it done, open again or dropped."""

from __future__ import annotations

from sqlalchemy import select

from handlers.decisions.card import sees_restricted
from handlers.decisions.point_draft import is_member
from handlers.decisions.point_history import day_moved_from, history
from handlers.errors import NotAllowed, NotFound
from handlers.meetings.roll import INSIDE
from handlers.questions import question_and_answer
from handlers.requests import ButtonPressed
from handlers.seats.telling import speech
from handlers.visit import Visit
from handlers.whole import whole
from models.language import Language
from models.meetings import points
from models.meetings.action_points import ActionPoint, PointEvent
from models.meetings.plans import By
from models.meetings.point_questions import questions_of
from models.meetings.points import PointFacts, point_now
from models.meetings.words import lateness, owner_words
from models.message import (
    Actions,
    Button,
    Confirm,
    Fact,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Status,
    Tone,
    Weight,
)
from models.people.organisations import Person
from models.rights import Action, may
from models.wording import via_words

STATES = {
    PointEvent.DONE: ("✓", "Done", Tone.GOOD),
    PointEvent.DROPPED: ("×", "Dropped", Tone.PLAIN),
}
SAID = {
    PointEvent.DONE: "Marked as done.",
    PointEvent.REOPENED: "Open again.",
    PointEvent.DROPPED: "Dropped: it is not to be done after all.",
}
"""How a point stands and what was done; the words are in the catalogue."""

CARD = "card"
"""Stands behind a point's number where the button is its own card's, which may become another."""

MOST_QUESTIONS = 5


def show(visit: Visit, press: ButtonPressed) -> Message:
    """The card of the point that a button names."""
    return point_card(visit, find_point(visit, press.value))


def find_point(visit: Visit, number: str, *, locked: bool = False) -> ActionPoint:
    """A point that the asker may see; raises a sentence where there is none."""
    visit.demand(Action.SEE_MEETINGS)
    query = select(ActionPoint).where(ActionPoint.id == (whole(number) or 0))
    if locked:
        query = query.with_for_update(of=ActionPoint).execution_options(populate_existing=True)
    point = visit.session.scalars(query).first()
    if point is None:
        raise NotFound(visit.language._("The action point is not there any more."))
    if not sees_point(visit, point_now(visit.session, point)):
        raise NotAllowed(visit.language._("The action point is restricted to the group."))
    return point


def sees_point(visit: Visit, facts: PointFacts) -> bool:
    """Whether the asker may see a point: a restricted one is for the group and its owner."""
    return (
        owns(visit, facts)
        or not facts.point.restricted
        or sees_restricted(visit, facts.point.meeting)
    )


def whose_to_change(visit: Visit, point: ActionPoint) -> None:
    """Stops here unless the asker leads the group; to close a point being its owner is enough."""
    visit.demand_member()
    visit.demand(Action.WRITE_DECISIONS, group_id=point.meeting.group_id)


def done(visit: Visit, press: ButtonPressed) -> Message:
    """Marks a point as done, for its owner and those who lead."""
    return _set(visit, press, PointEvent.DONE)


def reopened(visit: Visit, press: ButtonPressed) -> Message:
    """Opens a closed point again, for its owner and those who lead."""
    return _set(visit, press, PointEvent.REOPENED)


def dropped(visit: Visit, press: ButtonPressed) -> Message:
    """Says that a point is not to be done after all, for those who lead."""
    return _set(visit, press, PointEvent.DROPPED)


def _set(visit: Visit, press: ButtonPressed, event: PointEvent) -> Message:
    visit.demand_member()
    number, _bar, where = press.value.partition("|")
    point = find_point(visit, number, locked=True)
    facts = point_now(visit.session, point)
    if event is PointEvent.DROPPED or not owns(visit, facts):
        whose_to_change(visit, point)
    step = points.set_event(visit.session, facts, event, By(visit.person, visit.at, visit.platform))
    if step is not None:
        visit.remember(f"point:{point.id}|{event.value}|{where}")
    return _after(visit, point, event if step is not None else None, where)


def _after(visit: Visit, point: ActionPoint, event: PointEvent | None, where: str) -> Message:
    """The point after a press, with what was done."""
    told = (Note(text=visit.language._(SAID[event])),) if event else ()
    # A digest, a list or the week's question stays as it is: much else stands in it.
    return point_card(visit, point, told).model_copy(update={"replaces": where == CARD})


def owns(visit: Visit, facts: PointFacts) -> bool:
    """Whether the point is the asker's to do."""
    owner, asker = facts.owner, visit.asker
    return asker is not None and owner is not None and owner.id == asker.id


def point_card(
    visit: Visit, point: ActionPoint, told: tuple[Part, ...] = (), reader: Person | None = None
) -> Message:
    """A point as it stands; for another reader in their language, with their buttons."""
    language = speech(reader) if reader else visit.language
    facts = point_now(visit.session, point)
    heading = facts.text
    parts: list[Part] = [Heading(text=heading[:150]), *told]
    if status := state_of(language, facts, visit):
        parts.append(status)
    if point.restricted:
        parts.append(Status(sign="◆", word=language._("Restricted"), tone=Tone.WARNING))
    parts.append(_facts(visit, language, facts))
    if _sees_history(visit, facts, reader):
        parts += history(language, point, visit.on)
    parts += _questions(visit, language, facts, reader)
    buttons = _buttons(visit, language, facts, reader or visit.asker)
    if buttons:
        parts.append(Actions(buttons=buttons))
    said = " ".join(part.text for part in told if isinstance(part, Note))
    return Message(summary=f"{heading}. {said}".strip()[:1000], parts=tuple(parts))


def state_of(language: Language, facts: PointFacts, visit: Visit) -> Status | None:
    """That a point is closed, or how late it is; nothing where it is open and in time."""
    if facts.is_open:
        return lateness(language, facts, visit.on)
    sign, word, tone = STATES.get(facts.step.event, STATES[PointEvent.DONE])
    return Status(sign=sign, word=language._(word), tone=tone)


def _facts(visit: Visit, language: Language, facts: PointFacts) -> Facts:
    _ = language._
    point = facts.point
    owner, via = owner_words(language, facts, visit.on), via_words(language, facts.step.source)
    day = language.day(language.local(point.meeting.starts_at).date(), visit.on)
    decision = f"§ {point.decision.number}" if point.decision else ""
    said = {
        _("Who does it"): f"{owner} ({via})" if via else owner,
        _("Due"): language.day(facts.due_on, visit.on) if facts.due_on else "",
        _("Follows from"): decision,
        _("Meeting"): f"{point.meeting.group.name}, {day}",
        _("Why more time"): facts.step.reason,
    }
    return Facts(
        facts=tuple(Fact(label=label, value=value) for label, value in said.items() if value)
    )


def _sees_history(visit: Visit, facts: PointFacts, reader: Person | None) -> bool:
    """Whether the reader is told who did what: the group and whoever does it."""
    if reader is not None:
        return facts.owner is not None and facts.owner.id == reader.id
    inside = bool(visit.roles(group_id=facts.point.meeting.group_id) & INSIDE)
    return inside or owns(visit, facts)


def _questions(
    visit: Visit, language: Language, facts: PointFacts, reader: Person | None
) -> list[Part]:
    """What was asked and answered, for the group and for whoever asked."""
    meeting = facts.point.meeting
    inside = reader is None and bool(visit.roles(group_id=meeting.group_id) & INSIDE)
    mine = reader or visit.asker
    rows = [
        row
        for row in questions_of(visit.session, facts.point)
        if inside or (mine is not None and row.asker_id == mine.id)
    ]
    return [part for row in rows[-MOST_QUESTIONS:] for part in question_and_answer(language, row)]


def _buttons(
    visit: Visit, language: Language, facts: PointFacts, reader: Person | None
) -> tuple[Button, ...]:
    """What the reader may do with the point; one that became a measure is reported on."""
    _ = language._
    point, number = facts.point, f"{facts.point.id}|{CARD}"
    see = Button(label=_("Show the meeting"), action="meeting.show", value=str(point.meeting_id))
    mine = reader is not None and facts.owner is not None and facts.owner.id == reader.id
    roles = visit.roles(group_id=point.meeting.group_id)
    leads = reader is visit.asker and may(roles, Action.WRITE_DECISIONS)
    if point.measure is not None:
        code = point.measure.code
        report = Button(label=_("Report"), action="report.open", value=code)
        return (*((report,) if mine or leads else ()), see)
    takes = reader is visit.asker and can_take(visit, facts)
    take = Button(label=_("Take over"), action="point.take", value=str(point.id))
    ask = _ask(language, point)
    if not (mine or leads):
        return (*((take,) if takes else ()), ask, see)
    if not facts.is_open:
        return (Button(label=_("Undo"), action="point.reopen", value=number), see)
    ready = Button(label=_("Done"), action="point.done", value=number, weight=Weight.PRIMARY)
    later = Button(label=_("Needs more time"), action="point.later", value=str(point.id))
    more = (*_to_keep(visit, language, facts), *_leading(language, number))
    more = more if leads else (later, ask)
    return (ready, *((take,) if takes else ()), *more, see)


def _to_keep(visit: Visit, language: Language, facts: PointFacts) -> tuple[Button, ...]:
    """The way back to the last day that somebody else has just moved."""
    step = facts.step
    by_another = step.person_id not in (None, visit.asker.id if visit.asker else None)
    return (
        (keep_button(visit, language, facts),) if by_another and day_moved_from(facts.point) else ()
    )


def keep_button(visit: Visit, language: Language, facts: PointFacts) -> Button:
    """Lets the day stand that the point had before its last step."""
    before = day_moved_from(facts.point)
    assert before is not None, "the last step moved the day"
    day = language.day(before.due_on, visit.on)
    value = f"{facts.point.id}|{facts.step.id}"
    return Button(label=language._("Keep {day}", day=day), action="point.keep", value=value)


def _ask(language: Language, point: ActionPoint) -> Button:
    """The way to ask: about the decision that the point follows from, else about the point."""
    label = language._("I have a question")
    if point.decision is None:
        return Button(label=label, action="point.ask", value=str(point.id))
    value = f"{point.meeting_id}|{point.decision_id}"
    return Button(label=label, action="decision.ask", value=value)


def can_take(visit: Visit, facts: PointFacts) -> bool:
    """Whether nobody does the point any more, and the asker, who sits in the group, may."""
    if visit.asker is None or not facts.is_open_task or not facts.is_ownerless(visit.on):
        return False
    return is_member(visit, facts.point.meeting, visit.asker)


def _leading(language: Language, number: str) -> tuple[Button, ...]:
    _ = language._
    sure = Confirm(
        title=_("Drop the action point?"),
        text=_("It is not carried forward any more. It can be opened again."),
        yes=_("Drop it"),
        no=_("Keep it"),
    )
    return (
        Button(label=_("Change"), action="point.change", value=number.partition("|")[0]),
        Button(label=_("Drop"), action="point.drop", value=number, confirm=sure),
    )


def recall(visit: Visit, key: str) -> Message:
    """The point as it stands, and what was done, for the same event a second time."""
    number, _bar, rest = key.partition("|")
    done, _bar, where = rest.partition("|")
    point = visit.session.get_one(ActionPoint, int(number))
    event = next((each for each in SAID if each.value == done), None)
    return _after(visit, point, event, where)
