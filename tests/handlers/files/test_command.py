"""Files: what a spreadsheet and a calendar find in them, and what they never hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import select

from bot.workbook.csvfile import read_csv
from handlers.calendars import CalendarOf
from handlers.files.calendar import as_ics, corrections, mandates, turns
from handlers.files.extracts import Extract, Field, Term, Value
from handlers.files.formats import as_csv, as_json, as_xlsx, harmless
from handlers.texts import language
from models.groups import Group, Seat
from models.message import File, Image
from models.people.organisations import DisplayPolicy, Person
from models.seats.changes import ChangeKind, Ledger
from tests.conversations.talk import MONDAY_MORNING, Member, Talk

DANGEROUS = ["=1+1", "+46 8 508", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "＝1"]


def extract(*values: Value) -> Extract:
    """One row of these values."""
    fields = tuple(Field(f"f{at}", f"Kolumn {at}") for at in range(len(values)))
    return Extract("rader", "Rader", fields, (values,))


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(extract(text)).decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == [f"'{text}"]
    cell = load_workbook(io.BytesIO(as_xlsx(extract(text)))).worksheets[0]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert str(cell.value).strip() == text.strip()


def test_an_ordinary_text_is_left_as_it_is() -> None:
    assert [harmless(text) for text in ("Maja", "", "a=b", "Årsta; Vantör")] == [
        "Maja",
        "",
        "a=b",
        "Årsta; Vantör",
    ]


def test_a_csv_file_opens_in_a_swedish_excel_and_in_our_own_import(tmp_path: Path) -> None:
    term = Term("held", "Besatt")
    content = as_csv(extract('Årsta; "Vantör"', date(2024, 6, 10), term, None))
    assert content.startswith("\ufeffKolumn 0;Kolumn 1;Kolumn 2;Kolumn 3\r\n".encode())
    (tmp_path / "rader.csv").write_bytes(content)
    (grid,) = read_csv(tmp_path / "rader.csv")
    assert grid.rows[1][1] == ('Årsta; "Vantör"', "2024-06-10", "Besatt", "")


def test_a_workbook_has_days_as_days_and_its_heading_in_sight() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(extract("Maja\x01", date(2024, 6, 10), None))))
    sheet = book.worksheets[0]
    assert (sheet.title, sheet.freeze_panes, sheet["A1"].font.bold) == ("Rader", "A2", True)
    assert [sheet["A2"].value, sheet["C2"].value] == ["Maja", None]
    assert (str(sheet["B2"].value)[:10], sheet["B2"].is_date) == ("2024-06-10", True)
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert sheet.column_dimensions["B"].width >= len("2024-06-10")


def test_json_has_codes_for_programs() -> None:
    told = json.loads(as_json(extract(Term("held", "Besatt"), date(2024, 6, 10), None, "=1")))
    assert told == [{"f0": "held", "f1": "2024-06-10", "f2": None, "f3": "=1"}]


def file(member: Member) -> File:
    """The file of the last message."""
    return next(part for part in member.message().parts if isinstance(part, File))


def rows_of(content: bytes) -> list[dict[str, str]]:
    """A CSV file's rows by heading."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_member_downloads_the_matrix_and_a_groups_seats(reader: Member) -> None:
    reader.says("representation")
    reader.presses("CSV")
    assert file(reader).name == "representation-2024-06-10.csv"
    rows = rows_of(file(reader).content)
    assert len([row for row in rows if row["Gruppkod"]]) == 38 * 11
    director = next(row for row in rows if row["Gruppkod"] == "CEN-STYR")
    assert [*director.values()][7:] == [
        "Via annan",
        "Stina Hallgren",
        "Farsta stadsdelsförvaltning",
        "2023-07-01",
        "",
        "0",
        "0",
        "1",
    ]
    kungsholmen = next(
        row for row in rows if row["Gruppkod"] == "KUN-STYR" and row["Vakanta platser"]
    )
    assert (kungsholmen["Representation"], kungsholmen["Vakanta platser"]) == ("Egen röst", "2")
    reader.says("representation")
    reader.presses("Excel")
    assert load_workbook(io.BytesIO(file(reader).content)).worksheets[0].max_row == len(rows) + 1
    reader.sends_button("seats.files", "FAR-STYR|2024-06-10")
    reader.presses("CSV")
    seats = rows_of(file(reader).content)
    assert [row["Läge"] for row in seats] == [
        *["Besatt"] * 5,
        "Vakant",
        "Besatt",
        "Besatt",
        "Vid behov",
    ]
    assert seats[-1]["Gäller till och med"] == "2024-12-31"
    reader.sends_button("seats.files", "FAR-STYR")
    reader.presses("Kalender")
    assert file(reader).name == "FAR-STYR-2024-06-10.ics"


