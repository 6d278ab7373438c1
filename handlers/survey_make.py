"""Making a survey: which group, which questions, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handlers.errors import NotAllowed
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.audit import record
from models.base import held_on
from models.groups import Group
from models.message import (
    Choice,
    ChoiceField,
    DateField,
    FieldErrors,
    Form,
    FormField,
    Heading,
    Message,
    Reply,
    Text,
    TextField,
)
from models.question_bank import BANK, BankQuestion, bank_question
from models.registry_version import names_have_changed
from models.rights import Action, may
from models.seats import seats_of_person
from models.surveys import Question, Scale, Sensitivity, Survey

CLOSING = time(16)
MOST_QUESTIONS = 5
MOST_GROUPS = 100
LONGEST_TITLE = 100
LONGEST_QUESTION = 200


@dataclass(frozen=True)
class Draft:
    """What the form says of a new survey, checked."""

    group: Group
    title: str
    questions: tuple[BankQuestion, ...]
    sensitivity: Sensitivity
    closes_on: date


def make_survey(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form from a button."""
    return survey_form(visit)


def survey_form(visit: Visit) -> Form:
    """The form of a new survey, for those who may make one."""
    groups = makeable(visit)
    if not groups:
        raise NotAllowed(
            visit.language._(
                "Only the group's chair or secretary, or the coordinator, makes surveys."
            )
        )
    return _form(visit, groups)


def makeable(visit: Visit) -> list[Group]:
    """The groups for which the asker may make a survey; the coordinator's are all."""
    seats = seats_of_person(visit.session, visit.person, visit.on)
    groups = {seat.group.id: seat.group for seat in seats}
    if may(visit.roles(), Action.MAKE_SURVEY):
        every = select(Group).where(held_on(Group, visit.on)).order_by(Group.code)
        groups |= {group.id: group for group in visit.session.scalars(every)}
    return [
        group
        for group in groups.values()
        if may(visit.roles(group_id=group.id), Action.MAKE_SURVEY)
    ]


def _form(visit: Visit, groups: list[Group]) -> Form:
    _ = visit.language._
    shown = groups[:MOST_GROUPS]
    choices = tuple(Choice(label=group.name[:75], value=group.code) for group in shown)
    return Form(
        name="survey.make",
        title=_("New survey"),
        submit=_("Send out"),
        cancel=_("Cancel"),
        note=_("The survey opens at once and goes to the group's members."),
        fields=(
            ChoiceField(name="group", label=_("Group"), choices=choices, initial=(groups[0].code,)),
            TextField(name="title", label=_("What is it about?"), max_length=LONGEST_TITLE),
            *_question_fields(visit),
            ChoiceField(
                name="sensitivity",
                label=_("How sensitive are the answers?"),
                choices=_sensitivities(visit),
                open_list=True,
                initial=(Sensitivity.INTERNAL.value,),
            ),
            DateField(
                name="closes_on",
                label=_("Last day to answer"),
                hint=_("The survey closes at 16.00 that day."),
                initial=visit.on + timedelta(days=7),
            ),
        ),
    )


def _question_fields(visit: Visit) -> tuple[FormField, ...]:
    """The bank's questions to choose among, and room for one of one's own."""
    _ = visit.language._
    english = visit.language.code == "en"
    bank = tuple(
        Choice(label=(q.en if english else q.sv)[:75], value=q.key)
        for q in BANK
        if q.scale is not Scale.TEXT
    )
    return (
        ChoiceField(
            name="questions",
            label=_("Questions"),
            choices=bank,
            several=True,
            open_list=True,
            required=False,
        ),
        TextField(
            name="own",
            label=_("A question of your own, answered with yes or no"),
            required=False,
            max_length=LONGEST_QUESTION,
        ),
    )


def _sensitivities(visit: Visit) -> tuple[Choice, ...]:
    _ = visit.language._
    return (
        Choice(label=_("Work opinion: shown from 5 answers"), value=Sensitivity.INTERNAL.value),
        Choice(label=_("Sensitive: shown from 10 answers"), value=Sensitivity.SENSITIVE.value),
        Choice(label=_("Plain facts: always shown"), value=Sensitivity.OPEN.value),
    )


