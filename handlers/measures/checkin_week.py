"""All of the week's measures in one form: a status and a few words for each, saved at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from digests.waiting import gather
from handlers.measures.checkin_measure import asked_about, too_old
from handlers.measures.report_form import REOPEN
from handlers.measures.report_saving import held_report, objections, save_after
from handlers.measures.report_told import meanwhile
from handlers.measures.said import Progress
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.measures.measure import (
    COMMENT_LENGTH,
    Measure,
    MeasureStatus,
    ProgressReport,
    Prompt,
    PromptState,
)
from models.measures.progress import standings
from models.measures.report_history import said_meanwhile
from models.measures.workload import open_measures
from models.message import (
    Actions,
    Button,
    Choice,
    ChoiceField,
    FieldErrors,
    Form,
    FormField,
    Heading,
    Message,
    Reply,
    Text,
    TextField,
    Weight,
)
from models.wording import standing_words, status_words

MOST = 15
WORDS_LENGTH = 300
HELP = "help"
STATUSES: dict[str, MeasureStatus] = {
    "ongoing": MeasureStatus.ONGOING,
    "delayed": MeasureStatus.DELAYED,
    "done": MeasureStatus.DONE,
    HELP: MeasureStatus.AT_RISK,
}
HINDERED = ("delayed", HELP)

Values = Mapping[str, str | tuple[str, ...] | bool]
Answer = tuple[Measure, Progress, ProgressReport | None]
"""A measure, what is said of it, and the report that counted until then."""

_REOPENS = "reopens:"
"""Stands in the form's state before each measure that it has warned of."""


