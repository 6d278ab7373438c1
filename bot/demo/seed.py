"""Fills an empty database with Stockholm's organisation, invented members and their work."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock
from bot.demo.approved import approve_some
from bot.publishing.closing import Closing
from bot.publishing.press import ChildPress, Press
from bot.workbook import importing
from bot.workbook.faults import told
from bot.workspace.channels import open_channels
from bot.workspace.office import CHARACTERS
from handlers.texts import language
from models.database import Database
from models.people.accounts import Account
from models.people.organisations import Person
from models.records import SmallFact
from models.surveys import box as survey_box
from models.surveys import closing as survey_closing
from models.surveys.sealing import KeysInMemory, SurveyKeys
from models.surveys.survey import Invitation, Question, Scale, Survey

FOLDER = Path(__file__).parent / "stockholm"
STARTS_AT = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
"""Monday 10 June 2024 at 08:00 in Stockholm; the data are written around this time."""

PLATFORM = "workspace"
WORKSPACE = "local"


OUTSIDE_CHAT = frozenset({"ingrid.solvang@regnbagskyrkan.example"})
"""Whom no chat reaches: the deacon of a parish gets e-mail."""


class FaultyData(Exception):
    """The demo's own files do not pass the import."""


def load(database: Database, press: Press | None = None) -> None:
    """Imports the demo's folder and gives everybody a place on the workspace page.

    `press` counts the surveys that are over. A database that holds the demo already is left as
    it is, with its clock.
    """
    with database.read() as session:
        if session.get(SmallFact, clock.FACT) is not None:
            return
    outcome = importing.bring_in(importing.read([FOLDER]), database, STARTS_AT)
    if outcome.faults:
        english = language("en")
        raise FaultyData("\n".join(told(fault, english) for fault in outcome.faults))
    with database.write() as session:
        _open_workspace(session, STARTS_AT)
        _end_surveys(session, STARTS_AT)
        approve_some(session, STARTS_AT)
        session.add(SmallFact(name=clock.FACT, value=STARTS_AT.isoformat()))
    Closing(database, KeysInMemory(), press or ChildPress()).publish_due(STARTS_AT)


def _end_surveys(session: Session, at: datetime) -> None:
    """What closed before the demo begins is not news on its first day."""
    over = select(Survey).where(Survey.closes_at <= at, Survey.closed_at.is_(None))
    for survey in session.scalars(over.order_by(Survey.id)).all():
        survey_closing.end(session, survey, survey.closes_at)


def enliven(database: Database, keys: SurveyKeys) -> None:
    """Lets those whom nobody is in the demo answer what is open, so that there is a result."""
    waiting = select(Survey).where(Survey.opens_at <= STARTS_AT, Survey.closed_at.is_(None))
    with database.write() as session:
        for survey in session.scalars(waiting).all():
            _answer_for_others(session, survey, keys)


def _answer_for_others(session: Session, survey: Survey, keys: SurveyKeys) -> None:
    survey.opened_at = survey.opens_at
    asked = select(Invitation).join(Invitation.person).where(Invitation.survey_id == survey.id)
    others = asked.where(Person.email.not_in(CHARACTERS), Invitation.answered.is_(False)).order_by(
        Person.email
    )
    for number, invitation in enumerate(session.scalars(others).all()):
        answers = {each.position: _answer(each, number) for each in survey.questions}
        survey_box.put_answers(session, invitation, answers, keys)


def _answer(question: Question, number: int) -> str:
    """An invented answer; they differ from one person to the next."""
    if question.scale is Scale.YES_NO:
        return ("yes", "no", "yes")[number % 3]
    return ("4", "3", "5", "2")[number % 4]


def _open_workspace(session: Session, at: datetime) -> None:
    """An account for everybody but those outside chat, and a channel for every group of today."""
    inside = select(Person).where(Person.email.not_in(OUTSIDE_CHAT)).order_by(Person.id)
    for person in session.scalars(inside):
        session.add(
            Account(
                platform=PLATFORM,
                workspace=WORKSPACE,
                user=str(person.id),
                person_id=person.id,
                linked_at=at,
            )
        )
    open_channels(session, at)
