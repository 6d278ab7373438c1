"""Reporting by the form: faults stand at their field and nothing typed is lost."""

from __future__ import annotations

import pytest

from models.message import ChoiceField, TextField
from tests.conversations.talk import JONAS, Member, Talk
from tests.handlers.conftest import met
from tests.handlers.measures.test_report import reports

CHRISTER = "christer.wallmarker@ssbf.example"


@pytest.fixture
def form(maja: Member) -> Member:
    """Maja, who has opened the form of FAR-011."""
    maja.says("rapportera FAR-011")
    return maja


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"status": ""}, "status", "Välj ett läge."),
        ({"status": "perfect"}, "status", "Välj ett läge."),
        ({"status": "ongoing", "percent": "101"}, "percent", "heltal från 0 till 100"),
        ({"status": "ongoing", "percent": "-1"}, "percent", "heltal från 0 till 100"),
        ({"status": "ongoing", "percent": "abc"}, "percent", "heltal från 0 till 100"),
        ({"status": "ongoing", "percent": "2,5"}, "percent", "heltal från 0 till 100"),
        ({"status": "ongoing", "percent": "²"}, "percent", "heltal från 0 till 100"),
        ({"status": "ongoing", "comment": "å" * 1001}, "comment", "högst 1000 tecken"),
        ({"status": "delayed", "obstacle": "å" * 1001}, "obstacle", "högst 1000 tecken"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_is_saved(
    talk: Talk, form: Member, values: dict[str, str], field: str, told: str
) -> None:
    form.fills(**values)
    assert list(form.errors()) == [field]
    assert told in form.errors()[field]
    assert reports(talk) == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "percent"), [("", 65), ("0", 0), ("100", 100), ("40 %", 40), (" 7 ", 7)]
)
def test_a_percentage_may_be_written_as_people_write(
    talk: Talk, form: Member, typed: str, percent: int
) -> None:
    form.fills(status="ongoing", percent=typed, comment="å" * 1000)
    assert reports(talk)[0].percent == percent


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_hinders_is_shown_apart(form: Member) -> None:
    told = form.fills(status="delayed", comment="Väntar", obstacle="Tjänsten är vakant")
    assert "Hinder: Tjänsten är vakant" in told
    assert "| Väntar" in told


def test_without_an_id_the_form_offers_mine_before_my_organisations(maja: Member) -> None:
    maja.says("rapportera")
    field = maja.form().fields[0]
    assert isinstance(field, ChoiceField)
    codes = [choice.value for choice in field.choices]
    assert codes[:3] == ["FAR-003", "FAR-010", "FAR-011"]
    assert "FAR-014" not in codes
    maja.fills(status="done")
    assert maja.errors() == {"measure": "Välj en åtgärd."}
    assert "FAR-003 är uppdaterad" in maja.fills(measure="FAR-003", status="done")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_forged_form_has_no_more_rights_than_a_line(talk: Talk) -> None:
    jonas = met(talk, JONAS)
    jonas.says("rapportera")
    jonas.fills(measure="BRO-001", status="done")
    assert "Be gruppens sekreterare" in jonas.errors()["measure"]
    assert reports(talk, "BRO-001") == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_who_has_nothing_to_report_is_told_how_to_report_for_others(talk: Talk) -> None:
    assert "Du har inga öppna åtgärder" in met(talk, CHRISTER).says("rapportera")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_quoted_message_lands_in_the_comment_to_be_read_first(talk: Talk, maja: Member) -> None:
    maja.says("rapportera", quoted="Lamporna i tunneln lyser igen")
    field = next(field for field in maja.form().fields if field.name == "comment")
    assert isinstance(field, TextField)
    assert field.initial == "Lamporna i tunneln lyser igen"
    assert reports(talk) == []
