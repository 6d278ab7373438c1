"""What is written before a meeting begins: prepared on its day, by those who lead, for them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from digests.decided import gather_after
from models.groups import Group
from models.meetings.meeting import Meeting
from tests.conversations.talk import JONAS, Member, Talk
from tests.handlers.conftest import met
from tests.handlers.decisions.test_decisions import AFTER, LINE, decides, meeting_of, number_of

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

BEFORE = AFTER - timedelta(hours=3)
"""An hour before the meeting of 18 June."""


@pytest.fixture
def talk(talk: Talk) -> Talk:
    """The clock of the meeting's day, which each story turns back."""
    talk.at = AFTER
    return talk


@pytest.fixture
def jonas(talk: Talk) -> Member:
    """In the group, and leads nothing."""
    return met(talk, JONAS)


def test_on_the_day_of_a_meeting_its_decisions_are_prepared_and_seen_by_those_who_lead_alone(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    today = meeting_of(talk)
    talk.at = BEFORE
    maja.says("ny åtgärdspunkt Farsta beredningsgrupp")
    assert "21 maj" in maja.form().intro
    assert "Mötet i dag börjar 13.00" in maja.form().intro
    maja.says(LINE)
    assert "tis 18 juni 13.00–14.30" in maja.form().intro
    assert (
        "Mötet börjar 13.00. Till dess ser bara de som leder gruppen det som skrivs."
        in maja.form().intro
    )
    assert "får veta det ons 19 juni 08.00" in maja.fills(text="Tunneln öppnas i augusti")
    prepared = number_of(talk)
    for said in (
        jonas.says("beslut Farsta"),
        jonas.says("veckan Farsta beredningsgrupp"),
        jonas.sends_button("decision.show", prepared),
        jonas.sends_button("decision.ask", today),
        jonas.sends_button("meeting.show", today),
    ):
        assert "Tunneln öppnas" not in said
    assert "Tunneln öppnas" in maja.sends_button("meeting.show", today)
    talk.at = AFTER
    assert "§ 11 Tunneln öppnas" in jonas.says("beslut Farsta")
    maja.sends_button("decision.correct", prepared)
    assert "Rättad" not in maja.fills(text="Tunneln öppnas i september")
    with talk.database.read() as session:
        facts = gather_after(session, session.get_one(Meeting, int(today)), date(2024, 6, 19))
    [decided] = facts.decisions
    assert decided.wording.text == "Tunneln öppnas i september"
    assert not decided.is_corrected


def test_what_was_prepared_for_a_meeting_that_is_called_off_is_no_decision(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    today = meeting_of(talk)
    talk.at = BEFORE
    decides(maja)
    maja.sends_button("meeting.cancel", today)
    talk.at = AFTER
    assert "Tunneln öppnas" not in jonas.says("beslut Farsta")
    assert "Tunneln öppnas" in maja.sends_button("meeting.show", today)


def test_which_meeting_is_asked_where_the_one_before_was_held_lately(
    maja: Member, talk: Talk
) -> None:
    with talk.database.write() as session:
        before = session.scalars(
            select(Meeting).join(Group).where(Group.code == "FAR-BER").order_by(Meeting.starts_at)
        ).all()
        [held] = [each for each in before if each.starts_at.date() == date(2024, 5, 21)]
        held.starts_at, held.ends_at = AFTER - timedelta(days=1, hours=2), AFTER - timedelta(days=1)
    talk.at = BEFORE
    maja.says(LINE)
    assert [each.label for each in maja.buttons()] == [
        "FAR-BER tis 18 juni 13.00",
        "FAR-BER mån 17 juni 13.00",
    ]
