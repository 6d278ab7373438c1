"""All districts side by side: alphabetical, marked only beyond chance, as table, picture, file."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from models.drawings import Intervals
from models.indicators.indicator import Indicator, Observation
from models.message import File, Image, Table
from tests.conversations.talk import MAJA, Member, Talk
from tests.handlers.conftest import Asking

TODAY = [
    "Bromma",
    "Enskede-Årsta-Vantör",
    "Farsta",
    "Hägersten-Älvsjö",
    "Hässelby-Vällingby",
    "Järva",
    "Kungsholmen",
    "Norra innerstaden",
    "Skarpnäck",
    "Skärholmen",
    "Södermalm",
]


def drawn(reader: Member) -> Intervals:
    """What the picture in the last message shows."""
    (image,) = [part for part in reader.message().parts if isinstance(part, Image)]
    assert isinstance(image.drawing, Intervals)
    return image.drawing


def test_without_a_place_all_districts_are_told_in_alphabetical_order(reader: Member) -> None:
    told = reader.says("indikator otrygg-kväll alla stadsdelar")
    (table,) = [part for part in reader.message().parts if isinstance(part, Table)]
    assert [row[0].text for row in table.rows] == TODAY
    assert "Hela staden: 22 % (21–23 %)" in told
    assert "det här är ingen rangordning" in told
    assert "11 jämförelser gjordes; upp till var tionde markering kan vara falsklarm." in told
    towards = {row[0].text: row[4].text for row in table.rows}
    assert towards["Järva"] == "högre"
    assert towards["Kungsholmen"] == "lägre"
    assert towards["Skarpnäck"] == "ingen säker skillnad"


def test_an_earlier_day_has_the_districts_of_that_day(ask: Asking) -> None:
    told = ask("indikator otrygg-kväll", on=date(2018, 3, 1))
    assert "alla områden · 2017" in told
    assert "Östermalm" in told
    assert "Järva" not in told


def test_the_picture_lists_every_row_in_words(reader: Member) -> None:
    reader.says("indikator otrygg-kväll")
    reader.presses("Som bild")
    drawing = drawn(reader)
    assert [row.label for row in drawing.rows] == TODAY
    assert {row.word for row in drawing.rows} == {"B"}
    (image,) = [part for part in reader.message().parts if isinstance(part, Image)]
    for name in TODAY:
        assert f"{name}: " in image.alt
    assert "Järva: 34 % (31–37 %), B – ganska säker." in image.alt
    assert "Hur säkert" in reader.presses("Som tabell")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_hidden_unsure_and_missing_rows_look_and_read_apart(talk: Talk) -> None:
    with talk.database.write() as session:
        query = select(Observation).join(Observation.indicator)
        rows = session.scalars(
            query.where(Indicator.code == "otrygg_kvall", Observation.period == "2023")
        ).all()
        by_place = {row.place: row for row in rows}
        by_place["FAR"].low, by_place["FAR"].high = 5, 60
        by_place["BRO"].low, by_place["BRO"].high = 5, 31
        session.delete(by_place["SOD"])
    maja = talk.member(MAJA)
    told = maja.says("indikator otrygg-kväll")
    assert "osäkert: någonstans mellan 0 och 6 av 10" in told
    maja.presses("Som bild")
    found = {row.label: row for row in drawn(maja).rows}
    assert found["Farsta"].value is None
    assert found["Farsta"].word == "D bara spann"
    assert (found["Bromma"].caution, found["Bromma"].word) == (True, "C")
    assert found["Södermalm"].reason == "ingen siffra"
    assert not found["Järva"].caution


def test_registers_have_the_interval_of_chance_and_no_grade(reader: Member) -> None:
    told = reader.says("indikator personrån")
    assert "≈ Register, med slump" in told
    reader.presses("Som bild")
    assert all(row.interval is not None for row in drawn(reader).rows)
    assert drawn(reader).axis.high == 3


def test_the_file_holds_grade_columns_and_nothing_that_is_hidden(reader: Member) -> None:
    reader.says("indikator fältarbete Skarpnäck")
    reader.presses("Som fil")
    reader.presses("CSV")
    (file,) = [part for part in reader.message().parts if isinstance(part, File)]
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    (hidden,) = [row for row in rows if row["Hur säkert"].startswith("X")]
    assert (hidden["Plats"], hidden["Period"]) == ("Skarpnäck", "2023-T3")
    assert {hidden["Värde"], hidden["Registrerade"]} == {""}


@pytest.mark.parametrize("value", ["{}", "[]", "inget", '{"code": "x", "on": "igår"}'])
def test_a_button_that_cannot_be_read_is_too_old(reader: Member, value: str) -> None:
    told = reader.sends_button("indicator.places", value)
    assert "Traceback" not in told
    assert "gick fel" not in told
