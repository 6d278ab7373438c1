"""Meetings are planned, moved and cancelled by those who lead, and members are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.delivery.outbox import Delivery
from models.groups import Group, Seat, SeatRole
from models.meetings.meeting import Meeting, MeetingChange
from models.message import Actions, Message
from models.people.organisations import Person
from tests.conversations.talk import JONAS, KARIM, MAJA, Member, Talk, as_queued, filled
from tests.handlers.conftest import met

PREPARATORY = "Farsta beredningsgrupp"
WHEN = {"day": "2024-09-05", "starts": "07:00", "ends": "08:00"}


@pytest.fixture
def jonas(talk: Talk) -> Member:
    """In Farsta's preparatory group, where he is told of meetings."""
    return met(talk, JONAS)


def _plans(maja: Member, **values: str) -> str:
    maja.says(f"nytt möte {PREPARATORY}")
    return maja.fills(**{**WHEN, **values})


def _notices(talk: Talk, email: str) -> list[Message]:
    with talk.database.read() as session:
        rows = session.scalars(
            select(Delivery)
            .join(Person, Person.id == Delivery.person_id)
            .where(Person.email == email, Delivery.key.startswith("meeting_change:"))
            .order_by(Delivery.due_at, as_queued(session))
        )
        return [Message.model_validate(row.message) for row in rows]


def _meetings(talk: Talk, code: str = "FAR-BER") -> list[Meeting]:
    with talk.database.read() as session:
        query = select(Meeting).join(Group).where(Group.code == code, Meeting.starts_at > talk.at)
        return list(session.scalars(query.order_by(Meeting.starts_at)))


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("nytt möte Farsta", "[Farsta lokala beredningsgrupp]"),
        ("flytta möte Farsta", "[FAR-BER tis 18 juni 13.00]"),
        ("flytta mötet till 19 juni", "[FAR-BER tis 18 juni 13.00]"),
        ("ny åtgärdspunkt Farsta", "[FAR-BER tis 21 maj 13.00]"),
    ],
)
def test_a_place_without_a_kind_of_group_means_all_of_its_groups_that_one_leads(
    maja: Member, line: str, shown: str
) -> None:
    assert shown in maja.says(line)


