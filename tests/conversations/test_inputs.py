"""Inspel: each district is asked before the central meeting, and told what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import timetable
from bot.occasions import asking, inputs
from bot.timetable import tick_through
from handlers.desk import Desk
from models.database import Database
from models.delivery.outbox import Delivery
from models.groups import Group, Seat
from models.meetings.inputs import InputAnswer, InputRequest
from models.meetings.meeting import Meeting
from models.message import Message
from models.people.organisations import Person
from tests.conversations.talk import EVA, JONAS, STINA, Member, Talk
from tests.handlers.conftest import met

AUGUST = datetime(2024, 8, 19, 7, 0, tzinfo=UTC)
AFTER = datetime(2024, 9, 13, 7, 0, tzinfo=UTC)
LAST = "2024-09-05"
NOBODY_AT = "SKN-STYR"


@pytest.fixture
def talk(stockholm: Database, desk: Desk) -> Talk:
    """Stockholm on a Monday in August, with nobody in Skarpnäck's steering group for the city."""
    with stockholm.write() as session:
        query = select(Seat).join(Seat.group).where(Group.code == NOBODY_AT)
        for seat in session.scalars(query).unique():
            seat.person = None
    return Talk(stockholm, at=AUGUST, knowing=desk)


@pytest.fixture(autouse=True)
def _only_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the week's question and the picture fall due: all else of some weeks takes long."""
    monkeypatch.setattr(timetable, "SOURCES", (inputs.due, asking.due))


@pytest.fixture
def eva(talk: Talk) -> Member:
    """Secretary of the central steering group."""
    return met(talk, EVA)


def _number(talk: Talk) -> str:
    with talk.database.read() as session:
        query = select(Meeting.id).join(Group).where(Group.code == "CEN-STYR")
        return str(session.scalars(query.where(Meeting.starts_at > AUGUST)).first())


def _opens(eva: Member, talk: Talk, **values: str) -> str:
    eva.sends_button("input.open", _number(talk))
    return eva.fills(**{"last": LAST, "about": "Unga i riskzon", **values})


def _moved_to(talk: Talk, at: datetime) -> None:
    tick_through(talk.database, talk.at, at)
    talk.at = at


def _asked(talk: Talk) -> list[tuple[str, str, int]]:
    """District, e-mail and request of everybody who is asked, by district."""
    with talk.database.read() as session:
        rows = session.scalars(select(InputRequest).where(InputRequest.person_id.is_not(None)))
        return sorted(
            (row.district.name, str(row.person and row.person.email), row.id) for row in rows
        )


def _messages(talk: Talk, email: str, key: str) -> Sequence[Message]:
    with talk.database.read() as session:
        rows = session.scalars(
            select(Delivery)
            .join(Person, Person.id == Delivery.person_id)
            .where(Person.email == email, Delivery.key.startswith(key))
            .order_by(Delivery.due_at)
        )
        return [Message.model_validate(row.message) for row in rows]


def _settles(eva: Member, talk: Talk, first: str, second: str) -> None:
    """Eva and a chair say what became of two districts' input, from forms open at one time."""
    eva.sends_button("input.settle", _number(talk))
    margareta = met(talk, "margareta.lovstrandh@slk.stockholm.example")
    margareta.sends_button("input.settle", _number(talk))
    said = margareta.sends_form({first: "Bordlagt.", second: "Tas upp i höst."})
    assert "Sparat. De här områdena får veta vad det blev: Bromma och" in said
    warned = eva.sends_form({first: "Beslut § 3: fältarbete kväll."})
    assert "Margareta Lövstrandh har under tiden skrivit om Bromma: Bordlagt." in warned
    assert "vad det blev: Bromma." in eva.fills(), "what Margareta wrote of the other stays"
    assert "ingen får veta något" in eva.sends_form({first: " "})


