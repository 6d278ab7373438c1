"""Writing an action point at or after a meeting, and changing it: who does what by when."""

from __future__ import annotations

from handlers.decisions.draft import State
from handlers.decisions.open_meeting import (
    later_today,
    meeting_that_has_begun,
    meetings_meant,
    which_meeting,
)
from handlers.decisions.point_card import find_point, point_card, whose_to_change
from handlers.decisions.point_draft import PointDraft, PointRead, is_member, read_point
from handlers.decisions.point_form import point_form
from handlers.errors import Refusal
from handlers.form_intro import Told
from handlers.measures.change_told import after_change
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.telling import is_reached, speech, tell
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.measures.changes import Made, create
from models.measures.measure import Measure
from models.meetings import points
from models.meetings.action_points import ActionPoint
from models.meetings.meeting import Meeting
from models.meetings.plans import By
from models.meetings.points import PointFacts, Task, point_now
from models.message import FieldErrors, Message, Note, Reply
from models.schedule import local_day

CADENCE = 30


def write_point(visit: Visit, wish: Understanding) -> Reply:
    """Answers `ny åtgärdspunkt …`: the form for the last meeting, else which meeting."""
    found = meetings_meant(visit, wish, begun=True)
    if len(found) > 1:
        return which_meeting(visit, found, "point.write")
    meeting = meeting_that_has_begun(visit, str(found[0].id))
    return point_form(visit, PointDraft(meeting), _of_an_earlier_day(visit, meeting))


def _of_an_earlier_day(visit: Visit, meeting: Meeting) -> Told:
    """That today's meeting has not begun, so that the form is of the one before."""
    today = later_today(visit, meeting.group)
    if today is None:
        return Told()
    text = "Today's meeting begins at {time}. Its action points can be written from then on."
    return Told(visit.language._(text, time=visit.language.time(today.starts_at)))


def open_write(visit: Visit, press: ButtonPressed) -> Reply:
    """The form for a new point of the meeting, perhaps of the decision, that a button names."""
    number, _bar, decision = press.value.partition("|")
    meeting = meeting_that_has_begun(visit, number)
    return point_form(visit, PointDraft(meeting, chosen=decision))


def written(visit: Visit, form: FormSubmitted) -> Reply:
    """Writes the point down, once it has been said that its owner is not in the group."""
    state = State.of(visit, form)
    meeting = meeting_that_has_begun(visit, str(state.meeting), locked=True)
    draft = PointDraft(meeting, values=form.values)
    visit.once("point", meeting.id, visit.person.id, visit.on, sorted(form.values.items()))
    found = read_point(visit, draft)
    if found.task is None:
        return FieldErrors(errors=dict(found.errors))
    told = _outside(visit, meeting, found.task)
    if told.warned and told.warned != state.warned:
        return point_form(visit, draft, told)
    point = ActionPoint(
        meeting=meeting,
        decision=found.decided.decision if found.decided else None,
        restricted=found.restricted,
        measure=_measure(visit, meeting, found),
    )
    points.write(visit.session, point, found.task, By(visit.person, visit.at))
    visit.remember(f"point:{point.id}")
    return _saved(visit, point)


def _outside(visit: Visit, meeting: Meeting, task: Task) -> Told:
    """That the owner holds no seat in the group, and whether a message reaches them."""
    owner = task.owner
    if is_member(visit, meeting, owner):
        return Told()
    sentence = "**{name} is not in the group.** They are told of the point, and of no other."
    if not is_reached(visit.session, owner, visit.at):
        sentence = "**{name} is not in the group and gets no messages here.** Tell them yourself."
    return Told(visit.language._(sentence, name=owner.shown_as()), f"outside:{owner.id}")


def _measure(visit: Visit, meeting: Meeting, found: PointRead) -> Measure | None:
    """The measure that the point becomes: of the meeting's group, the owner's organisation."""
    task = found.task
    if found.category is None or task is None:
        return None
    organisation = task.owner.organisation
    measure = Measure(
        title=task.text,
        group=meeting.group,
        organisation=organisation,
        party=organisation.party,
        owner=task.owner,
        area=meeting.group.area or "",
        category=found.category,
        start_on=min(local_day(meeting.starts_at, meeting.group.zone), task.due_on),
        due_on=task.due_on,
        cadence_days=CADENCE,
    )
    row = create(visit.session, measure, Made(visit.person, visit.at, visit.platform))
    after_change(visit, row)
    return measure


def _saved(visit: Visit, point: ActionPoint) -> Message:
    said = Note(text=visit.language._("Action point written."))
    return point_card(visit, point, (said,)).model_copy(update={"replaces": True})


def open_change(visit: Visit, press: ButtonPressed) -> Reply:
    """The form with the point as it stands; one that became a measure is changed as that."""
    point = find_point(visit, press.value)
    facts = _changeable(visit, point)
    return point_form(visit, PointDraft(point.meeting, facts))


def _changeable(visit: Visit, point: ActionPoint) -> PointFacts:
    whose_to_change(visit, point)
    if point.measure is not None:
        code = point.measure.code
        raise Refusal(visit.language._("It became {code}. Write `ändra {code}`.", code=code))
    facts = point_now(visit.session, point)
    if not facts.is_open:
        raise Refusal(visit.language._("The action point is closed. Open it again first."))
    return facts


def changed(visit: Visit, form: FormSubmitted) -> Reply:
    """Gives the point what the form says, and tells a new owner of it."""
    state = State.of(visit, form)
    point = find_point(visit, str(state.point), locked=True)
    facts = _changeable(visit, point)
    draft = PointDraft(point.meeting, facts, form.values)
    if facts.step.id != state.step:
        sentence = "**{name} changed it {moment}.** Look again."
        name = facts.step.person.shown_as() if facts.step.person else ""
        moment = visit.language.moment(facts.step.at)
        return point_form(visit, draft, Told(visit.language._(sentence, name=name, moment=moment)))
    found = read_point(visit, draft)
    if found.task is None:
        return FieldErrors(errors=dict(found.errors))
    told = _outside(visit, point.meeting, found.task)
    if told.warned and told.warned != state.warned:
        return point_form(visit, draft, told)
    points.change(visit.session, facts, found.task, By(visit.person, visit.at))
    _tell_new_owner(visit, facts, found.task)
    visit.remember(f"point:{point.id}")
    return _saved(visit, point)


def _tell_new_owner(visit: Visit, before: PointFacts, task: Task) -> None:
    """Who takes over a point is told at once: the digest told the former owner."""
    owner, point = task.owner, before.point
    if owner.id in (before.step.owner_id, visit.person.id):
        return
    language = speech(owner)
    said = language._("{name} has given you an action point", name=visit.person.shown_as())
    message = point_card(visit, point, (Note(text=said),), reader=owner)
    step = point_now(visit.session, point).step
    tell(visit.session, owner, message, f"point:{step.id}", visit.at)
