"""Files and chat change the same measures: the newer word counts, and a change is written down."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo import seed
from bot.workbook import importing
from bot.workbook.faults import cautioned
from bot.workbook.storing import Counts
from handlers.texts import language
from models.database import Database
from models.measures.changes import IMPORT, Made, change, history
from models.measures.measure import Horizon, Measure
from models.people.organisations import Person
from models.surveys.sealing import KeysInMemory
from models.surveys.survey import Invitation
from tests.bot.workbook.files import AT, VILLAGE, bring_in, faults, imported, write

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
"""For what no database can make a difference to."""

LATER = AT + timedelta(days=1)
HEADINGS = (
    "code,title,group,organisation,party,owner,category,start_on,due_on,"
    "horizon,funding_source,funding_kr,promised,promise_unit,contributors"
)
MAJAS = "FAR-014,Belysning,FAR-BER,SDF-FAR,city,maja@farsta.example,environment,2024-02-01"
FULL = f'{MAJAS},2024-08-31,lång sikt,Nämnden,"1,2 mnkr",40,helger,LPO-FAR'


def measures(*lines: str) -> dict[str, list[str]]:
    """A file of measures alone."""
    return {"measures": [HEADINGS, *lines]}


def lights(session: Session) -> Measure:
    """FAR-014."""
    return session.scalars(select(Measure).where(Measure.code == "FAR-014")).one()


def test_an_import_fills_the_new_columns_and_writes_down_what_it_changed(
    database: Database, tmp_path: Path
) -> None:
    imported(database, write(tmp_path / "all", VILLAGE))
    folder = write(tmp_path / "full", measures(FULL))
    assert imported(database, folder) == Counts(changed=1)
    assert imported(database, folder) == Counts(same=1)
    with database.read() as session:
        measure = lights(session)
        assert (measure.horizon, measure.funding_kr) == (Horizon.LONG, 1_200_000)
        assert [each.code for each in measure.contributors] == ["LPO-FAR"]
        (row,) = history(session, measure)
        assert (row.source, row.person) == (IMPORT, None)
        assert row.fields["contributors"] == [[], ["LPO-FAR"]]
        assert row.fields["horizon"] == ["short", "long"]


@ONE_STORE
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            FULL.replace('"1,2 mnkr"', "dyrt"),
            "expected whole crowns, such as 1 200 000 or 1,2 mnkr",
        ),
        (FULL.replace("2024-08-31", "2023-08-31"), "something that comes after start_on"),
        (FULL.replace("2024-08-31", ""), "a last day, since the promise is counted until then"),
        (FULL.replace("helger", ""), "what is counted, since something is promised"),
        (FULL.replace(",LPO-FAR", ",LPO-FARR"), "LPO-FAR"),
        (FULL.replace("lång sikt", "evig"), "kort, lång"),
    ],
)
def test_what_is_wrong_with_a_measure_is_told_with_row_and_column(
    database: Database, tmp_path: Path, line: str, said: str
) -> None:
    imported(database, write(tmp_path / "all", VILLAGE))
    (told,) = faults(bring_in(database, write(tmp_path / "more", measures(line))))
    assert "row 2" in told
    assert said in told


@ONE_STORE
def test_half_a_row_must_fit_the_days_that_are_stored(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path / "all", VILLAGE))
    half = measures(MAJAS.replace("2024-02-01", "2024-12-01"))
    half["measures"][0] = HEADINGS.partition(",due_on")[0]
    (told,) = faults(bring_in(database, write(tmp_path / "half", half)))
    assert "a day that is not after 2024-08-31" in told


def test_an_older_file_turns_no_change_of_the_chat_back_and_says_so(
    database: Database, tmp_path: Path
) -> None:
    folder = write(tmp_path / "all", VILLAGE)
    imported(database, folder)
    with database.write() as session:
        measure = lights(session)
        jonas = session.scalars(select(Person).where(Person.email.startswith("jonas"))).one()
        values = {"owner": jonas, "due_on": date(2024, 9, 30)}
        change(session, measure, values, Made(None, AT, "handover"))
    outcome = bring_in(database, folder, at=LATER)
    assert outcome.counts == Counts(same=outcome.counts.same)
    told = [cautioned(each, language("sv")) for each in outcome.cautions]
    assert [line for line in told if "FAR-014 ändrades här 2024-06-10" in line] == told[-2:]
    assert "kolumn owner" in told[-2]
    newer = [VILLAGE["measures"][0], VILLAGE["measures"][1].replace("2024-08-31", "2024-10-31")]
    assert bring_in(database, write(tmp_path / "new", {"measures": newer})).counts.changed == 1
    with database.read() as session:
        measure = lights(session)
        assert measure.due_on == date(2024, 10, 31)
        assert measure.owner is not None
        assert measure.owner.name == "Jonas Lindmark"


def test_the_demo_again_after_it_has_lived_changes_nothing(stockholm: Database) -> None:
    seed.enliven(stockholm, KeysInMemory())
    with stockholm.read() as session:
        answered = session.scalars(select(Invitation).where(Invitation.answered)).all()
        assert len(answered) > 6
    outcome = importing.compare(importing.read([seed.FOLDER]), stockholm, seed.STARTS_AT)
    assert outcome.faults == ()
    assert (outcome.counts.new, outcome.counts.changed) == (0, 0)
