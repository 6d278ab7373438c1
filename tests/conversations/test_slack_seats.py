"""Changing seats on Slack: the menu, the form with its warnings, the messages, and undoing."""

from __future__ import annotations

from sqlalchemy import select

from models.seats.changes import ChangeKind, SeatChange
from tests.conversations.slack_stage import Bot
from tests.slack.fake import FakeSlack, Person, Room

JONAS = "Jonas Lindmark, LPO Farsta"


def changes(bot: Bot) -> list[ChangeKind]:
    """The changes that were made."""
    with bot.database.read() as session:
        return [each.kind for each in session.scalars(select(SeatChange).order_by(SeatChange.id))]


# What the database does is told in the stories without a platform, on both.
def test_appoint_conflict_replace_notice_and_undo_on_slack(
    bot: Bot, slack: FakeSlack, maja: Person, jonas: Person, farsta: Room
) -> None:
    jonas.command("/samverkan", "min roll")
    form = maja.command("/samverkan", "utse ledamot trafikkontoret Farsta styrgrupp", farsta).view
    saved = maja.fills(form, {"Person": "Karim Haddad, Trafikkontoret"}).submit()
    assert saved.closed
    assert "Karim Haddad är ledamot för Trafikkontoret" in saved.message.plain
    assert saved.message.ephemeral

    menu = maja.presses("Ändra mer", saved.message).message
    assert "Ändra platser: Farsta lokala styrgrupp" in menu.plain
    form = maja.command("/samverkan", "byt Karim Haddad Farsta styrgrupp", farsta).view
    answers = {"Person": JONAS, "Första dagen": "2024-07-01"}
    taken = maja.fills(form, {**answers, "Sista dagen": "2024-06-01"}).submit()
    assert list(taken.errors) == ["last"]
    warned = maja.fills(form, {**answers, "Sista dagen": None}).submit()
    assert not warned.closed
    assert warned.view.payload["submit"]["text"] == "Spara ändå"
    assert "arbetar i en annan organisation" in str(warned.view.blocks)
    assert changes(bot) == [ChangeKind.APPOINTED]
    done = maja.fills(warned.view, {}).submit()
    assert done.closed
    assert changes(bot) == [ChangeKind.APPOINTED, ChangeKind.REPLACED]

    def heard() -> list[str]:
        posts = [post.plain for post in slack.posts if post.channel == jonas.dm.channel_id]
        return [text for text in posts if "Farsta lokala styrgrupp" in text]

    assert slack.bell.wait(lambda: len(heard()) == 1, 8)
    assert "Du har en plats i Farsta lokala styrgrupp" in heard()[0]
    assert "Ändrat av Maja Ekvall" in heard()[0]
    maja.presses("Ångra", done.message)
    assert slack.bell.wait(lambda: len(heard()) == 2, 8)
    assert "är ångrad" in heard()[1]
    assert changes(bot)[-1] is ChangeKind.UNDONE
    assert not slack.faults
