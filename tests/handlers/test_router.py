"""The way of one request: the same event once, who may not ask at all, and what fails."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from handlers.requests import ButtonPressed, FormSubmitted, Identity, OptionsAsked, Place, PlaceKind
from handlers.router import answer, options
from handlers.services import BUTTONS, COMMANDS, Service
from handlers.understanding import Intent, Understanding
from handlers.visit import Visit
from models.delivery.outbox import Inbox
from models.message import Message, Quote
from models.people.accounts import Account
from tests.conversations.talk import KARIM, MAJA, Member, Talk
from tests.handlers.conftest import Asking, met
from tests.handlers.measures.test_report import reports

DONE = "rapportera FAR-011 klar"


def test_the_same_event_twice_gives_one_row_and_the_same_answer(talk: Talk, maja: Member) -> None:
    told = [maja.says(DONE, event="E1") for _ in range(3)]
    assert len(set(told)) == 1
    assert len(reports(talk)) == 1


def test_the_same_event_later_still_gives_the_first_answer(talk: Talk, maja: Member) -> None:
    first = maja.says(DONE, event="E1")
    talk.later(days=2)
    assert maja.says(DONE, event="E1") == first


def test_another_body_under_the_same_event_is_refused_and_logged(talk: Talk, maja: Member) -> None:
    maja.says(DONE, event="E1")
    with capture_logs() as logs:
        told = maja.says("rapportera FAR-011 avbruten hemligt", event="E1")
    assert "har redan tagits emot med annat innehåll" in told
    assert [entry["event"] for entry in logs] == ["event_key_reused"]
    assert "hemligt" not in str(logs)
    assert len(reports(talk)) == 1


def test_events_of_two_workspaces_are_two(talk: Talk) -> None:
    first, second = met(talk, MAJA), met(talk, KARIM, workspace="T2")
    first.says("rapportera FAR-011 pågår", event="E1")
    second.says("rapportera JAR-005 pågår", event="E1")
    assert len(reports(talk)) == len(reports(talk, "JAR-005")) == 1


def test_the_inbox_keeps_no_words(talk: Talk, maja: Member) -> None:
    maja.says("rapportera FAR-011 pågår Fältgruppen är tillbaka", event="E1")
    with talk.database.read() as session:
        row = session.scalars(select(Inbox).where(Inbox.event == "E1")).one()
    assert "Fältgruppen" not in f"{row.digest} {row.result}"


@pytest.mark.parametrize("line", ["blurk", "rapportera", "vem Farsta", "rapportera BRO-001 klar"])
def test_what_changes_nothing_leaves_nothing_in_the_inbox(
    talk: Talk, maja: Member, line: str
) -> None:
    maja.says(line, event="E1")
    with talk.database.read() as session:
        assert session.scalars(select(Inbox)).all() == []


@pytest.mark.parametrize("action", ["no.such", "report.gone"])
def test_a_button_that_is_no_more_says_so(maja: Member, action: str) -> None:
    assert "Knappen är för gammal" in maja.sends_button(action, "x")


def test_a_form_that_is_no_more_keeps_what_was_typed(talk: Talk, maja: Member) -> None:
    form = FormSubmitted(
        who=maja.who, where=maja.where, at=talk.at, event="E1", form="old", values={"text": "x"}
    )
    maja.last = answer(form, talk.desk)
    assert list(maja.errors()) == ["text"]


def test_what_goes_wrong_inside_fails_with_a_number_and_without_its_words(
    talk: Talk, maja: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(visit: Visit, press: ButtonPressed) -> Message:
        raise ValueError(press.value)

    monkeypatch.setitem(BUTTONS, "who.group", Service(broken))
    press = ButtonPressed(
        who=maja.who, where=maja.where, at=talk.at, event="E", action="who.group", value="words"
    )
    with capture_logs() as logs:
        maja.last = answer(press, talk.desk)
    assert maja.last.failed
    assert "felnummer" in maja.message().summary.lower()
    assert logs[0]["event"] == "request_failed"
    assert "words" not in maja.message().summary


SLASHED = "rapportera BRO-001 klart Skyltarna är uppe vid torget"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_refused_line_gives_back_the_words_that_slack_no_longer_shows(reader: Member) -> None:
    told = reader.says(SLASHED)
    assert "Du kan rapportera på dina egna åtgärder" in told
    assert [part.text for part in reader.message().parts if isinstance(part, Quote)] == [
        "Skyltarna är uppe vid torget"
    ]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_line_that_fails_inside_comes_back_whole(
    reader: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(visit: Visit, wish: Understanding) -> Message:
        raise ValueError

    monkeypatch.setitem(COMMANDS, Intent.REPORT, Service(broken))
    reader.says(SLASHED)
    assert SLASHED in [part.text for part in reader.message().parts if isinstance(part, Quote)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "Samverkansbot"),
        ("vem Farsta styrgrupp", "Stina Hallgren"),
        ("åtgärder Farsta", "FAR-011"),
        ("möten Farsta", "tis 18 juni 13.00"),
        ("veckan", "Ange vilken grupp"),
        ("mina", "--as"),
        ("min roll", "--as"),
        ("rapportera", "--as"),
        ("rapportera FAR-014 klar", "--as"),
        ("paus", "--as"),
        ("enkät", "--as"),
        ("koppla Farsta styrgrupp", "--as"),
    ],
)
def test_the_operator_reads_and_says_who_for_the_rest(
    shared_talk: Talk, line: str, told: str
) -> None:
    operator = shared_talk.member(None, operator=True, passing=True)
    assert told in operator.says(line)


def names(talk: Talk, typed: str, email: str) -> list[str]:
    """What a person field offers."""
    who = Identity(platform="test", workspace="T1", user=email, email=email, passing=True)
    where = Place(kind=PlaceKind.DIRECT)
    asked = OptionsAsked(who=who, where=where, at=talk.at, event="O1", field="p", typed=typed)
    return [choice.label for choice in options(asked, talk.desk)]


@pytest.mark.parametrize("typed", ["Maja", "maja ekv", "Ekvall"])
def test_a_person_field_finds_members_by_part_of_a_name(shared_talk: Talk, typed: str) -> None:
    assert "Maja Ekvall, Farsta stadsdelsförvaltning" in names(shared_talk, typed, KARIM)


@pytest.mark.parametrize("email", ["nobody@example.com", "kent.rosellius@polisen.example"])
def test_a_person_field_offers_nobody_to_those_who_are_not_members(
    shared_talk: Talk, email: str
) -> None:
    assert names(shared_talk, "", email) == []


def test_asking_from_the_console_keeps_no_account(shared_talk: Talk, ask: Asking) -> None:
    ask("mina")
    with shared_talk.database.read() as session:
        assert session.scalars(select(Account).where(Account.platform == "test")).all() == []
