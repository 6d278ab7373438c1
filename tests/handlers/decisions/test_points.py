"""Who does what by when: written at a meeting, carried forward, done and opened again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models.measures.measure import Measure
from models.people.organisations import Person
from tests.conversations.talk import JONAS, KARIM, MAJA, Member, Talk
from tests.handlers.conftest import met
from tests.handlers.decisions.test_decisions import (
    AFTER,
    decides,
    digests,
    moves_to,
    number_of,
    told,
)

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

LINE = "ny åtgärdspunkt Farsta beredningsgrupp"
OUTSIDER = "karolina.stenmarker@sodermalm.stockholm.example"
TASK = {"text": "Ring ledningsägaren", "owner": JONAS, "due_on": "2024-06-25"}


@pytest.fixture
def talk(talk: Talk) -> Talk:
    """After the meeting of 18 June."""
    talk.at = AFTER
    return talk


@pytest.fixture
def jonas(talk: Talk) -> Member:
    """In the group; the points are his."""
    return met(talk, JONAS)


def gives(maja: Member, **values: str | bool) -> str:
    maja.says(LINE)
    return maja.sends_form({**TASK, **values})


def test_a_point_is_told_carried_forward_said_to_be_late_and_marked_done_by_its_owner(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    decides(maja)
    said = gives(maja, decision=number_of(talk))
    assert "Vem gör det: Jonas Lindmark" in said
    assert "Följer av:   § 11" in said
    moves_to(talk, 19)
    [digest] = digests(talk, JONAS)
    assert "1 beslut, 1 åtgärdspunkt" in digest.summary
    assert "**Jonas Lindmark**: Ring ledningsägaren (senast 25 juni)" in str(digest)
    assert "Klar: Ring ledningsägaren" in str(digest)
    talk.at = datetime(2024, 8, 9, 5, 0, tzinfo=UTC)
    moves_to(talk, 9, 8)
    # What the summer's standstill skipped of his other groups' meetings comes the same morning.
    every = [str(each) for each in told(talk, JONAS, ":before:2024-08-09")]
    [before] = [each for each in every if "Farsta lokala beredningsgrupp" in each]
    assert "Åtgärdspunkter att gå igenom" in before
    assert "45 dagar över tiden" in before
    assert "Dina åtgärdspunkter" in jonas.opens_home()
    own = next(each for each in jonas.buttons() if each.spoken == "Visa: Ring ledningsägaren")
    assert "2 öppna, 2 försenade" in jonas.says("mina åtgärdspunkter")
    assert own in jonas.buttons(), "one's own point can be opened, not only marked as done"
    assert "Markerad som klar." in jonas.presses("Klar: Ring ledningsägaren")
    assert "Öppen igen." in jonas.presses("Ångra")
    jonas.presses("Klar")
    assert "Ring ledningsägaren" not in maja.says("åtgärdspunkter Farsta beredningsgrupp")


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"text": ""}, "text", "Skriv vad som ska göras."),
        ({"owner": "Nils Ingenstans"}, "owner", "Jag hittar ingen som heter Nils Ingenstans."),
        ({"owner": ""}, "owner", "Välj vem som gör det."),
        ({"due_on": "2024-06-17"}, "due_on", "Den dagen har varit."),
        ({"due_on": ""}, "due_on", "Välj sista dagen."),
        ({"owner": OUTSIDER, "restricted": True}, "owner", "sitter inte i gruppen"),
        ({"becomes": "social", "restricted": True}, "becomes", "Åtgärder syns för alla."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    maja: Member, values: dict[str, str | bool], field: str, sentence: str
) -> None:
    gives(maja, **values)
    assert sentence in maja.errors()[field]


def test_an_owner_outside_the_group_is_asked_about_and_then_told_of_that_point_alone(
    maja: Member, talk: Talk
) -> None:
    met(talk, OUTSIDER)
    gives(maja)
    assert "sitter inte i gruppen" in gives(maja, text="Skicka kartan", owner=OUTSIDER)
    assert "Åtgärdspunkten är sparad." in maja.fills()
    moves_to(talk, 19)
    [heard] = digests(talk, OUTSIDER)
    assert heard.summary.startswith("Åtgärdspunkter till dig · Farsta lokala beredningsgrupp")
    assert "Skicka kartan" in str(heard)
    assert "Ring ledningsägaren" not in str(heard)


def test_a_point_becomes_a_measure_with_the_groups_next_id_and_is_reported_on_as_that(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    said = gives(maja, becomes="environment")
    with talk.database.read() as session:
        query = select(Measure).where(Measure.title == "Ring ledningsägaren")
        measure = session.scalars(query).one()
        assert (measure.group.code, measure.organisation.code) == ("FAR-BER", "LPO-FARSTA")
        code = measure.code
    assert f"{code} Ring ledningsägaren" in said
    assert code in maja.says("åtgärdspunkter Farsta beredningsgrupp")
    jonas.says(f"rapportera {code} klar")
    assert code not in maja.says("åtgärdspunkter Farsta beredningsgrupp")


def test_who_leads_changes_a_point_and_the_new_owner_is_told_while_others_may_not(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    karim = met(talk, KARIM)
    gives(maja)
    maja.presses("Ändra")
    assert "Åtgärdspunkten är sparad." in maja.fills(owner=KARIM, due_on="2024-07-05")
    [heard] = told(talk, KARIM, "point:")
    assert "Maja Ekvall har gett dig en åtgärdspunkt" in str(heard)
    with talk.database.read() as session:
        name = session.scalars(select(Person.name).where(Person.email == KARIM)).one()
    assert name in jonas.says("åtgärdspunkter")
    point = next(each for each in karim_buttons(karim) if each[0] == "point.done")
    assert "Bara gruppens ordförande" in jonas.sends_button(*point)
    assert "Struken" in maja.sends_button("point.drop", point[1])
    assert "Öppna den först" in maja.sends_button("point.change", point[1])


def test_an_owner_who_needs_more_time_says_until_when_and_the_secretary_is_told_why(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    gives(maja)
    jonas.says("mina åtgärdspunkter")
    number = jonas.buttons()[-1].value
    jonas.sends_button("point.later", number)
    jonas.fills(due_on="2024-06-24")
    assert jonas.errors() == {"due_on": "Välj en dag efter 25 juni, och senast 18 juni 2025."}
    jonas.sends_button("point.later", number)
    said = jonas.fills(due_on="2024-08-20", reason="Ledningsägaren har semester")
    assert "Den nya sista dagen är sparad." in said
    assert "Maja Ekvall får veta det." in said
    assert "Varför mer tid: Ledningsägaren har semester" in " ".join(said.split())
    [heard] = told(talk, MAJA, "point_later:")
    assert heard.summary == "Jonas Lindmark behöver mer tid: Ring ledningsägaren"
    assert "Ny sista dag: 20 augusti. Den var 25 juni." in str(heard)
    card = maja.sends_button("point.show", number)
    told_so = "- 18 juni, Jonas Lindmark: sista dag 20 augusti (var 25 juni). Ledningsägaren har"
    assert told_so in card
    karim = met(talk, KARIM)
    assert "Bara gruppens ordförande" in karim.sends_button("point.later", number)
    [keep] = [each for each in heard.buttons() if each.label == "Behåll 25 juni"]
    assert "Bara gruppens ordförande" in karim.sends_button(keep.action, keep.value)
    assert "Sista dagen är 25 juni igen." in maja.presses("Behåll 25 juni")
    [again] = told(talk, JONAS, "point_kept:")
    assert "Maja Ekvall kunde inte ge mer tid" in str(again)
    assert "Det har ändrats sedan dess." in maja.sends_button(keep.action, keep.value)


def test_a_question_about_a_point_without_a_decision_reaches_the_secretary_and_is_answered(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    gives(maja)
    number = maja_point(maja)
    jonas.sends_button("point.show", number)
    jonas.presses("Jag har en fråga")
    assert "Maja Ekvall har fått frågan" in jonas.fills(question="Vem är ledningsägare?")
    [asked] = told(talk, MAJA, "point_question:")
    assert "Vem är ledningsägare?" in str(asked)
    assert "1 fråga om åtgärdspunkter väntar på ditt svar" in maja.opens_home()
    maja.presses("Svara: Ring ledningsägaren")
    assert "är besvarad" in maja.fills(answer="Ellevio")
    [heard] = told(talk, JONAS, "point_answer:")
    assert "Ellevio" in str(heard)
    assert "Ellevio" in jonas.sends_button("point.show", number)
    assert "Ellevio" not in met(talk, OUTSIDER).sends_button("point.show", number)


def test_done_in_a_digest_or_a_list_leaves_it_standing_and_on_its_own_card_takes_its_place(
    maja: Member, jonas: Member
) -> None:
    gives(maja)
    jonas.says("mina åtgärdspunkter")
    first = jonas.presses("Klar: Ring ledningsägaren", event="pressed")
    assert not jonas.message().replaces
    jonas.says("mina åtgärdspunkter")
    number = maja_point(maja)
    assert jonas.sends_button("point.done", number, event="pressed") == first
    jonas.presses("Ångra")
    assert jonas.message().replaces


def test_a_member_takes_over_the_point_of_somebody_who_has_left(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    gives(maja)
    karim = met(talk, KARIM)
    with talk.database.write() as session:
        owner = session.scalars(select(Person).where(Person.email == JONAS)).one()
        owner.left_on = talk.at.date()
    assert "Jonas Lindmark (har slutat)" in karim.says("åtgärdspunkter Farsta beredningsgrupp")
    assert "Den är din nu." in karim.presses("Ta över: Ring ledningsägaren")
    assert "Klar: Ring ledningsägaren" in karim.says("mina åtgärdspunkter")


def test_a_restricted_point_is_listed_for_its_group_but_in_no_channel(
    maja: Member, jonas: Member
) -> None:
    gives(maja, restricted=True)
    card = maja.sends_button("point.show", maja_point(maja))
    assert "◆ Begränsat" in card
    assert "begränsat till gruppen)" in maja.presses("Visa mötet")
    assert "Ring ledningsägaren" in jonas.says("åtgärdspunkter Farsta beredningsgrupp")
    in_channel = jonas.in_channel().says("åtgärdspunkter Farsta beredningsgrupp")
    assert "Ring ledningsägaren" not in in_channel


def test_what_was_done_by_a_link_in_an_email_is_marked_so(
    maja: Member, jonas: Member, talk: Talk
) -> None:
    gives(maja)
    reader = talk.member(JONAS, platform="email", workspace="mail", passing=True)
    reader.sends_button("point.done", maja_point(maja))
    card = maja.sends_button("point.show", maja_point(maja))
    assert "Jonas Lindmark (via länk i e-post)" in card


def maja_point(maja: Member) -> str:
    """The number of the point that Maja's last card is of."""
    return maja.buttons()[0].value.partition("|")[0]


def karim_buttons(karim: Member) -> list[tuple[str, str]]:
    karim.says("mina åtgärdspunkter")
    return [(each.action, each.value) for each in karim.buttons()]
