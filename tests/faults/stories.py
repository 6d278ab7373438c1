"""What members do while calls fail: a report and a question, said again until they are answered."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from handlers.desk import Desk
from handlers.requests import Command, Identity, Place, PlaceKind
from handlers.router import answer
from models.database import Database
from models.delivery.outbox import Delivery, Inbox
from models.measures.measure import MeasureQuestion, ProgressReport
from tests.digests.village import NOW
from tests.faults.nth import each_call
from tests.faults.scene import CAST, HOME

SECRET = b"a secret of the tests, thirty-two"


def say_with_each_call_broken(database: Database, *, after_commit: bool) -> int:
    """Tells the story once for each of its calls, which fails then; the number of stories."""
    desk, number = Desk(database, SECRET), 0
    for number in each_call(database, lambda n: said(desk, n), after_commit=after_commit):
        while not said(desk, number):
            pass
    return number


def said(desk: Desk, number: int) -> bool:
    """A member reports on a measure and asks about another; whether both were answered."""
    at = NOW + timedelta(hours=number)
    who = Identity(platform="slack", workspace=HOME.id, user=CAST[0].user)
    place = Place(kind=PlaceKind.DIRECT, channel=CAST[0].direct)
    lines = (
        f"rapportera {CAST[0].measure} {number % 90} %",
        f"fråga {CAST[1].measure} Hur {number}?",
    )
    answers = [
        answer(Command(who=who, where=place, at=at, event=f"{number}:{line[:2]}", line=line), desk)
        for line in lines
    ]
    return not any(each.failed for each in answers)


def counts(database: Database) -> tuple[int, ...]:
    """Reports, questions, events and messages to whom was asked."""
    with database.read() as session:
        asked = select(func.count()).where(Delivery.key.like("question:%"))
        tables = (ProgressReport.reporter_id, MeasureQuestion.id, Inbox.id)
        kept = [session.scalar(select(func.count(column))) or 0 for column in tables]
        return (*kept, session.scalar(asked) or 0)
