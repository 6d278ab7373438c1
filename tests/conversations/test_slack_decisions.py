"""Decisions on Slack: two forms at the meeting, a question to the secretary, and the answer."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.meetings.action_points import ActionPointStep
from models.meetings.decisions import DecisionWording
from tests.conversations.slack_stage import Bot
from tests.slack.fake import FakeSlack, Person, Room


# What the database does is told in the stories without a platform.
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_decide_give_ask_and_answer_on_slack(
    bot: Bot, slack: FakeSlack, maja: Person, jonas: Person, farsta: Room
) -> None:
    jonas.command("/samverkan", "min roll")
    maja.command("/samverkan", "min roll")
    form = maja.command("/samverkan", "skriv beslut Farsta beredningsgrupp", farsta).view
    saved = maja.fills(form, {"Vad som beslutades": "Tunneln öppnas & lyser"}).submit()
    assert saved.closed
    assert saved.message.ephemeral
    assert "§ 11" in saved.message.plain
    form = maja.presses("Ny åtgärdspunkt", saved.message).view
    answers = {"Vad som ska göras": "Ring skolan", "Vem gör det": "Jonas Lindmark, LPO Farsta"}
    late = maja.fills(form, {**answers, "Klar senast": "2024-06-07"}).submit()
    assert late.errors == {"due_on": "Den dagen har varit. Välj i dag eller en senare dag."}
    given = maja.fills(form, {**answers, "Klar senast": "2024-06-14"}).submit()
    assert given.closed
    assert "Ring skolan" in given.message.plain
    with bot.database.read() as session:
        assert [row.text for row in session.scalars(select(DecisionWording))] == [
            "Tunneln öppnas & lyser"
        ]
        assert "Ring skolan" in [row.text for row in session.scalars(select(ActionPointStep))]

    listed = jonas.command("/samverkan", "mina åtgärdspunkter").message
    done = jonas.presses("Klar: Ring skolan", listed).message
    assert "Markerad som klar." in done.plain
    card = jonas.presses("FAR-BER § 11", jonas.command("/samverkan", "beslut Farsta").message)
    form = jonas.presses("Jag har en fråga", card.message).view
    jonas.fills(form, {"Vad vill du veta?": "Vilken dag?"}).submit()

    def heard(person: Person, words: str) -> list[str]:
        posts = [post.plain for post in slack.posts if post.channel == person.dm.channel_id]
        return [text for text in posts if words in text]

    assert slack.bell.wait(lambda: len(heard(maja, "Vilken dag?")) == 1, 8)
    form = maja.presses("Svara: § 11", maja.command("/samverkan", "").message).view
    maja.fills(form, {"Ditt svar": "Den 12 augusti"}).submit()
    assert slack.bell.wait(lambda: len(heard(jonas, "Den 12 augusti")) == 1, 8)
    assert not slack.faults
