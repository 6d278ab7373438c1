"""Looking up on Slack who represents whom, and sharing what one saw."""

from __future__ import annotations

import pytest

from tests.conversations.slack_stage import Bot
from tests.slack.fake import FakeSlack, Person, Room

pytestmark = pytest.mark.usefixtures("bot")


def test_only_the_asker_sees_the_answer_until_it_is_shared(
    slack: FakeSlack, maja: Person, karim: Person, farsta: Room
) -> None:
    seen = maja.command("/samverkan", "vem Farsta styrgrupp", farsta)
    assert "Stina Hallgren" in seen.text
    assert seen.message.ephemeral
    shared = maja.presses("Dela i kanalen", seen.message).message
    assert not shared.ephemeral
    assert "Stina Hallgren" in shared.plain
    assert "Maja Ekvall" in shared.plain
    assert slack.posts == [shared]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("vem Rågsved", ["Enskede-Årsta-Vantör", "LPO Farsta"]),
        ("vem Hökarängen", ["Farsta"]),
        ("vem rinkeby-kista styrgrupp 2019-05-01", ["Rinkeby-Kista"]),
        ("who Farsta steering group", ["Farsta"]),
    ],
)
def test_places_of_every_kind_are_answered(maja: Person, line: str, names: list[str]) -> None:
    text = maja.command("/samverkan", line).text
    assert all(name in text for name in names)


def test_a_protected_name_is_shown_as_its_function(maja: Person) -> None:
    text = maja.command("/samverkan", "vem Farsta styrgrupp").text
    assert "Chef LPO Farsta" in text
    assert "Åkerblom" not in text


def test_the_same_question_by_mention_and_by_direct_message(maja: Person, farsta: Room) -> None:
    mentioned = maja.mentions_bot(farsta, "vem Farsta styrgrupp").reply()
    written = maja.writes_dm("vem Farsta styrgrupp").reply()
    assert mentioned.ephemeral
    assert not written.ephemeral
    assert "Stina Hallgren" in mentioned.plain
    assert "Stina Hallgren" in written.plain


def test_what_is_not_understood_offers_the_nearest_verbs_and_changes_nothing(
    bot: Bot, maja: Person
) -> None:
    seen = maja.command("/samverkan", "blurk farst")
    assert "förstod inte" in seen.text
    assert seen.message.buttons
    answered = maja.presses(seen.message.buttons[0], seen.message)
    assert answered.message.ephemeral


def test_the_home_shows_what_waits_and_its_buttons_answer(slack: FakeSlack, maja: Person) -> None:
    home = maja.opens_home().home
    assert "Hej Maja" in home.plain
    assert "FAR-011" in home.plain
    reply = maja.presses("Alla mina åtgärder", home).reply()
    assert "FAR-003" in reply.plain
    assert reply.channel == maja.dm.channel_id


def test_help_is_in_the_language_of_the_member(maja: Person) -> None:
    assert "Det här kan du skriva" in maja.command("/samverkan", "hjälp").text
    maja.command("/samverkan", "inställningar engelska")
    assert "What you can write" in maja.command("/samverkan", "hjälp").text
