"""A survey as those who lead its group see it: how it stands, its questions, and its end."""

from __future__ import annotations

from sqlalchemy import select

from handlers.errors import NotFound, Refusal
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.surveys.make import makeable, target_names
from handlers.visit import Visit
from models.audit import record
from models.message import (
    Actions,
    Button,
    Choice,
    ChoiceField,
    Confirm,
    Fact,
    Facts,
    FieldErrors,
    Form,
    Heading,
    Message,
    Note,
    Part,
    Reply,
    Text,
    TextField,
)
from models.rights import Action
from models.surveys.box import responses
from models.surveys.past import ENDED
from models.surveys.question_bank import word_anew
from models.surveys.survey import Question, Survey

LONGEST = 200
MOST = 5


def mine(visit: Visit) -> list[Part]:
    """The surveys that go on in the groups that the asker leads, as buttons."""
    if visit.asker is None:
        return []
    groups = [group.id for group in makeable(visit)]
    query = (
        select(Survey)
        .where(Survey.group_id.in_(groups), Survey.closed_at.is_(None))
        .order_by(Survey.closes_at, Survey.id)
        .limit(MOST)
    )
    found = visit.session.scalars(query).all()
    if not found:
        return []
    buttons = tuple(
        Button(
            label=each.code[:40],
            action="survey.manage",
            value=each.code,
            spoken=each.title(visit.language.code)[:75],
        )
        for each in found
    )
    return [Note(text=visit.language._("Surveys that you lead:")), Actions(buttons=buttons)]


def manage(visit: Visit, press: ButtonPressed) -> Message:
    """The survey that a button names."""
    return overview(visit, press.value)


def overview(visit: Visit, code: str) -> Message:
    """How a survey stands: how many have answered, never what; and what can be changed."""
    _ = visit.language._
    survey = _led(visit, code)
    answered, asked = responses(
        visit.session, survey, None if survey.closed_at is not None else visit.on
    )
    facts = [
        (_("Asked"), visit.language.join(target_names(visit, survey))),
        (_("Opens"), visit.language.moment(survey.opens_at)),
        (_("Closes"), visit.language.moment(survey.closes_at)),
    ]
    if survey.opened_at is not None or survey.asked is not None:
        facts.append((_("Answered"), _("{n} of {total}", n=answered, total=asked)))
    if survey.waves > 1:
        wave = _("{wave} of {waves}", wave=survey.wave, waves=survey.waves)
        facts.append((_("Wave"), wave))
    title = survey.title(visit.language.code)[:150]
    parts: list[Part] = [
        Heading(text=title),
        Facts(facts=tuple(Fact(label=label, value=value) for label, value in facts)),
        Text(text="\n".join(_questions(visit, survey))),
    ]
    buttons = _buttons(visit, survey)
    if buttons:
        parts.append(Actions(buttons=tuple(buttons)))
    return Message(summary=title, parts=tuple(parts))


def _questions(visit: Visit, survey: Survey) -> list[str]:
    _ = visit.language._
    lines = []
    for question in survey.questions:
        words = question.wording(visit.language.code)
        if question.version > 1:
            words = _("{question} (version {number})", question=words, number=question.version)
        lines.append(f"{question.position}. {words}")
    return lines


def _buttons(visit: Visit, survey: Survey) -> list[Button]:
    _ = visit.language._
    if survey.closed_at is not None:
        names = Button(label=_("Who answered what"), action="survey.names", value=survey.code)
        return [names] if survey.named else []
    buttons = [
        Button(label=_("Change a question"), action="survey.question", value=survey.code),
    ]
    if survey.wave < survey.waves:
        confirm = Confirm(
            title=_("End the series"),
            text=_("This time is finished as planned. It does not come again."),
            yes=_("End the series"),
            no=_("Cancel"),
        )
        buttons.append(
            Button(
                label=_("End the series"), action="survey.end", value=survey.code, confirm=confirm
            )
        )
    return buttons


def open_question(visit: Visit, press: ButtonPressed) -> Form:
    """The form that words a question anew."""
    _ = visit.language._
    survey = _open(visit, press.value)
    choices = tuple(
        Choice(label=_short(question.wording(visit.language.code)), value=str(question.position))
        for question in survey.questions
    )
    answered, _asked = responses(visit.session, survey)
    return Form(
        name="survey.question",
        title=_("Change a question"),
        submit=_("Save"),
        cancel=_("Cancel"),
        note=_told_before(visit, survey, answered),
        fields=(
            ChoiceField(
                name="question",
                label=_("Which question?"),
                choices=choices,
                open_list=True,
                initial=(choices[0].value,),
            ),
            TextField(name="sv", label=_("The new wording in Swedish"), max_length=LONGEST),
            TextField(
                name="en",
                label=_("The new wording in English"),
                required=False,
                max_length=LONGEST,
            ),
        ),
        state=survey.code,
    )


