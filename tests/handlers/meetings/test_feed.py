"""Calendars that members subscribe to: whose they are, what they hold, and how they end."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar
from sqlalchemy import select

from handlers.meetings.feed import calendar_of_token
from models.groups import Group
from models.meetings.meeting import Meeting
from models.people.organisations import Person
from tests.conversations.talk import JONAS, MAJA, SECRET, Member, Talk
from tests.handlers.conftest import met

ADDRESS = re.compile(r"http://\S+/calendar/(\d+-[0-9a-f]{32})\.ics")


def _token(said: str) -> str:
    found = ADDRESS.search(said)
    assert found, said
    return found[1]


def _read(talk: Talk, token: str) -> bytes | None:
    with talk.database.read() as session:
        return calendar_of_token(session, token, SECRET, talk.at, "https://bot.example")


def _events(talk: Talk, token: str) -> list[dict[str, str]]:
    """The events as a calendar program reads them, each value as it is written."""
    content = _read(talk, token)
    assert content is not None
    found = Calendar.from_ical(content).walk("VEVENT")
    return [{name: _written(event[name].to_ical()) for name in event} for event in found]


def _written(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode()


def _groups(talk: Talk, token: str) -> set[str]:
    return {event["SUMMARY"] for event in _events(talk, token)}


def test_ones_calendar_holds_the_meetings_of_ones_own_groups_and_no_others(
    maja: Member, talk: Talk
) -> None:
    token = _token(maja.says("prenumerera"))
    assert "Farsta lokala styrgrupp" in _groups(talk, token)
    assert not any("Bromma" in name for name in _groups(talk, token))


def test_a_group_has_a_calendar_of_its_own_in_the_readers_language(
    maja: Member, talk: Talk
) -> None:
    assert _groups(talk, _token(maja.says("prenumerera Bromma styrgrupp"))) == {
        "Bromma lokala styrgrupp"
    }
    maja.says("möten Bromma styrgrupp")
    again = _token(maja.presses("Lägg i min kalender"))
    assert _groups(talk, again) == {"Bromma lokala styrgrupp"}


def test_an_event_says_when_and_where_and_nothing_of_the_agenda(maja: Member, talk: Talk) -> None:
    token = _token(maja.says("prenumerera Farsta beredningsgrupp"))
    event = next(each for each in _events(talk, token) if each["DTSTART"] == "20240618T110000Z")
    assert event["LOCATION"]
    assert event["URL"] == "https://bot.example/groups/FAR-BER"
    assert "DESCRIPTION" not in event


def test_a_cancelled_meeting_stays_under_its_name_and_says_so(maja: Member, talk: Talk) -> None:
    token = _token(maja.says("prenumerera Farsta beredningsgrupp"))
    with talk.database.write() as session:
        query = select(Meeting).join(Meeting.group).where(Group.code == "FAR-BER")
        meeting = session.scalars(query.where(Meeting.starts_at > talk.at)).first()
        assert meeting is not None
        uid = f"meeting-{meeting.id}@samverkansbot"
        meeting.cancelled = True
    event = next(each for each in _events(talk, token) if each["UID"] == uid)
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "Inställt: Farsta lokala beredningsgrupp"
    assert [each["SEQUENCE"] for each in _events(talk, token)].count("1") == 1


def test_the_same_address_comes_again_until_it_is_renewed_and_then_the_old_one_is_dead(
    maja: Member, talk: Talk
) -> None:
    first = _token(maja.says("prenumerera"))
    assert _token(maja.says("subscribe")) == first
    second = _token(maja.presses("Ny adress", event="twice"))
    assert second != first
    assert _read(talk, first) is None
    assert _read(talk, second) is not None


def test_a_closed_address_gives_nothing_and_a_press_again_says_the_same(
    maja: Member, talk: Talk
) -> None:
    token = _token(maja.says("prenumerera Bromma styrgrupp"))
    button = next(each for each in maja.buttons() if each.label == "Stäng adressen")
    assert "Adressen är stängd" in maja.sends_button(button.action, button.value)
    assert "Adressen är stängd" in maja.sends_button(button.action, button.value)
    assert _read(talk, token) is None
    again = _token(maja.presses("Ge mig en ny adress"))
    assert again != token
    assert _groups(talk, again) == {"Bromma lokala styrgrupp"}, "it is the same calendar's"


def test_nobody_closes_the_address_of_another(maja: Member, talk: Talk) -> None:
    token = _token(maja.says("prenumerera"))
    said = met(talk, JONAS).sends_button("calendar.stop", token.partition("-")[0])
    assert "Adressen är inte din" in said
    assert "Adressen är inte din" in maja.sends_button("calendar.stop", "9" * 20)
    assert _read(talk, token) is not None


def test_who_has_left_reads_no_more(maja: Member, talk: Talk) -> None:
    token = _token(maja.says("prenumerera"))
    with talk.database.write() as session:
        session.scalars(select(Person).where(Person.email == MAJA)).one().left_on = talk.at.date()
    assert _read(talk, token) is None


@pytest.mark.parametrize("made_up", ["", "1", "1-", "1-00", "x-" + "0" * 32, "٣-" + "0" * 32])
def test_an_address_that_was_made_up_leads_nowhere(maja: Member, talk: Talk, made_up: str) -> None:
    maja.says("prenumerera")
    assert _read(talk, made_up) is None
