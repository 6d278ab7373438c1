"""An import changes all or nothing, and the same file a second time nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.workbook import importing
from bot.workbook.storing import Counts
from models import registry_version
from models.database import Database
from models.groups import Seat
from models.indicators.indicator import Observation
from models.measures.measure import Measure, ProgressReport
from models.meetings.meeting import Decision
from models.people.organisations import Person
from models.places.place import Belonging, District, Neighbourhood
from models.records import AuditEntry, SmallFact
from models.surveys.survey import Answer, Survey
from tests.bot.workbook.files import (
    AT,
    NUMBER_OF_ROWS,
    VILLAGE,
    bring_in,
    faults,
    imported,
    village,
    with_line,
    write,
)


def test_a_folder_is_imported_whole_and_then_not_again(database: Database, tmp_path: Path) -> None:
    folder = write(tmp_path, VILLAGE)
    assert imported(database, folder) == Counts(new=NUMBER_OF_ROWS)
    assert imported(database, folder) == Counts(same=NUMBER_OF_ROWS)


def test_files_in_any_order_are_one_import(database: Database, tmp_path: Path) -> None:
    folder = write(tmp_path, VILLAGE)
    files = sorted(folder.iterdir(), reverse=True)
    assert imported(database, *files) == Counts(new=NUMBER_OF_ROWS)


def test_a_later_file_refers_to_what_is_stored(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path / "all", VILLAGE))
    lines = [
        VILLAGE["measures"][0],
        "far-015,Fältarbete,far-ber,sdf-far,city,,,social,2024-03-01,,",
    ]
    assert imported(database, write(tmp_path / "more", {"measures": lines})) == Counts(new=1)
    with database.read() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-015")).one()
        assert measure.group.code == "FAR-BER"
        assert measure.cadence_days == 30


def test_one_fault_anywhere_leaves_everything_as_it_was(database: Database, tmp_path: Path) -> None:
    outcome = bring_in(database, write(tmp_path, with_line("observations", "TRYGG,XXX,2022,1,,,,")))
    assert len(outcome.faults) == 1
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(District)) == 0
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_a_check_says_what_would_happen_and_does_nothing(
    database: Database, tmp_path: Path
) -> None:
    draft = importing.read([write(tmp_path, VILLAGE)])
    assert importing.compare(draft, database, AT).counts == Counts(new=NUMBER_OF_ROWS)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(District)) == 0


def test_the_last_day_is_included(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path, VILLAGE))
    with database.read() as session:
        district = session.scalars(select(District).where(District.code == "RIK")).one()
        assert district.valid_until == date(2023, 7, 1)
        assert district.successor is not None
        assert district.successor.code == "JAR"


def test_local_times_are_stored_in_utc(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path, VILLAGE))
    with database.read() as session:
        reports = session.scalars(select(ProgressReport.at).order_by(ProgressReport.at)).all()
        survey = session.scalars(select(Survey)).one()
    assert reports[0] == datetime(2024, 1, 10, 8, 30, tzinfo=UTC)
    assert survey.opened_at == survey.opens_at == datetime(2024, 2, 12, 8, 0, tzinfo=UTC)


def test_a_report_may_come_before_the_measure_begins(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path, VILLAGE))
    with database.read() as session:
        measure = session.scalars(select(Measure)).one()
        assert measure.reports[0].at.date() < measure.start_on


def test_all_means_the_districts_of_the_seats_first_day(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path, VILLAGE))
    with database.read() as session:
        seat = session.scalars(select(Seat).where(Seat.code == "FAR-BER-01")).one()
        assert sorted(district.code for district in seat.represents) == ["FAR", "RIK"]


def test_a_deputy_may_stand_before_the_seat_it_stands_in_for(
    database: Database, tmp_path: Path
) -> None:
    imported(database, write(tmp_path, VILLAGE))
    with database.read() as session:
        deputy = session.scalars(select(Seat).where(Seat.code == "FAR-BER-02")).one()
        assert deputy.deputy_for is not None
        assert deputy.deputy_for.code == "FAR-BER-03"


def test_a_neighbourhood_that_changed_district_is_one_with_two_belongings(
    database: Database, tmp_path: Path
) -> None:
    imported(database, write(tmp_path, VILLAGE))
    with database.read() as session:
        kista = session.scalars(select(Neighbourhood).where(Neighbourhood.name == "Kista")).one()
        ends = session.scalars(
            select(Belonging.valid_until)
            .where(Belonging.neighbourhood_id == kista.id)
            .order_by(Belonging.valid_from)
        )
        assert list(ends) == [date(2023, 7, 1), None]


def test_an_observation_knows_its_district_or_neighbourhood(
    database: Database, tmp_path: Path
) -> None:
    imported(database, write(tmp_path, VILLAGE))
    with database.read() as session:
        found = {row.place: row for row in session.scalars(select(Observation))}
        assert (found[""].district, found[""].neighbourhood) == (None, None)
        assert found["FAR"].district is not None
        assert found["Kista"].neighbourhood is not None
        assert found["Kista"].value is None


def test_a_decision_stands_under_its_meeting(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path, VILLAGE))
    with database.read() as session:
        decision = session.scalars(select(Decision)).one()
        assert decision.meeting.place == "Farsta"
        assert {district.code for district in decision.affects} == {"FAR", "JAR"}


def test_answers_have_neither_link_nor_order(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path, VILLAGE))
    with database.read() as session:
        answers = session.scalars(select(Answer)).all()
    assert sorted(answer.value for answer in answers) == ["1", "1", "no", "yes"]
    assert {answer.link for answer in answers} == {None}
    assert len({answer.id for answer in answers}) == 4


def test_answers_in_words_are_the_same_answers(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path / "a", VILLAGE))
    words = [VILLAGE["answers"][0], "E-1,1,Ja,1", "E-1,1,nej,1", "E-1,2,bättre,2"]
    assert imported(database, write(tmp_path / "b", {"answers": words})) == Counts(same=3)


def test_a_changed_row_is_changed_and_only_it(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path / "a", VILLAGE))
    people = [VILLAGE["people"][0], VILLAGE["people"][1].replace("Samordnare", "Chef")]
    again = village(people=[*people, VILLAGE["people"][2]])
    counts = imported(database, write(tmp_path / "b", again))
    assert counts == Counts(changed=1, same=NUMBER_OF_ROWS - 1)
    with database.read() as session:
        titles = session.scalars(select(Person.title).order_by(Person.title))
        assert list(titles) == ["Chef", "Kommunpolis"]


def test_a_column_that_the_file_lacks_leaves_what_is_stored(
    database: Database, tmp_path: Path
) -> None:
    imported(database, write(tmp_path / "a", VILLAGE))
    lines = ["code,name,valid_from", "RIK,Rinkeby-Kista,2007-01-01"]
    assert imported(database, write(tmp_path / "b", {"districts": lines})) == Counts(same=1)


def test_a_corrected_seat_leaves_behind_what_was_believed(
    database: Database, tmp_path: Path
) -> None:
    imported(database, write(tmp_path / "a", VILLAGE))
    lines = [
        VILLAGE["seats"][0],
        VILLAGE["seats"][1].replace("2022-01-01,,", "2022-01-01,2024-03-31,"),
    ]
    later = AT + timedelta(days=3)
    outcome = bring_in(database, write(tmp_path / "b", {"seats": lines}), at=later)
    assert outcome.counts == Counts(changed=1)
    with database.read() as session:
        first = session.scalars(select(Seat).where(Seat.code == "FAR-BER-01~1")).one()
        living = session.scalars(select(Seat).where(Seat.code == "FAR-BER-01")).one()
        assert (first.superseded_at, first.valid_until) == (later, None)
        assert (living.recorded_at, living.valid_until) == (later, date(2024, 4, 1))
        assert {one.code for one in first.represents} == {one.code for one in living.represents}
    assert bring_in(database, tmp_path / "b").counts == Counts(same=1)


def test_what_was_reported_is_never_changed(database: Database, tmp_path: Path) -> None:
    imported(database, write(tmp_path / "a", VILLAGE))
    line = VILLAGE["reports"][1].replace(",40,", ",90,")
    outcome = bring_in(database, write(tmp_path / "b", {"reports": [VILLAGE["reports"][0], line]}))
    assert "row 2, column percent: expected what is stored already" in faults(outcome)[0]


def test_an_import_leaves_a_row_in_the_audit_log_and_a_new_registry(
    database: Database, tmp_path: Path
) -> None:
    folder = write(tmp_path / "village", VILLAGE)
    imported(database, folder)
    imported(database, folder)
    with database.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        version = session.get(SmallFact, registry_version.NAME)
    assert [entry.action for entry in entries] == ["import", "import"]
    assert entries[0].detail == {"new": NUMBER_OF_ROWS, "changed": 0, "same": 0}
    assert entries[0].subject == "village"
    assert version is not None
    assert version.value == "1"
