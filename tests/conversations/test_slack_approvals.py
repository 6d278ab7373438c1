"""Approving on Slack: what the chairs get, what they press, and what is proposed instead."""

from __future__ import annotations

from tests.conversations.slack_stage import Bot
from tests.slack.fake import FakeSlack, Person, Room
from tests.slack.records import Message


# What the database does is told in the stories without a platform, on both.
def test_both_chairs_answer_a_goal_and_its_removal_on_slack(
    bot: Bot, slack: FakeSlack, maja: Person, farsta: Room
) -> None:
    stina = slack.user("Stina Hallgren", "stina.hallgren@farsta.stockholm.example")
    petra = slack.user("Petra Åkerblom", "petra.akerblom@polisen.example")
    for chair in (stina, petra):
        chair.command("/samverkan", "min roll")

    def heard(chair: Person, said: str) -> Message:
        def found() -> list[Message]:
            posts = [post for post in slack.posts if post.channel == chair.dm.channel_id]
            return [post for post in posts if said in post.plain]

        assert slack.bell.wait(lambda: bool(found()), 8)
        return found()[-1]

    card = maja.command("/samverkan", "mål FAR-M2", farsta).message
    sent = maja.presses("Lämna in för godkännande", card).message
    assert "väntar på" in sent.plain
    asked = heard(stina, "ber om ditt godkännande")
    form = stina.presses("Föreslå ändring", asked).view
    assert "31 → 40 helger per år" in str(form.blocks)
    stina.fills(form, {"Vad bör ändras?": "Skriv 42 helger."}).submit()
    told = heard(maja, "Skriv 42 helger.")
    changed = maja.presses("Ändra", told).view
    assert "Lydelsen är ny" in maja.fills(changed, {"Målvärde": "42"}).submit().message.plain
    for chair in (stina, petra):
        chair.presses("Godkänn", heard(chair, "31 → 42 helger per år"))
    heard(maja, "båda parter har godkänt")

    card = maja.command("/samverkan", "FAR-M2", farsta).message
    form = maja.presses("Ta bort", card).view
    assert "FAR-009" in str(form.blocks)
    maja.fills(form, {"Varför tas det bort?": "Ersätts av ett nytt mål."}).submit()
    for chair in (stina, petra):
        chair.presses("Godkänn borttagning", heard(chair, "Ersätts av ett nytt mål."))
    heard(maja, "Båda parter har godkänt att Mål FAR-M2 tas bort.")
    assert not slack.faults
