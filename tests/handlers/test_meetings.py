"""Meetings to come and decisions taken."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.meetings import Meeting
from tests.conversations.talk import JONAS, ROLF, Talk
from tests.handlers.conftest import Asking, met


@pytest.mark.parametrize(
    ("line", "here", "not_here"),
    [
        ("möten Farsta", "tis 18 juni 13.00", "Bromma"),
        ("nästa möte Bromma", "tis 11 juni 09.30", "Farsta"),
        ("meetings Farsta steering group", "Farsta lokala styrgrupp", "beredningsgrupp"),
        ("möten centrala styrgruppen", "Centrala styrgruppen", "Centrala beredningsgruppen"),
        ("möten", "Farsta arbetsgrupp plats", "Bromma"),
        ("beslut Farsta", "Farsta lokala beredningsgrupp, 21 maj 2024", "Centrala"),
        ("beslut centrala styrgruppen", "Centrala styrgruppen, ", "beredningsgruppen, "),
        ("decisions Farsta", "§ 8 Ny ansvarig för trygghetsvandringen", "Bromma"),
    ],
)
def test_the_groups_that_were_meant_answer(
    ask: Asking, line: str, here: str, not_here: str
) -> None:
    told = ask(line)
    assert here in told
    assert not_here not in told


def test_without_a_name_my_own_groups_are_meant(ask: Asking) -> None:
    assert "Enskede-Årsta-Vantörs arbetsgrupp plats" in ask("möten", by=JONAS)


@pytest.mark.parametrize(
    ("line", "told"),
    [("möten", "Inga möten är planerade."), ("beslut", "Inga beslut är nedskrivna.")],
)
def test_nothing_to_show_is_said_in_a_sentence(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line, by=ROLF)


def test_a_cancelled_meeting_stays_and_says_so(talk: Talk) -> None:
    with talk.database.write() as session:
        meetings = session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
        first = next(m for m in meetings if m.starts_at > talk.at and m.group.code == "FAR-BER")
        first.cancelled = True
    row = next(
        line for line in met(talk, JONAS).says("möten Farsta").splitlines() if "18 juni" in line
    )
    assert "Inställt" in row
