"""Answering a survey: which ones wait, the form, and what becomes of the answer."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.errors import Refusal
from handlers.representation.who import group_of_place
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.surveys.form import answer_form, read_answers
from handlers.surveys.make import makeable, survey_form
from handlers.surveys.manage import mine, overview
from handlers.surveys.promise import short_promise, whole_promise
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.audit import record
from models.language import Language
from models.message import (
    Actions,
    Button,
    FieldErrors,
    Form,
    Heading,
    Message,
    Note,
    Part,
    Reply,
    Text,
    Weight,
)
from models.rights import Action
from models.surveys.box import Closed, answered_and_open, put_answers, waiting_for_answer
from models.surveys.leaving import has_left
from models.surveys.sealing import KeyGone
from models.surveys.survey import Invitation, Survey

MOST = 8
CLOSED = "The survey has closed and takes no more answers."
KEY_GONE = (
    "Your answer could not be saved: the key that protects the survey's answers is not on this "
    "machine. Tell the coordinator."
)


def survey(visit: Visit, wish: Understanding) -> Reply:
    """Answers `enkät`: the surveys that wait for me, and how to answer them."""
    visit.demand(Action.ANSWER_SURVEY)
    if wish.wants_new:
        return survey_form(visit, group_of_place(visit.session, wish, visit.on))
    if wish.survey:
        return one_survey(visit, wish.survey)
    _ = visit.language._
    waiting = waiting_surveys(visit)
    summary = _("No survey waits for your answer.")
    parts: list[Part] = [] if waiting else [Text(text=summary)]
    for each in waiting[:MOST]:
        parts += invitation_parts(visit.language, each)
    parts += _changeable(visit)
    if waiting:
        summary = visit.language.n("{number} survey waits", "{number} surveys wait", len(waiting))
    return Message(summary=summary, parts=(*parts, *_more(visit), *mine(visit)))


def one_survey(visit: Visit, code: str) -> Reply:
    """Answers `enkät E-2024-005`: the survey itself where it waits, else how it stands."""
    asked = visit.session.scalars(select(Survey).where(Survey.code == code)).first()
    if asked is not None and asked in waiting_surveys(visit):
        parts = invitation_parts(visit.language, asked)
        return Message(summary=asked.title(visit.language.code), parts=tuple(parts))
    return overview(visit, code)


def _more(visit: Visit) -> list[Part]:
    """Results for everyone, and a new survey for those who may make one."""
    _ = visit.language._
    results = "results" if visit.language.code == "en" else "resultat"
    buttons = [Button(label=_("Results of closed surveys"), action="say", value=results)]
    if visit.asker is not None and makeable(visit):
        buttons.append(Button(label=_("New survey"), action="survey.make"))
    return [Actions(buttons=tuple(buttons))]


def _changeable(visit: Visit) -> list[Part]:
    """What the asker has answered and may still change, each with its button."""
    if visit.asker is None:
        return []
    language, parts = visit.language, list[Part]()
    for each in answered_and_open(visit.session, visit.asker, visit.at)[:MOST]:
        until = language.moment(each.closes_at)
        told = language._("You can change your answer until {moment}.", moment=until)
        change = Button(
            label=language._("Change my answer"), action="survey.answer", value=each.code
        )
        parts += [
            Text(text=f"**{each.title(language.code)}**\n{told}"),
            Actions(buttons=(change,)),
        ]
    return parts


def waiting_surveys(visit: Visit) -> list[Survey]:
    """The open surveys to which the asker is invited and has not answered."""
    if visit.asker is None:
        return []
    return waiting_for_answer(visit.session, visit.asker, visit.at)


def invitation_parts(language: Language, asked: Survey) -> list[Part]:
    """What somebody who is invited sees: how long it takes, who sees what, until when."""
    _ = language._
    number = language.n(
        "{number} short question (30 seconds).",
        "{number} short questions (30 seconds).",
        len(asked.questions),
    )
    closing = _("Open until {moment}.", moment=language.moment(asked.closes_at))
    button = Button(
        label=_("Answer"), action="survey.answer", value=asked.code, weight=Weight.PRIMARY
    )
    return [
        Heading(text=asked.title(language.code)[:150]),
        Text(text=f"{number} {short_promise(language, asked)} {closing}"),
        Actions(buttons=(button,)),
    ]


def open_answer(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form with the survey's questions, filled with what was answered before."""
    invitation = _invitation(visit, press.value)
    try:
        return _form(visit, invitation)
    except KeyGone:
        raise Refusal(visit.language._(KEY_GONE)) from None


def _form(visit: Visit, invitation: Invitation) -> Form:
    return answer_form(visit, invitation, whole_promise(visit.language, invitation.survey))


def answer_submitted(visit: Visit, form: FormSubmitted) -> Reply:
    """Stores the answers; until the close they can be changed in the same way."""
    invitation = _invitation(visit, form.state)
    answers, errors = read_answers(visit, invitation.survey, form)
    if errors:
        return FieldErrors(errors=errors)
    try:
        put_answers(visit.session, invitation, answers, visit.keys)
    except Closed:
        raise Refusal(visit.language._(CLOSED)) from None
    except KeyGone:
        raise Refusal(visit.language._(KEY_GONE)) from None
    code = invitation.survey.code
    record(visit.session, visit.person, "answer_survey", f"survey:{code}", visit.at)
    visit.remember(f"survey:{code}")
    return thanks(visit, invitation.survey)


def thanks(visit: Visit, asked: Survey) -> Message:
    """That the answer is kept, until when it can be changed, and when results come."""
    _ = visit.language._
    closes = visit.language.moment(asked.closes_at)
    heading = _("Thank you, your answer is saved")
    change = Button(label=_("Change my answer"), action="survey.answer", value=asked.code)
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            Text(
                text=_(
                    "You can change it until {moment}. The results are shown after that.",
                    moment=closes,
                )
            ),
            Actions(buttons=(change,)),
            Note(text=asked.title(visit.language.code)),
        ),
        replaces=True,
    )


def recall_answer(visit: Visit, key: str) -> Reply:
    """The thanks, for the same event a second time."""
    asked = visit.session.scalars(select(Survey).where(Survey.code == key)).one()
    return thanks(visit, asked)


def _invitation(visit: Visit, code: str) -> Invitation:
    """The asker's invitation to an open survey; else a sentence that says why not."""
    _ = visit.language._
    found = visit.session.execute(
        select(Invitation, has_left(visit.on))
        .join(Invitation.survey)
        .where(Survey.code == code, Invitation.person_id == visit.person.id)
        .options(joinedload(Invitation.survey).selectinload(Survey.questions))
    ).first()
    if found is None:
        raise Refusal(_("You are not among those who were asked in this survey."))
    invitation, is_gone = found
    if invitation.survey.closed_at is not None or invitation.survey.closes_at <= visit.at:
        raise Refusal(_(CLOSED))
    if invitation.survey.opens_at > visit.at:
        opens = visit.language.moment(invitation.survey.opens_at)
        raise Refusal(_("The survey opens {moment}.", moment=opens))
    if is_gone:
        raise Refusal(_("You have left the group that this survey asks, so it is not for you."))
    return invitation
