"""A survey's result on Slack: the card with its grade in words, the picture as a file below it."""

from __future__ import annotations

import pytest

from models.registry_version import names_have_changed
from tests.conversations.slack_stage import Bot
from tests.handlers.results.surveyed import many, six_of_eleven
from tests.slack.fake import FakeSlack, Person


@pytest.fixture
def bot_with_results(bot: Bot) -> Bot:
    """The bot, with both surveys of the method's examples published."""
    with bot.database.write() as session:
        six_of_eleven(session)
        many(session)
        names_have_changed(session)
    return bot


def test_the_cards_read_on_slack_as_they_do_everywhere(
    bot_with_results: Bot, slack: FakeSlack, maja: Person
) -> None:
    maja.command("/samverkan", "hjälp")
    small = maja.command("/samverkan", "resultat E-6").message
    assert "○ *D – bara spann*" in small.plain
    assert "Minst 4 av de 6 som svarat instämmer (4–5)." in small.plain
    assert "6 av 11 svarade (55 %)" in small.plain
    large = maja.command("/samverkan", "resultat E-180").message
    assert "◕ *B – ganska säker*" in large.plain
    assert "95 %-intervall 50–60 %" in large.plain
    assert {"Hur räknades det?", "Visa tabell", "Som bild"} <= set(large.buttons)
    assert "180 av 300" in maja.presses("Visa tabell", large).text
    maja.presses("Som bild", large)
    assert slack.bell.wait(lambda: slack.files, 20)
    assert "55 % (50–60 %), 180 av 300 svarade" in slack.files[0]["alt_txt"]
