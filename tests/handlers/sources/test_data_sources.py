"""Data sources: a proposal reaches those who decide, and what they decide reaches the proposer."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from bot.demo.seed import FOLDER
from handlers.understanding import understand
from handlers.understanding.registry import Registry
from models.delivery.outbox import Delivery
from models.indicators.sources import DataSource, SourceStep
from models.message import File
from models.records import AuditEntry
from tests.bot.workbook.files import bring_in, faults
from tests.conversations.talk import EVA, JONAS, MAJA, Member, Talk
from tests.handlers.conftest import Asking, met

PERSON = "811218-9876"
NAME = "Skolans egen trygghetsenkät"


def told(talk: Talk, purpose: str) -> list[str]:
    """The messages that wait to be sent because of a source, as text."""
    with talk.database.read() as session:
        query = select(Delivery).where(Delivery.key.startswith(f"source:{purpose}"))
        return [str(row.message) for row in session.scalars(query)]


def test_a_proposal_goes_its_way_and_the_proposer_is_told(talk: Talk, maja: Member) -> None:
    eva = met(talk, EVA)
    said = maja.says(f"datakälla föreslå {NAME}")
    assert "Tack. Förslaget är registrerat" in said
    assert "○ Föreslagen" in said
    assert "Centrala beredningsgruppen" in said
    news = [each for each in told(talk, "D-004:proposed") if "Maja Ekvall föreslår" in each]
    assert len(news) == 3

    talk.later(days=1)
    assert "◐ Utreds" in eva.says("datakälla D-4 utreds")
    assert "Maja Ekvall får veta." in eva.says("datakälla D-004 avslagen Frågan finns redan i NTU.")
    mine = [each for each in told(talk, "D-004") if "Ditt förslag har kommit vidare" in each]
    assert ["Utreds" in each for each in mine].count(True) == 1
    assert ["Frågan finns redan i NTU." in each for each in mine].count(True) == 1

    shown = maja.says(f"datakälla {NAME.lower()}")
    assert "föreslagen av Maja Ekvall den 10 juni 2024" in shown
    assert "- 11 juni 2024: utreds, Eva Nordin." in shown
    assert "- 11 juni 2024: avslagen, Eva Nordin. Frågan finns redan i NTU." in shown
    with talk.database.read() as session:
        about = select(AuditEntry.action).where(AuditEntry.subject == "source:D-004")
        actions = session.scalars(about.order_by(AuditEntry.id)).all()
    assert actions == ["source_proposed", "source_decided", "source_decided"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_code_written_as_the_word_that_it_is_finds_its_own_source(maja: Member) -> None:
    assert maja.says("datakälla trygghetsmätning").startswith("Stadens trygghetsmätning")


def test_only_those_who_are_entitled_decide(talk: Talk, maja: Member) -> None:
    assert "Bara ordförande och sekreterare i centrala" in maja.says("datakälla D-001 utreds")
    assert "Ändra status" not in [each.label for each in maja.buttons()]
    assert "○ Föreslagen" in maja.says("datakälla D-001")


def test_what_is_turned_down_says_why(talk: Talk) -> None:
    eva = met(talk, EVA)
    eva.says("datakälla D-001 avslås")
    assert eva.form().title == "Ändra status"
    eva.fills(reason=" ")
    assert "Skriv varför" in eva.errors()["reason"]
    eva.fills(reason="Kostar för mycket.")
    assert "Skäl: Kostar för mycket." in eva.says("datakälla D-001")
    assert "Inget är ändrat" in eva.says("datakälla D-001 avslagen Kostar för mycket.")


def test_a_proposal_that_is_there_already_is_shown(talk: Talk, maja: Member) -> None:
    said = maja.says("datakälla föreslå felanmälningar om mörka platser per vecka")
    assert "finns redan, som D-001" in said
    assert "Ägare: " in maja.presses("Visa den")
    with talk.database.read() as session:
        assert len(session.scalars(select(DataSource.id)).all()) == 14


def test_a_proposer_describes_it_in_a_form_until_it_is_decided_on(talk: Talk) -> None:
    jonas, eva = met(talk, JONAS), met(talk, EVA)
    jonas.says("datakälla föreslå")
    jonas.fills(name="")
    assert jonas.errors() == {"name": "Skriv vad den heter."}
    jonas.fills(name=NAME, kind="output", limits="Bara årskurs 6.")
    jonas.presses("Beskriv")
    assert jonas.form().fields[1].initial == ("output",)
    assert "Sparat" in jonas.fills(owner="Utbildningsförvaltningen")
    assert "Ägare: " in jonas.presses("Visa den")
    eva.says("datakälla D-004 i drift")
    assert "Det är redan beslutat" in jonas.sends_button("source.describe", "D-004")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_proposal_about_an_individual_is_refused_and_leaves_no_trace(
    talk: Talk, maja: Member
) -> None:
    assert "Jag sparade inte texten" in maja.says(f"datakälla föreslå Listan om {PERSON}")
    maja.sends_button("source.propose", "")
    maja.fills(name=f"Listan om {PERSON}")
    assert "Inte sparat" in maja.errors()["name"]
    with talk.database.read() as session:
        assert len(session.scalars(select(SourceStep.id)).all()) == 14
        assert PERSON not in str(session.scalars(select(AuditEntry.detail)).all())


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_same_event_twice_is_one_proposal(talk: Talk, maja: Member) -> None:
    once = maja.says(f"datakälla föreslå {NAME}", event="same")
    assert maja.says(f"datakälla föreslå {NAME}", event="same") == once
    with talk.database.read() as session:
        rows = session.scalars(select(DataSource).where(DataSource.name == NAME)).all()
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("line", "seen", "unseen"),
    [
        ("datakällor", "1 föreslagen · 1 utreds · 11 i drift · 1 avslagen", "Jag förstod"),
        ("datakällor avslagna", "Kameror kvarter för kvarter", "Tyck till"),
        ("data sources in use", "Tyck till", "Kameror"),
        ("datakälla trygghetsmätningen polisen", "52 700 svar av 81 300", "17 669"),
        ("datakälla ntu", "Otrygg ute ensam sent, NTU otrygg_ntu", "Jag känner"),
        ("datakälla månens faser", "Jag känner inte till någon datakälla", "Ägare"),
    ],
)
def test_the_catalogue_is_read_by_everybody(ask: Asking, line: str, seen: str, unseen: str) -> None:
    shown = ask(line)
    assert seen in shown
    assert unseen not in shown


def test_the_catalogue_is_kept_as_a_file_that_runs_nothing(talk: Talk, maja: Member) -> None:
    maja.says("datakälla föreslå =HYPERLINK(1)")
    maja.says("datakällor")
    maja.presses("Som fil")
    (file,) = [part for part in maja.message().parts if isinstance(part, File)]
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 15
    assert [row["Namn"] for row in rows if row["Kod"] == "D-004"] == ["'=HYPERLINK(1)"]


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("datakällor", {}),
        ("datakälla D-3", {"source": "D-003"}),
        ("visa datakälla NTU", {"source": "ntu"}),
        ("datakälla D-001 utreds", {"source": "D-001", "source_status": "investigated"}),
        (
            "datakälla tyck till avslagen: gäller inte oss",
            {"source": "tyck till", "source_status": "rejected", "comment": "gäller inte oss"},
        ),
        ("datakällor i drift", {"source_status": "in_use"}),
        ("föreslå datakälla Åskväder", {"source_status": "proposed", "comment": "Åskväder"}),
        ("data source propose Weather", {"source_status": "proposed", "comment": "Weather"}),
        ("utdata", {}),
    ],
)
def test_what_a_line_about_a_source_means(line: str, keys: dict[str, str]) -> None:
    found = understand(line, Registry(), date(2024, 6, 10)).explain()
    assert found == {"intent": "data_sources", **keys}


@pytest.mark.parametrize("line", ["MAJA", "källorna till oron är många", "datakällarens nyckel"])
def test_other_lines_are_not_about_sources(line: str) -> None:
    assert understand(line, Registry(), date(2024, 6, 10)).intent.value != "data_sources"


def test_an_import_never_turns_a_decision_back(talk: Talk) -> None:
    met(talk, EVA).says("datakälla D-001 i drift")
    assert faults(bring_in(talk.database, FOLDER / "data_sources.csv")) == []
    assert "● I drift" in talk.member(MAJA).says("datakälla D-001")
