"""One decision as a card: how it reads, whom it concerns, how it read before, and what is asked."""

from __future__ import annotations

from sqlalchemy import select

from digests.decided import told_on
from handlers.decisions.preparing import is_ahead, prepared_note, stands_for
from handlers.decisions.whom_to_ask import may_answer
from handlers.errors import NotAllowed, NotFound
from handlers.meetings.roll import INSIDE
from handlers.questions import answer_button, question_and_answer
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from handlers.whole import whole
from models.meetings.action_points import ActionPoint
from models.meetings.decisions import (
    Decided,
    decision_as_it_reads,
    decisions_of,
    district_names,
    history_of,
)
from models.meetings.meeting import Decision, Meeting
from models.meetings.points import open_points
from models.meetings.questions import DecisionQuestion, questions_about
from models.meetings.words import begun, concerned, mark, point_line
from models.message import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Quote,
    Text,
    Weight,
)
from models.rights import Action, may
from models.schedule import MORNING, instant

MOST_QUESTIONS = 5


def show(visit: Visit, press: ButtonPressed) -> Message:
    """The card of the decision that a button names."""
    return decision_card(visit, find_decision(visit, press.value))


def find_decision(visit: Visit, number: str) -> Decision:
    """A decision that the asker may see; raises a sentence where there is none."""
    visit.demand(Action.SEE_MEETINGS)
    query = select(Decision).where(Decision.id == (whole(number) or 0))
    decision = visit.session.scalars(query).first()
    if decision is None or not stands_for(visit, decision.meeting):
        raise NotFound(visit.language._("The decision is not there any more."))
    hidden = decision_as_it_reads(visit.session, decision).is_restricted
    if hidden and not sees_restricted(visit, decision.meeting):
        raise NotAllowed(visit.language._("The decision is restricted to the group."))
    return decision


def sees_restricted(visit: Visit, meeting: Meeting) -> bool:
    """Whether the asker may see what is restricted to the meeting's group."""
    return may(visit.roles(group_id=meeting.group_id), Action.SEE_RESTRICTED)


def decisions_seen(visit: Visit, meeting: Meeting) -> list[Decided]:
    """The decisions of a meeting that the asker may see, in their order."""
    if not stands_for(visit, meeting):
        return []
    return decisions_of(visit.session, meeting, restricted=sees_restricted(visit, meeting))


def decision_card(
    visit: Visit, decision: Decision, told: tuple[Part, ...] = (), *, telling: bool = False
) -> Message:
    """A decision as it reads; with `telling` it says when the members are told of it."""
    language = visit.language
    decided = decision_as_it_reads(visit.session, decision)
    meeting = decision.meeting
    day = language.day(language.local(meeting.starts_at).date(), visit.on)
    heading = f"§ {decision.number} · {meeting.group.name}, {day}"
    parts: list[Part] = [Heading(text=heading[:150]), *told, Text(text=decided.wording.text)]
    if status := mark(language, decided, visit.on):
        parts.append(status)
    parts += [*_facts(visit, decided), *_former(visit, decision), *_points(visit, decision)]
    if prepared := prepared_note(visit, meeting):
        parts.append(Note(text=prepared))
    if telling:
        parts.append(Note(text=_when_told(visit, decided)))
    parts += [*_questions(visit, decision), *_leading(visit, decision), _buttons(visit, decision)]
    return Message(
        summary=f"{heading}: {decided.wording.text}"[:1000],
        parts=tuple(parts),
    )


def _facts(visit: Visit, decided: Decided) -> list[Part]:
    _ = visit.language._
    wording = decided.wording
    organisation = wording.organisation.name if wording.organisation else ""
    names = district_names(visit.session, [wording])
    said = {
        _("Carried out by"): organisation,
        _("Concerns"): concerned(visit.language, wording, names),
        _("Item of the agenda"): begun(wording.item),
        _("Registry number"): decided.registry,
    }
    facts = tuple(Fact(label=label, value=value) for label, value in said.items() if value)
    return [Facts(facts=facts)] if facts else []


