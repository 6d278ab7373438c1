"""Co-opting on demand: from the request over both chairs' yes to the day after the last."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.timetable import begin
from models.database import Database
from models.groups import Seat, SeatRole
from models.seats.requests import RequestState
from tests.conversations.co_opting import (
    HAMID,
    JOHAN,
    LINE,
    PETRA,
    REASON,
    ROBERT,
    VERONICA,
    WISH,
    asks,
    met,
    morning,
    on_demand,
    opens,
    requests,
    told,
)
from tests.conversations.slack_stage import Bot
from tests.conversations.talk import EVA, MAJA, STINA, Member, Talk
from tests.slack.fake import FakeSlack
from tests.slack.fake import Person as SlackPerson
from tests.stores import BOTH_STORES


@pytest.fixture
def talk(stockholm: Database) -> Talk:
    """Stockholm's cooperation."""
    return Talk(stockholm)


@pytest.fixture
def hamid(talk: Talk) -> Member:
    """The group's secretary."""
    return met(talk, HAMID)


@pytest.fixture
def johan(talk: Talk) -> Member:
    """The city's chair."""
    return met(talk, JOHAN)


@pytest.fixture
def robert(talk: Talk) -> Member:
    """The police's chair."""
    return met(talk, ROBERT)


def at_once(*turns: Callable[[], str]) -> list[str]:
    """Starts them all together; returns what each was told."""
    with ThreadPoolExecutor(len(turns)) as pool:
        return [turn.result(30) for turn in [pool.submit(turn) for turn in turns]]


@BOTH_STORES
def test_from_request_to_seat(talk: Talk, hamid: Member, johan: Member, robert: Member) -> None:
    opened = hamid.says(LINE)
    assert (
        "Ange skäl och slutdatum. Begäran skickas till ordförandena för stad och polis." in opened
    )
    assert "Staden: Johan Bergendalh\nPolisen: Robert Hedqvister" in opened
    receipt = hamid.sends_form(WISH)
    assert "Väntar på staden och polisen" in receipt
    assert "[Dra tillbaka]" in receipt
    assert on_demand(talk, date(2024, 7, 1)) == []

    [question] = told(talk, ROBERT)
    assert "Hamid Rezvanian begär att Socialförvaltningen adjungeras" in question
    assert REASON in question
    assert "[Godkänn]  [Avslå]" in question
    opens(robert)
    assert "Godkänd av polisen. Väntar på staden" in robert.presses("Godkänn")
    assert "Godkänd av polisen. Väntar på staden" in told(talk, HAMID)[-1]
    assert "Godkänd av polisen. Väntar på staden" in told(talk, JOHAN)[-1]

    johan.says("adjungera")
    approved = "Godkänd av båda parter, gäller t.o.m. 30 augusti 2024"
    assert approved in johan.presses("Godkänn")
    for email in (HAMID, ROBERT, VERONICA):
        assert approved in told(talk, email)[-1]
    [seat] = on_demand(talk, date(2024, 6, 10))
    assert (seat.role, seat.position, seat.person_id) == (SeatRole.CO_OPTED, "SKH-STYR-08", None)
    assert seat.approved_by == (
        "chef LPO Skärholmen (LPO Skärholmen); stadsdelsdirektör (Skärholmens stadsdelsförvaltning)"
    )
    assert "Vid behov" in hamid.says("vem Skärholmen styrgrupp")