def week(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form with the measures that wait for the member this week."""
    _ = visit.language._
    measures = of_the_week(visit)
    if not measures:
        sentence = _("Nothing waits for your report just now.")
        return Message(summary=sentence, parts=(Text(text=sentence),))
    return _form(visit, measures, {}, {})


def _form(
    visit: Visit, measures: Sequence[Measure], typed: Values, reopened: Mapping[str, str]
) -> Form:
    """The form with what was typed; `reopened` asks by measure whether it is to open again."""
    _ = visit.language._
    intro = _("Answer for those you can. What is left empty is not changed.")
    return Form(
        name="checkin.week",
        title=_("This week's measures"),
        submit=_("Reopen and save") if reopened else _("Save all"),
        cancel=_("Cancel"),
        intro="\n".join(reopened.values()) or intro,
        note=_("Write nothing that points out an individual."),
        fields=_fields(visit, measures, typed),
        state=" ".join([*(each.code for each in measures), *map(_REOPENS.__add__, reopened)]),
    )


def of_the_week(visit: Visit) -> list[Measure]:
    """The member's measures that were asked about and not answered, or wait for a report."""
    person = visit.person
    asked = select(Prompt.measure_id).where(
        Prompt.person_id == person.id, Prompt.state.in_((PromptState.OPEN, PromptState.SILENT))
    )
    found = {each.id: each for each in open_measures(visit.session, Measure.id.in_(asked))}
    for fact in gather(visit.session, visit.on, [person.id]).get(person.id, ()):
        found.setdefault(fact.measure.id, fact.measure)
    return list(found.values())[:MOST]


def _fields(visit: Visit, measures: Sequence[Measure], typed: Values) -> tuple[FormField, ...]:
    """A status and a few words for each, and how it stands now."""
    stands = standings(visit.session, measures, visit.on)
    return tuple(
        field
        for each in measures
        for field in _pair(visit, each, str(standing_words(stands[each.id], visit.language)), typed)
    )


def _pair(visit: Visit, measure: Measure, now: str, typed: Values) -> tuple[FormField, FormField]:
    _ = visit.language._
    chosen, written = _typed(typed, measure)
    words = {key: str(status_words(visit.language, status)) for key, status in STATUSES.items()}
    words[HELP] = f"◆ {_('Needs help')}"
    return (
        ChoiceField(
            name=f"status_{_key(measure.code)}",
            label=f"{measure.code} {measure.title}"[:200],
            hint=_("Now: {status}", status=now),
            choices=tuple(Choice(label=label, value=key) for key, label in words.items()),
            required=False,
            initial=(chosen,) if chosen else (),
        ),
        TextField(
            name=f"words_{_key(measure.code)}",
            label=_("A few words about {code}", code=measure.code),
            initial=written,
            required=False,
            max_length=WORDS_LENGTH,
        ),
    )


def _key(code: str) -> str:
    """A measure's id as part of a field's name."""
    return re.sub(r"[^a-z0-9]", "_", code.lower())


def reported(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves all answers at once; with one fault none is saved, and nothing typed is lost."""
    words = form.state.split()
    codes = [word for word in words if not word.startswith(_REOPENS)]
    if not codes or len(codes) > MOST:
        raise too_old(visit)
    # In one order for everybody, so that no two who save at once wait for each other.
    held = {code: asked_about(visit, code, alone=True) for code in sorted(codes)}
    measures = [held[code] for code in codes]
    errors = _faults(visit, form, measures)
    if errors:
        return FieldErrors(errors=errors)
    answers = [
        (each, said, held_report(visit, each))
        for each in measures
        if (said := _said(form.values, each)) is not None
    ]
    reopened = _reopened(visit, answers)
    if any(_REOPENS + code not in words for code in reopened):
        return _form(visit, measures, form.values, reopened)
    rows = [save_after(visit, *answer) for answer in answers]
    visit.remember("week:" + ",".join(str(row.id) for row in rows))
    return _saved(visit, rows)


def _reopened(visit: Visit, answers: Iterable[Answer]) -> dict[str, str]:
    """What is asked of the measures that had ended and now go on, by their ids."""
    asked = ((each.code, objections(visit, each, said, held)) for each, said, held in answers)
    return {code: found[REOPEN] for code, found in asked if REOPEN in found}


def _said(values: Values, measure: Measure) -> Progress | None:
    """What is said of a measure; nothing where no status is chosen."""
    chosen, words = _typed(values, measure)
    if not chosen:
        return None
    if chosen in HINDERED:
        return Progress(STATUSES[chosen], obstacle=words, help_wanted=chosen == HELP)
    return Progress(STATUSES[chosen], comment=words)


def _typed(values: Values, measure: Measure) -> tuple[str, str]:
    key = _key(measure.code)
    chosen, words = values.get(f"status_{key}"), values.get(f"words_{key}")
    return str(chosen or ""), str(words or "").strip()


def _faults(visit: Visit, form: FormSubmitted, measures: Sequence[Measure]) -> dict[str, str]:
    _ = visit.language._
    errors = {}
    for measure in measures:
        chosen, words = _typed(form.values, measure)
        key = _key(measure.code)
        if (chosen and chosen not in STATUSES) or (words and not chosen):
            errors[f"status_{key}"] = _("Choose a status.")
        elif chosen in HINDERED and not words:
            errors[f"words_{key}"] = _("Write what hinders.")
        if len(words) > COMMENT_LENGTH:
            errors[f"words_{key}"] = _("Write at most {limit} characters.", limit=COMMENT_LENGTH)
    if not errors and not any(_typed(form.values, each)[0] for each in measures):
        first = _key(measures[0].code)
        errors[f"status_{first}"] = _("Choose a status for one measure at least.")
    return errors


def _saved(visit: Visit, rows: Iterable[ProgressReport]) -> Message:
    """What was saved, one line for each, and what still waits."""
    _ = visit.language._
    lines, codes = [], []
    for row in rows:
        measure = visit.session.get_one(Measure, row.measure_id)
        words = row.obstacle or row.comment
        status = str(status_words(visit.language, row.status))
        lines.append(f"- **{measure.code}** {status}" + (f": {words}" if words else ""))
        if other := said_meanwhile(visit.session, row):
            lines.append(meanwhile(visit, other))
        codes.append(measure.code)
    heading = visit.language.n(
        "Thank you. {number} measure is updated",
        "Thank you. {number} measures are updated",
        len(codes),
    )
    again = Button(label=_("Show my measures"), action="say", value="mina", weight=Weight.PLAIN)
    return Message(
        summary=f"{heading}: {', '.join(codes)}."[:1000],
        parts=(
            Heading(text=heading),
            Text(text="\n".join(lines)),
            Actions(buttons=(again,)),
        ),
    )


def recall(visit: Visit, key: str) -> Reply:
    """What was saved, for the same event a second time."""
    ids = [int(each) for each in key.split(",") if each]
    return _saved(visit, [visit.session.get_one(ProgressReport, each) for each in ids])