def survey_made(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves the survey; the timetable sends it out within a minute."""
    group = next((g for g in makeable(visit) if g.code == form.values.get("group")), None)
    errors = _errors(visit, form, group)
    if errors or group is None:
        return FieldErrors(errors=errors)
    draft = Draft(
        group=group,
        title=str(form.values["title"]).strip(),
        questions=tuple(_questions(form)),
        sensitivity=Sensitivity(str(form.values["sensitivity"])),
        closes_on=date.fromisoformat(str(form.values["closes_on"])),
    )
    survey = _store(visit, draft)
    visit.remember(f"made:{survey.code}")
    return made(visit, survey)


def _errors(visit: Visit, form: FormSubmitted, group: Group | None) -> dict[str, str]:
    _ = visit.language._
    errors = {}
    if group is None:
        errors["group"] = _("Choose one of your groups.")
    if not str(form.values.get("title") or "").strip():
        errors["title"] = _("Write what the survey is about.")
    for name, limit in (("title", LONGEST_TITLE), ("own", LONGEST_QUESTION)):
        if len(str(form.values.get(name) or "")) > limit:
            errors[name] = _("Write at most {limit} characters.", limit=limit)
    if not 1 <= len(_questions(form)) <= MOST_QUESTIONS:
        errors["questions"] = _("Choose one to five questions in all.")
    if form.values.get("sensitivity") not in set(Sensitivity):
        errors["sensitivity"] = _("Choose how sensitive the answers are.")
    if _closing_fault(visit, form):
        errors["closes_on"] = _("Choose a day after today, at most 90 days ahead.")
    return errors


def _closing_fault(visit: Visit, form: FormSubmitted) -> bool:
    try:
        day = date.fromisoformat(str(form.values.get("closes_on")))
    except ValueError:
        return True
    return not visit.on < day <= visit.on + timedelta(days=90)


def _questions(form: FormSubmitted) -> list[BankQuestion]:
    chosen = form.values.get("questions") or ()
    keys = chosen if isinstance(chosen, tuple) else ()
    found = [question for key in keys if (question := bank_question(key))]
    own = str(form.values.get("own") or "").strip()
    return [*found, BankQuestion("own", own, "", Scale.YES_NO)] if own else found


def _store(visit: Visit, draft: Draft) -> Survey:
    closing = datetime.combine(draft.closes_on, CLOSING, ZoneInfo(draft.group.zone))
    survey = Survey(
        code=_next_code(visit),
        title_sv=draft.title,
        group_id=draft.group.id,
        author_id=visit.person.id,
        sensitivity=draft.sensitivity,
        opens_at=visit.at,
        closes_at=closing.astimezone(UTC),
    )
    visit.session.add(survey)
    visit.session.flush()
    for position, question in enumerate(draft.questions, 1):
        visit.session.add(_row(survey, position, question))
    names_have_changed(visit.session)
    record(visit.session, visit.person, "make_survey", f"survey:{survey.code}", visit.at)
    return survey


def _next_code(visit: Visit) -> str:
    """The year's next number, after those that an import brought too."""
    start = f"E-{visit.on.year}-"
    codes = visit.session.scalars(select(Survey.code).where(Survey.code.startswith(start)))
    taken = [int(number) for code in codes if (number := code.removeprefix(start)).isdigit()]
    return f"{start}{max(taken, default=0) + 1:03d}"


def _row(survey: Survey, position: int, question: BankQuestion) -> Question:
    return Question(
        survey_id=survey.id,
        position=position,
        wording_sv=question.sv,
        wording_en=question.en,
        scale=question.scale,
        choices_sv=list(question.choices_sv),
        choices_en=list(question.choices_en),
    )


def made(visit: Visit, survey: Survey) -> Message:
    """That the survey goes out, to whom, and until when."""
    _ = visit.language._
    heading = _("The survey {code} goes out", code=survey.code)
    group = visit.session.get_one(Group, survey.group_id)
    text = _(
        "**{title}** goes to the members of {group} in a direct message and closes {moment}.",
        title=survey.title(visit.language.code),
        group=group.name,
        moment=visit.language.moment(survey.closes_at),
    )
    return Message(summary=heading, parts=(Heading(text=heading), Text(text=text)))


def recall_made(visit: Visit, key: str) -> Reply:
    """The same for the same event a second time."""
    return made(visit, visit.session.scalars(select(Survey).where(Survey.code == key)).one())
