"""Somebody whose name may not be shown is named nowhere, whoever asks and however."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.requests import OptionsAsked
from handlers.router import options
from models.database import Database
from models.measures.measure import Measure
from models.people.organisations import DisplayPolicy, Person
from tests.conversations.talk import JONAS, MAJA, STINA, Member, Talk

PROTECTED = "lina.backeryd@polisen.example"
FUNCTION = "petra.akerblom@polisen.example"
NAMES = ("Backeryd", "Åkerblom")
LINES = [
    "vem Farsta styrgrupp",
    "vem centrala beredningsgruppen",
    "vem polisen Farsta styrgrupp",
    "vem polisen",
    "vem LPO Farsta",
    "vem Polisområde Stockholm syd",
    "vem Enskede-Årsta-Vantör",
    "vakanser Farsta",
    "åtgärder Farsta",
    "mina",
    "FAR-009",
    "FAR-012",
    "varför FAR-009",
    "veckan Farsta",
    "möten",
    "",
    "min roll",
    "adjungera",
    "adjungera Farsta styrgrupp",
    "adjungera SL till Farsta styrgrupp",
]


@pytest.fixture
def talk(stockholm: Database) -> Talk:
    """Farsta, where the two also own measures and have reported on them."""
    with stockholm.write() as session:
        for email, code in ((PROTECTED, "FAR-009"), (FUNCTION, "FAR-012")):
            owner = session.scalars(select(Person).where(Person.email == email)).one()
            measure = session.scalars(select(Measure).where(Measure.code == code)).one()
            measure.owner_id = owner.id
    talk = Talk(stockholm)
    for email, code in ((PROTECTED, "FAR-009"), (FUNCTION, "FAR-012")):
        talk.member(email).says(f"rapportera {code} pågår Arbetet fortsätter enligt plan")
    return talk


def heard(member: Member) -> str:
    """All that the last reply says, also to a screen reader and in its buttons."""
    return member.reply().model_dump_json()


@pytest.mark.parametrize("email", [MAJA, STINA, JONAS])
def test_no_answer_names_them(talk: Talk, email: str) -> None:
    member = talk.member(email)
    for line in LINES:
        member.says(line)
        assert not any(name in heard(member) for name in NAMES), line


@pytest.mark.parametrize(
    ("code", "shown"), [("FAR-009", "Polisområde Stockholm syd"), ("FAR-012", "Chef LPO Farsta")]
)
def test_an_owner_is_shown_by_organisation_or_function(talk: Talk, code: str, shown: str) -> None:
    maja = talk.member(MAJA)
    assert f"Ansvarig: {shown}" in " ".join(maja.says(code).split())
    assert f"– {shown}" in maja.says(code)
    talk.later(days=1)
    assert f"Rapporterat för {shown}s räkning." in maja.says(f"rapportera {code} pågår")


def test_a_function_owns_nothing_by_name_and_is_answered_as_a_function(talk: Talk) -> None:
    maja = talk.member(MAJA, passing=True)
    assert "Jag hittar inget som heter Petra Åkerblom." in maja.says("åtgärder Petra Åkerblom")
    assert "Åkerblom" not in maja.says("vem Petra Åkerblom")


def test_their_seat_is_shown_by_function_and_switchboard(talk: Talk) -> None:
    told = talk.member(MAJA).says("vem Farsta styrgrupp")
    assert "Funktion: Chef LPO Farsta, 08-465 004 34" in told


@pytest.mark.parametrize("verb", ["vem", "åtgärder"])
@pytest.mark.parametrize(
    ("protected", "stranger"),
    [
        ("Lina Backeryd", "Vilg Qvarzhom"),
        ("Lina Bakeryd", "Vilg Qvarzhom"),
        ("lina.backeryd@polisen.example", "vilg.qvarzhom@polisen.example"),
    ],
)
def test_who_is_protected_is_as_unknown_as_anybody(
    talk: Talk, verb: str, protected: str, stranger: str
) -> None:
    maja = talk.member(MAJA, passing=True)
    told = maja.says(f"{verb} {protected}")
    assert f"Jag hittar inget som heter {protected}." in told
    other = maja.says(f"{verb} {stranger}")
    assert _but_for_names(told) == _but_for_names(other.replace(stranger, protected))


def _but_for_names(told: str) -> list[str]:
    """What is said beside the names that are most like the one asked for."""
    return [line for line in told.splitlines() if not line.startswith(("Närmaste", "[vem"))]


@pytest.mark.parametrize("typed", ["", "Lina", "Backeryd", "Petra", "Åkerblom", "Chef LPO"])
def test_no_person_field_offers_their_names(talk: Talk, typed: str) -> None:
    maja = talk.member(MAJA)
    maja.says("hjälp")
    asked = OptionsAsked(
        who=maja.who, where=maja.where, at=talk.at, event="O1", field="person", typed=typed
    )
    offered = options(asked, talk.desk)
    assert not any(name in choice.label for choice in offered for name in NAMES)
    assert (typed == "Chef LPO") <= any("Chef LPO Farsta" in choice.label for choice in offered)


def test_who_shares_is_named_as_they_may_be(talk: Talk) -> None:
    petra = talk.member(FUNCTION).in_channel()
    petra.says("vem Farsta styrgrupp")
    assert "(Delat av Chef LPO Farsta)" in petra.presses("Dela i kanalen")


def test_only_they_themselves_are_greeted_by_name(talk: Talk) -> None:
    assert "Hej Lina" in talk.member(PROTECTED).opens_home()


@pytest.mark.parametrize("policy", [DisplayPolicy.FUNCTION_ONLY, DisplayPolicy.PROTECTED])
def test_a_function_without_a_title_is_its_organisation(talk: Talk, policy: DisplayPolicy) -> None:
    with talk.database.write() as session:
        petra = session.scalars(select(Person).where(Person.email == FUNCTION)).one()
        petra.title, petra.display_policy = "", policy
    assert "Funktion: LPO Farsta" in talk.member(MAJA).says("vem Farsta styrgrupp")
