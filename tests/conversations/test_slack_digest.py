"""What comes by itself on Slack: the week in the channel, the questions in direct messages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.timetable import begin, tick
from models.delivery.outbox import Delivery, DeliveryState
from models.measures.measure import Measure
from models.people.organisations import Person as Member
from tests.conversations.slack_stage import MONDAY, Bot, linked
from tests.slack.fake import FakeSlack, Person, Room, Trouble
from tests.slack.records import Message
from tests.stores import BOTH_STORES


@pytest.fixture
def group(bot: Bot, slack: FakeSlack, farsta: Room) -> Room:
    """The channel of Farsta's preparatory group, on the Monday when its week is told."""
    linked(bot.database, slack, farsta, "FAR-BER")
    begin(bot.database, MONDAY - timedelta(hours=1))
    return farsta


def monday_comes(bot: Bot) -> None:
    """The timetable does what falls due just then, and the senders are woken."""
    tick(bot.database, bot.clock.now())
    bot.courier.wake()


def posted(slack: FakeSlack, group: Room) -> Message:
    """The week's post, when its picture has come too: no later message is taken for an answer."""
    assert slack.bell.wait(lambda: slack.posts, 5)
    assert slack.bell.wait(lambda: [one for one in group.messages if one.files], 5)
    return slack.posts[0]


def thursday_comes(bot: Bot) -> None:
    """The day on which owners are asked, before the digest of the meeting of 18 June."""
    bot.clock.move(timedelta(days=3))
    monday_comes(bot)


@BOTH_STORES
def test_the_week_is_posted_in_the_channel_on_monday_once(
    bot: Bot, slack: FakeSlack, group: Room
) -> None:
    monday_comes(bot)
    assert slack.bell.wait(lambda: slack.posts, 5)
    monday_comes(bot)
    post = slack.posts[0]
    assert post.channel == group.channel_id
    assert "Farsta lokala beredningsgrupp" in post.plain
    assert "tis 18 juni 13.00" in post.plain
    said = [one for one in group.messages if not one.files]
    assert len(said) == 1


@BOTH_STORES
def test_a_week_whose_answer_was_lost_is_looked_up_and_not_posted_twice(
    bot: Bot, slack: FakeSlack, group: Room
) -> None:
    slack.trouble.append(Trouble.DROP)
    monday_comes(bot)

    def settled() -> bool:
        bot.clock.move(timedelta(seconds=30))
        bot.courier.wake()
        with bot.database.read() as session:
            sent = select(Delivery).where(Delivery.platform == "slack")
            states = {row.state for row in session.scalars(sent)}
        return states == {DeliveryState.SENT}

    assert slack.bell.wait(settled, 10)
    assert len(slack.posts) == 1


def test_the_buttons_below_the_week_answer_one_person_and_leave_the_post(
    bot: Bot, slack: FakeSlack, group: Room, maja: Person
) -> None:
    monday_comes(bot)
    post = posted(slack, group)
    before = post.plain
    form = maja.presses("Rapportera mina", post).view
    answers = {"Åtgärd": "FAR-011 Fältarbete Larsboda", "Hur går det?": "● Pågår"}
    confirmed = maja.fills(form, answers).submit().message
    assert confirmed.ephemeral
    assert "FAR-011 är uppdaterad" in confirmed.plain
    assert post.plain == before


def test_a_row_of_the_weeks_table_is_chosen_below_it_and_acted_on_in_its_card(
    bot: Bot, slack: FakeSlack, group: Room, maja: Person
) -> None:
    monday_comes(bot)
    post = posted(slack, group)
    card = maja.chooses("Öppna en åtgärd", "FAR-011 Fältarbete Larsboda", post).message
    assert card.ephemeral
    again = maja.chooses("Öppna en åtgärd", "FAR-011 Fältarbete Larsboda", post).message
    assert "Välj en gång till" in again.plain, "Slack has taken the choice back"
    card = maja.chooses("Öppna en åtgärd", "FAR-011 Fältarbete Larsboda", post).message
    form = maja.presses("Rapportera", card).view
    assert "FAR-011 är uppdaterad" in maja.fills(form, {"Hur går det?": "● Pågår"}).submit().text
    taken = maja.presses("Ta över", post).view
    assert "FAR-006" in str(taken.payload)
    meeting = maja.presses("Visa mötet", post).message
    assert "Farsta lokala beredningsgrupp" in meeting.plain