def test_a_meeting_is_planned_and_each_member_gets_it_for_the_calendar(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    said = _plans(maja, place="Farsta torg 7", agenda="Beslut: Ny belysning")
    assert "Planerat: 1 möte" in said
    assert "tors 5 september 07.00–08.00" in said
    notice = _notices(talk, JONAS)[0]
    assert notice.summary == (
        "Nytt möte: Farsta lokala beredningsgrupp. tors 5 september 07.00–08.00, Farsta torg 7"
    )
    assert [part.kind for part in notice.parts][-3:] == ["file", "note", "actions"]
    assert not _notices(talk, MAJA)
    assert "Ny belysning (beslut)" in maja.presses("Visa mötet")


def test_another_year_is_said_wherever_the_meeting_is_shown(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    said = "tis 29 februari 2028 07.00–08.00"
    assert said in _plans(maja, day="2028-02-29")
    assert said in maja.presses("Visa mötet")
    assert said in _notices(talk, JONAS)[0].summary


def test_a_series_comes_with_what_is_left_out_said_first(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    before = len(_meetings(talk))
    said = _plans(maja, day="2024-06-13", rhythm="monthly", times="3")
    assert "Utelämnas, röd dag eller juli: 11 juli." in said
    assert "Planerat: 2 möten" in maja.fills()
    assert len(_meetings(talk)) == before + 2
    assert len(_notices(talk, JONAS)) == 1


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"day": "2024-06-09"}, "day", "Den tiden har redan varit"),
        ({"day": "snart"}, "day", "Skriv"),
        ({"starts": "halv ett"}, "starts", "Skriv tiden som 13.00."),
        ({"ends": "06:59"}, "ends", "slutar innan det börjar"),
        ({"rhythm": "weekly", "times": "1"}, "times", "minst 2"),
        ({"rhythm": "once", "times": "3"}, "rhythm", "hur ofta"),
        ({"rhythm": "weekly", "times": "99"}, "times", "från 1 till 26"),
        ({"day": "2024-06-18", "starts": "13:00", "ends": "14:00"}, "day", "har redan ett möte då"),
        ({"day": "2025-03-30", "starts": "02:30", "ends": "03:30"}, "ends", "slutar innan"),
        ({"agenda": "x" * 2001}, "agenda", "Högst 2000 tecken; det här är 2001."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    maja: Member, values: dict[str, str], field: str, sentence: str
) -> None:
    _plans(maja, **values)
    assert sentence in maja.errors()[field]


def test_another_meeting_of_the_group_at_that_time_is_told_and_not_blocked(maja: Member) -> None:
    maja.says("nytt möte FAR-BER")
    asked = maja.fills(day="2024-06-18", starts="14:00", ends="15:00")
    assert "Gruppen har redan ett möte då: tis 18 juni 13.00." in asked
    assert "Planerat: 1 möte" in maja.fills()


def test_who_is_to_be_elsewhere_is_told_and_not_blocked(maja: Member, talk: Talk) -> None:
    other = next(each for each in _meetings(talk, "FAR-STYR"))
    day = other.starts_at.astimezone().date().isoformat()
    starts = (other.starts_at + timedelta(hours=2)).strftime("%H:%M")
    ends = (other.starts_at + timedelta(hours=3)).strftime("%H:%M")
    said = _plans(maja, day=day, starts=starts, ends=ends)
    assert "ska vara i Farsta lokala styrgrupp" in said
    assert "Planerat: 1 möte" in maja.fills()


def test_only_those_who_lead_plan_meetings(talk: Talk) -> None:
    assert "planerar och ändrar möten" in met(talk, KARIM).says(f"nytt möte {PREPARATORY}")


def test_moving_the_one_meeting_opens_its_form_and_it_stays_the_same_meeting(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    meeting = _meetings(talk)[0]
    assert "[Ställ in mötet]" in maja.says("ställ in möte Farsta beredningsgrupp 18 juni")
    assert "[FAR-BER tis 18 juni 13.00]" in maja.says("flytta mötet till 19 juni kl 14")
    maja.presses("FAR-BER tis 18 juni 13.00")
    assert "tis 18 juni 13.00–14.30" in maja.form().intro
    assert "Läget sedan den 21 maj\nfältarbete Larsboda\n" in str(filled(maja.form(), {})["agenda"])
    said = maja.fills()
    assert "ons 19 juni 14.00–15.30" in said
    notice = _notices(talk, JONAS)[-1]
    assert notice.summary.startswith("Ändrat möte: Farsta lokala beredningsgrupp.")
    assert "(var tis 18 juni 13.00)" in notice.summary
    assert _meetings(talk)[0].id == meeting.id
    with talk.database.read() as session:
        change = session.scalars(select(MeetingChange)).one()
        assert change.before["starts_at"] == meeting.starts_at.isoformat()
        assert change.before["agenda"] == change.after["agenda"], "written otherwise, yet the same"


def test_the_notice_of_a_series_leads_to_each_of_its_meetings(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    _plans(maja, rhythm="fortnightly", times="3")
    [every] = _notices(talk, JONAS)[0].buttons()
    assert every.label == "Visa mötena"
    listed = jonas.sends_button(every.action, every.value)
    assert all(day in listed for day in ("5 september 07.00", "19 september", "3 oktober 07.00"))


def test_those_that_follow_in_a_series_move_as_far(maja: Member, talk: Talk) -> None:
    _plans(maja, rhythm="fortnightly", times="3")
    maja.presses("Flytta eller ändra")
    maja.fills(day="2024-09-06", starts="07:30", ends="08:00", scope="following")
    moved = [each.starts_at for each in _meetings(talk) if each.series_id is not None]
    assert [f"{at:%m-%d %H}" for at in moved] == ["09-06 05", "09-20 05", "10-04 05"]


def test_a_series_moves_by_its_own_step_and_keeps_what_nobody_changed(
    maja: Member, talk: Talk
) -> None:
    _plans(maja, rhythm="weekly", times="3", place="Torget")
    series = [each for each in _meetings(talk) if each.series_id is not None]
    maja.sends_button("meeting.change", str(series[1].id))
    maja.fills(place="Biblioteket", starts="07:15", scope="one")
    maja.sends_button("meeting.change", str(series[0].id))
    said = maja.fills(day="2024-09-12", scope="following")
    assert "tors 12 september 07.00–08.00, Torget (var tors 5 september 07.00)" in said
    assert "tors 19 september 07.15–08.00, Biblioteket (var tors 12 september 07.15)" in said
    assert [each.id for each in _meetings(talk) if each.series_id] == [each.id for each in series]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_cancelled_meeting_in_the_way_is_said_to_be_cancelled(maja: Member, talk: Talk) -> None:
    maja.sends_button("meeting.cancel", str(_meetings(talk)[0].id))
    _plans(maja, day="2024-06-18", starts="13:00", ends="14:00")
    assert "har ett inställt möte då" in maja.errors()["day"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_deputy_hears_of_a_meeting_and_is_not_asked_to_answer(maja: Member, talk: Talk) -> None:
    petra = met(talk, "petra.akerblom@polisen.example")
    with talk.database.write() as session:
        seat = session.scalars(select(Seat).where(Seat.code == "FAR-BER-04")).one()
        person = session.scalars(select(Person).where(Person.email == petra.who.email)).one()
        deputy = {"role": SeatRole.DEPUTY, "organisation_id": seat.organisation_id}
        times = {"valid_from": seat.valid_from, "recorded_at": talk.at}
        session.add(Seat(code="E", group_id=seat.group_id, person=person, **deputy, **times))
    _plans(maja)
    labels = [
        button.label
        for part in _notices(talk, petra.who.email or "")[0].parts
        if isinstance(part, Actions)
        for button in part.buttons
    ]
    assert labels == ["Visa mötet"]


def test_a_cancelled_meeting_is_told_kept_and_may_be_held_after_all(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    maja.says("ställ in möte Farsta beredningsgrupp 18 juni")
    assert "Inställt: Farsta lokala beredningsgrupp" in maja.presses("Ställ in mötet")
    assert _notices(talk, JONAS)[-1].summary.startswith("Inställt: Farsta")
    assert "Farsta lokala beredningsgrupp" in maja.presses("Håll det ändå")
    assert _notices(talk, JONAS)[-1].summary.startswith("Hålls ändå: Farsta")


def test_the_rest_of_a_series_is_cancelled_at_once_and_told_in_one_message(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    before = {each.id for each in _meetings(talk)}
    _plans(maja, day="2024-09-05", rhythm="weekly", times="4")
    series = [each for each in _meetings(talk) if each.id not in before]
    second = str(series[1].id)
    assert "[Ställ in resten av serien]" in maja.sends_button("meeting.show", second)
    assert "Inställt" in maja.presses("Ställ in resten av serien")
    held = [not each.cancelled for each in _meetings(talk) if each.id not in before]
    assert held == [True, False, False, False]
    _planned, told = _notices(talk, JONAS)
    lines = str(told.parts[1].model_dump())
    assert told.summary.startswith("Inställt: Farsta")
    assert [day in lines for day in ("5 sep", "12 sep", "19 sep", "26 sep")].count(True) == 3
    maja.sends_button("meeting.cancel_series", second)
    assert len(_notices(talk, JONAS)) == 2
    assert "Ställ in resten" not in maja.sends_button("meeting.show", str(series[0].id))


def test_a_second_press_changes_and_tells_nothing_more(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    number = str(_meetings(talk)[0].id)
    first = maja.sends_button("meeting.cancel", number)
    assert "Inställt" in first
    assert "Inställt" in maja.sends_button("meeting.cancel", number)
    assert len(_notices(talk, JONAS)) == 1


def test_two_at_once_see_what_the_other_did(maja: Member, talk: Talk) -> None:
    number = str(_meetings(talk)[0].id)
    maja.sends_button("meeting.change", number)
    eva = met(talk, "eva.nordin@slk.stockholm.example")
    eva.sends_button("meeting.change", number)
    eva.fills(place="Biblioteket", ends="14:15")
    eva.fills()
    said = maja.fills(place="Torget")
    assert "Eva Nordin ändrade mötet" in said
    assert "Biblioteket" in said
    saved = maja.fills()
    assert "Torget" in saved, "what she had typed stands"
    assert "–14.15" in saved, "what she had left as it was does not undo the other's"


def test_what_has_begun_stays_as_it_was(maja: Member, talk: Talk) -> None:
    number = str(_meetings(talk)[0].id)
    talk.later(days=30)
    assert "Mötet har börjat" in maja.sends_button("meeting.cancel", number)
