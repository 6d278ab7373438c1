"""Answers to a call: coming, a deputy in one's place, or nobody; and what a move does to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from digests.meeting import gather_before
from models.delivery.outbox import Delivery
from models.groups import Group, Seat, SeatRole
from models.guard import Verdict, check
from models.meetings.attendance import Attending, MeetingAnswer, call_of
from models.meetings.meeting import Meeting
from models.message import Message
from models.people.accounts import Account
from models.people.organisations import Person
from tests.conversations.talk import JONAS, KARIM, Member, Talk
from tests.handlers.conftest import met

FATIMA = "fatima.amrioui@utbildning.stockholm.example"
PETRA = "petra.akerblom@polisen.example"


@pytest.fixture
def meeting(talk: Talk) -> str:
    """The next meeting of Farsta's preparatory group, for which Petra stands ready for Jonas."""
    with talk.database.write() as session:
        seat = session.scalars(select(Seat).where(Seat.code == "FAR-BER-04")).one()
        petra = session.scalars(select(Person).where(Person.email == PETRA)).one()
        session.add(
            Seat(
                code="FAR-BER-04-E",
                group_id=seat.group_id,
                role=SeatRole.DEPUTY,
                organisation_id=seat.organisation_id,
                person=petra,
                deputy_for=seat,
                valid_from=seat.valid_from,
                recorded_at=talk.at,
            )
        )
        query = select(Meeting.id).join(Group).where(Group.code == "FAR-BER")
        return str(session.scalars(query.where(Meeting.starts_at > talk.at)).first())


@pytest.fixture
def jonas(talk: Talk) -> Member:
    """Called to the meeting."""
    return met(talk, JONAS)


@pytest.fixture
def petra(talk: Talk) -> Member:
    """Jonas's deputy, who has met the bot and so can be told."""
    return met(talk, PETRA)


def _told(talk: Talk, email: str) -> list[str]:
    with talk.database.read() as session:
        rows = session.scalars(
            select(Delivery)
            .join(Person, Person.id == Delivery.person_id)
            .where(Person.email == email, Delivery.key.startswith("meeting_answer:"))
        )
        return [Message.model_validate(row.message).summary for row in rows]


def test_who_comes_says_so_once_and_the_secretary_sees_it(
    jonas: Member, maja: Member, meeting: str, talk: Talk
) -> None:
    assert "Noterat: du kommer." in jonas.sends_button("meeting.coming", meeting)
    assert "Noterat: du kommer." in jonas.sends_button("meeting.coming", meeting)
    card = maja.sends_button("meeting.show", meeting)
    assert "9 är kallade: 1 kommer, 8 har inte svarat" in card
    assert "Kommer: Jonas Lindmark" in card
    with talk.database.read() as session:
        assert len(session.scalars(select(MeetingAnswer)).all()) == 1


def test_who_cannot_come_sends_their_deputy_who_is_told_and_may_answer(
    jonas: Member, petra: Member, maja: Member, meeting: str, talk: Talk
) -> None:
    said = jonas.sends_button("meeting.absent", meeting)
    assert "Noterat: du har förhinder." in said
    assert "Vem kommer i ditt ställe?" in said
    assert "Noterat: Chef LPO Farsta kommer i ditt ställe" in jonas.presses("Chef LPO Farsta")
    assert _told(talk, PETRA)[0].startswith("Kan du komma i stället för Jonas Lindmark? F")
    assert "Jonas Lindmark → Chef LPO Farsta" in maja.sends_button("meeting.show", meeting)
    assert "Noterat: du kommer." in petra.sends_button("meeting.coming", meeting)