def test_a_round_with_eleven_districts_from_the_question_to_what_became_of_it(
    eva: Member, talk: Talk
) -> None:
    assert "Be om inspel inför:" in eva.says("inspel")
    assert "CEN-STYR tors 12 september 13.00" in {each.label for each in eva.buttons()}
    said = _opens(eva, talk)
    assert "11 områden: 10 har inte svarat, 1 nåddes inte" in said
    asked = _asked(talk)
    assert len(asked) == 10
    _moved_to(talk, AUGUST + timedelta(days=4))
    for _district, email, _request in asked:
        week = _messages(talk, email, "asking:2024-W34")
        assert len(week) == 1
        assert "Vad behöver tas med från" in week[0].model_dump_json()
    stina = met(talk, STINA)
    stina.sends_button("meeting.show", _number(talk))
    assert "Inspel till Centrala styrgruppen" in stina.presses("Inspel till mötet")
    assert "[Be om inspel]" not in eva.sends_button("meeting.show", _number(talk)), "it is done"
    _six_give_and_one_has_nothing(talk, asked)
    _moved_to(talk, datetime(2024, 9, 6, 7, 0, tzinfo=UTC))
    picture = _messages(talk, EVA, "inputs:")
    assert len(picture) == 1
    assert (
        "11 områden: 6 har lämnat inspel, 1 har inget att anföra, 3 har inte svarat, 1 nåddes inte"
    ) in picture[0].summary
    theirs = _messages(talk, STINA, "inputs:")
    assert "Fler vuxna ute i Bromma" in theirs[0].model_dump_json()
    talk.at = AFTER
    assert "[Vad det blev av inspelet]" in eva.says("inspel"), "it waits where she looks"
    card = eva.sends_button("input.show", _number(talk))
    assert "Inget svar" in card
    assert "Inget svar än" not in card, "it is closed"
    _settles(eva, talk, *(f"r{each[2]}" for each in asked[:2]))
    told = _messages(talk, asked[0][1], "input_outcome:")
    assert "Beslut § 3: fältarbete kväll." in told[1].summary
    assert len(_messages(talk, asked[1][1], "input_outcome:")) == 1
    assert not _messages(talk, asked[2][1], "input_outcome:")
    assert "Beslut § 3" in met(talk, asked[1][1]).sends_button("input.show", _number(talk))


def _six_give_and_one_has_nothing(talk: Talk, asked: list[tuple[str, str, int]]) -> None:
    for district, email, request in asked[:6]:
        member = met(talk, email)
        member.sends_button("input.give", str(request))
        member.fills(text=f"Fler vuxna ute i {district}")
    assert "inget att anföra" in met(talk, asked[6][1]).sends_button(
        "input.nothing", str(asked[6][2])
    )


def test_who_is_silent_is_reminded_once_in_the_weeks_message_and_then_left_alone(
    eva: Member, talk: Talk
) -> None:
    _opens(eva, talk)
    _district, email, _request = _asked(talk)[0]
    _moved_to(talk, datetime(2024, 9, 6, 7, 0, tzinfo=UTC))
    weeks = [each.model_dump_json() for each in _messages(talk, email, "asking:")]
    assert len(weeks) <= 3
    mentioned = [each for each in weeks if "Vad behöver tas med från" in each]
    assert len(mentioned) == 2
    assert "En påminnelse" in mentioned[1]


def test_an_answer_is_changed_until_the_last_moment_and_then_no_more(
    eva: Member, talk: Talk
) -> None:
    _opens(eva, talk)
    _district, email, request = _asked(talk)[0]
    member = met(talk, email)
    member.sends_button("input.nothing", str(request))
    assert "Vad behöver tas med" in member.says("inspel")
    member.sends_button("input.give", str(request))
    assert "Skriv något" in member.fills(text=" ")
    assert "Tack! Inspelet från" in member.fills(text="Belysning")
    said = member.sends_button("input.nothing", str(request))
    assert "Belysning" in said, "a press in the old message wipes out nothing that was written"
    assert "Du har svarat: Belysning" in member.says("inspel")
    member.sends_button("input.nothing", str(request))
    assert "inget att anföra" in member.presses("Ta tillbaka det: inget att anföra")
    talk.at = datetime(2024, 9, 5, 14, 0, tzinfo=UTC)
    assert "Svaren stängdes tors 5 september 16.00" in member.sends_button(
        "input.give", str(request)
    )