def _former(visit: Visit, decision: Decision) -> list[Part]:
    """Who corrected it when and why, and how it read before, the latest first."""
    language = visit.language
    versions = history_of(visit.session, decision)
    open_to_all = sees_restricted(visit, decision.meeting)
    parts: list[Part] = []
    for now, before in zip(versions[:0:-1], versions[-2::-1], strict=True):
        who = now.by.shown_as() if now.by else ""
        said = {"moment": language.moment(now.known_at, visit.on), "name": who}
        parts.append(
            Note(text=language._("Corrected {moment} by {name}: {why}", why=now.reason, **said))
        )
        if open_to_all or not before.is_restricted:
            parts.append(Quote(text=before.wording.text, by=language._("Read before")))
    return parts[:10]


def _points(visit: Visit, decision: Decision) -> list[Part]:
    found = open_points(
        visit.session,
        ActionPoint.decision_id == decision.id,
        restricted=sees_restricted(visit, decision.meeting),
    )
    if not found:
        return []
    title = visit.language._("Action points")
    lines = [point_line(visit.language, each, visit.on) for each in found]
    return [Text(text="\n".join([f"**{title}**", *lines])[:3000])]


def _when_told(visit: Visit, decided: Decided) -> str:
    meeting = decided.decision.meeting
    zone = meeting.group.zone
    at = instant(told_on(meeting, decided.known_at, zone), MORNING, zone)
    moment = visit.language.moment(at, visit.on)
    if decided.is_restricted:
        return visit.language._("The group's members are told {moment}.", moment=moment)
    return visit.language._("Members and those concerned are told {moment}.", moment=moment)


def _questions(visit: Visit, decision: Decision) -> list[Part]:
    """What was asked and answered, for the group and for whoever asked."""
    inside = bool(visit.roles(group_id=decision.meeting.group_id) & INSIDE)
    mine = visit.asker.id if visit.asker else 0
    rows = [
        row
        for row in questions_about(visit.session, decision.meeting)
        if row.decision_id == decision.id and (inside or row.asker_id == mine)
    ]
    return [part for row in rows[-MOST_QUESTIONS:] for part in _question(visit, row)]


def _question(visit: Visit, row: DecisionQuestion) -> list[Part]:
    """A question with its answer, or for who may give one the way to it."""
    parts = question_and_answer(visit.language, row)
    group = row.decision.meeting.group
    is_mine = visit.asker is None or row.asker_id == visit.asker.id
    if row.answered_at is None and not is_mine and may_answer(visit, row.asked_id, group):
        button = answer_button(visit.language, "decision.answer", row)
        parts.append(Actions(buttons=(button.model_copy(update={"weight": Weight.PLAIN}),)))
    return parts


def _buttons(visit: Visit, decision: Decision) -> Actions:
    _ = visit.language._
    meeting, number = decision.meeting, str(decision.id)
    see = Button(label=_("Show the meeting"), action="meeting.show", value=str(meeting.id))
    ask = Button(
        label=_("I have a question"), action="decision.ask", value=f"{meeting.id}|{number}"
    )
    return Actions(buttons=(ask, see))


def _leading(visit: Visit, decision: Decision) -> list[Part]:
    """What those who lead the group do with a decision, and the registrar."""
    _ = visit.language._
    meeting, number = decision.meeting, str(decision.id)
    roles = visit.roles(group_id=meeting.group_id)
    register = Button(label=_("Registry number"), action="decision.register", value=number)
    if not may(roles, Action.WRITE_DECISIONS):
        return [Actions(buttons=(register,))] if may(roles, Action.REGISTER_DECISIONS) else []
    again = Button(label=_("Another decision"), action="decision.write", value=str(meeting.id))
    point = Button(
        label=_("New action point"), action="point.write", value=f"{meeting.id}|{number}"
    )
    prepared = decision_as_it_reads(visit.session, decision).prepared
    label = _("Change") if prepared else _("Correct")
    correct = Button(label=label, action="decision.correct", value=number)
    given = () if is_ahead(visit, meeting) else (point,)
    return [Actions(buttons=(*given, again, correct, register))]
