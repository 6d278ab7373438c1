"""Citizen promises: counted in the report's form, shown with their pace."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.measures.measure import Measure, ProgressReport
from models.message import NumberField
from tests.conversations.talk import JONAS, Member, Talk
from tests.handlers.measures.test_report import reports


@pytest.fixture
def promised(talk: Talk, maja: Member) -> Member:
    """Maja, whose FAR-011 promises forty weekends of the year."""
    with talk.database.write() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-011")).one()
        measure.start_on, measure.due_on = date(2024, 1, 1), date(2024, 12, 29)
        measure.promised, measure.promise_unit = 40, "helginsats"
    return maja


def test_a_promise_is_counted_and_its_pace_is_told(talk: Talk, promised: Member) -> None:
    promised.says("rapportera FAR-011")
    field = next(each for each in promised.form().fields if each.name == "times_done")
    assert isinstance(field, NumberField)
    assert field.hint == "Utlovat: 40 helginsats."
    told = promised.fills(status="ongoing", times_done="19")
    pace = "Helginsats 40 av 52 veckor. Hittills 19 av 24 veckor – enligt plan"
    assert pace in told
    assert pace in promised.says("FAR-011")
    assert pace in promised.says("åtgärder Farsta")
    week = promised.says("veckan Farsta")
    assert f"Enligt plan · {pace}" in week, "how it stands comes first"
    promised.says("rapportera FAR-011 pågår Utan antal")
    assert reports(talk)[-1].times_done == 19


def test_a_total_that_sinks_is_asked_about_first(talk: Talk, promised: Member) -> None:
    promised.says("rapportera FAR-011")
    promised.fills(status="ongoing", times_done="19")
    promised.says("rapportera FAR-011")
    assert "Förra gången var det 19 totalt, nu 9. Stämmer det?" in promised.fills(
        status="ongoing", times_done="9"
    )
    assert len(reports(talk)) == 1
    assert "9 efter plan" in promised.fills()
    assert reports(talk)[-1].times_done == 9


@pytest.mark.parametrize("typed", ["-1", "många", "10001"])
def test_a_total_that_is_no_count_is_a_fault(promised: Member, typed: str) -> None:
    promised.says("rapportera FAR-011")
    promised.fills(status="ongoing", times_done=typed)
    assert "heltal från 0 till 10000" in promised.errors()["times_done"]


def test_a_measure_without_a_promise_asks_for_no_count(maja: Member) -> None:
    maja.says("rapportera FAR-011")
    assert "times_done" not in [field.name for field in maja.form().fields]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("FAR-009 20 av 24 helger", 20),
        ("rapportera FAR-009 pågår 21 helger, enligt plan", 21),
        ("FAR-009 20 of 24", 20),
        ("rapportera FAR-009 pågår 2 bilar saknas", 19),
        ("rapportera FAR-011 pågår 20 av 24 tider", None),
    ],
)
def test_a_line_may_say_how_many_times(talk: Talk, line: str, number: int | None) -> None:
    jonas = talk.member(JONAS)
    assert "är uppdaterad" in jonas.says(line)
    with talk.database.read() as session:
        last = session.scalars(select(ProgressReport).order_by(ProgressReport.id.desc())).first()
        assert last is not None
        assert last.times_done == number
