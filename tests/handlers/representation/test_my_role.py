"""What somebody's role is, and what a board's is: seats, duties, what waits, and the place."""

from __future__ import annotations

import pytest

from tests.conversations.talk import JONAS, KARIM, MAJA
from tests.handlers.conftest import Asking


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (MAJA, "Farsta lokala styrgrupp: sekreterare sedan 1 februari 2021"),
        (MAJA, "Sekreterare: kallar till möten"),
        (MAJA, "Styrgrupp: beslutar om inriktning och mål"),
        (MAJA, "1 åtgärd väntar på din rapport"),
        (MAJA, "Möte ons 12 juni 10.00, Farsta arbetsgrupp plats"),
        (MAJA, "Farsta – LPO Farsta 2024, ska revideras senast den 15 april 2026"),
        (MAJA, "Leder: Otrygga och brottsutsatta platser"),
        (JONAS, "Enskede-Årsta-Vantör och Farsta"),
        (JONAS, "Lokalpolisområdet är polisens sida i de lokala grupperna."),
        (JONAS, "Chef LPO Farsta, 08-465 004 34 (ordförande, ersättare Cornelia Skarpås)"),
        (KARIM, "Organisationen deltar där den har platser och genomför sina egna åtgärder."),
        (KARIM, "vakant (ledamot)"),
        ("christer.wallmarker@ssbf.example", "staden och polisen beslutar tillsammans."),
        ("christer.wallmarker@ssbf.example", "Adjungerad: deltar i de frågor som platsen gäller"),
    ],
)
def test_a_role_is_told_with_seats_duties_and_place(ask: Asking, by: str, told: str) -> None:
    assert told in ask("min roll", by=by)


@pytest.mark.parametrize("line", ["min roll Bromma", "nämndens roll i Bromma", "our role Bromma"])
def test_a_boards_role_says_through_whom_it_speaks_centrally(ask: Asking, line: str) -> None:
    told = ask(line)
    assert "Rollen för Bromma stadsdelsnämnd" in told
    assert "Nämnden är stadens part i den lokala överenskommelsen." in told
    rows = {row.split("  ")[0]: row for row in told.splitlines() if row}
    assert "→ Via Farsta" in rows["Centrala styrgruppen"]
    assert "□ Saknar röst" in rows["Centrala beredningsgruppen"]
    assert "● Besatt" in rows["Bromma lokala styrgrupp"]
    assert "skulle ha reviderats senast den 1 juni 2024" in told


def test_whoever_has_no_seat_is_told_so(ask: Asking) -> None:
    told = ask("min roll", by="rolf.sandin@slk.stockholm.example")
    assert "Du har inget uppdrag i någon grupp" in told
    assert "Inget just nu." in told


def test_a_role_on_another_day_is_the_seats_of_that_day_and_nothing_that_waits_now(
    ask: Asking,
) -> None:
    then = ask("min roll 2021-02-01", by=MAJA)
    assert "Din roll den 1 februari 2021" in then
    assert "Farsta lokala styrgrupp" in then
    assert "Centrala beredningsgruppen" not in then
    assert "väntar" not in then
    assert "Du hade ingen plats" in ask("min roll 2020-01-01", by=MAJA)
