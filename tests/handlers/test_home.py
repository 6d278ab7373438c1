"""The home: my seats, what waits for me, my next meetings, and what to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.surveys.survey import Survey
from tests.conversations.talk import EVA, JONAS, KARIM, MAJA, Member, Talk
from tests.handlers.conftest import met


@pytest.mark.parametrize(
    ("email", "told"),
    [
        (MAJA, "Hej Maja"),
        (MAJA, "▲ Försenad 12 dagar"),
        (MAJA, "- Farsta lokala styrgrupp: sekreterare"),
        (MAJA, "Svara: Läget i Farsta inför sommaren"),
        (MAJA, "- tis 18 juni 13.00 Farsta lokala beredningsgrupp"),
        (MAJA, "[vem Farsta styrgrupp]"),
        (JONAS, "FAR-013 Grannsamverkan i flerfamiljshus, Fagersjö"),
        (JONAS, "- Enskede-Årsta-Vantörs arbetsgrupp plats: ordförande"),
        (KARIM, "- Järva lokala beredningsgrupp: ledamot"),
        (EVA, "Du ansvarar inte för någon öppen åtgärd."),
        ("yusuf.karaca@farsta.stockholm.example", "Alla dina åtgärder har aktuella rapporter"),
        ("rolf.sandin@slk.stockholm.example", "Du har inget uppdrag i någon grupp i dag."),
        ("priya.berg@slk.stockholm.example", "Your seats"),
        ("petra.akerblom@polisen.example", "- Farsta lokala styrgrupp: ordförande"),
    ],
)
def test_everybody_finds_their_own(shared_talk: Talk, email: str, told: str) -> None:
    assert told in shared_talk.member(email, passing=True).opens_home()


@pytest.mark.parametrize("line", ["", "hem", "home"])
def test_the_home_is_the_same_wherever_it_is_opened(reader: Member, line: str) -> None:
    assert reader.says(line) == reader.opens_home()


def test_a_report_takes_the_measure_off_the_home(maja: Member) -> None:
    assert "FAR-011" in maja.opens_home()
    maja.says("rapportera FAR-011 klar")
    assert "FAR-011" not in maja.opens_home()


def test_the_buttons_lead_on(reader: Member) -> None:
    reader.opens_home()
    assert "FAR-003" in reader.presses("Alla mina åtgärder")
    reader.opens_home()
    assert "Farsta lokala styrgrupp" in reader.presses("vem Farsta styrgrupp")
    reader.opens_home()
    assert "Rapportera läget" in reader.presses("Rapportera mina")


def test_a_survey_that_has_closed_waits_no_more(talk: Talk) -> None:
    maja = met(talk, MAJA)
    with talk.database.read() as session:
        closes = max(row.closes_at for row in session.query(Survey))
    talk.later(seconds=(closes - talk.at + timedelta(minutes=1)).total_seconds())
    assert "Svara:" not in maja.opens_home()
