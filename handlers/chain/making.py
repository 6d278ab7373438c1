"""The forms in which a link of the chain is made or changed: what they ask and hold already."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from handlers.chain.allowed import demand_change, may_change
from handlers.chain.things import Link, find_link, group_of
from handlers.chain.words import LEGS, name
from handlers.representation.scope import too_old
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.agreements import PriorityArea
from models.base import held_on
from models.chain.links import Cause, Direction, Goal, Leg, Problem
from models.groups import Group
from models.message import (
    Button,
    Choice,
    ChoiceField,
    DateField,
    Form,
    FormField,
    NumberField,
    Reply,
    TextField,
)

TITLE_LENGTH = 200
UNIT_LENGTH = 60
MOST_RANKS = 99

BELOW: dict[type[Link], str] = {Problem: "cause", Cause: "direction", Direction: "goal"}
"""What hangs on each link."""

FACTS = (
    "title",
    "rank",
    "source",
    "area",
    "leg",
    "baseline",
    "target",
    "unit",
    "due_on",
    "indicator",
)
"""What the links of the chain say, each its own of them."""

NEW = {
    "problem": "New problem",
    "cause": "New cause",
    "direction": "New direction",
    "goal": "New goal",
}
KINDS: dict[type[Link], str] = {
    Problem: "problem",
    Cause: "cause",
    Direction: "direction",
    Goal: "goal",
}


@dataclass(frozen=True)
class Place:
    """What a form makes or changes: a kind, its place in the chain, and the link if there is one.

    `under` is the link that a new one hangs on, `group` whose chain it is.
    """

    kind: str
    group: Group
    under: Link | None = None
    link: Link | None = None

    @property
    def state(self) -> str:
        """How the form names it: change|FAR-M1|…, or new|goal|FAR-I1, or new|problem|FAR-STYR.

        What is changed carries what stands for all that it says, so that a later change is seen.
        """
        if self.link is not None:
            return f"change|{self.link.code}|{fingerprint(self.link)}"
        return f"new|{self.kind}|{self.under.code if self.under else self.group.code}"


def fingerprint(link: Link) -> str:
    """What stands for all that a link says."""
    said = [str(getattr(link, name, "")) for name in FACTS]
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def open_form(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form of a new link, or of one that is to be changed."""
    place = place_of(visit, press.value)
    demand_change(visit, place.group)
    return form_of(visit, place)


def form_of(visit: Visit, place: Place, *lead: str) -> Form:
    """The form of a new link, or of one with all that it says."""
    _ = visit.language._
    title = _("Change") if place.link else _(NEW[place.kind])
    on = place.link or place.under
    intro = f"**{name(visit.language, on)}** {on.title}" if on else f"**{place.group.name}**"
    return Form(
        name="chain.save",
        title=title[:24],
        submit=_("Save"),
        cancel=_("Cancel"),
        intro="\n".join([*lead, intro]),
        note=_("Write nothing that points out an individual."),
        fields=fields_of(visit, place),
        state=place.state,
    )


def place_of(visit: Visit, state: str) -> Place:
    """What a button or form names; refuses what is not there."""
    what, _, rest = state.partition("|")
    if what == "change" and (link := find_link(visit.session, rest.partition("|")[0])):
        return Place(KINDS[type(link)], group_of(link), link=link)
    kind, _, code = rest.partition("|")
    if what == "new" and kind == "problem":
        group = visit.session.scalars(select(Group).where(Group.code == code)).first()
        if group is not None:
            return Place(kind, group)
    under = find_link(visit.session, code) if what == "new" and code else None
    if under is None or BELOW.get(type(under)) != kind:
        raise too_old(visit)
    return Place(kind, group_of(under), under=under)


def fields_of(visit: Visit, place: Place) -> tuple[FormField, ...]:
    """What is asked of a link of this kind."""
    title = TextField(
        name="title",
        label=visit.language._("What it says, in short"),
        initial=place.link.title if place.link else "",
        max_length=TITLE_LENGTH,
    )
    link = place.link
    if place.kind == "problem":
        return (title, *_problem(visit, link if isinstance(link, Problem) else None))
    if place.kind == "cause":
        return (title, _leg(visit, link if isinstance(link, Cause) else None))
    if place.kind == "goal":
        return (title, *_goal(visit, link if isinstance(link, Goal) else None))
    return (title,)


def _problem(visit: Visit, problem: Problem | None) -> tuple[FormField, ...]:
    _ = visit.language._
    areas = visit.session.scalars(
        select(PriorityArea).where(held_on(PriorityArea, visit.on)).order_by(PriorityArea.code)
    ).all()
    codes = {area.code for area in areas}
    choices = tuple(
        Choice(label=area.name(visit.language.code)[:75], value=area.code) for area in areas
    )
    fields: list[FormField] = [
        NumberField(
            name="rank",
            label=_("Rank"),
            hint=_("1 is the most important. Leave empty until the steering group has ranked it."),
            required=False,
            initial=problem.rank if problem else None,
            low=1,
            high=MOST_RANKS,
        ),
        TextField(
            name="source",
            label=_("Situation report"),
            required=False,
            initial=problem.source if problem else "",
            max_length=TITLE_LENGTH,
        ),
    ]
    if choices:
        initial = (problem.area,) if problem and problem.area in codes else ()
        label = _("Priority area")
        fields.append(
            ChoiceField(name="area", label=label, choices=choices, required=False, initial=initial)
        )
    return tuple(fields)


def _leg(visit: Visit, cause: Cause | None) -> FormField:
    return ChoiceField(
        name="leg",
        label=visit.language._("Which leg of the crime triangle?"),
        choices=tuple(
            Choice(label=visit.language._(word), value=leg.value) for leg, word in LEGS.items()
        ),
        open_list=True,
        initial=((cause.leg if cause else Leg.PLACE).value,),
    )


def _goal(visit: Visit, goal: Goal | None) -> tuple[FormField, ...]:
    _ = visit.language._
    return (
        _number("baseline", _("Baseline"), goal.baseline if goal else None),
        _number("target", _("Target value"), goal.target if goal else None),
        _words("unit", _("Unit"), goal.unit if goal else "", UNIT_LENGTH),
        DateField(
            name="due_on", label=_("Due"), required=False, initial=goal.due_on if goal else None
        ),
        _words("indicator", _("Indicator"), goal.indicator if goal else "", TITLE_LENGTH),
    )


def _number(field: str, label: str, initial: float | None) -> FormField:
    return NumberField(name=field, label=label, required=False, initial=initial, whole=False)


def _words(field: str, label: str, initial: str, most: int) -> FormField:
    return TextField(name=field, label=label, required=False, initial=initial, max_length=most)


def making_buttons(visit: Visit, link: Link) -> list[Button]:
    """Changing a link and making what hangs on it, for those who may."""
    if not may_change(visit, group_of(link)):
        return []
    change = Button(
        label=visit.language._("Change"), action="chain.form", value=f"change|{link.code}"
    )
    below = BELOW.get(type(link))
    if below is None:
        return [change]
    new = Button(
        label=visit.language._(NEW[below]),
        action="chain.form",
        value=f"new|{below}|{link.code}",
    )
    return [new, change]


def new_problem_button(visit: Visit, group: Group | None) -> list[Button]:
    """Making a problem in a steering group, for those who may."""
    if group is None or not may_change(visit, group):
        return []
    value = f"new|problem|{group.code}"
    return [Button(label=visit.language._(NEW["problem"]), action="chain.form", value=value)]