def test_a_deputy_who_cannot_come_either_lets_the_member_know(
    jonas: Member, petra: Member, maja: Member, meeting: str, talk: Talk
) -> None:
    jonas.sends_button("meeting.absent", meeting)
    jonas.presses("Chef LPO Farsta")
    assert "Jonas Lindmark får veta det." in petra.sends_button("meeting.absent", meeting)
    assert _told(talk, JONAS)[0].startswith("Chef LPO Farsta kan inte komma i ditt ställe.")
    assert "Förhinder: Jonas Lindmark\n" in maja.sends_button("meeting.show", meeting)
    with talk.database.read() as session:
        found = session.get_one(Meeting, int(meeting))
        before = gather_before(session, found, talk.at.date() + timedelta(days=1))
    assert before.attending == {Attending.ABSENT: 1, None: 8}, "nobody comes in his place"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_deputy_who_is_not_needed_any_more_is_let_off(
    jonas: Member, petra: Member, maja: Member, meeting: str, talk: Talk
) -> None:
    maja.sends_button("meeting.note", meeting)
    with talk.database.read() as session:
        number = session.scalars(select(Person.id).where(Person.email == JONAS)).one()
    assert "Jonas Lindmark → Chef LPO Farsta" in maja.fills(person=str(number), answer="deputy")
    assert _told(talk, PETRA)[0].startswith("Kan du komma i stället för Jonas Lindmark? F")
    jonas.sends_button("meeting.coming", meeting)
    assert any(
        said.startswith("Du behöver inte längre komma i stället för Jonas Lindmark.")
        for said in _told(talk, PETRA)
    )


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_deputy_out_of_reach_is_not_said_to_know(jonas: Member, meeting: str, talk: Talk) -> None:
    with talk.database.write() as session:
        petra = session.scalars(select(Person).where(Person.email == PETRA)).one()
        for account in session.scalars(select(Account).where(Account.person_id == petra.id)):
            account.gone_at = talk.at
    jonas.sends_button("meeting.absent", meeting)
    assert "Jag når inte Chef LPO Farsta" in jonas.presses("Chef LPO Farsta")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_who_comes_is_told_of_another_meeting_at_the_same_time(
    maja: Member, meeting: str, talk: Talk
) -> None:
    with talk.database.write() as session:
        mine = session.get_one(Meeting, int(meeting))
        other = session.scalars(select(Group).where(Group.code == "FAR-STYR")).one()
        session.add(Meeting(group=other, starts_at=mine.starts_at, ends_at=mine.ends_at))
    said = maja.sends_button("meeting.coming", meeting)
    assert "Noterat: du kommer." in said
    assert "Du är kallad till ett annat möte samtidigt: Farsta lokala styrgrupp" in said


def test_without_a_deputy_that_is_said(talk: Talk, meeting: str) -> None:
    said = met(talk, KARIM).sends_button("meeting.absent", meeting)
    assert "Det finns ingen ersättare för din plats." in said


def test_who_is_not_called_cannot_answer_and_sees_no_names(talk: Talk, meeting: str) -> None:
    stranger = met(talk, PETRA)
    assert "Du är inte kallad" in stranger.sends_button("meeting.coming", meeting)
    card = met(talk, "karolina.stenmarker@sodermalm.stockholm.example").sends_button(
        "meeting.show", meeting
    )
    assert "9 är kallade: 9 har inte svarat" in card
    assert "Jonas" not in card


def test_an_answer_does_not_hold_for_another_time_and_holds_again_when_moved_back(
    jonas: Member, maja: Member, meeting: str
) -> None:
    jonas.sends_button("meeting.show", meeting)
    jonas.presses("Jag kommer")
    maja.sends_button("meeting.change", meeting)
    assert "9 har inte svarat" in maja.fills(day="2024-06-17", starts="07:00", ends="08:00")
    old_button = f"{meeting}|2024-06-18T11:00"
    asked_again = jonas.sends_button("meeting.coming", old_button)
    assert "Mötet är flyttat till mån 17 juni 07.00–08.00. Kommer du då?" in asked_again
    assert "9 har inte svarat" in maja.sends_button("meeting.show", meeting)
    maja.sends_button("meeting.change", meeting)
    assert "Innan du sparar" in maja.fills(day="2024-06-18", starts="13:00", ends="15:00")
    maja.fills()
    assert "1 kommer" in maja.sends_button("meeting.show", meeting)


def test_the_secretary_notes_what_somebody_has_phoned(
    maja: Member, jonas: Member, meeting: str, talk: Talk
) -> None:
    maja.sends_button("meeting.note", meeting)
    with talk.database.read() as session:
        number = session.scalars(select(Person.id).where(Person.email == FATIMA)).one()
    assert "Det finns ingen ersättare" in (
        maja.fills(person=str(number), answer="deputy") and maja.errors()["answer"]
    )
    card = maja.fills(person=str(number), answer="absent")
    assert "Noterat för Fatima El Amrioui." in card
    assert "1 har förhinder" in card
    assert "ordförande eller sekreterare" in jonas.sends_button("meeting.note", meeting)


def test_what_is_cancelled_needs_no_answer(maja: Member, jonas: Member, meeting: str) -> None:
    maja.sends_button("meeting.cancel", meeting)
    assert "inställt, så inget svar behövs" in jonas.sends_button("meeting.coming", meeting)


def test_what_is_over_takes_no_answer(jonas: Member, meeting: str, talk: Talk) -> None:
    talk.later(days=30)
    assert "Mötet är över." in jonas.sends_button("meeting.coming", meeting)


def test_no_call_reads_as_a_personal_number() -> None:
    hours = (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=each) for each in range(0, 9000, 7))
    assert all(check(call_of(751, each)).verdict is Verdict.ALLOW for each in hours)