@pytest.mark.parametrize(
    "value", ["csv", "csv|NOWHERE|2024-06-10", "exe|FAR-BER|2024-06-10", "csv|FAR-BER|i dag"]
)
def test_a_button_for_a_file_that_cannot_be_read_is_refused(reader: Member, value: str) -> None:
    assert "Knappen är för gammal" in reader.sends_button("seats.file", value)


def test_a_file_as_it_was_known_is_for_those_who_may_see_it(reader: Member) -> None:
    asked = "csv|BRO-STYR|2024-06-10|2024-01-01"
    assert "visas för registratorn" in reader.sends_button("seats.file", asked)
    reader.sends_button("seats.file", asked.replace("BRO-STYR", "FAR-BER"))
    assert file(reader).name == "FAR-BER-2024-06-10.csv"


def events(content: bytes) -> Iterator[tuple[str, date, int, datetime]]:
    """What a calendar program finds: name, day, sequence, and when it was changed."""
    for event in Calendar.from_ical(content).walk("VEVENT"):
        yield (
            str(event["UID"]),
            event.decoded("DTSTART"),
            int(str(event["SEQUENCE"])),
            event.decoded("LAST-MODIFIED"),
        )


def test_an_event_keeps_its_name_when_its_day_is_moved(talk: Talk) -> None:
    about = CalendarOf("Uppdrag, Å", language("sv"), MONDAY_MORNING)
    on, moved = date(2024, 6, 10), datetime(2024, 6, 11, 8, tzinfo=UTC)
    with talk.database.write() as session:
        group = session.scalars(select(Group).where(Group.code == "FAR-STYR")).one()

        def made() -> bytes:
            found = mandates(session, [group], on)
            return as_ics(about, turns(found, on), corrections(session, found, None))

        before = {uid: rest for uid, *rest in events(made())}
        seat = session.scalars(select(Seat).where(Seat.code == "FAR-STYR-09")).one()
        later = Ledger.open(session, ChangeKind.REPLACED, group, None, moved)
        later.revise(seat, valid_until=date(2024, 10, 1))
        after = {uid: rest for uid, *rest in events(made())}
        name = "FAR-STYR-09-last@samverkansbot"
        assert before[name][:2] == [date(2024, 12, 31), 0]
        assert after[name] == [date(2024, 9, 30), 1, moved]
        assert set(before) == set(after)
        calendar = Calendar.from_ical(made())
        assert calendar["X-WR-CALNAME"].to_ical() == "Uppdrag\\, Å".encode()


def test_first_and_last_days_of_what_runs_and_comes_are_in_the_calendar(talk: Talk) -> None:
    on = date(2023, 6, 1)
    with talk.database.read() as session:
        groups = session.scalars(select(Group).where(Group.code == "CEN-STYR")).all()
        found = list(turns(mandates(session, groups, on), on))
    standing = {turn.uid.split("@")[0] for turn in found if turn.day <= on}
    assert {"CEN-STYR-01-first", "CEN-STYR-07C-first", "CEN-STYR-10-first"} <= standing
    assert not any(name.endswith("-last") for name in standing)
    assert {(turn.uid.split("@")[0], turn.day) for turn in found if turn.day > on} == {
        ("CEN-STYR-07C-last", date(2023, 6, 30)),
        ("CEN-STYR-07-first", date(2023, 7, 1)),
        ("CEN-STYR-12-first", date(2023, 7, 1)),
        ("CEN-STYR-14-first", date(2024, 2, 1)),
        ("CEN-STYR-14-last", date(2024, 12, 31)),
    }


def test_whose_name_may_not_be_shown_stands_in_no_file_and_no_picture(
    talk: Talk, maja: Member
) -> None:
    with talk.database.write() as session:
        for name in ("Stina Hallgren", "Maja Ekvall", "Veronica Ängmarker"):
            person = session.scalars(select(Person).where(Person.name == name)).one()
            person.display_policy = DisplayPolicy.PROTECTED
    held: list[str] = []
    for line in ("representation", "representation centrala styrgruppen", "representation Farsta"):
        maja.says(line)
        held.append(maja.reply().model_dump_json())
        for label in ("Visa som bild", "CSV"):
            maja.says(line)
            maja.presses(label)
            held += [
                part.model_dump_json() if isinstance(part, Image) else part.content.decode()
                for part in maja.message().parts
                if isinstance(part, Image | File)
            ]
    for code in ("FAR-STYR", "CEN-STYR"):
        for form in ("csv", "ics"):
            maja.sends_button("seats.file", f"{form}|{code}|2024-06-10")
            held.append(file(maja).content.decode().replace("\r\n ", ""))
    assert "Farsta stadsdelsförvaltning" in held[0]
    assert "Socialförvaltningen (Socialförvaltningen\\, 08-" in held[-3]
    assert any("Chef LPO Farsta, 08-465 004 34" in text for text in held)
    for name in ("Hallgren", "Ekvall", "Ängmarker"):
        assert not [text[:200] for text in held if name in text]
