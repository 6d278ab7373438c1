"""The fields of the form that makes a survey: whom to ask, what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from handlers.visit import Visit
from handlers.whole import whole
from models.agreements import PriorityArea
from models.base import held_on
from models.groups import Group, GroupKind
from models.message import Choice, ChoiceField, DateField, FormField, NumberField, TextField
from models.rights import Action, may
from models.surveys.question_bank import BankQuestion, offered
from models.surveys.survey import Scale, Sensitivity
from models.surveys.target import EVERY
from models.wording import ROLES

MOST_GROUPS = 90
LONGEST_TITLE = 100
LONGEST_QUESTION = 200
LONGEST_CHOICES = 400
MOST_WAVES = 12
DAYS_OPEN = 7

SCALES = {
    Scale.YES_NO: "Yes or no",
    Scale.LIKERT: "Agree, from 1 to 5",
    Scale.CHOICE: "One of the choices below",
    Scale.NUMBER: "A number",
    Scale.TEXT: "Free text",
}
"""How a question of one's own is answered; the texts are in the catalogue."""

EVERY_GROUP = {
    GroupKind.STEERING: "Every local steering group",
    GroupKind.PREPARATORY: "Every local preparatory group",
    GroupKind.WORKING: "Every local working group",
}
PAUSES = {4: "Every fourth week", 13: "Every quarter", 26: "Every half year", 52: "Every year"}


def fields(visit: Visit, groups: list[Group]) -> tuple[FormField, ...]:
    """All fields, with what is usual filled in."""
    _ = visit.language._
    return (
        ChoiceField(
            name="group", label=_("Group"), choices=_groups(groups), initial=(groups[0].code,)
        ),
        TextField(name="title", label=_("What is it about?"), max_length=LONGEST_TITLE),
        *_whom(visit, groups),
        *_what(visit),
        *_when(visit),
    )


def as_typed(field: FormField, values: Mapping[str, object]) -> FormField:
    """The field with what was typed in it, for a form that is shown once more."""
    typed = values.get(field.name) or ""
    found: object = typed
    if isinstance(field, ChoiceField):
        found = tuple(typed) if isinstance(typed, tuple | list) else (typed,) if typed else ()
    elif isinstance(field, DateField):
        found = date.fromisoformat(str(typed)) if typed else None
    elif isinstance(field, NumberField):
        found = whole(str(typed))
    return field.model_copy(update={"initial": found})


def _groups(groups: list[Group]) -> tuple[Choice, ...]:
    return tuple(Choice(label=group.name[:75], value=group.code) for group in groups[:MOST_GROUPS])


def _whom(visit: Visit, groups: list[Group]) -> tuple[FormField, ...]:
    _ = visit.language._
    every = tuple(
        Choice(label=_(words), value=f"{EVERY}{kind.value}")
        for kind, words in EVERY_GROUP.items()
        if may(visit.roles(), Action.MAKE_SURVEY)
    )
    roles = tuple(Choice(label=_(words), value=role.value) for role, words in ROLES.items())
    areas = _areas(visit)
    return (
        ChoiceField(
            name="targets",
            label=_("Other groups that are asked instead"),
            hint=_("Leave it empty to ask the members of the group above."),
            choices=(*every, *_groups(groups)),
            several=True,
            required=False,
        ),
        ChoiceField(
            name="roles",
            label=_("Only those who are"),
            choices=roles,
            several=True,
            required=False,
        ),
        *(
            (
                ChoiceField(
                    name="area",
                    label=_("Only districts that take part in"),
                    choices=areas,
                    required=False,
                ),
            )
            if areas
            else ()
        ),
    )


def _areas(visit: Visit) -> tuple[Choice, ...]:
    query = select(PriorityArea).where(held_on(PriorityArea, visit.on)).order_by(PriorityArea.code)
    english = visit.language.code == "en"
    return tuple(
        Choice(label=(area.name_en if english else area.name_sv)[:75], value=area.code)
        for area in visit.session.scalars(query)
    )


