"""Following a measure: what others report comes gathered, once a working day at most."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import timetable
from bot.occasions import following, portions
from bot.timetable import begin, tick, tick_through
from models.delivery.outbox import Delivery, Rank
from models.measures.measure import Follow
from tests.conversations.talk import EVA, JONAS, KARIM, Member, Talk, as_queued
from tests.handlers.conftest import met


@pytest.fixture(autouse=True)
def _only_following(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what followers are told falls due: all else of some days takes much longer."""
    monkeypatch.setattr(timetable, "SOURCES", (following.due,))


def news(talk: Talk) -> list[Delivery]:
    """The messages to followers, the oldest first."""
    with talk.database.read() as session:
        query = select(Delivery).where(Delivery.purpose == "following")
        return list(session.scalars(query.order_by(Delivery.due_at, as_queued(session))))


def through(talk: Talk, **time: float) -> None:
    """Lets the timetable do what falls due until then."""
    start = talk.at
    talk.later(**time)
    tick_through(talk.database, start, talk.at)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_reports_of_a_day_come_in_one_message_and_only_those_of_others(
    talk: Talk, maja: Member
) -> None:
    begin(talk.database, talk.at)
    karim = met(talk, KARIM)
    assert "Du följer JAR-005" in maja.says("följ JAR-005")
    maja.says("följ FAR-011")
    maja.says("rapportera FAR-011 pågår Min egen rad")
    karim.says("rapportera JAR-005 pågår 30 % Projekteringen går framåt")
    talk.later(hours=1)
    karim.says("rapportera JAR-005 försenad Stolparna dröjer")
    karim.says("rapportera FAR-009 pågår Ingen följer den här")
    through(talk, days=1)
    (message,) = news(talk)
    told = str(message.message)
    assert told.count("Karim Haddad: ") == 2
    assert "Stolparna dröjer" in told
    assert "Min egen rad" not in told
    assert "Ingen följer" not in told

    through(talk, days=3)
    assert len(news(talk)) == 1
    assert "Du följer inte JAR-005 längre" in maja.sends_button("follow.stop", "JAR-005")
    karim.says("rapportera JAR-005 pågår Nu kom de")
    through(talk, days=4)
    assert len(news(talk)) == 1


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_is_undone_before_the_morning_is_no_news(talk: Talk, maja: Member) -> None:
    begin(talk.database, talk.at)
    karim = met(talk, KARIM)
    maja.says("följ JAR-005")
    karim.says("rapportera JAR-005 försenad")
    karim.presses("Ångra")
    through(talk, days=1)
    assert news(talk) == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_weekend_is_told_on_monday(talk: Talk, maja: Member) -> None:
    begin(talk.database, talk.at)
    karim = met(talk, KARIM)
    maja.says("följ JAR-005")
    through(talk, days=5, hours=2)
    karim.says("rapportera JAR-005 försenad Sagt på en lördag")
    through(talk, days=1)
    assert news(talk) == []
    through(talk, days=1)
    (message,) = news(talk)
    assert message.due_at - talk.at < timedelta(hours=3)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_a_skipped_morning_would_have_told_is_told_on_the_next(
    talk: Talk, maja: Member
) -> None:
    begin(talk.database, talk.at)
    maja.says("följ JAR-005")
    through(talk, days=1, hours=2)
    met(talk, KARIM).says("rapportera JAR-005 försenad Sagt innan allt stod still")
    talk.later(days=3)
    tick(talk.database, talk.at)
    (message,) = news(talk)
    assert "Sagt innan allt stod still" in str(message.message)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_many_followers_are_told_in_portions_and_each_once(
    talk: Talk, maja: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "PORTION", 1)
    begin(talk.database, talk.at)
    for follower in (maja, met(talk, JONAS), met(talk, EVA)):
        follower.says("följ JAR-005")
    met(talk, KARIM).says("rapportera JAR-005 försenad")
    through(talk, days=1)
    told = news(talk)
    assert len({row.person_id for row in told}) == len(told) == 3
    assert {row.rank for row in told} == {Rank.MASS}


@pytest.mark.parametrize("times", [1, 2])
def test_to_follow_twice_is_to_follow_once(talk: Talk, maja: Member, times: int) -> None:
    assert "Inga. Skriv till exempel" in maja.says("följ")
    for _ in range(times):
        assert "Du följer FAR-014" in maja.says("följ FAR-014")
    maja.says("FAR-014")
    assert "Du följer inte FAR-014 längre" in maja.presses("Sluta följa")
    assert "Du följer FAR-014" in maja.presses("Följ")
    with talk.database.read() as session:
        assert len(session.scalars(select(Follow)).all()) == 1
    assert "FAR-014" in maja.presses("Allt jag följer")
    assert "sluta" not in met(talk, JONAS).says("följ").lower()
    assert "Det finns ingen åtgärd FAR-099" in maja.says("sluta följa FAR-099")