def test_a_seat_on_demand_is_told_to_end_once_and_is_gone_on_the_day_after_its_last(
    talk: Talk, hamid: Member, johan: Member, robert: Member
) -> None:
    begin(talk.database, talk.at)
    asks(hamid)
    for chair in (johan, robert):
        opens(chair)
        chair.presses("Godkänn")
    before = len(told(talk, HAMID))
    for day in (1, 2, 5, 29, 30):
        morning(talk, 2024, 8, day)
    ahead = [text for text in told(talk, HAMID)[before:] if "Skärholmens lokala styrgrupp" in text]
    assert len(ahead) == 1
    assert "Adjungerad, Socialförvaltningen" in ahead[0]
    assert "30 augusti" in ahead[0]
    assert "Ingen" not in ahead[0]
    assert "[Förläng]  [Ändra platser]" in ahead[0]
    assert "○ Vid behov – adjungerad, Socialförvaltningen" in hamid.sends_button(
        "seats.menu", "SKH-STYR|1"
    )
    assert on_demand(talk, date(2024, 8, 30)) != []
    morning(talk, 2024, 8, 31)
    assert on_demand(talk, date(2024, 8, 31)) == []
    assert "Vid behov" not in hamid.says("vem Skärholmen styrgrupp")
    assert "ingen plats vid behov gäller" in hamid.says("adjungera Skärholmen")


def test_one_no_is_enough_and_is_told_with_its_reason(
    talk: Talk, hamid: Member, johan: Member, robert: Member
) -> None:
    asks(hamid)
    opens(johan)
    opens(robert)
    robert.presses("Avslå")
    robert.fills(comment=" ")
    assert robert.errors() == {"comment": "Skriv varför."}
    assert "Avslagen av polisen" in robert.fills(comment="Vi har redan en kontakt.")
    assert "Avslagen av polisen" in told(talk, HAMID)[-1]
    assert "Vi har redan en kontakt." in told(talk, HAMID)[-1]
    assert "Redan avslagen av polisen." in johan.presses("Godkänn")
    assert on_demand(talk, date(2024, 7, 1)) == []
    assert "Väntar på staden och polisen" in asks(hamid)


def test_what_is_withdrawn_waits_for_nobody(
    talk: Talk, hamid: Member, johan: Member, robert: Member
) -> None:
    asks(hamid)
    opens(johan)
    withdraw = next(button for button in hamid.buttons() if button.label == "Dra tillbaka")
    refused = johan.sends_button(withdraw.action, withdraw.value)
    assert "Bara Hamid Rezvanian, som begärde platsen" in refused
    opens(johan)
    opens(robert)
    robert.presses("Godkänn")
    assert "Tillbakadragen" in hamid.presses("Dra tillbaka")
    assert "Tillbakadragen" in told(talk, ROBERT)[-1]
    assert told(talk, JOHAN)[-1] == (
        "Hamid Rezvanian har dragit tillbaka sin begäran: Socialförvaltningen i "
        "Skärholmens lokala styrgrupp. Du behöver inte svara."
    )
    assert "Begäran är tillbakadragen, så inget svar behövs." in johan.presses("Godkänn")
    assert "väntar på ditt svar" not in robert.opens_home()
    assert requests(talk)[0].state is RequestState.WITHDRAWN


def test_who_does_not_answer_is_reminded_once_and_then_the_request_lapses(
    talk: Talk, hamid: Member, johan: Member, robert: Member
) -> None:
    begin(talk.database, talk.at)
    asks(hamid, last="2024-06-26")
    opens(johan)
    opens(robert)
    johan.presses("Godkänn")
    for day in (11, 14, 17, 18, 19, 20):
        morning(talk, 2024, 6, day)
    waited = [text for text in told(talk, ROBERT) if "har väntat på svar sedan 10 juni" in text]
    assert len(waited) == 1
    assert "Godkänd av staden. Väntar på polisen" in waited[0]
    assert not [text for text in told(talk, JOHAN) if "har väntat på svar" in text]

    talk.at = datetime(2024, 6, 26, 22, 30, tzinfo=UTC)
    assert "Begäran har förfallit" in robert.presses("Godkänn")
    morning(talk, 2024, 6, 27)
    assert "Sista dagen passerade innan båda parter hade svarat." in told(talk, HAMID)[-1]
    assert requests(talk)[0].state is RequestState.LAPSED
    assert on_demand(talk, date(2024, 6, 26)) == []


