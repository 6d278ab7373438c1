"""Which version holds, which waits, and who may approve it: decided without a database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.chain.approvals import (
    Approvable,
    Approval,
    ApprovalState,
    Obstacle,
    Version,
    in_force,
    obstacle,
    silent_parties,
    state,
)
from models.chain.party_voices import PartyVoice, Voices
from models.people.organisations import Party, Person

AT = datetime(2024, 6, 10, 6, tzinfo=UTC)
CITY, POLICE = Party.CITY, Party.POLICE
STINA, PETRA, EVA = Person(id=1, name="Stina"), Person(id=2, name="Petra"), Person(id=3, name="Eva")
VOICES: Voices = {CITY: PartyVoice((STINA,)), POLICE: PartyVoice((PETRA,))}


def version(number: int, *parties: Party, wording: str = "Färre rån") -> Version:
    """A version that these parties have approved."""
    given = [Approval(party=party, person_id=1, at=AT) for party in parties]
    return Version(
        kind=Approvable.GOAL,
        subject="M-07",
        number=number,
        wording=wording,
        at=AT,
        approvals=given,
    )


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([], ApprovalState.DRAFT),
        ([version(1)], ApprovalState.WAITING),
        ([version(1, CITY)], ApprovalState.WAITING),
        ([version(1, POLICE, CITY)], ApprovalState.APPROVED),
        ([version(1, CITY, POLICE), version(2, CITY)], ApprovalState.WAITING),
        ([version(1, CITY, POLICE, wording="Fler rån")], ApprovalState.CHANGED),
    ],
)
def test_a_thing_stands_as_its_newest_version_does(
    versions: list[Version], expected: ApprovalState
) -> None:
    assert state(versions, "Färre rån") is expected


def test_the_version_both_have_approved_last_stays_in_force_while_a_newer_one_waits() -> None:
    held = version(2, CITY, POLICE)
    assert in_force([version(1, CITY, POLICE), held, version(3, CITY)]) is held
    assert in_force([version(1, CITY), version(2)]) is None
    assert silent_parties(version(3, CITY)) == (POLICE,)


@pytest.mark.parametrize(
    ("party", "person", "is_newest", "expected"),
    [
        (POLICE, PETRA, True, None),
        (POLICE, STINA, True, Obstacle.NOT_A_CHAIR),
        (POLICE, PETRA, False, Obstacle.SUPERSEDED),
        (CITY, STINA, True, Obstacle.ANSWERED),
    ],
)
def test_only_the_chair_of_a_silent_party_approves_and_only_the_newest(
    party: Party, person: Person, is_newest: bool, expected: Obstacle | None
) -> None:
    assert obstacle(version(1, CITY), party, person, VOICES, is_newest=is_newest) is expected


def test_the_coordinator_does_not_stand_in_for_a_missing_chair() -> None:
    voices = {**VOICES, POLICE: PartyVoice((EVA,), chair_is_missing=True)}
    assert obstacle(version(1), POLICE, EVA, voices, is_newest=True) is Obstacle.NOT_A_CHAIR
