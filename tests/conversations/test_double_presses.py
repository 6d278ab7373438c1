"""A double press is two events and one deed: eight copies at once have one effect, one answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from handlers.desk import Desk
from handlers.requests import ButtonPressed, Command
from handlers.router import answer
from models.base import Base
from models.database import Database
from models.measures.measure import Follow, MeasureQuestion, ProgressReport
from models.people.organisations import Absence
from tests.conversations.talk import MAJA, Member, Talk

COPIES = 8
POSTGRES = pytest.mark.parametrize("store", ["postgresql"], indirect=True)
"""Where two may write at once; SQLite lets one wait for the other, and would hide a race."""


Act = ButtonPressed | Command
Ready = Callable[[Member], Act]


@pytest.fixture
def talk(stockholm: Database, desk: Desk) -> Talk:
    return Talk(stockholm, knowing=desk)


def press(action: str, value: str) -> Ready:
    return lambda member: ButtonPressed(
        who=member.who, where=member.where, at=member.talk.at, event="x", action=action, value=value
    )


def line(text: str) -> Ready:
    return lambda member: Command(
        who=member.who, where=member.where, at=member.talk.at, event="x", line=text
    )


CASES: dict[str, tuple[Ready, type[Base]]] = {
    "on plan": (press("checkin.on_plan", "FAR-011"), ProgressReport),
    "report": (line("rapportera FAR-011 pågår Ny personal"), ProgressReport),
    "follow": (press("follow.start", "SOD-002"), Follow),
    "question": (line("fråga SOD-002 När lyser det?"), MeasureQuestion),
    "absence": (line("frånvaro 1–14 juli"), Absence),
}


@POSTGRES
@pytest.mark.parametrize("name", CASES)
def test_eight_presses_at_once_have_one_effect_and_one_answer(talk: Talk, name: str) -> None:
    ready, kind = CASES[name]
    maja = talk.member(MAJA)
    maja.says("hjälp")  # Whoever is met for the first time is greeted, in one of the answers.
    act = ready(maja)
    before = number(talk.database, kind)
    together = Barrier(COPIES)

    def once(copy: int) -> str:
        together.wait()
        found = answer(act.model_copy(update={"event": f"{name}-{copy}"}), talk.desk)
        assert not found.failed
        return found.reply.model_dump_json()

    with ThreadPoolExecutor(COPIES) as pool:
        answers = list(pool.map(once, range(COPIES)))
    assert number(talk.database, kind) - before == 1
    assert len(set(answers)) == 1, set(answers)


def number(database: Database, kind: type[Base]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_the_same_absence_twice_is_one_and_after_taking_it_back_another(talk: Talk) -> None:
    maja = talk.member(MAJA)
    maja.says("hjälp")
    first = maja.says("frånvaro 1–14 juli")
    assert maja.says("frånvaro 1–14 juli") == first
    maja.says("frånvaro av")
    assert maja.says("frånvaro 1–14 juli") == first
    assert number(talk.database, Absence) == 2


def test_the_same_question_twice_in_a_day_is_one_and_in_two_days_two(talk: Talk) -> None:
    maja = talk.member(MAJA)
    for hours in (0, 6, 24):
        talk.later(hours=hours)
        maja.says("fråga SOD-002 När lyser det?")
    assert number(talk.database, MeasureQuestion) == 2