def test_where_a_chair_is_missing_the_coordinator_can_answer_and_nobody_else(talk: Talk) -> None:
    veronica, eva = met(talk, VERONICA), met(talk, EVA)
    chair = met(talk, "ann-marie.sjogarde@kungsholmen.stockholm.example")
    receipt = asks(veronica, "adjungera socialförvaltningen till Kungsholmen styrgrupp")
    assert "Du begär plats för din egen organisation." in receipt
    assert "Gruppen har ingen ordförande för polisen. Eva Nordin, samordnare" in receipt
    opens(chair)
    assert "Godkänd av staden. Väntar på polisen" in chair.presses("Godkänn")
    key = requests(talk)[0].id
    assert "Bara ordföranden för polisen" in chair.sends_button("co_opt.approve", f"{key}|police")
    assert on_demand(talk, date(2024, 7, 1), "KUN-STYR") == []
    opens(eva)
    assert "Godkänd av båda parter" in eva.presses("Godkänn för polisen")
    assert len(on_demand(talk, date(2024, 7, 1), "KUN-STYR")) == 1


def test_who_may_answer_is_decided_when_the_button_is_pressed(
    talk: Talk, hamid: Member, johan: Member, robert: Member
) -> None:
    camilla = met(talk, "camilla.stahlfors@polisen.example")
    asks(hamid)
    opens(robert)
    value = f"{requests(talk)[0].id}|police"
    refused = camilla.sends_button("co_opt.approve", value)
    assert "Bara ordföranden för polisen i Skärholmens lokala styrgrupp kan svara" in refused
    with talk.database.write() as session:
        seat = session.scalars(select(Seat).where(Seat.code == "SKH-STYR-02")).one()
        seat.person_id = None
    assert "Bara ordföranden för polisen" in robert.presses("Godkänn")
    # Camilla is the chair's deputy, and acts while the seat is vacant.
    assert "Godkänd av polisen" in camilla.sends_button("co_opt.approve", value)


def test_a_chair_who_asks_has_said_yes_with_it_and_may_undo_the_seat(
    talk: Talk, johan: Member, robert: Member
) -> None:
    receipt = asks(johan)
    assert "Ditt eget ja räknas för staden." in receipt
    assert "Godkänd av staden. Väntar på polisen" in receipt
    assert "Skickad till Robert Hedqvister för polisen." in receipt
    opens(robert)
    assert "Godkänd av båda parter" in robert.presses("Godkänn")
    undone = f"{requests(talk)[0].id}"
    assert "Socialförvaltningen är adjungerad" in johan.says("ändringar Skärholmen styrgrupp")
    johan.presses("Ångra")
    assert on_demand(talk, date(2024, 7, 1)) == []
    assert "Godkänd, men ångrad sedan dess" in johan.sends_button("co_opt.show", undone)


@BOTH_STORES
def test_both_chairs_at_once_make_one_seat(
    talk: Talk, hamid: Member, johan: Member, robert: Member
) -> None:
    asks(hamid)
    key = requests(talk)[0].id
    again = met(talk, ROBERT)
    answers = at_once(
        lambda: johan.sends_button("co_opt.approve", f"{key}|city"),
        lambda: robert.sends_button("co_opt.approve", f"{key}|police"),
        lambda: again.sends_button("co_opt.approve", f"{key}|police"),
    )
    assert all("Godkänd av" in answer for answer in answers)
    assert len(on_demand(talk, date(2024, 7, 1))) == 1
    [request] = requests(talk)
    assert sorted(verdict.party.value for verdict in request.verdicts) == ["city", "police"]
    assert "Du har redan godkänt." in robert.sends_button("co_opt.approve", f"{key}|police")


@BOTH_STORES
def test_two_who_ask_for_the_same_at_once_make_one_request(talk: Talk, hamid: Member) -> None:
    other = met(talk, HAMID)
    hamid.says(LINE)
    other.says(LINE)
    answers = at_once(lambda: hamid.sends_form(WISH), lambda: other.sends_form(WISH))
    assert len(requests(talk)) == 1
    assert sum("är redan begärd, den 10 juni" in answer for answer in answers) == 1