def _what(visit: Visit) -> tuple[FormField, ...]:
    """The bank's questions to choose among, and room for one of one's own."""
    _ = visit.language._
    return (
        ChoiceField(
            name="questions",
            label=_("Questions"),
            choices=tuple(_bank_choice(visit, each) for each in offered(visit.session)),
            several=True,
            open_list=True,
            required=False,
        ),
        TextField(
            name="own",
            label=_("A question of your own"),
            required=False,
            max_length=LONGEST_QUESTION,
        ),
        ChoiceField(
            name="own_scale",
            label=_("Your own question is answered with"),
            choices=tuple(Choice(label=_(SCALES[each]), value=each.value) for each in SCALES),
            initial=(Scale.YES_NO.value,),
            required=False,
        ),
        TextField(
            name="own_choices",
            label=_("The choices of your own question, one a line"),
            required=False,
            several_lines=True,
            max_length=LONGEST_CHOICES,
        ),
        *_how_sensitive(visit),
        _anonymous(visit),
    )


def _how_sensitive(visit: Visit) -> tuple[FormField, ...]:
    _ = visit.language._
    return (
        ChoiceField(
            name="sensitivity",
            label=_("How sensitive are the answers?"),
            choices=_sensitivities(visit),
            open_list=True,
            initial=(Sensitivity.INTERNAL.value,),
        ),
        ChoiceField(
            name="sensitive",
            label=_("Questions that are more sensitive than the others"),
            hint=_("They are shown only from {least} answers.", least=visit.limits.least_sensitive),
            choices=(
                *(_bank_choice(visit, each) for each in offered(visit.session)),
                Choice(label=_("The question of your own"), value="own"),
            ),
            several=True,
            required=False,
        ),
    )


def _anonymous(visit: Visit) -> FormField:
    _ = visit.language._
    return ChoiceField(
        name="named",
        label=_("Are the answers anonymous?"),
        choices=(
            Choice(label=_("Yes: nobody sees who answered what"), value="no"),
            Choice(label=_("No: those who lead the group see the names"), value="yes"),
        ),
        open_list=True,
        initial=("no",),
        required=False,
    )


def _bank_choice(visit: Visit, question: BankQuestion) -> Choice:
    words = question.en if visit.language.code == "en" else question.sv
    return Choice(label=words if len(words) <= 75 else f"{words[:74]}…", value=question.key)


def _sensitivities(visit: Visit) -> tuple[Choice, ...]:
    _, limits = visit.language._, visit.limits
    return (
        Choice(
            label=_("Work opinion: shown from {least} answers", least=limits.least_internal),
            value=Sensitivity.INTERNAL.value,
        ),
        Choice(
            label=_("Sensitive: shown from {least} answers", least=limits.least_sensitive),
            value=Sensitivity.SENSITIVE.value,
        ),
        Choice(label=_("Plain facts: always shown"), value=Sensitivity.OPEN.value),
    )


def _when(visit: Visit) -> tuple[FormField, ...]:
    _ = visit.language._
    return (
        DateField(
            name="opens_on",
            label=_("First day to answer"),
            hint=_("Today opens it at once, a later day at 8.00."),
            initial=visit.on,
            required=False,
        ),
        DateField(
            name="closes_on",
            label=_("Last day to answer"),
            hint=_("The survey closes at 16.00 that day."),
            initial=visit.on + timedelta(days=DAYS_OPEN),
        ),
        ChoiceField(
            name="repeat",
            label=_("Is it to come again?"),
            choices=(
                Choice(label=_("No, only this time"), value="0"),
                *(Choice(label=_(words), value=str(weeks)) for weeks, words in PAUSES.items()),
            ),
            initial=("0",),
            required=False,
        ),
        NumberField(
            name="waves",
            label=_("How many times in all, if it comes again"),
            low=2,
            high=MOST_WAVES,
            required=False,
        ),
    )
