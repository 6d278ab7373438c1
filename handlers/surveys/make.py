"""Making a survey: which group, which questions, until when."""

from __future__ import annotations

from sqlalchemy import select

from handlers.errors import NotAllowed
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.surveys import quiet
from handlers.surveys.draft import OWN, Draft
from handlers.surveys.fields import as_typed, fields
from handlers.visit import Visit
from models.audit import record
from models.base import held_on
from models.groups import Group
from models.message import FieldErrors, Form, Heading, Message, Reply, Text
from models.registry_version import names_have_changed
from models.rights import Action, may
from models.seats.holders import seats_of_person
from models.surveys.limits import thresholds_of
from models.surveys.past import MADE
from models.surveys.question_bank import BankQuestion
from models.surveys.survey import Question, Sensitivity, Survey
from models.surveys.target import asked, target_groups

MOST_NAMED = 3
"""More groups than so many are counted, not named."""


def make_survey(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form from a button."""
    return survey_form(visit)


def survey_form(visit: Visit, named: Group | None = None) -> Form:
    """The form of a new survey, for those who may make one; a group that is named is chosen."""
    groups = sorted(makeable(visit), key=lambda each: each is not named)
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
    return Form(
        name="survey.make",
        title=_("New survey"),
        submit=_("Send out"),
        cancel=_("Cancel"),
        note=_("It goes to the members in the one message of the week, and at most twice more."),
        fields=fields(visit, groups),
    )


def survey_made(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves the survey; the timetable sends it out within a minute."""
    groups = makeable(visit)
    group = next((each for each in groups if each.code == form.values.get("group")), None)
    draft = Draft(visit, form, group, tuple(groups))
    errors = draft.errors()
    if errors or group is None:
        return FieldErrors(errors=errors)
    wanted = draft.survey()
    if quiet.mark(wanted) not in ("", form.state):
        return _warned(visit, groups, form, wanted)
    survey = _store(visit, draft)
    visit.remember(f"made:{survey.code}")
    return made(visit, survey)


def _warned(visit: Visit, groups: list[Group], form: FormSubmitted, wanted: Survey) -> Form:
    """The form with what was typed, and a warning; the same days a second time are meant."""
    shown = _form(visit, groups)
    changed = {
        "intro": quiet.warning(visit, wanted),
        "submit": visit.language._("Send out anyway"),
        "fields": tuple(as_typed(field, form.values) for field in shown.fields),
        "state": quiet.mark(wanted),
    }
    return shown.model_copy(update=changed)


def _store(visit: Visit, draft: Draft) -> Survey:
    survey = draft.survey()
    survey.code = _next_code(visit)
    survey.author_id = visit.person.id
    if survey.waves > 1:
        survey.series = survey.code
    visit.session.add(survey)
    visit.session.flush()
    stricter = set(draft.several("sensitive"))
    for position, question in enumerate(draft.questions(), 1):
        visit.session.add(_row(survey, position, question, is_sensitive=question.key in stricter))
    names_have_changed(visit.session)
    record(visit.session, visit.person, MADE, f"survey:{survey.code}", visit.at)
    return survey


def _next_code(visit: Visit) -> str:
    """The year's next number, after those that an import brought too."""
    start = f"E-{visit.on.year}-"
    codes = visit.session.scalars(select(Survey.code).where(Survey.code.startswith(start)))
    numbers = (code.removeprefix(start).partition("-")[0] for code in codes)
    taken = [int(number) for number in numbers if number.isdigit()]
    return f"{start}{max(taken, default=0) + 1:03d}"


def _row(survey: Survey, position: int, question: BankQuestion, *, is_sensitive: bool) -> Question:
    return Question(
        survey_id=survey.id,
        position=position,
        wording_sv=question.sv,
        wording_en=question.en,
        scale=question.scale,
        choices_sv=list(question.choices_sv),
        choices_en=list(question.choices_en),
        key=f"{survey.code}:{position}" if question.key == OWN else question.key,
        version=question.version,
        own_sensitivity=Sensitivity.SENSITIVE if is_sensitive else None,
    )


def made(visit: Visit, survey: Survey) -> Message:
    """That the survey goes out, to how many, until when, and when it comes again."""
    _ = visit.language._
    goes_out = not quiet.is_all_silent(survey)
    said = "The survey {code} goes out" if goes_out else "The survey {code} is saved"
    heading = _(said, code=survey.code)
    number = len(asked(visit.session, survey, visit.language.local(survey.opens_at).date()))
    lines = [
        _(
            "**{title}** asks {people} of {groups} and closes {moment}.",
            title=survey.title(visit.language.code),
            people=visit.language.n("{number} member", "{number} members", number),
            groups=visit.language.join(target_names(visit, survey)),
            moment=visit.language.moment(survey.closes_at),
        )
    ]
    least = thresholds_of(survey).least(survey.sensitivity)
    if number < least and not survey.named:
        lines.append(
            _(
                "So few are asked that no result will be shown: that takes {least} answers.",
                least=least,
            )
        )
    if survey.opens_at > visit.at:
        lines.append(_("It opens {moment}.", moment=visit.language.moment(survey.opens_at)))
    if survey.waves > 1:
        lines.append(
            _(
                "It comes {waves} times, with {weeks} weeks between.",
                waves=survey.waves,
                weeks=survey.repeat_weeks,
            )
        )
    if told := quiet.remark(visit, survey):
        lines.append(told)
    return Message(summary=heading, parts=(Heading(text=heading), Text(text="\n".join(lines))))


def target_names(visit: Visit, survey: Survey) -> list[str]:
    """The groups that a survey asks, or how many they are."""
    on = visit.language.local(survey.opens_at).date()
    groups = target_groups(visit.session, survey, on)
    if len(groups) > MOST_NAMED:
        return [visit.language.n("{number} group", "{number} groups", len(groups))]
    return [group.name for group in groups]


def recall_made(visit: Visit, key: str) -> Reply:
    """The same for the same event a second time."""
    return made(visit, visit.session.scalars(select(Survey).where(Survey.code == key)).one())