@BOTH_STORES
def test_the_same_event_twice_is_one_request_and_one_answer(
    talk: Talk, hamid: Member, johan: Member
) -> None:
    hamid.says(LINE)
    receipts = [hamid.sends_form(WISH, event="E1") for _ in range(2)]
    assert receipts[0] == receipts[1]
    [request] = requests(talk)
    value = f"{request.id}|city"
    answers = [johan.sends_button("co_opt.approve", value, event="E2") for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(told(talk, HAMID)) == 1


def test_a_seat_on_demand_is_prolonged_without_a_gap_and_can_be_ended_early(
    talk: Talk, hamid: Member, johan: Member, robert: Member
) -> None:
    asks(hamid)
    for chair in (johan, robert):
        opens(chair)
        chair.presses("Godkänn")
    asks(hamid, first="2024-07-01", last="2024-09-30")
    fault = hamid.errors()["first"]
    assert fault.endswith("t.o.m. 30 augusti 2024. Välj en senare första dag.")
    hamid.says("adjungera Skärholmen styrgrupp")
    hamid.presses("Förläng")
    hamid.fills(last="2024-12-31")
    for chair in (johan, robert):
        opens(chair)
        chair.presses("Godkänn")
    [first], [second] = on_demand(talk, date(2024, 8, 30)), on_demand(talk, date(2024, 8, 31))
    assert first.id != second.id
    assert first.position == second.position
    assert second.reason == REASON
    hamid.says("adjungera Skärholmen styrgrupp")
    hamid.presses("Avsluta")
    assert "Sista dagen är 15 juni 2024" in hamid.fills(last="2024-06-15")
    assert on_demand(talk, date(2024, 6, 16)) == []


def test_a_chair_who_is_shown_by_function_only_is_never_named(talk: Talk) -> None:
    maja, stina, petra = met(talk, MAJA), met(talk, STINA), met(talk, PETRA)
    receipt = asks(maja, "adjungera SL till Farsta styrgrupp")
    stina.says("adjungera")
    petra.says("adjungera")
    heard = [receipt, stina.presses("Godkänn"), petra.presses("Avslå")]
    heard += [petra.fills(comment="SL deltar i arbetsgruppen."), *told(talk, MAJA)]
    assert "Skickad till Chef LPO Farsta för polisen." in receipt
    assert "Åkerblom" not in "".join(heard)


def test_on_slack_both_chairs_answer_in_their_direct_messages(
    bot: Bot, slack: FakeSlack, maja: SlackPerson
) -> None:
    stina, petra = slack.user("Stina Hallgren", STINA), slack.user("Petra Åkerblom", PETRA)
    for chair in (stina, petra):
        chair.command("/samverkan", "min roll")
    form = maja.command("/samverkan", "adjungera SL till Farsta styrgrupp").view
    wish = {"Varför behövs platsen?": "Stationen byggs om.", "Sista dagen": "2024-12-31"}
    sent = maja.fills(form, wish).submit()
    assert "Väntar på staden och polisen" in sent.message.plain
    for chair in (stina, petra):
        post = _posted(slack, chair, "SL i Farsta lokala styrgrupp", "Godkänn")
        chair.presses("Godkänn", post)
    assert "Godkänd av båda parter" in _posted(slack, maja, "Godkänd av båda parter").plain


def _posted(slack: FakeSlack, to: SlackPerson, words: str, button: str = "") -> Any:
    """The direct message to somebody that holds the words, once it has come."""

    def found() -> list[Any]:
        posts = [post for post in slack.posts if post.channel == to.dm.channel_id]
        return [p for p in posts if words in p.plain and (not button or button in p.buttons)]

    assert slack.bell.wait(lambda: bool(found()), 8)
    return found()[-1]
