"""Coverage: vacant seats, and which districts have a voice."""

from __future__ import annotations

import pytest

from tests.handlers.conftest import Asking


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("vakanser Farsta", "2 vakanta platser:"),
        ("vacancies Farsta", "Ledamot, Trafikkontoret"),
        ("vilka platser är vakanta i Bromma", "1 vakant plats:"),
        ("vakanser Farsta beredningsgrupp", "Inga vakanser i 1 grupp."),
        ("vakanser", "14 vakanta platser:"),
        ("representation centrala styrgruppen", "1 vakant plats:"),
        ("representation otillåten påverkan", "1 av 11 stadsdelsnämnder har egen röst"),
        ("representation otillåten påverkan", "Saknas: Bromma, "),
        ("vakanser Farsta 2015-01-01", "Ingen grupp stämmer med frågan."),
    ],
)
def test_what_is_missing_is_counted_and_named(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line)


def test_those_whom_one_director_speaks_for_are_not_said_to_have_a_voice(ask: Asking) -> None:
    told = ask("representation centrala styrgruppen")
    assert "1 av 11 stadsdelsnämnder har egen röst, 10 företräds av någon annan" in told


def test_the_day_is_told(ask: Asking) -> None:
    assert "Gäller den 1 maj 2022" in ask("vakanser Farsta 2022-05-01")
