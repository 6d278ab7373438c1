"""Answering a survey: once each, the latest counts, and only while it is open."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.delivery.outbox import Inbox
from models.groups import Seat
from models.people.organisations import Person
from models.records import AuditEntry
from models.surveys import box as survey_box
from models.surveys import closing as survey_closing
from models.surveys.sealing import KeyGone
from models.surveys.survey import Ballot, Invitation, Question, Survey, SurveyResult
from tests.conversations.talk import EVA, JONAS, KARIM, MAJA, Member, Talk
from tests.handlers.conftest import met
from tests.presses import published

CODE = "E-2024-004"
FULL = {"q1": "2", "q2": "4", "q3": "yes"}


def opens(member: Member, code: str = CODE) -> str:
    """What pressing Svara in an invitation gives."""
    return member.sends_button("survey.answer", code)


def answers(member: Member, event: str | None = None, **values: str) -> str:
    """Opens the form and sends it with these values."""
    opens(member)
    return member.fills(event=event, **{**FULL, **values})


def given(talk: Talk, position: int, code: str = CODE) -> list[str]:
    """The answers to a question, in no order."""
    with talk.database.read() as session:
        survey = session.scalars(select(Survey).where(Survey.code == code)).one()
        asked = select(Invitation.person_id).where(Invitation.survey_id == survey.id)
        found = survey_box.ballots(session, survey, session.scalars(asked), talk.desk.keys)
        return sorted(each[position] for each in found.values() if position in each)


def test_what_waits_is_shown_with_how_long_it_takes_and_who_sees_it(maja: Member) -> None:
    told = maja.says("enkät")
    assert "3 snabba frågor (30 sekunder)." in told
    assert "Svaren är anonyma." in told
    assert "bara om minst 5 har svarat" in told
    assert "Öppen till fre 14 juni 16.00." in told


def test_an_answer_is_kept_and_the_survey_waits_no_more(talk: Talk, maja: Member) -> None:
    told = answers(maja)
    assert "Tack, ditt svar är sparat" in told
    assert "fre 14 juni 16.00" in told
    assert given(talk, 2) == ["4"]
    assert "Ingen enkät väntar på ditt svar." in maja.says("enkät")


def test_an_answer_is_changed_also_when_its_receipt_is_gone(talk: Talk, maja: Member) -> None:
    answers(maja, q2="5")
    assert "Du kan ändra ditt svar till fre 14 juni 16.00." in maja.says("enkät")
    maja.presses("Ändra mitt svar")
    maja.fills(**{**FULL, "q2": "1"})
    assert given(talk, 2) == ["1"]
    talk.later(days=5)
    assert "Du kan ändra ditt svar" not in maja.says("enkät")


def test_the_latest_answer_counts(talk: Talk, maja: Member) -> None:
    answers(maja)
    answers(maja, q2="1")
    answers(met(talk, JONAS), q2="5")
    assert given(talk, 2) == ["1", "5"]


def test_the_form_shows_what_was_answered_before(maja: Member) -> None:
    answers(maja, q2="5")
    maja.presses("Ändra mitt svar")
    assert maja.fills() == maja.fills(q2="5")
    assert [getattr(field, "initial", ()) for field in maja.form().fields][1] == ("5",)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"q1": ""}, "q1"), ({"q2": "6"}, "q2"), ({"q3": "maybe"}, "q3"), ({"q1": "7"}, "q1")],
)
def test_a_missing_or_made_up_answer_is_asked_for_again(
    talk: Talk, maja: Member, values: dict[str, str], field: str
) -> None:
    answers(maja, **values)
    assert maja.errors() == {field: "Välj ett svar."}
    assert given(talk, 2) == []


def test_who_was_not_asked_is_refused(talk: Talk) -> None:
    assert "Du hör inte till dem som fick den här enkäten." in opens(met(talk, EVA))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_who_has_left_the_group_is_not_asked_any_more(talk: Talk, maja: Member) -> None:
    with talk.database.write() as session:
        person = select(Person.id).where(Person.email == MAJA).scalar_subquery()
        for seat in session.scalars(select(Seat).where(Seat.person_id == person)):
            seat.valid_until = talk.at.date()
    assert "Du har lämnat gruppen som enkäten ställs till" in opens(maja)
    assert "Ingen enkät väntar på ditt svar." in maja.says("enkät")


@pytest.mark.parametrize("days", [5, 30])
def test_after_the_last_moment_nothing_is_saved(talk: Talk, maja: Member, days: int) -> None:
    opens(maja)
    talk.later(days=days)
    maja.fills(**FULL)
    assert list(maja.errors().values()) == ["Enkäten har stängt och tar inte emot fler svar."]
    assert given(talk, 2) == []


def test_before_it_opens_a_survey_says_when(talk: Talk, maja: Member) -> None:
    talk.later(days=-4)
    assert "Enkäten öppnar fre 7 juni 09.00." in opens(maja)


def test_the_same_event_twice_is_one_answer(talk: Talk, maja: Member) -> None:
    opens(maja)
    told = [maja.fills(event="E1", **FULL) for _ in range(2)]
    assert told[0] == told[1]
    assert given(talk, 1) == ["2"]


@pytest.mark.parametrize(
    ("typed", "ok"),
    [("3", True), ("2,5", True), ("0", True), ("-1", False), ("x", False), ("9" * 400, False),
     ("1e9", False), ("5.", False), ("٣", False)],
)  # fmt: skip
def test_a_number_is_a_number_that_people_count_with(
    talk: Talk, maja: Member, typed: str, ok: bool
) -> None:
    with talk.database.write() as session:
        question = _question(session, 3)
        question.scale = question.scale.NUMBER
    answers(maja, q3=typed)
    assert (given(talk, 3) != []) == ok
    assert ok or maja.errors() == {"q3": "Skriv ett tal."}


def test_a_text_that_was_taken_back_is_gone(talk: Talk, maja: Member) -> None:
    with talk.database.write() as session:
        question = _question(session, 3)
        question.scale = question.scale.TEXT
    answers(maja, q3="Statistik per kvarter")
    answers(maja, q3="")
    assert given(talk, 3) == []


def test_while_open_nothing_says_who_answered_what(talk: Talk, maja: Member) -> None:
    answers(maja, event="E1")
    with talk.database.read() as session:
        ballot = session.scalars(select(Ballot)).one()
        audit = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "answer_survey")
        ).one()
        invited = session.scalars(select(Invitation).where(Invitation.answered)).all()
    assert len(ballot.link) == 64
    assert "yes" not in ballot.sealed
    assert (audit.subject, audit.detail) == (f"survey:{CODE}", {})
    assert invited


def test_no_hash_in_the_inbox_tells_one_answer_from_another(talk: Talk) -> None:
    hashes = set()
    for at, value in enumerate(("1", "5")):
        talk_of = met(talk, MAJA)
        answers(talk_of, event=f"E{at}", q2=value)
        with talk.database.read() as session:
            hashes |= set(session.scalars(select(Inbox.digest).where(Inbox.event == f"E{at}")))
    assert len(hashes) == 1


def test_the_close_leaves_neither_ballots_nor_key(talk: Talk, maja: Member) -> None:
    for email in (MAJA, JONAS, KARIM):
        answers(met(talk, email))
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == CODE)).one()
        name = survey.key_name
        survey_closing.end(session, survey, survey.closes_at)
    assert published(talk.database, survey.closes_at, talk.desk.keys) == 1
    with talk.database.read() as session:
        assert session.scalars(select(Ballot)).all() == []
        assert session.get_one(Survey, survey.id).key_name == ""
        assert session.get_one(SurveyResult, survey.id).table["answered"] == 3
    with pytest.raises(KeyGone):
        talk.desk.keys.find(name)


def _question(session: Session, position: int) -> Question:
    query = select(Question).join(Survey).where(Survey.code == CODE, Question.position == position)
    return session.scalars(query).one()
