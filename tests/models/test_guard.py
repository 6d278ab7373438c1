"""The guard refuses numbers that identify a person, however they are written, and no others."""

import pytest

from models.guard import Verdict, check

PERSONAL = ["811218-9876", "19811218-9876", "198112189876", "8112189876", "811218 9876"]
COORDINATION = ["701063-2391", "19701063-2391", "7010632391"]


@pytest.mark.parametrize("number", PERSONAL)
@pytest.mark.parametrize("frame", ["{}", "Pojken {} sågs vid torget.", "({})", "pnr:{}."])
def test_a_personal_identity_number_is_refused_wherever_it_stands(number: str, frame: str) -> None:
    found = check(frame.format(number))
    assert found.verdict is Verdict.BLOCK
    assert found.rules == ("personnummer",)


@pytest.mark.parametrize("number", COORDINATION)
def test_a_coordination_number_is_refused(number: str) -> None:
    assert check(f"Handlingen gäller {number}").rules == ("samordningsnummer",)


@pytest.mark.parametrize(
    "disguised",
    [
        "８１１２１８－９８７６",
        "811218–9876",
        "811218 - 9876",
        "81\u200b1218-9876",
        "811218\u00a09876",
        "81 12 18-9876",
    ],
    ids=["full width", "long dash", "spaces", "hidden sign", "fixed space", "grouped"],
)
def test_no_disguise_helps(disguised: str) -> None:
    assert check(disguised).verdict is Verdict.BLOCK


@pytest.mark.parametrize(
    "innocent",
    [
        "",
        "Belysningen är beställd, montage v. 32",
        "Org.nr 212000-0142",
        "Ring 070-123 45 67 eller 08-508 180 00",
        "0701063239",
        "Dnr 2024-000123, 2024-06-18 kl. 13.00",
        "811218-9875",
        "FAR-014 60 %, 19 av 24 helger",
        "12 345 678 kr",
    ],
)
def test_what_is_no_personal_number_passes(innocent: str) -> None:
    assert check(innocent).verdict is Verdict.ALLOW


def test_the_finding_holds_nothing_of_the_text() -> None:
    assert "8112" not in repr(check("Pojken 811218-9876"))
