"""Files and chat write the same register: an old file turns nothing back, and says what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.workbook.faults import cautioned
from bot.workbook.importing import Outcome
from bot.workbook.storing import Counts
from handlers.texts import language
from models.database import Database
from models.groups import Group, Seat
from models.people.merge import Pair, merge
from models.people.organisations import Person
from models.representation.involvement import Involvement
from models.seats.changes import ChangeKind, Ledger, SeatChange, undo
from models.surveys.sealing import KeysInMemory
from models.surveys.survey import Invitation
from tests.bot.workbook.files import (
    AT,
    NUMBER_OF_ROWS,
    VILLAGE,
    Sheets,
    bring_in,
    faults,
    imported,
    village,
    with_line,
    write,
)

FIRST = date(2024, 6, 3)
LATER = AT + timedelta(days=1)
SECRETARY = VILLAGE["seats"][1]
TOMAS = "tomas@farsta.example,Tomas Rydefalk,Enhetschef,SDF-FAR,sv,shown,member,"


@pytest.fixture
def stored(database: Database, tmp_path: Path) -> Database:
    """The village with one more who could be its secretary, imported."""
    imported(database, write(tmp_path / "first", people_too()))
    return database


def people_too() -> Sheets:
    """The village with Tomas in it."""
    return with_line("people", TOMAS)


def seat(session: Session, code: str) -> Seat:
    """A seat's row by its code."""
    return session.scalars(select(Seat).where(Seat.code == code)).one()


def replaced_in_the_chat(database: Database, person: str | None = "tomas@farsta.example") -> int:
    """The secretary is replaced, or her seat left vacant, as the chat does it."""
    with database.write() as session:
        old = seat(session, "FAR-BER-01")
        ledger = Ledger.open(session, ChangeKind.REPLACED, old.group, None, AT)
        said = Seat(
            code="",
            position=old.position,
            group_id=old.group_id,
            role=old.role,
            organisation_id=old.organisation_id,
            valid_from=FIRST,
        )
        if person is not None:
            said.person_id = session.scalars(select(Person.id).where(Person.email == person)).one()
        ledger.revise(old, valid_until=FIRST)
        ledger.add(said)
        return ledger.change.id


def test_an_old_file_names_the_row_that_the_chat_has_changed_and_the_rest_still_works(
    stored: Database, tmp_path: Path
) -> None:
    replaced_in_the_chat(stored)
    outcome = bring_in(stored, write(tmp_path / "again", people_too()), at=LATER)
    assert faults(outcome) == [
        (
            "seats.csv, row 2, column valid_to: expected what was changed in the chat 2024-06-10: "
            "Tomas Rydefalk has the seat from 2024-06-03. Write that in the row, or leave "
            "the row out."
        )
    ]
    rest = {**people_too(), "seats": [VILLAGE["seats"][0], *VILLAGE["seats"][2:]]}
    assert imported(stored, write(tmp_path / "rest", rest)) == Counts(same=NUMBER_OF_ROWS)
    corrected = [VILLAGE["seats"][0], SECRETARY.replace("2022-01-01,,", "2022-01-01,2024-06-02,")]
    assert imported(stored, write(tmp_path / "right", {"seats": corrected})) == Counts(same=1)


def test_a_seat_left_vacant_in_the_chat_is_not_filled_again_by_an_old_file(
    stored: Database, tmp_path: Path
) -> None:
    replaced_in_the_chat(stored, None)
    outcome = bring_in(stored, write(tmp_path / "again", {"seats": VILLAGE["seats"]}), at=LATER)
    assert len(outcome.faults) == 1
    assert "the seat is vacant from 2024-06-03 or has ended" in faults(outcome)[0]


def test_after_the_undo_the_old_file_says_what_holds_again(
    stored: Database, tmp_path: Path
) -> None:
    number = replaced_in_the_chat(stored)
    with stored.write() as session:
        undo(session, session.get_one(SeatChange, number), None, AT + timedelta(hours=1))
    assert imported(stored, write(tmp_path / "again", people_too())).changed == 0


def test_a_row_that_the_chat_took_back_is_not_written_over(
    stored: Database, tmp_path: Path
) -> None:
    with stored.write() as session:
        group = seat(session, "FAR-BER-03").group
        Ledger.open(session, ChangeKind.ENDED, group, None, AT).withdraw(
            seat(session, "FAR-BER-03")
        )
    told = faults(bring_in(stored, write(tmp_path / "again", {"seats": VILLAGE["seats"]})))
    assert any("row 4, column code: found “FAR-BER-03”, expected a code of its own" in text
               for text in told)  # fmt: skip


