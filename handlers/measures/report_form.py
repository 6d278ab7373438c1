"""The form in which progress is reported, for one measure or to choose among mine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.measures.said import MOST_TIMES, Progress
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from handlers.whole import whole
from models.measures.measure import COMMENT_LENGTH, Measure, MeasureStatus
from models.measures.progress import current_reports
from models.measures.workload import open_measures
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

MOST_CHOICES = 100
FIELD_LENGTH = 3000
"""As much as a platform's field can begin with."""
REOPEN, FEWER = "reopen", "fewer"
"""What a form has already warned of: that a closed measure opens, that a total has sunk."""

_CORRECTS = "corrects:"


@dataclass(frozen=True)
class State:
    """What a report's form is about; `accepted` is what it has warned of, `corrects` a report."""

    measure: str = ""
    accepted: frozenset[str] = frozenset()
    corrects: int | None = None

    @classmethod
    def read(cls, state: str) -> State:
        """What stands in a form's state: an id, and words after it."""
        code, *words = state.split() or [""]
        corrected = [word.removeprefix(_CORRECTS) for word in words if word.startswith(_CORRECTS)]
        number = whole(corrected[0]) if corrected else None
        return cls(code, frozenset(words) & {REOPEN, FEWER}, number)

    def __str__(self) -> str:
        corrects = [f"{_CORRECTS}{self.corrects}"] if self.corrects else []
        return " ".join([self.measure, *sorted(self.accepted), *corrects])


def report_form(
    visit: Visit,
    measure: Measure | None = None,
    said: Progress | None = None,
    *,
    note: str = "",
    state: State | None = None,
) -> Reply:
    """The form; without a measure it lets the member choose among those they may report on."""
    _ = visit.language._
    said, state = said or Progress(), state or State()
    if measure is None:
        mine = reportable(visit)
        if not mine:
            return _nothing_to_report(visit)
        return form_among(visit, mine, said, note=note)
    return Form(
        name="report",
        title=_title(visit, measure, state),
        submit=_("Reopen") if REOPEN in state.accepted else _("Save"),
        cancel=_("Cancel"),
        intro="\n".join(line for line in (f"**{measure.title}**", note) if line),
        note=_("Write nothing that points out an individual."),
        fields=(
            *_what_fields(visit, said),
            *_promise_fields(visit, measure, said),
            _help(visit, said),
        ),
        state=str(State(measure.code, state.accepted, state.corrects)),
    )


def _title(visit: Visit, measure: Measure, state: State) -> str:
    _ = visit.language._
    if state.corrects:
        return _("Correct {code}", code=measure.code)
    return _("Report {code}", code=measure.code)


def form_among(
    visit: Visit, measures: Sequence[Measure], said: Progress | None = None, *, note: str = ""
) -> Form:
    """The form with a choice among some measures; of one alone it is chosen already."""
    _ = visit.language._
    said = said or Progress()
    return Form(
        name="report",
        title=_("Report progress"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=note,
        note=_("Write nothing that points out an individual."),
        fields=(_measure_field(visit, measures), *_what_fields(visit, said), _help(visit, said)),
    )


def _measure_field(visit: Visit, mine: Sequence[Measure]) -> ChoiceField:
    choices = [Choice(label=_short(f"{row.code} {row.title}"), value=row.code) for row in mine]
    only = (choices[0].value,) if len(choices) == 1 else ()
    return ChoiceField(
        name="measure", label=visit.language._("Measure"), choices=tuple(choices), initial=only
    )


def _short(label: str) -> str:
    return label if len(label) <= 75 else f"{label[:74]}…"


def _what_fields(visit: Visit, said: Progress) -> list[FormField]:
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
            initial=(said.status.value,) if said.status else (),
        ),
        NumberField(
            name="percent",
            label=_("How much is done, in percent?"),
            required=False,
            low=0,
            high=100,
            initial=said.percent,
        ),
        _lines("comment", _("What has happened?"), said.comment),
        _lines("obstacle", _("What hinders, if anything?"), said.obstacle),
        _lines("next_step", _("What is the next step?"), said.next_step),
    ]


def _lines(name: str, label: str, initial: str) -> TextField:
    return TextField(
        name=name,
        label=label,
        initial=initial[:FIELD_LENGTH],
        required=False,
        several_lines=True,
        max_length=COMMENT_LENGTH,
    )


def _promise_fields(visit: Visit, measure: Measure, said: Progress) -> list[FormField]:
    """How often a promise has been kept so far, where there is one."""
    if not measure.promised:
        return []
    _ = visit.language._
    before = current_reports(visit.session, [measure.id]).get(measure.id)
    hint = _("Promised: {number} {unit}.", number=measure.promised, unit=measure.promise_unit)
    if before is not None and before.times_done is not None:
        hint = f"{hint} {_('Last time: {number}.', number=before.times_done)}"
    return [
        NumberField(
            name="times_done",
            label=_("How many times so far?"),
            hint=hint,
            required=False,
            low=0,
            high=MOST_TIMES,
            initial=said.times_done,
        )
    ]


def _help(visit: Visit, said: Progress) -> YesNoField:
    label = visit.language._("We want help from the group")
    return YesNoField(name="help_wanted", label=label, required=False, initial=said.help_wanted)


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
        "You have no open measures to report on. Write for example `report FAR-014 done` "
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