def dms(slack: FakeSlack, person: Person) -> list[Message]:
    """What the bot has written to somebody directly."""
    return [post for post in slack.posts if post.channel == person.dm.channel_id]


def test_an_owner_is_asked_in_a_direct_message_and_answers_with_a_button(
    bot: Bot, slack: FakeSlack, group: Room, jonas: Person
) -> None:
    jonas.command("/samverkan", "min roll", group)
    thursday_comes(bot)

    def asked() -> list[Message]:
        """What Jonas is asked about the one measure of his that has been silent."""
        return [post for post in dms(slack, jonas) if "FAR-013" in post.plain]

    assert slack.bell.wait(asked, 8)
    (question,) = asked()
    form = jonas.presses("checkin.delayed", question).view
    done = jonas.fills(form, {form.labels[0]: "Ingen har svarat"}).submit()
    assert "FAR-013 är uppdaterad" in done.message.plain
    assert "Försenad" in done.message.plain
    assert "FAR-013" in question.plain


def test_not_now_asks_again_a_week_later(
    bot: Bot, slack: FakeSlack, group: Room, jonas: Person
) -> None:
    jonas.command("/samverkan", "min roll", group)
    thursday_comes(bot)
    assert slack.bell.wait(lambda: any("FAR-013" in post.plain for post in dms(slack, jonas)), 8)
    question = next(post for post in dms(slack, jonas) if "FAR-013" in post.plain)
    form = jonas.presses("checkin.later", question).view
    assert "torsdag 20 juni" in jonas.fills(form, {}).submit().message.plain


def test_all_of_the_weeks_measures_are_answered_in_one_form(
    bot: Bot, slack: FakeSlack, group: Room, jonas: Person, maja: Person
) -> None:
    with bot.database.write() as session:
        person = session.scalars(select(Member).where(Member.name == "Jonas Lindmark")).one()
        for measure in session.scalars(select(Measure).where(Measure.owner_id == person.id)):
            measure.cadence_days = 1
    jonas.command("/samverkan", "min roll", group)
    thursday_comes(bot)
    assert slack.bell.wait(lambda: any("FAR-013" in post.plain for post in dms(slack, jonas)), 8)
    question = next(post for post in dms(slack, jonas) if "FAR-013" in post.plain)
    form = jonas.presses("checkin.week", question).view
    status = next(label for label in form.labels if label.startswith("FAR-013"))
    unsaid = jonas.fills(form, {status: "▲ Försenad"}).submit()
    assert "Skriv vad som hindrar." in str(unsaid.errors)
    answers = {status: "▲ Försenad", "Några ord om FAR-013": "Ingen har svarat"}
    maja.command("/samverkan", "rapportera FAR-013 klar", group)
    asked = jonas.fills(form, answers).submit().view
    assert "rapporterades som klar den 13 juni. Öppna igen?" in str(asked.blocks)
    done = jonas.fills(asked, {}).submit()
    assert "1 åtgärd är uppdaterad" in done.message.plain
    assert "Ingen har svarat" in done.message.plain


def test_the_week_asked_for_is_the_askers_alone_until_it_is_shared(
    maja: Person, bot: Bot, farsta: Room
) -> None:
    seen = maja.command("/samverkan", "veckan Farsta", farsta)
    assert seen.message.ephemeral
    assert "Farsta lokala beredningsgrupp" in seen.text
    shared = maja.presses("Dela i kanalen", seen.message).message
    assert not shared.ephemeral
