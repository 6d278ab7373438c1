"""Who has stolen the database, its files, the logs and a back-up ties no answer to anybody."""

from __future__ import annotations

import hmac
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from models.audit import record
from models.database import Database
from models.surveys import box as survey_box
from models.surveys import closing as survey_closing
from models.surveys.sealing import KeysInMemory
from models.surveys.survey import Answer, Invitation, Question, Scale, Sensitivity, Survey
from models.tables import METADATA
from tests.attack.matcher import Guess, Loot, Row, guesses
from tests.digests.village import NOW, Village
from tests.presses import published

NUMBER = 24
SECRET = b"the installation's secret key, which was stolen as well"
CLOSES = NOW + timedelta(days=7)

Truth = dict[int, str]


@pytest.fixture
def asked(database: Database) -> int:
    """A survey of one question to a group of 24; its id."""
    with database.write() as session:
        village = Village(session)
        survey = Survey(
            code="E-1", title_sv="Läget", group_id=village.group.id,
            sensitivity=Sensitivity.INTERNAL, opens_at=NOW, closes_at=CLOSES, opened_at=NOW,
            questions=[Question(position=1, wording_sv="Ja?", scale=Scale.YES_NO, key="q")],
        )  # fmt: skip
        session.add(survey)
        session.flush()
        people = [village.person(f"Person {at}", village.city) for at in range(NUMBER)]
        session.add_all(
            Invitation(survey_id=survey.id, person_id=each.id, via_group=village.group.code)
            for each in people
        )
        return survey.id


def truths(database: Database, survey_id: int) -> Truth:
    """What everybody answers: half yes, in no order."""
    with database.read() as session:
        people = session.scalars(
            select(Invitation.person_id).where(Invitation.survey_id == survey_id)
        ).all()
    values = ["yes", "no"] * (len(people) // 2)
    random.Random(7).shuffle(values)
    return dict(zip(people, values, strict=True))


def answered_one_by_one(
    database: Database, survey_id: int, truth: Truth, keys: KeysInMemory | None
) -> None:
    """Everybody answers in turn, each in a transaction of its own; without keys as naively."""
    turns = list(truth)
    random.Random(11).shuffle(turns)
    for minute, person_id in enumerate(turns):
        with database.write() as session:
            invitation = session.scalars(
                select(Invitation).where(
                    Invitation.survey_id == survey_id, Invitation.person_id == person_id
                )
            ).one()
            if keys is not None:
                survey_box.put_answers(session, invitation, {1: truth[person_id]}, keys)
            else:
                question = invitation.survey.questions[0]
                row = Answer(id=f"{minute:032x}", question_id=question.id, value=truth[person_id])
                session.add(row)
            at = NOW + timedelta(minutes=minute)
            record(session, invitation.person, "answer_survey", "survey:E-1", at)


def tables(database: Database) -> dict[str, list[Row]]:
    """Everything that a database says of its rows, in the order in which they lie."""
    found: dict[str, list[Row]] = {}
    hidden = "rowid AS xmin_rowid" if database.is_sqlite else "xmin::text AS xmin, ctid::text"
    with database.read() as session:
        for name in METADATA.tables:
            order = "rowid" if database.is_sqlite else "ctid"
            rows = session.execute(text(f'SELECT *, {hidden} FROM "{name}" ORDER BY {order}'))
            found[name] = [_plain(row) for row in rows.mappings()]
    return found


def _plain(row: Any) -> Row:
    """A row with its times as times, whichever database it comes from."""
    found = dict(row)
    if isinstance(found.get("at"), str):
        found["at"] = datetime.fromisoformat(found["at"]).replace(tzinfo=UTC)
    return found


def files(database: Database) -> dict[str, bytes]:
    """The files of a SQLite database, with free pages and the write-ahead log."""
    if not database.is_sqlite:
        return {}
    path = Path(str(database.engine.url.database))
    return {each.name: each.read_bytes() for each in path.parent.glob(f"{path.name}*")}


@contextmanager
def stealing(database: Database) -> Iterator[dict[str, Any]]:
    """Collects what is logged meanwhile."""
    kept: dict[str, Any] = {}
    with capture_logs() as logs:
        yield kept
    kept["logs"] = str(logs)


def right(guess: Guess, truth: Truth) -> int:
    """How many a guess names rightly."""
    return sum(truth[person] == value for person, value in guess.items() if person in truth)


def stolen(
    database: Database, then: dict[str, list[Row]], lying: dict[str, bytes], logs: str
) -> Loot:
    """All of it: what lies there now, and what lay there while the survey was open."""
    here = {**{f"then {name}": data for name, data in lying.items()}, **files(database)}
    return Loot(tables(database), then, here, logs, (SECRET,))


def test_nothing_that_can_be_stolen_ties_an_answer_to_anybody(
    database: Database, asked: int
) -> None:
    truth, keys = truths(database, asked), KeysInMemory()
    with stealing(database) as kept:
        answered_one_by_one(database, asked, truth, keys)
        open_loot = stolen(database, tables(database), files(database), "")
        then, lying = tables(database), files(database)
        with database.write() as session:
            survey_closing.end(session, session.get_one(Survey, asked), CLOSES)
        assert published(database, CLOSES, keys) == 1
    loot = stolen(database, then, lying, kept["logs"])
    assert sorted(loot.answered()) == sorted(truth)
    # Where nothing ties rows together, all that is left is to guess among the group's answers.
    assert (guesses(open_loot), guesses(loot)) == ({}, {})


def test_the_key_is_gone_when_the_survey_is_counted(database: Database, asked: int) -> None:
    truth, keys = truths(database, asked), KeysInMemory()
    answered_one_by_one(database, asked, truth, keys)
    assert len(keys.keys) == 1
    with database.write() as session:
        survey_closing.end(session, session.get_one(Survey, asked), CLOSES)
    published(database, CLOSES, keys)
    assert keys.keys == {}


def test_the_matcher_names_everybody_where_answers_lie_open(database: Database, asked: int) -> None:
    truth = truths(database, asked)
    answered_one_by_one(database, asked, truth, keys=None)
    assert named(database, truth) == NUMBER


def test_the_matcher_names_everybody_where_the_links_key_is_kept(
    database: Database, asked: int
) -> None:
    truth, keys = truths(database, asked), KeysInMemory()
    answered_one_by_one(database, asked, truth, keys)
    own = hmac.new(SECRET, f"survey:{asked}".encode(), sha256).digest()
    with database.write() as session:
        question = session.get_one(Survey, asked).questions[0]
        for at, (person, value) in enumerate(sorted(truth.items(), key=lambda each: each[1])):
            link = hmac.new(own, str(person).encode(), sha256).hexdigest()
            session.add(Answer(id=str(at), question_id=question.id, value=value, link=link))
    assert named(database, truth) == NUMBER


def named(database: Database, truth: Truth) -> int:
    """How many the best of the matcher's ways names rightly."""
    loot = stolen(database, tables(database), files(database), "")
    return max(right(guess, truth) for guess in guesses(loot).values())
