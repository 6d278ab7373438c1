"""Lists of measures as files: the same rows, harmless in any spreadsheet program."""

from __future__ import annotations

import csv
import io
import json

from openpyxl import load_workbook
from sqlalchemy import select

from models.message import File
from models.people.organisations import DisplayPolicy, Person
from tests.conversations.talk import JONAS, Member, Talk
from tests.handlers.conftest import met


def rows_of(member: Member) -> list[dict[str, str]]:
    """The rows of the CSV that was just handed over."""
    return list(csv.DictReader(io.StringIO(_file(member).decode("utf-8-sig")), delimiter=";"))


def _file(member: Member) -> bytes:
    found = [part for part in member.message().parts if isinstance(part, File)]
    assert len(found) == 1, member.message()
    return found[0].content


def test_a_list_is_kept_whole_whatever_page_it_was_asked_for_from(reader: Member) -> None:
    reader.says("åtgärder Farsta")
    reader.presses("Nästa sida")
    reader.presses("Ladda ner")
    assert "14 rader · Gäller den 10 juni 2024" in reader.presses("CSV")
    rows = rows_of(reader)
    assert len({row["Åtgärdskod"] for row in rows}) == 14
    silent = next(row for row in rows if row["Åtgärdskod"] == "FAR-006")
    assert silent["Läge"] == "Ingen rapport på 47 dagar"
    assert (silent["Ansvarig person"], silent["Senast rapporterad"]) == ("", "2024-04-24")


def test_an_excel_file_has_days_and_numbers_to_count_with(reader: Member) -> None:
    reader.says("mina")
    reader.presses("Ladda ner")
    reader.presses("Excel")
    sheet = load_workbook(io.BytesIO(_file(reader))).worksheets[0]
    heading, first = ([cell.value for cell in row] for row in list(sheet.rows)[:2])
    told = dict(zip(heading, first, strict=True))
    assert str(told["Klar senast"]).startswith("2024-05-29")
    assert told["Rapporteras var … dag"] == 28


def test_what_a_member_wrote_is_no_formula_and_no_protected_name_is_told(talk: Talk) -> None:
    jonas = met(talk, JONAS)
    jonas.says("rapportera FAR-009")
    jonas.fills(status="ongoing", comment="=1+1")
    with talk.database.write() as session:
        person = session.scalars(select(Person).where(Person.email == JONAS)).one()
        person.display_policy = DisplayPolicy.PROTECTED
    jonas.sends_button("measures.file", json.dumps({"group": "FAR-BER", "form": "csv"}))
    row = next(row for row in rows_of(jonas) if row["Åtgärdskod"] == "FAR-009")
    assert row["Kommentar"] == "'=1+1"
    assert "Lindmark" not in "".join(row.values())


def test_a_button_of_another_release_is_told_so(reader: Member) -> None:
    for action, value in (("file", '{"form": "exe"}'), ("file", "no json"), ("files", "[1]")):
        assert "Knappen är för gammal" in reader.sends_button(f"measures.{action}", value)


def test_a_file_names_the_goals_and_causes_that_a_measure_is_linked_to(reader: Member) -> None:
    reader.says("åtgärder Farsta")
    reader.presses("Ladda ner")
    reader.presses("CSV")
    rows = {row["Åtgärdskod"]: row for row in rows_of(reader)}
    assert rows["FAR-014"]["Kopplade mål"] == (
        "FAR-M4 Fler känner sig trygga på väg hem; FAR-M5 Tunneln i Hökarängen är ljus"
    )
    assert rows["FAR-014"]["Kopplade orsaker"].startswith("FAR-O3 ")
    assert rows["FAR-013"]["Kopplade mål"] == rows["FAR-013"]["Godkännande"] == ""
