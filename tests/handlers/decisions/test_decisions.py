"""What a meeting decides: written, corrected and asked about, from its card or a line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.timetable import tick_through
from handlers.decisions.file import decisions_extract
from handlers.requests import Command, Place, PlaceKind
from models.delivery.outbox import Delivery
from models.groups import Group
from models.meetings.decisions import DecisionWording
from models.meetings.meeting import Decision, Meeting
from models.message import Message, NumberField
from models.people.organisations import Person
from tests.conversations.talk import EVA, JONAS, MAJA, ROLF, Member, Talk
from tests.handlers.conftest import met

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

AFTER = datetime(2024, 6, 18, 13, 0, tzinfo=UTC)
"""An hour after Farsta's preparatory group has met: Tuesday 18 June 2024, 15:00 in Stockholm."""

LATER = AFTER + timedelta(minutes=1)

LINE = "skriv beslut Farsta beredningsgrupp"
CORNELIA = "cornelia.skarpas@polisen.example"
BIRGITTA = "birgitta.frisk@farsta.stockholm.example"
STRANGER = "karolina.stenmarker@sodermalm.stockholm.example"


@pytest.fixture
def talk(talk: Talk) -> Talk:
    """After the meeting of 18 June."""
    talk.at = AFTER
    return talk


@pytest.fixture
def jonas(talk: Talk) -> Member:
    """In the group, and leads nothing."""
    return met(talk, JONAS)


def decides(
    maja: Member,
    text: str = "Tunneln öppnas i augusti",
    **values: str | tuple[str, ...] | bool,
) -> str:
    maja.says(LINE)
    return maja.sends_form({"text": text, **values})


def number_of(talk: Talk, text: str = "Tunneln öppnas i augusti") -> str:
    with talk.database.read() as session:
        return str(session.scalars(select(Decision.id).where(Decision.text == text)).one())


def meeting_of(talk: Talk, group: str = "FAR-BER") -> str:
    with talk.database.read() as session:
        query = select(Meeting.id).join(Group).where(Group.code == group)
        query = query.where(Meeting.starts_at < talk.at).order_by(Meeting.starts_at.desc())
        return str(session.scalars(query).first())


def told(talk: Talk, email: str, key: str) -> list[Message]:
    with talk.database.read() as session:
        rows = session.scalars(
            select(Delivery)
            .join(Person, Person.id == Delivery.person_id)
            .where(Person.email == email, Delivery.key.contains(key))
            .order_by(Delivery.due_at)
        )
        return [Message.model_validate(row.message) for row in rows]


def digests(talk: Talk, email: str) -> list[Message]:
    """What somebody got after the meeting of 18 June."""
    return told(talk, email, f"meeting:{_held(talk)}:after:")


def _held(talk: Talk) -> int:
    with talk.database.read() as session:
        query = select(Meeting.id).join(Group).where(Group.code == "FAR-BER")
        return (
            session.scalars(
                query.where(Meeting.ends_at < AFTER).order_by(Meeting.starts_at.desc())
            ).first()
            or 0
        )


def moves_to(talk: Talk, day: int, month: int = 6) -> None:
    until = datetime(2024, month, day, 7, 0, tzinfo=UTC)
    tick_through(talk.database, talk.at, until)
    talk.at = until


def test_the_secretary_writes_a_decision_with_the_next_number_and_sees_when_it_is_told(
    maja: Member, talk: Talk
) -> None:
    maja.opens_home()
    maja.presses("FAR-BER tis 18 juni 13.00")
    [number] = [each for each in maja.form().fields if isinstance(each, NumberField)]
    assert number.initial == 11
    said = maja.fills(
        text="Tunneln öppnas i augusti", item="1", parties=("police",), registry_number="FAR 2024/9"
    )
    assert "§ 11 · Farsta lokala beredningsgrupp, 18 juni" in said
    assert "Berör: Farsta; polisen" in " ".join(said.split())
    assert "Diarienummer: FAR 2024/9" in " ".join(said.split())
    assert "Punkt på dagordningen: Fältarbete Larsboda" in " ".join(said.split())
    assert "får veta det ons 19 juni 08.00" in said
    assert "§ 11 Tunneln öppnas" in maja.says("beslut Farsta")


