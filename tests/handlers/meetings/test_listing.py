"""Meetings to come and decisions taken."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.meetings.meeting import Meeting
from models.message import Lines, Table
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
        ("möten vecka 25 Farsta", "tis 18 juni 13.00", "juni 09.00"),
        ("möten Farsta i augusti", "fre 30 augusti 09.00", "september"),
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
    [
        ("möten 1 juli 2024", "Inga möten den här dagen."),
        ("möten Farsta i juli", "Inga möten den här månaden."),
        ("beslut Farsta 2018", "Inga beslut är nedskrivna."),
    ],
)
def test_nothing_to_show_is_said_in_a_sentence(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line)


@pytest.mark.parametrize(
    ("line", "told"), [("möten", "Bromma lokala beredningsgrupp"), ("beslut", "Skarpnäcks")]
)
def test_who_sits_in_no_group_is_shown_all(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line, by=ROLF)


def test_a_named_day_shows_its_meetings_and_what_was_decided_until_then(ask: Asking) -> None:
    assert "tis 18 juni 13.00" in ask("möten Farsta 18 juni 2024")
    until = ask("beslut Farsta 2024-02-01")
    assert "12 januari 2024" in until
    assert "21 maj 2024" not in until


def test_every_meeting_listed_leads_to_where_one_answers(talk: Talk) -> None:
    jonas = met(talk, JONAS)
    jonas.says("möten Farsta beredningsgrupp")
    table = next(part for part in jonas.message().parts if isinstance(part, Table))
    assert len(table.ways) == len(table.rows)
    third = table.ways[2]
    assert third is not None
    assert "tis 10 september 13.00" in jonas.sends_button(third.action, third.value)
    jonas.presses("Jag kan inte komma")
    assert "1 har förhinder" in jonas.sends_button(third.action, third.value)


def test_a_meeting_on_the_home_leads_to_where_one_answers(talk: Talk) -> None:
    jonas = met(talk, JONAS)
    jonas.opens_home()
    lists = [part for part in jonas.message().parts if isinstance(part, Lines)]
    shown = next(part for part in lists if part.title == "Dina nästa möten")
    ways = [line.way for line in shown.lines if line.way]
    jonas.sends_button(ways[0].action, ways[0].value)
    jonas.presses("Jag kommer")


def test_a_cancelled_meeting_stays_and_says_so(talk: Talk) -> None:
    with talk.database.write() as session:
        meetings = session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
        first = next(m for m in meetings if m.starts_at > talk.at and m.group.code == "FAR-BER")
        first.cancelled = True
    jonas = met(talk, JONAS)
    rows = jonas.says("möten Farsta beredningsgrupp").splitlines()
    assert "Inställt" in next(line for line in rows if "18 juni" in line)
    assert "[Visa tis 13 augusti 13.00]" in rows[-1], "the next meeting is the next one held"
    assert "har inte svarat" not in jonas.sends_button("meeting.show", str(first.id))
