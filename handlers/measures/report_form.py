"""The form in which progress is reported, for one measure or to choose among mine."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.measures import COMMENT_LENGTH, Measure, MeasureStatus
from models.message import (
    Choice,
    ChoiceField,
    FieldErrors,
    Form,
    FormField,
    Message,
    NumberField,
    Reply,
    Text,
    TextField,
    YesNoField,
)
from models.rights import Action
from models.wording import status_words
from models.workload import open_measures

MOST_CHOICES = 100


def report_form(
    visit: Visit,
    measure: Measure | None = None,
    *,
    comment: str = "",
    status: MeasureStatus | None = None,
    note: str = "",
) -> Reply:
    """The form; without a measure it lets the member choose among those they may report on."""
    _ = visit.language._
    if measure is None:
        mine = reportable(visit)
        return form_among(visit, mine, comment=comment) if mine else _nothing_to_report(visit)
    return Form(
        name="report",
        title=_("Report {code}", code=measure.code),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro="\n".join(line for line in (f"**{measure.title}**", note) if line),
        note=_("Write nothing that points out an individual."),
        fields=tuple(_what_fields(visit, comment, status)),
        state=measure.code,
    )


def form_among(visit: Visit, measures: Sequence[Measure], *, comment: str = "") -> Form:
    """The form with a choice among some measures; of one alone it is chosen already."""
    _ = visit.language._
    return Form(
        name="report",
        title=_("Report progress"),
        submit=_("Save"),
        cancel=_("Cancel"),
        note=_("Write nothing that points out an individual."),
        fields=(_measure_field(visit, measures), *_what_fields(visit, comment, None)),
    )


def _measure_field(visit: Visit, mine: Sequence[Measure]) -> ChoiceField:
    choices = [Choice(label=_short(f"{row.code} {row.title}"), value=row.code) for row in mine]
    only = (choices[0].value,) if len(choices) == 1 else ()
    return ChoiceField(
        name="measure", label=visit.language._("Measure"), choices=tuple(choices), initial=only
    )


def _short(label: str) -> str:
    return label if len(label) <= 75 else f"{label[:74]}…"


def _what_fields(visit: Visit, comment: str, status: MeasureStatus | None) -> list[FormField]:
    _ = visit.language._
    words = [
        Choice(label=str(status_words(visit.language, kind)), value=kind.value)
        for kind in MeasureStatus
    ]
    return [
        ChoiceField(
            name="status",
            label=_("How is it going?"),
            choices=tuple(words),
            open_list=True,
            initial=(status.value,) if status else (),
        ),
        NumberField(
            name="percent",
            label=_("How much is done, in percent?"),
            required=False,
            low=0,
            high=100,
        ),
        TextField(
            name="comment",
            label=_("What has happened?"),
            initial=comment[:3000],
            required=False,
            several_lines=True,
            max_length=COMMENT_LENGTH,
        ),
        TextField(
            name="obstacle",
            label=_("What hinders, if anything?"),
            required=False,
            several_lines=True,
            max_length=COMMENT_LENGTH,
        ),
        YesNoField(name="help_wanted", label=_("We want help from the group"), required=False),
    ]


def reportable(visit: Visit) -> list[Measure]:
    """The open measures that the member may report on: first mine, then my organisation's."""
    person = visit.person
    mine = open_measures(visit.session, Measure.owner_id == person.id)
    others = open_measures(
        visit.session,
        Measure.organisation_id == person.organisation_id,
        Measure.owner_id.is_distinct_from(person.id),
    )
    return [*mine, *others][:MOST_CHOICES]


def _nothing_to_report(visit: Visit) -> Message:
    sentence = visit.language._(
        "You have no open measures to report on. Write for example `rapportera FAR-014 klar` "
        "to report on another measure in your groups."
    )
    return Message(summary=sentence, parts=(Text(text=sentence),))


def measure_field_error(visit: Visit) -> FieldErrors:
    """That no measure was chosen, or one that is not there."""
    return FieldErrors(errors={"measure": visit.language._("Choose a measure.")})


def open_mine(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form with my measures."""
    return report_form(visit)


def open_one(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form for the measure that the button names."""
    measure = visit.session.scalars(select(Measure).where(Measure.code == press.value)).first()
    if measure is None:
        raise NotFound(visit.language._("There is no measure {code}.", code=press.value))
    visit.demand(Action.REPORT, measure=measure)
    return report_form(visit, measure)