def test_what_a_district_says_by_phone_is_noted_with_who_noted_it_and_wipes_out_nothing_unseen(
    eva: Member, talk: Talk
) -> None:
    _opens(eva, talk)
    (_first, written, by_hand), (second, phoned, request) = _asked(talk)[:2]
    member = met(talk, written)
    member.sends_button("input.give", str(by_hand))
    member.fills(text="Belysning")
    assert "[Notera ett svar]" not in met(talk, phoned).sends_button("input.show", _number(talk))
    talk.at = datetime(2024, 9, 10, 7, 0, tzinfo=UTC)
    eva.sends_button("input.show", _number(talk))
    eva.presses("Notera ett svar")
    assert "Välj ett område." in eva.fills(text="Fler lampor")
    assert "Högst 1" in eva.fills(district=str(request), text="x" * 1501)
    assert f"Noterat för {second}." in eva.fills(district=str(request), text="Fler lampor")
    card = eva.sends_button("input.show", _number(talk))
    assert "(noterat av Eva Nordin)" in card
    assert "2 har lämnat inspel" in card
    eva.presses("Notera ett svar")
    warned = eva.fills(district=str(by_hand), text="Inga lampor")
    assert "har redan svarat: Belysning" in warned
    assert "Inga lampor" in eva.fills(district=str(by_hand), text="Inga lampor")
    with talk.database.read() as session:
        kept = session.scalars(select(InputAnswer.text).order_by(InputAnswer.id)).all()
    assert kept == ["Belysning", "Fler lampor", "Inga lampor"], "what was written stays as history"
    talk.at = AFTER
    assert "Mötet är slut" in eva.sends_button("input.note", _number(talk))
    eva.sends_button("input.settle", _number(talk))
    eva.fills(**{f"r{request}": "Beslut § 3."})
    assert "Beslut § 3." in _messages(talk, phoned, "input_outcome:")[0].summary


@pytest.mark.parametrize(
    ("last", "sentence"),
    [("2024-08-16", "från och med i dag"), ("2024-09-12", "före mötet"), ("igen", "Skriv en dag")],
)
def test_the_last_day_lies_before_the_meeting(
    eva: Member, talk: Talk, last: str, sentence: str
) -> None:
    _opens(eva, talk, last=last)
    assert sentence in eva.errors()["last"]


def test_a_round_is_opened_once_and_only_by_those_who_lead(eva: Member, talk: Talk) -> None:
    _opens(eva, talk)
    assert "11 områden" in eva.sends_button("input.open", _number(talk))
    jonas = met(talk, JONAS)
    assert "ordförande eller sekreterare" in jonas.sends_button("input.open", _number(talk))
    assert "visas för gruppen" in jonas.sends_button("input.show", _number(talk))
    assert "Någon annan" in jonas.sends_button("input.nothing", str(_asked(talk)[0][2]))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_round_closes_before_its_meeting_wherever_that_is_moved(eva: Member, talk: Talk) -> None:
    _opens(eva, talk)
    email = next(each[1] for each in _asked(talk) if each[0] == "Bromma")
    met(talk, email)
    eva.sends_button("meeting.change", _number(talk))
    eva.fills(day="2024-09-03")
    said = eva.says("inspel")
    assert "Centrala styrgruppen, tis 3 september" in said
    assert "Öppen till mån 2 september 16.00." in eva.presses("Visa inspelen")
    told = _messages(talk, email, "meeting_change:")
    assert told[0].summary.startswith("Ändrat möte: Centrala styrgruppen.")
    assert "Jag kommer" not in told[0].model_dump_json()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_cancelled_meeting_asks_nobody(eva: Member, talk: Talk) -> None:
    _opens(eva, talk)
    eva.sends_button("meeting.cancel", _number(talk))
    _moved_to(talk, datetime(2024, 9, 6, 7, 0, tzinfo=UTC))
    for _district, email, _request in _asked(talk):
        for week in _messages(talk, email, "asking:"):
            assert "Vad behöver tas med från" not in week.model_dump_json()
    assert not _messages(talk, EVA, "inputs:")