def test_the_registry_number_that_comes_later_is_added_and_corrected_by_those_who_keep_it(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    decides(maja)
    number = number_of(talk)
    maja.presses("Diarienummer")
    said = " ".join(maja.fills(registry_number="FAR 2024/91").split())
    assert "Diarienummer: FAR 2024/91" in said
    assert "Rättad" not in said
    registrar = met(talk, ROLF)
    registrar.sends_button("decision.register", number)
    assert "FAR 2024/19" in registrar.fills(registry_number=" FAR  2024/19 ")
    registrar.sends_button("decision.register", number)
    assert "Ingenting i beslutet är ändrat." in registrar.fills()
    assert "§ 11 Tunneln öppnas i augusti (dnr FAR 2024/19)" in jonas.says("beslut Farsta")
    assert "Bara" in jonas.sends_button("decision.register", number)


def test_a_file_of_decisions_has_what_is_restricted_in_words_only_for_those_entitled(
    maja: Member, talk: Talk
) -> None:
    decides(maja, "Kamerorna flyttas till torget", restricted=True)
    told, hidden = "Kamerorna flyttas till torget", "begränsat till gruppen"
    assert _told_in_file(talk) == [(told, "")] * 2 + [(hidden, "")] * 2
    maja.sends_button("decision.correct", number_of(talk, told))
    maja.fills(text="Torget får bättre ljus", reason="Får berättas", restricted="")
    now = "Torget får bättre ljus"
    assert _told_in_file(talk) == [(now, told)] * 2 + [(now, "")] * 2


def _told_in_file(talk: Talk) -> list[tuple[object, object]]:
    """The one decision and how it read before: for a member, the registrar, others, nobody."""
    texts: list[tuple[object, object]] = []
    for email in (JONAS, ROLF, STRANGER, None):
        with talk.database.read() as session:
            person = session.scalars(select(Person).where(Person.email == email)).first()
            request = Command(
                who=talk.member(email).who,
                where=Place(kind=PlaceKind.DIRECT),
                at=talk.at,
                event="x",
                line="export",
            )
            visit = talk.desk.visit(session, request, person)
            (row,) = decisions_extract(visit, "FAR-BER", talk.at.date(), None, LATER).rows
            texts.append((row[5], row[-1]))
    return texts


def test_the_same_form_sent_twice_is_one_decision_and_the_same_words_are_asked_about(
    maja: Member, talk: Talk
) -> None:
    decides(maja)
    maja.says(LINE)
    asked = maja.fills(text="tunneln öppnas i augusti")
    assert "§ 11 säger samma sak" in asked
    assert "skrivet av Maja Ekvall" in asked
    with talk.database.read() as session:
        assert len(session.scalars(select(DecisionWording)).all()) == 1
    assert "§ 12" in maja.fills()
    assert "§ 12" in maja.sends_form({})
    with talk.database.read() as session:
        assert len(session.scalars(select(DecisionWording)).all()) == 2


def test_two_who_write_at_once_lose_nothing(maja: Member, talk: Talk) -> None:
    eva = met(talk, EVA)
    maja.says(LINE)
    eva.sends_button("decision.write", meeting_of(talk))
    assert "§ 11" in maja.fills(text="Ett")
    assert "Sparat: § 12" in eva.fills(text="Två")
    maja.says(LINE)
    maja.fills(text="Tre", number="11")
    assert maja.errors()["number"] == "§ 11 finns redan. Nästa är § 13."


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"text": " "}, "text", "Skriv vad som beslutades."),
        ({"text": "x" * 1001}, "text", "Högst 1000 tecken"),
        ({"text": "Ja", "number": "0"}, "number", "ett helt tal från 1"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    maja: Member, values: dict[str, str], field: str, sentence: str
) -> None:
    maja.says(LINE)
    maja.sends_form(values)
    assert sentence in maja.errors()[field]


def test_nothing_is_decided_before_the_meeting_nor_at_a_cancelled_one(
    maja: Member, talk: Talk
) -> None:
    number = meeting_of(talk)
    talk.at = datetime(2024, 6, 17, 7, 0, tzinfo=UTC)
    told_so = maja.sends_button("decision.write", number)
    assert "Mötet är 18 juni. Skriv beslut från den dagen." in told_so
    assert told_so == maja.says(f"{LINE} 2024-06-18"), "also where the day is named"
    maja.sends_button("meeting.cancel", number)
    talk.at = AFTER
    assert "Mötet är inställt" in maja.sends_button("decision.write", number)
    maja.says(LINE)
    assert "21 maj" in maja.form().intro


def test_who_leads_nothing_writes_nothing(jonas: Member, talk: Talk) -> None:
    sentence = "Bara gruppens ordförande eller sekreterare"
    assert sentence in jonas.sends_button("decision.write", meeting_of(talk))
    assert sentence in jonas.says(LINE)


