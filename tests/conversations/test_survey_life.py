"""A survey from the form that makes it to its frozen result, on a clock that is moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.publishing.closing import Closing
from bot.timetable import begin, tick
from handlers.desk import Desk
from models.database import Database
from models.delivery.outbox import Delivery
from models.people.organisations import Person
from models.records import AuditEntry
from models.surveys.published import PublishedResult, Shown
from models.surveys.survey import Ballot, Invitation, Survey
from tests.conversations.talk import EVA, JONAS, MAJA, MONDAY_MORNING, Member, Talk
from tests.presses import PressHere
from tests.stores import BOTH_STORES

CODE = "E-2024-005"

TITLE = "Inför hösten"
CLOSES = datetime.fromisoformat("2024-06-26T14:00:00+00:00")
AFTER = CLOSES + timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass
class Life:
    """The cooperation, its timetable and its press, on one clock."""

    talk: Talk

    def until(self, at: datetime) -> None:
        """Lets everything happen until a moment."""
        tick(self.talk.database, at)
        Closing(self.talk.database, self.talk.desk.keys, PressHere()).publish_due(at)
        self.talk.at = at

    def invited(self) -> list[str]:
        """The e-mails of those who were asked."""
        with self.talk.database.read() as session:
            query = select(Person.email).join(Invitation).join(Survey).where(Survey.code == CODE)
            return sorted(session.scalars(query))


@pytest.fixture
def life(stockholm: Database, desk: Desk) -> Life:
    """Farsta's preparatory group, whose secretary makes a survey that comes twice."""
    talk = Talk(stockholm, at=MONDAY_MORNING + timedelta(hours=2), knowing=desk)
    begin(stockholm, talk.at)
    maja = met(talk, MAJA)
    maja.says("ny enkät")
    maja.sends_form({
        "group": "FAR-BER", "title": TITLE, "questions": ("m_coop", "m_data"),
        "own": "Hinner vi?", "closes_on": "2024-06-26", "repeat": "13", "waves": "2",
    })  # fmt: skip
    found = Life(talk)
    found.until(talk.at + timedelta(minutes=1))
    return found


def met(talk: Talk, email: str) -> Member:
    """A member who has met the bot before."""
    member = talk.member(email)
    member.says("hjälp")
    return member


def answers(life: Life, email: str, agree: str = "4", **more: str | bool) -> str:
    """A member answers what waits."""
    member = met(life.talk, email)
    member.says(f"enkät {CODE}")
    member.presses("Svara")
    return member.sends_form({"q1": agree, "q3": "yes", **more})


def everybody(life: Life, number: int) -> list[str]:
    """The first so many of the invited answer: all agree but two."""
    who = life.invited()[:number]
    for at, email in enumerate(who):
        answers(life, email, "2" if at < 2 else "5")
    return who


@BOTH_STORES
def test_a_survey_from_its_form_to_its_frozen_result(life: Life) -> None:
    jonas, maja = met(life.talk, JONAS), met(life.talk, MAJA)
    jonas.says(f"enkät {CODE}")
    jonas.presses("Svara")
    for told in (
        "Svaren är anonyma.",
        "bara om minst 5 har svarat",
        "Dina svar ligger förseglade, skilda från ditt namn",
        "Resultatet ser ledamöterna i samverkan.",
        "Fritext visas bara om du går med på det",
    ):
        assert told in jonas.form().intro
    refused = met(life.talk, EVA).sends_button("survey.answer", CODE)
    assert "Du hör inte till dem som fick den här enkäten." in refused

    everybody(life, 7)
    assert "7 av 9" in maja.sends_button("survey.manage", CODE)
    assert "öppen till" in maja.says(f"resultat {CODE}")
    assert published_of(life, CODE) == []
    _changes_until_the_close(life, jonas)

    with life.talk.database.read() as session:
        posts = session.scalars(select(Delivery).where(Delivery.purpose == "survey_result")).all()
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "answer_survey")
        ).all()
    assert "FAR-BER" in {post.channel for post in posts}
    assert {(each.subject, str(each.detail)) for each in entries} == {(f"survey:{CODE}", "{}")}
    share = next(row for row in published_of(life, CODE) if row.figure == "share")
    assert (share.n, share.asked, share.shown, share.count_low) == (7, 9, Shown.AT_LEAST, 5)
    assert "Minst 5 av de 7" in maja.says(f"resultat {CODE}")


def _changes_until_the_close(life: Life, jonas: Member) -> None:
    assert JONAS in life.invited()[:7]
    jonas.sends_button("survey.answer", CODE)
    assert getattr(jonas.form().fields[0], "initial", ()) != ()
    assert "Tack, ditt svar är sparat" in jonas.sends_form({"q1": "5", "q3": "no"})
    jonas.sends_button("survey.answer", CODE)
    life.until(AFTER)
    jonas.sends_form({"q1": "2", "q3": "no"})
    assert list(jonas.errors().values()) == ["Enkäten har stängt och tar inte emot fler svar."]


def test_the_next_wave_comes_by_itself_and_after_it_nothing_is_left(life: Life) -> None:
    who = everybody(life, 6)
    life.until(AFTER)
    with life.talk.database.read() as session:
        second = session.scalars(select(Survey).where(Survey.code == f"{CODE}-2")).one()
        kept = session.scalars(select(Ballot)).all()
    assert second.opens_at.date().isoformat() == "2024-09-09"
    assert len(kept) == len(who), "sealed, until the next wave has been counted"

    life.until(second.opens_at + DAY)
    for email in who:
        member = met(life.talk, email)
        member.sends_button("survey.answer", second.code)
        member.sends_form({"q1": "5", "q3": "yes"})
    life.until(second.closes_at + timedelta(minutes=1))
    with life.talk.database.read() as session:
        assert session.scalars(select(Ballot)).all() == []
        series = session.scalars(select(Survey).where(Survey.series == CODE)).all()
        assert [each.key_name for each in series] == ["", ""]
    assert published_of(life, second.code)
    assert "6 av 9 svarade." in met(life.talk, MAJA).says(f"resultat {second.code}")


def test_free_text_is_shown_only_of_those_who_agreed(life: Life) -> None:
    for at, email in enumerate(life.invited()[:5]):
        answers(life, email, q2=f"Statistik {at}", consent=at < 2)
    life.until(AFTER)
    shown = met(life.talk, MAJA).says(f"resultat {CODE}")
    assert [text for text in map("Statistik {}".format, range(5)) if text in shown] == [
        "Statistik 0",
        "Statistik 1",
    ]


def published_of(life: Life, code: str) -> list[PublishedResult]:
    """What has been published of a survey."""
    with life.talk.database.read() as session:
        query = select(PublishedResult).join(Survey).where(Survey.code == code)
        return list(session.scalars(query.order_by(PublishedResult.id)))
