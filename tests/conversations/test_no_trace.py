"""What must not be kept is nowhere afterwards: in no table, in no log, and back with its writer."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from sqlalchemy import Select, String, Table, bindparam, case, cast, func, select
from structlog.testing import capture_logs

from handlers.desk import Desk
from handlers.requests import ButtonPressed
from handlers.services import BUTTONS, Service
from handlers.visit import Visit
from models.database import Database
from models.message import FieldErrors, Message
from models.tables import METADATA
from tests.conversations.talk import JONAS, MAJA, Member, Talk
from tests.stores import BOTH_STORES

NUMBER = "811218-9876"
DIGITS = "8112189876"


@pytest.fixture
def maja(stockholm: Database, desk: Desk) -> Member:
    """Maja, who has met the bot."""
    maja = Talk(stockholm, knowing=desk).member(MAJA)
    maja.says("hjälp")
    return maja


def found(database: Database, text: str) -> list[str]:
    """The columns of any table in which the text stands."""
    places = []
    with database.read() as session:
        for table, search in SEARCHES.items():
            of_columns = session.execute(search, {"text": text}).mappings().one()
            places += [f"{table}.{name}" for name, hit in of_columns.items() if hit]
    return places


def searching(table: Table) -> Select[Any]:
    """Which columns of a table hold a text, as one row."""
    columns = {column.name: cast(column, String) for column in table.columns}
    hits = {
        name: func.max(case((text.contains(bindparam("text")), 1), else_=0))
        for name, text in columns.items()
    }
    return select(*(hit.label(name) for name, hit in hits.items()))


SEARCHES = {table.name: searching(table) for table in METADATA.tables.values()}
"""Composed once for all tests: there are hundreds of columns."""


def test_the_search_finds_what_is_kept(maja: Member) -> None:
    maja.says("rapportera FAR-011 pågår Lamporna lyser")
    assert found(maja.talk.database, "Lamporna lyser") == ["progress_report.comment"]


@pytest.mark.parametrize(
    "line",
    [
        f"rapportera FAR-011 klar {NUMBER} är omhändertagen",
        f"rapportera FAR-011 pågår pojken 19{DIGITS}",
        "FAR-011 försenad (81 12 18-9876)",
        f"vem {NUMBER}",
        NUMBER,
    ],
)
@BOTH_STORES
def test_a_line_with_a_number_is_handed_back_and_leaves_no_trace(
    maja: Member, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as logs, caplog.at_level(logging.DEBUG):
        told = maja.says(line)
    assert "Jag sparade inte texten" in told
    assert line in told
    assert maja.last is not None
    assert maja.last.refused
    _leaves_no_trace(maja, f"{logs} {caplog.text}")


@pytest.mark.parametrize("field", ["comment", "obstacle"])
def test_a_form_with_a_number_stays_open_at_its_field(maja: Member, field: str) -> None:
    maja.says("rapportera FAR-011")
    with capture_logs() as logs:
        maja.fills(**{"status": "ongoing", field: f"Samtal med {NUMBER}"})
    assert list(maja.errors()) == [field]
    assert "Inte sparat" in maja.errors()[field]
    assert NUMBER not in maja.errors()[field]
    _leaves_no_trace(maja, str(logs))


def test_a_quoted_text_with_a_number_opens_no_form(maja: Member) -> None:
    told = maja.says("rapportera", quoted=f"Igår sågs {NUMBER} vid torget")
    assert "Jag sparade inte texten" in told
    _leaves_no_trace(maja, "")


@pytest.mark.parametrize("action", ["say", "share", "report.open", "no.such"])
def test_a_button_is_guarded_too(maja: Member, action: str) -> None:
    told = maja.in_channel().sends_button(action, f"rapportera FAR-011 klar {NUMBER}")
    assert "Jag sparade inte texten" in told
    _leaves_no_trace(maja, "")


def test_an_answer_to_a_survey_is_guarded_too(maja: Member) -> None:
    maja.sends_button("survey.answer", "E-2024-004")
    maja.fills(q1="2", q2="4", q3=NUMBER)
    assert list(maja.errors()) == ["q3"]
    _leaves_no_trace(maja, "")


def test_a_survey_about_a_number_is_not_made(maja: Member) -> None:
    maja.sends_button("survey.make", "")
    maja.fills(title=f"Om {NUMBER}", own=f"Känner du {NUMBER}?")
    assert set(maja.errors()) == {"title", "own"}
    _leaves_no_trace(maja, "")


def test_a_stranger_is_guarded_before_anybody_asks_who_it_is(stockholm: Database) -> None:
    stranger = Talk(stockholm).member("nobody@example.com")
    assert "Jag sparade inte texten" in stranger.says(f"hej {NUMBER}")
    _leaves_no_trace(stranger, "")


def test_the_same_refused_event_again_is_refused_again(maja: Member) -> None:
    line = f"rapportera FAR-011 klar {NUMBER}"
    assert maja.says(line, event="E1") == maja.says(line, event="E1")
    assert "FAR-011 är uppdaterad" in maja.says("rapportera FAR-011 klar", event="E1")


def test_the_refusal_comes_in_the_members_language(maja: Member) -> None:
    maja.says("språk engelska")
    assert "I did not save the text" in maja.says(f"report FAR-011 done {NUMBER}")


def test_a_failure_logs_nothing_of_what_was_written(
    maja: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(visit: Visit, press: ButtonPressed) -> Message:
        raise ValueError(press.value)

    monkeypatch.setitem(BUTTONS, "who.group", Service(broken))
    with capture_logs() as logs:
        told = maja.sends_button("who.group", "en hemlig mening")
    assert "felnummer" in told
    assert "hemlig mening" not in str([{**entry, "exc_info": ""} for entry in logs])


@BOTH_STORES
def test_what_is_answered_to_a_survey_stands_in_its_own_box_alone(stockholm: Database) -> None:
    jonas = Talk(stockholm).member(JONAS)
    jonas.sends_button("survey.answer", "E-2024-004")
    before, quoted = found(stockholm, "dk"), set(found(stockholm, '"dk"'))
    jonas.fills(q1="2", q2="dk", q3="dk")
    # In what is sealed the two letters may stand side by side by chance.
    assert set(found(stockholm, "dk")) - set(before) <= {"ballot.sealed"}
    assert set(found(stockholm, '"dk"')) == quoted


def _leaves_no_trace(member: Member, logs: str) -> None:
    reply = member.last.reply if member.last else None
    for text in (NUMBER, DIGITS, "81 12 18-9876"):
        assert found(member.talk.database, text) == []
        assert text not in logs
        assert not isinstance(reply, FieldErrors) or text not in str(reply.errors)