def test_what_is_restricted_is_seen_by_the_group_and_the_record_alone(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    decides(maja, "Hemligt", restricted=True)
    number = number_of(talk, "Hemligt")
    assert "◆ Begränsat" in jonas.sends_button("decision.show", number)
    assert "Hemligt" in met(talk, ROLF).sends_button("decision.show", number)
    stranger = met(talk, STRANGER)
    assert "begränsat till gruppen" in stranger.sends_button("decision.show", number)
    listed = stranger.says("beslut Farsta beredningsgrupp")
    assert "§ 11 (begränsat till gruppen)" in listed
    assert "Hemligt" not in listed + stranger.sends_button("meeting.show", meeting_of(talk))
    moves_to(talk, 19)
    assert "Hemligt" in str(digests(talk, JONAS))
    assert "Hemligt" not in stranger.says("veckan sedan senaste mötet Farsta beredningsgrupp")


def test_a_correction_keeps_the_old_wording_and_is_told_marked_once_with_what_is_written_late(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    decides(maja)
    decides(maja, "Nästa möte hålls i augusti")
    moves_to(talk, 19)
    [first] = digests(talk, JONAS)
    assert first.summary == "Beslut från mötet 18 juni · Farsta lokala beredningsgrupp. 2 beslut."
    maja.sends_button("decision.correct", number_of(talk))
    assert "Skriv kort vad som var fel." in (
        maja.fills(text="Tunneln öppnas i september") and maja.errors()["reason"]
    )
    said = maja.fills(text="Tunneln öppnas i september", reason="Fel månad")
    assert "Löd tidigare" in said
    assert "Tunneln öppnas i augusti" in said
    assert "får veta det tors 20 juni 08.00" in decides(maja, "Skrivet dagen efter")
    moves_to(talk, 20)
    _first, again = digests(talk, JONAS)
    assert "1 beslut, 1 rättat beslut" in again.summary
    assert "Skrivet dagen efter" in str(again)
    assert "Rättad 19 juni" in str(again)
    assert "Ersätter: Tunneln öppnas i augusti (skäl: Fel månad)" in str(again)
    assert "Nästa möte hålls" not in str(again)
    moves_to(talk, 21)
    assert len(digests(talk, JONAS)) == 2


def test_of_a_meeting_from_before_the_bot_only_what_is_corrected_is_told(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    talk.at = datetime(2024, 6, 10, 9, 0, tzinfo=UTC)
    old = "Tunneln i Hökarängen får stängas nattetid under vecka 22 och 23."
    maja.sends_button("decision.correct", number_of(talk, old))
    maja.fills(text="Tunneln får stängas under vecka 24.", reason="Fel veckor")
    moves_to(talk, 11)
    [digest] = told(talk, JONAS, f"meeting:{meeting_of(talk)}:after:")
    assert digest.summary == (
        "Rättat beslut från mötet 21 maj · Farsta lokala beredningsgrupp. 1 rättat beslut."
    )
    assert f"Ersätter: {old} (skäl: Fel veckor)" in str(digest)
    assert "§ 8" not in str(digest)


def test_of_two_corrections_at_once_the_second_sees_the_first(maja: Member, talk: Talk) -> None:
    decides(maja)
    eva = met(talk, EVA)
    for member in (maja, eva):
        member.sends_button("decision.correct", number_of(talk))
    maja.fills(text="Ett", reason="x")
    told_so = eva.fills(text="Två", reason="y")
    assert "Maja Ekvall rättade beslutet" in told_so
    assert "Ett" in told_so
    assert "Rättad: § 11" in eva.fills()
    with talk.database.read() as session:
        assert [row.text for row in session.scalars(select(DecisionWording))][1:] == ["Ett", "Två"]


def test_those_concerned_outside_the_group_get_only_what_concerns_them(
    maja: Member, talk: Talk
) -> None:
    decides(maja, "Bara Farsta")
    decides(maja, "Även Bromma", districts=("FAR", "BRO"), parties=("city",))
    with talk.database.read() as session:
        chairs = session.scalars(
            select(Person.email)
            .join(Person.organisation)
            .where(Person.organisation.has(code="SDF-BRO"))
        ).all()
    for email in chairs:
        met(talk, email)
    moves_to(talk, 19)
    heard = [message for email in chairs for message in digests(talk, email)]
    assert heard
    assert all(each.summary.startswith("Beslut som berör er · Farsta") for each in heard)
    assert all("Bara Farsta" not in str(each) for each in heard)


def test_a_question_reaches_the_secretary_and_the_answer_comes_back(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    decides(maja)
    jonas.sends_button("decision.ask", meeting_of(talk))
    said = jonas.fills(question="Vilken dag?")
    assert "Maja Ekvall har fått frågan" in said
    [asked] = told(talk, MAJA, "decision_question:")
    assert "Vilken dag?" in str(asked)
    assert "1 fråga om beslut väntar på ditt svar" in maja.opens_home()
    assert "Svara: § 11" in {each.label for each in maja.buttons()}
    maja.sends_button("decision.show", number_of(talk))
    maja.presses("Svara")
    assert "är besvarad" in maja.fills(answer="Den 12 augusti")
    [answer] = told(talk, JONAS, "decision_answer:")
    assert "Den 12 augusti" in str(answer)
    card = jonas.sends_button("decision.show", number_of(talk))
    assert "Vilken dag?" in card
    assert "Den 12 augusti" in card
    assert "Vilken dag?" not in met(talk, STRANGER).sends_button("decision.show", number_of(talk))


def test_without_a_secretary_the_question_goes_on_to_who_else_leads(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    decides(maja)
    birgitta = met(talk, BIRGITTA)
    maja.says("borta 18–21 juni")
    jonas.sends_button("decision.ask", meeting_of(talk))
    assert "Birgitta Olander Frisk har fått frågan" in jonas.fills(question="Vilken dag?")
    assert not told(talk, MAJA, "decision_question:")
    assert "Vilken dag?" in str(told(talk, BIRGITTA, "decision_question:"))
    met(talk, CORNELIA)
    birgitta.says("paus")
    jonas.sends_button("decision.ask", meeting_of(talk))
    assert "Cornelia Skarpås har fått frågan" in jonas.fills(question="Vilket klockslag?")
