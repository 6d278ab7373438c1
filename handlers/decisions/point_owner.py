"""What becomes of a point whose owner needs more time, or has left: a later day, another owner."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.decisions.draft import State
from handlers.decisions.point_card import (
    can_take,
    find_point,
    keep_button,
    owns,
    point_card,
    whose_to_change,
)
from handlers.decisions.point_history import day_moved_from
from handlers.errors import NotAllowed, Refusal
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.draft import read_day
from handlers.seats.telling import is_reached, speech, tell
from handlers.visit import Visit
from models.language import Language
from models.measures.measure import COMMENT_LENGTH
from models.meetings import points
from models.meetings.action_points import ActionPoint, ActionPointStep
from models.meetings.plans import By
from models.meetings.points import PointFacts, Task, point_now
from models.meetings.questions import who_answers
from models.message import (
    Actions,
    Button,
    DateField,
    FieldErrors,
    Form,
    Heading,
    Message,
    Note,
    Quote,
    Reply,
    Text,
    TextField,
)
from models.people.organisations import Person

LONGEST = timedelta(days=365)


def open_later(visit: Visit, press: ButtonPressed) -> Form:
    """Asks until when, and why; for its owner and those who lead."""
    facts = _mine(visit, press.value)
    _ = visit.language._
    until = _("by {day}", day=visit.language.day(facts.step.due_on, visit.on))
    state = State(point=facts.point.id, step=facts.step.id)
    return Form(
        name="point.later",
        title=_("Needs more time"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=f"**{facts.text}**\n{until}",
        note=_("Whoever keeps the group's minutes is told."),
        fields=(
            DateField(name="due_on", label=_("New last day")),
            TextField(
                name="reason",
                label=_("Why"),
                hint=_("Write briefly, and nothing about individuals."),
                required=False,
                several_lines=True,
                max_length=COMMENT_LENGTH,
            ),
        ),
        state=state.model_dump_json(exclude_defaults=True),
    )


def _mine(visit: Visit, number: str, *, locked: bool = False) -> PointFacts:
    """An open task that the asker does, or whose group they lead."""
    visit.demand_member()
    point = find_point(visit, number, locked=locked)
    facts = point_now(visit.session, point)
    if not owns(visit, facts):
        whose_to_change(visit, point)
    if not facts.is_open_task:
        raise Refusal(visit.language._("The action point is closed. Open it again first."))
    return facts


def later(visit: Visit, form: FormSubmitted) -> Reply:
    """Gives the point its new last day, and tells whoever keeps the minutes."""
    state = State.of(visit, form)
    visit.once("point_later", state.point, state.step, sorted(form.values.items()))
    facts = _mine(visit, str(state.point), locked=True)
    errors: dict[str, str] = {}
    day = _day(visit, facts, form, errors)
    reason = str(form.values.get("reason") or "").strip()
    if len(reason) > COMMENT_LENGTH:
        too_long = "Write at most {limit} characters."
        errors["reason"] = visit.language._(too_long, limit=COMMENT_LENGTH)
    if errors or day is None:
        return FieldErrors(errors=errors)
    task = Task(facts.step.text, facts.step.owner, day, reason)
    points.change(visit.session, facts, task, By(visit.person, visit.at, visit.platform))
    told = _tell(visit, facts)
    visit.remember(f"point:{facts.point.id}")
    return _saved(visit, facts.point, told)


def _day(
    visit: Visit, facts: PointFacts, form: FormSubmitted, errors: dict[str, str]
) -> date | None:
    """The new last day: after today and after the old one."""
    day = read_day(visit, str(form.values.get("due_on") or ""), "due_on", errors)
    if day is None:
        errors.setdefault("due_on", visit.language._("Choose the last day."))
        return None
    first, last = max(visit.on, facts.step.due_on), visit.on + LONGEST
    if not first < day <= last:
        said = "Choose a day after {first}, and no later than {last}."
        days = {"first": first, "last": last}
        words = {name: visit.language.day(each, visit.on) for name, each in days.items()}
        errors["due_on"] = visit.language._(said, **words)
    return day


def _tell(visit: Visit, before: PointFacts) -> Person | None:
    """Tells the secretary, else a chair or a coordinator: the first who is reached."""
    group = before.point.meeting.group
    for person in who_answers(visit.session, group, visit.on):
        if person.id == visit.person.id:
            return None
        if is_reached(visit.session, person, visit.at):
            step = point_now(visit.session, before.point).step
            message = _notice(visit, before, speech(person))
            tell(visit.session, person, message, f"point_later:{step.id}", visit.at)
            return person
    return None


def _notice(visit: Visit, before: PointFacts, language: Language) -> Message:
    """Who needs more time for what, until when and why."""
    _ = language._
    now = point_now(visit.session, before.point).step
    heading = _("{name} needs more time", name=visit.person.shown_as())
    new, old = (language.day(each, visit.on) for each in (now.due_on, before.step.due_on))
    days = _("New last day: {new}. It was {old}.", new=new, old=old)
    number = str(before.point.id)
    buttons = (
        Button(label=_("Show"), action="point.show", value=number),
        keep_button(visit, language, point_now(visit.session, before.point)),
        Button(label=_("Change"), action="point.change", value=number),
    )
    return Message(
        summary=f"{heading}: {now.text}"[:1000],
        parts=(
            Heading(text=heading[:150]),
            Text(text=f"**{now.text}**\n{before.point.meeting.group.name}\n{days}"),
            *([Quote(text=now.reason)] if now.reason else []),
            Actions(buttons=buttons),
        ),
    )


def _saved(visit: Visit, point: ActionPoint, told: Person | None) -> Message:
    said = [Note(text=visit.language._("The new last day is saved."))]
    if told is not None:
        sentence = visit.language._("{names} is told.", names=told.shown_as())
        said.append(Note(text=sentence))
    return point_card(visit, point, tuple(said))


def day_kept(visit: Visit, press: ButtonPressed) -> Message:
    """Lets the former last day stand, for those who lead; whoever does it is told."""
    visit.demand_member()
    number, _bar, step = press.value.partition("|")
    point = find_point(visit, number, locked=True)
    whose_to_change(visit, point)
    facts, before = point_now(visit.session, point), day_moved_from(point)
    if before is None or str(facts.step.id) != step or not facts.is_open_task:
        return point_card(visit, point, (Note(text=visit.language._("It has changed since.")),))
    owner = facts.step.owner
    task = Task(facts.step.text, owner, before.due_on)
    points.change(visit.session, facts, task, By(visit.person, visit.at, visit.platform))
    if owner.id != visit.person.id:
        message = point_card(visit, point, (Note(text=_kept(visit, before, owner)),), reader=owner)
        tell(visit.session, owner, message, f"point_kept:{point.steps[-1].id}", visit.at)
    visit.remember(f"point:{point.id}")
    said = visit.language._("The last day is {day} again.", day=_day_of(visit, before))
    told = visit.language._("{names} is told.", names=owner.shown_as())
    return point_card(visit, point, (Note(text=said), Note(text=told)))


def _kept(visit: Visit, before: ActionPointStep, owner: Person) -> str:
    language = speech(owner)
    day = language.day(before.due_on, visit.on)
    text = "{name} could not give more time: the last day is {day} as before."
    return language._(text, name=visit.person.shown_as(), day=day)


def _day_of(visit: Visit, step: ActionPointStep) -> str:
    return visit.language.day(step.due_on, visit.on)


def take(visit: Visit, press: ButtonPressed) -> Message:
    """Gives a point whose owner has left to the member of the group who asks."""
    visit.demand_member()
    point = find_point(visit, press.value, locked=True)
    facts = point_now(visit.session, point)
    if not can_take(visit, facts):
        raise NotAllowed(visit.language._("Here is nothing that you can take over."))
    task = Task(facts.step.text, visit.person, facts.step.due_on, facts.step.reason)
    points.change(visit.session, facts, task, By(visit.person, visit.at, visit.platform))
    visit.remember(f"point:{point.id}")
    return point_card(visit, point, (Note(text=visit.language._("It is yours now.")),))