def _told_before(visit: Visit, survey: Survey, answered: int) -> str:
    _ = visit.language._
    if not answered:
        return _("Nobody has answered yet, so the new wording holds at once.")
    return visit.language.n(
        "{number} has answered the old wording, which stays as it is. The new one becomes a "
        "version of its own.",
        "{number} have answered the old wording, which stays as it is. The new one becomes a "
        "version of its own.",
        answered,
    )


def question_changed(visit: Visit, form: FormSubmitted) -> Reply:
    """Keeps a new version; while nobody has answered it is also what this survey asks."""
    _ = visit.language._
    survey = _open(visit, form.state)
    names = ("question", "sv", "en")
    position, sv, en = (str(form.values.get(name) or "").strip() for name in names)
    question = next((each for each in survey.questions if str(each.position) == position), None)
    errors = {}
    if question is None:
        errors["question"] = _("Choose a question.")
    if not sv:
        errors["sv"] = _("Write the new wording.")
    for name, text in (("sv", sv), ("en", en)):
        if len(text) > LONGEST:
            errors[name] = _("Write at most {limit} characters.", limit=LONGEST)
    if errors or question is None:
        return FieldErrors(errors=errors)
    if (sv, en) == (question.wording_sv, question.wording_en):
        return FieldErrors(errors={"sv": _("This is how the question is worded already.")})
    _word_anew(visit, survey, question, (sv, en))
    visit.remember(f"worded:{question.id}")
    return recall_changed(visit, str(question.id))


def _word_anew(visit: Visit, survey: Survey, question: Question, words: tuple[str, str]) -> None:
    answered, _asked = responses(visit.session, survey)
    if not question.key:
        question.key = f"{survey.series or survey.code}:{question.position}"
    row = word_anew(visit.session, question, words, visit.person, visit.at)
    if not answered:
        question.wording_sv, question.wording_en = words
        question.version = row.version
    record(
        visit.session,
        visit.person,
        "word_question",
        f"survey:{survey.code}",
        visit.at,
        question=question.key,
        version=row.version,
    )


def recall_changed(visit: Visit, key: str) -> Message:
    """From when the new wording holds, now or for the same event a second time."""
    _ = visit.language._
    question = visit.session.get_one(Question, int(key))
    survey = question.survey
    answered, _asked = responses(visit.session, survey)
    heading = _("The new wording is saved")
    if not answered:
        text = _("It holds at once.")
    elif survey.wave < survey.waves:
        text = _(
            "There are answers already, so it is a new version. It is asked from the next time on, "
            "and its answers are not compared with those to the old one."
        )
    else:
        text = _(
            "There are answers already, so it is a new version. This survey goes on with the old "
            "wording; new surveys get the new one."
        )
    back = Button(label=_("Show the survey"), action="survey.manage", value=survey.code)
    return Message(
        summary=f"{heading}. {text}",
        parts=(Heading(text=heading), Text(text=text), Actions(buttons=(back,))),
    )


def end_series(visit: Visit, press: ButtonPressed) -> Message:
    """Lets a survey not come again; what is open now is finished as planned."""
    visit.demand_member()
    survey = _led(visit, press.value)
    if survey.wave < survey.waves and survey.closed_at is None:
        subject, were = f"survey:{survey.code}", survey.waves
        survey.waves = survey.wave
        record(visit.session, visit.person, ENDED, subject, visit.at, waves=were)
    visit.remember(f"ended:{survey.code}")
    return recall_ended(visit, survey.code)


def recall_ended(visit: Visit, key: str) -> Message:
    """That the series ends, now or for the same event a second time."""
    text = visit.language._("{code} does not come again.", code=key)
    return Message(summary=text, parts=(Text(text=text),))


def _led(visit: Visit, code: str) -> Survey:
    """A survey of a group that the asker leads; else a sentence that says why not."""
    survey = visit.session.scalars(select(Survey).where(Survey.code == code)).first()
    if survey is None:
        raise NotFound(visit.language._("There is no survey {code}.", code=code))
    visit.demand(Action.MAKE_SURVEY, group_id=survey.group_id)
    return survey


def _open(visit: Visit, code: str) -> Survey:
    survey = _led(visit, code)
    if survey.closed_at is not None or survey.closes_at <= visit.at:
        raise Refusal(
            visit.language._("The survey has closed, and what was asked stays as it was.")
        )
    return survey


def _short(label: str) -> str:
    return label if len(label) <= 75 else f"{label[:74]}…"
