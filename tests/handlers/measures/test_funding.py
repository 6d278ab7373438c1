"""What measures cost: summed by year, area, district and source, and how many say nothing."""

from __future__ import annotations

import csv
import io

import pytest

from handlers.measures.funding import PAGE
from models.measures.funding import Sum, sums
from models.message import File
from tests.conversations.talk import Member, Talk
from tests.handlers.conftest import Asking

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
"""For what no database can make a difference to."""


def test_sums_are_by_name_the_largest_first_and_say_how_many_say_nothing() -> None:
    pairs = [("a", 5), ("b", None), ("a", None), ("b", 7), ("c", None)]
    assert sums(pairs) == [Sum("b", 7, 1, 2), Sum("a", 5, 1, 2), Sum("c", 0, 0, 1)]
    assert sums([]) == []


def test_funding_of_a_district_is_told_by_year_by_source_and_as_a_file(reader: Member) -> None:
    told = reader.says("finansiering Farsta").replace("\u00a0", " ")
    assert "Finansiering · Farsta" in told
    assert "7 750 000 kr" in told
    assert "11 av 14 åtgärder" in told
    assert "Hela beloppet räknas det år åtgärden börjar." in told
    assert told.index("2022") < told.index("2023") < told.index("2024  ")
    by_source = reader.presses("Per finansiär").replace("\u00a0", " ")
    assert "Trygghetsinvesteringar" in by_source
    assert "ingen finansiär angiven" in by_source
    reader.presses("CSV")
    (file,) = [part for part in reader.message().parts if isinstance(part, File)]
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 15
    assert sum(int(row[-1] or 0) for row in rows[1:]) == 7_750_000


def test_a_year_is_told_by_district_and_in_pages(shared_talk: Talk, reader: Member) -> None:
    told = reader.says("finansiering 2024")
    assert "Finansiering · 2024" in told
    assert "Per år" not in [button.label for button in reader.buttons()]
    everything = reader.says("finansiering")
    assert "2022" in everything
    reader.presses("Per stadsdelsområde")
    assert len(reader.presses("Nästa sida")) > 0, f"there are more than {PAGE}"
    assert "Föregående sida" in [button.label for button in reader.buttons()]


@ONE_STORE
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("finansiering 2024 Fredhäll", "Har uppgift om belopp: 0 av 2 åtgärder"),
        ("finansiering 2030", "Inga åtgärder stämmer"),
        ("pengar otrygga platser", "Otrygga och brottsutsatta platser"),
        ("funding 2024 Farsta", "2024 · Farsta"),
    ],
)
def test_a_line_narrows_what_is_summed(ask: Asking, line: str, said: str) -> None:
    assert said in ask(line)


@ONE_STORE
@pytest.mark.parametrize("value", ["", "{}", '{"by":"x"}', '{"by":"year","page":"-1"}', "[]"])
def test_a_button_that_cannot_be_read_is_too_old(reader: Member, value: str) -> None:
    for action in ("funding.page", "funding.file"):
        assert "för gammal" in reader.sends_button(action, value)