TOMAS_AGAIN = "FAR-BER-09,FAR-BER,secretary,SDF-FAR,tomas@farsta.example"
NEW = TOMAS_AGAIN + ",{position},,,ordinary,{start},{end},,,"
HEADINGS = (
    "code,group,role,organisation,person,position,deputy_for,represents,basis,valid_from,valid_to,"
    "recorded_on,reason,approved_by"
)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2024-07-01", "", ("column valid_from: found “2024-07-01”, expected a time in which "
         "nobody has the seat: Maja Ekvall has it from 2022-01-01 (FAR-BER-01). End that first")),
        ("2021-01-01", "", "column valid_to: expected a time in which nobody has the seat"),
        ("2021-01-01", "2022-01-01", "column valid_to: found “2022-01-01”, expected a time in"),
        ("2021-01-01", "2021-12-31", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_second_holder_of_a_stored_seat_is_a_fault(
    stored: Database, tmp_path: Path, start: str, end: str, told: str
) -> None:
    line = NEW.format(position="FAR-BER-01", start=start, end=end)
    found = faults(bring_in(stored, write(tmp_path / "more", {"seats": [HEADINGS, line]})))
    assert [told in text for text in found] == ([True] if told else [])


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_two_holders_of_one_seat_in_a_file_are_a_fault(stored: Database, tmp_path: Path) -> None:
    first = NEW.format(position="FAR-BER-09", start="2023-01-01", end="2024-06-30")
    second = f"FAR-BER-10,FAR-BER,member,LPO-FAR,jonas@polisen.example,FAR-BER-09{',' * 2}"
    lines = [HEADINGS, first, f"{second},ordinary,2024-06-30,,,,"]
    told = faults(bring_in(stored, write(tmp_path / "more", {"seats": lines})))
    assert told == [
        (
            "seats.csv, row 3, column valid_from: found “2024-06-30”, expected a day after row 2 "
            "has ended, since both say the same of the same time."
        )
    ]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_vacant_stored_seat_is_filled_by_ending_the_vacancy(
    stored: Database, tmp_path: Path
) -> None:
    line = NEW.format(position="FAR-BER-03", start="2024-07-01", end="")
    found = faults(bring_in(stored, write(tmp_path / "more", {"seats": [HEADINGS, line]})))
    assert "the seat is vacant from 2022-01-01 (FAR-BER-03). Change that row" in found[0]
    ended = "FAR-BER-03,FAR-BER,member,LPO-FAR,,,,,ordinary,2022-01-01,2024-06-30,,,"
    both = {"seats": [HEADINGS, line, ended]}
    assert imported(stored, write(tmp_path / "both", both)) == Counts(new=1, changed=1)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("FAR-BER-09,FAR-BER,deputy,LPO-FAR,tomas@farsta.example,,,,ordinary,2024-01-01,,,,",
         "column deputy_for: expected the seat that the deputy is for."),
        ("FAR-BER-09,FAR-BER,deputy,LPO-FAR,tomas@farsta.example,,FAR-BER-03,,ordinary,2021-01-01,,,,",
         "column valid_from: found “2021-01-01”, expected a day on which there is a seat"),
        ("FAR-BER-09,FAR-BER,deputy,LPO-FAR,tomas@farsta.example,,FAR-BER-99,,ordinary,2024-01-01,,,,",
         "column deputy_for: found “FAR-BER-99”"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_deputy_for_nobody_is_a_fault(
    stored: Database, tmp_path: Path, line: str, told: str
) -> None:
    found = faults(bring_in(stored, write(tmp_path / "more", {"seats": [HEADINGS, line]})))
    assert [told in text for text in found] == [True], found


def test_an_agreement_keeps_the_level_of_its_groups(stored: Database, tmp_path: Path) -> None:
    lines = [VILLAGE["agreements"][0], VILLAGE["agreements"][1].replace(",local,", ",central,")]
    found = faults(bring_in(stored, write(tmp_path / "more", {"agreements": lines})))
    assert len(found) == 1
    assert "column level: found “central”, expected the level of the group FAR-BER" in found[0]


def cautions(outcome: Outcome) -> list[str]:
    """What is to be known of an import, in English."""
    return [cautioned(caution, language("en")) for caution in outcome.cautions]


def test_a_steering_group_without_one_of_its_parties_is_told_and_imported(
    stored: Database, tmp_path: Path
) -> None:
    groups = [
        VILLAGE["groups"][0],
        "FAR-STYR,Farsta styrgrupp,steering,local,FAR,OK-FAR,,2022-01-01,Europe/Stockholm,sv",
    ]
    lines = [
        HEADINGS,
        "FAR-STYR-01,FAR-STYR,chair,SDF-FAR,tomas@farsta.example,,,,ordinary,2024-01-01,,,,",
    ]
    outcome = bring_in(stored, write(tmp_path / "more", {"groups": groups, "seats": lines}))
    assert cautions(outcome) == [
        "groups.csv, row 2: Nobody in Farsta styrgrupp sits for a local police area (R2)."
    ]
    assert outcome.counts == Counts(new=2)
    line = "FAR-STYR-02,FAR-STYR,chair,LPO-FAR,jonas@polisen.example,,,,ordinary,2024-01-01,,,,"
    outcome = bring_in(stored, write(tmp_path / "police", {"seats": [HEADINGS, line]}))
    assert cautions(outcome) == []


def test_it_is_kept_since_when_a_leaving_was_known(stored: Database, tmp_path: Path) -> None:
    def leaves(day: str, at: datetime) -> tuple[date | None, datetime | None]:
        lines = [VILLAGE["people"][0], f"{TOMAS}{day}"]
        assert faults(bring_in(stored, write(tmp_path / "p", {"people": lines}), at=at)) == []
        with stored.read() as session:
            query = select(Person).where(Person.email == "tomas@farsta.example")
            tomas = session.scalars(query).one()
            return tomas.left_on, tomas.leaving_known_at

    assert leaves("2024-06-30", LATER) == (date(2024, 7, 1), LATER)
    # A later date is a correction of a leaving that was known.
    assert leaves("2024-07-31", LATER + timedelta(days=1)) == (date(2024, 8, 1), LATER)
    assert leaves("", LATER + timedelta(days=2)) == (None, None)


def test_a_group_says_how_early_it_is_told(stored: Database, tmp_path: Path) -> None:
    lines = ["code,name,kind,level,district,valid_from,notice_weeks",
             "FAR-BER,Farsta beredning,preparatory,local,FAR,2022-01-01,{}"]  # fmt: skip
    again = [lines[0], lines[1].format(4)]
    assert imported(stored, write(tmp_path / "g", {"groups": again})) == Counts(changed=1)
    with stored.read() as session:
        assert session.scalars(select(Group.notice_weeks)).all() == [4]
    wrong = [lines[0], lines[1].format(0)]
    found = faults(bring_in(stored, write(tmp_path / "g", {"groups": wrong})))
    assert "column notice_weeks: found “0”, expected a number from 1 to 52" in found[0]


INVOLVED = "code,district,area,degree,valid_from,valid_to"


def test_involvement_is_imported_in_words_and_one_degree_holds_at_a_time(
    stored: Database, tmp_path: Path
) -> None:
    lines = [
        INVOLVED,
        "FAR-P-1,far,unsafe_places,deltar,2024-01-11,2024-03-31",
        "FAR-P-2,FAR,unsafe_places,Leder,2024-04-01,",
        "JAR-P-1,JAR,unsafe_places,berörs ej,2024-01-11,",
    ]
    folder = write(tmp_path / "i", {"involvement": lines})
    assert imported(stored, folder) == Counts(new=3)
    assert imported(stored, folder) == Counts(same=3)
    with stored.read() as session:
        degrees = session.scalars(select(Involvement.degree).order_by(Involvement.code))
        assert list(degrees) == ["takes_part", "leads", "not_concerned"]
    more = [INVOLVED, "FAR-P-3,FAR,unsafe_places,informeras,2024-09-01,"]
    found = faults(bring_in(stored, write(tmp_path / "i", {"involvement": more})))
    assert found == [
        (
            "involvement.csv, row 2, column valid_from: found “2024-09-01”, "
            "expected a time that does not meet what holds from 2024-04-01 already."
        )
    ]
    twice = [*lines, "FAR-P-3,FAR,unsafe_places,informeras,2024-02-01,2024-02-29"]
    found = faults(bring_in(stored, write(tmp_path / "i", {"involvement": twice})))
    assert "row 5, column valid_from" in found[0]
    assert "after row 2 has ended" in found[0]


def test_a_file_that_names_a_merged_record_finds_the_kept_one(
    stored: Database, tmp_path: Path
) -> None:
    with stored.write() as session:
        people = {person.email: person for person in session.scalars(select(Person))}
        pair = Pair(people["maja@farsta.example"], people["tomas@farsta.example"])
        merge(session, pair, None, AT, KeysInMemory())
    line = NEW.format(position="", start="2024-07-01", end="").replace("secretary", "member")
    sheets = {
        **people_too(),
        "seats": [HEADINGS, line],
        "invitations": [*VILLAGE["invitations"], "E-1,tomas@farsta.example,yes"],
    }
    outcome = bring_in(stored, write(tmp_path / "more", sheets), at=LATER)
    assert faults(outcome) == []
    assert cautions(outcome) == [
        (
            "invitations.csv, row 4, column person: "
            "Another row says the same of maja@farsta.example, so this one is left out."
        ),
        (
            "people.csv, row 4, column email: "
            "The record was merged into maja@farsta.example, so the row is left out."
        ),
    ]
    assert outcome.counts.new == 1
    with stored.read() as session:
        new = seat(session, "FAR-BER-09")
        assert new.person is not None
        assert new.person.email == "maja@farsta.example"
        assert len(session.scalars(select(Invitation)).all()) == 2
    again = bring_in(stored, write(tmp_path / "more", sheets), at=LATER)
    assert (again.counts.new, again.counts.changed) == (0, 0)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_is_stored_already_is_no_fault_of_a_file(stored: Database, tmp_path: Path) -> None:
    with stored.write() as session:
        maja = seat(session, "FAR-BER-01")
        session.add(
            Seat(
                code="FAR-BER-50",
                position="FAR-BER-01",
                group_id=maja.group_id,
                role=maja.role,
                organisation_id=maja.organisation_id,
                person_id=maja.person_id,
                valid_from=date(2022, 1, 1),
                recorded_at=datetime(2022, 1, 1, tzinfo=UTC),
            )
        )
    assert imported(stored, write(tmp_path / "again", village())).changed == 0
