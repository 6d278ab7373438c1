"""Each way that a reply goes back on Slack, with the replies written by the test."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.requests import (
    ButtonPressed,
    Command,
    FormSubmitted,
    HomeOpened,
    PlaceKind,
)
from handlers.router import Answer
from models.delivery.outbox import Delivery
from models.message import (
    Actions,
    Audience,
    FieldErrors,
    Heading,
    Link,
    Message,
    PersonField,
    Text,
)
from tests.bot.slack.scripted import (
    FORM,
    Script,
    bot,
    linked,
    say,
    script,
    with_button,
)
from tests.conversations.slack_stage import Bot
from tests.slack.fake import FakeSlack, Person, Room
from tests.slack.shapes import event_envelope

__all__ = ["bot", "linked", "script"]

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.mark.usefixtures("bot")
def test_the_answer_to_a_command_is_the_response_and_only_the_asker_sees_it(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    seen = maja.command("/samverkan", "vem Farsta", channel)
    assert seen.message.ephemeral
    assert seen.message.plain == "Hej"
    asked = script.asked[0]
    assert isinstance(asked, Command)
    assert asked.line == "vem Farsta"
    assert asked.who.email == "maja.ekvall@stockholm.example"
    assert [call.method for call in slack.calls] == ["auth.test", "users.info"]


@pytest.mark.usefixtures("bot")
def test_what_everyone_may_see_is_posted_in_the_channel(
    script: Script, maja: Person, channel: Room
) -> None:
    script.says(say("Till alla", audience=Audience.EVERYONE))
    assert not maja.command("/samverkan", "veckan", channel).message.ephemeral


@pytest.mark.usefixtures("bot")
def test_an_answer_of_several_pages_follows_in_order(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    parts = tuple(Text(text=f"{number} " + "ord " * 700) for number in range(5))
    script.says(Message(summary="Långt", parts=parts))
    seen = maja.command("/samverkan", "hjälp", channel)
    assert seen.reply(number=2).text == "Långt (2/2)"
    assert all(message.ephemeral for message in seen.messages)
    assert slack.ephemerals


@pytest.mark.usefixtures("bot")
def test_a_form_opens_at_once_and_its_confirmation_comes_where_it_was_opened(
    script: Script, maja: Person, channel: Room
) -> None:
    script.says(FORM, say("Sparat"))
    form = maja.command("/samverkan", "rapportera", channel).view
    done = maja.fills(form, {"Kommentar": "Montage v. 32"}).submit()
    assert done.closed
    assert done.message.plain == "Sparat"
    assert (done.message.ephemeral, done.message.channel) == (True, channel.channel_id)
    sent = script.asked[1]
    assert isinstance(sent, FormSubmitted)
    assert sent.values == {"comment": "Montage v. 32"}
    assert (sent.form, sent.state) == ("report", "FAR-014")


@pytest.mark.usefixtures("bot")
def test_errors_stand_beside_their_fields_and_the_form_stays_open(
    script: Script, maja: Person, channel: Room
) -> None:
    script.says(FORM, FieldErrors(errors={"comment": "För kort", "": "Och mer"}), say("Sparat"))
    form = maja.command("/samverkan", "rapportera", channel).view
    done = maja.fills(form, {"Kommentar": "x"}).submit()
    assert not done.closed
    assert done.errors == {"comment": "För kort Och mer"}
    assert maja.fills(form, {"Kommentar": "längre"}).submit().closed


@pytest.mark.usefixtures("bot")
def test_a_form_that_could_not_be_saved_stays_open_with_what_was_typed(
    script: Script, maja: Person, channel: Room
) -> None:
    script.says(FORM, Answer(say("Databasen svarar inte."), failed=True))
    form = maja.command("/samverkan", "rapportera", channel).view
    done = maja.fills(form, {"Kommentar": "x"}).submit()
    assert done.errors == {"comment": "Databasen svarar inte."}


@pytest.mark.usefixtures("bot")
def test_a_form_may_lead_to_another_form(script: Script, maja: Person, channel: Room) -> None:
    second = FORM.model_copy(update={"name": "next", "title": "Ett till"})
    script.says(FORM, second, say("Sparat"))
    form = maja.command("/samverkan", "rapportera", channel).view
    done = maja.fills(form, {"Kommentar": "x"}).submit()
    assert done.view is not None
    assert done.view.title == "Ett till"


@pytest.mark.usefixtures("bot")
def test_a_button_answers_beside_the_message_or_in_its_place(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    script.says(with_button("Sparat"), say("Beside"), say("Ångrat", replaces=True))
    maja.command("/samverkan", "rapportera FAR-014 klar", channel)
    message = slack.ephemerals[-1]
    assert maja.presses("Ångra", message).message.plain == "Beside"
    maja.presses("Ångra", message)
    assert message.plain == "Ångrat"
    pressed = script.asked[-1]
    assert isinstance(pressed, ButtonPressed)
    assert (pressed.action, pressed.value) == ("undo", "7")


@pytest.mark.usefixtures("bot")
def test_a_shared_answer_is_posted_for_everyone_and_the_first_stays(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    script.says(with_button("Svar", "share"), say("Delat", audience=Audience.EVERYONE))
    maja.command("/samverkan", "vem Farsta", channel)
    shared = maja.presses("share", slack.ephemerals[-1]).message
    assert (shared.plain, shared.ephemeral) == ("Delat", False)
    assert slack.ephemerals[0].plain.startswith("Svar")


@pytest.mark.usefixtures("bot")
def test_a_link_is_opened_by_slack_and_asks_us_nothing(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    link = Link(label="Öppna sidan", url="https://samverkan.example/")
    script.says(Message(summary="Se", parts=(Actions(buttons=(link, link)),)))
    maja.command("/samverkan", "hjälp", channel)
    assert maja.presses("link:2", slack.ephemerals[-1]).status == 200
    assert len(script.asked) == 1


@pytest.mark.usefixtures("bot")
def test_the_confirmation_of_a_form_leaves_the_message_with_its_other_buttons(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    script.says(with_button("Hur går det?"), FORM, say("Tack", replaces=True))
    maja.command("/samverkan", "x", channel)
    question = slack.ephemerals[-1]
    form = maja.presses("Ångra", question).view
    assert maja.fills(form, {"Kommentar": "bra"}).submit().message.plain == "Tack"
    assert question.plain.startswith("Hur går det?")


@pytest.mark.usefixtures("bot")
def test_an_answer_stands_beside_what_is_worth_keeping_and_never_in_its_place(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    digest = with_button("Inför mötet").model_copy(update={"lasting": True})
    script.says(digest, say("Noterat: du kommer.", replaces=True))
    maja.command("/samverkan", "veckan Farsta", channel)
    told = slack.ephemerals[-1]
    assert maja.presses("Ångra", told).message.plain == "Noterat: du kommer."
    assert told.plain.startswith("Inför mötet")


@pytest.mark.usefixtures("bot")
def test_nobody_replaces_what_a_whole_channel_sees(
    script: Script, maja: Person, channel: Room
) -> None:
    everyone = with_button("Veckan").model_copy(update={"audience": Audience.EVERYONE})
    script.says(everyone, say("Mitt", replaces=True))
    post = maja.command("/samverkan", "x", channel).message
    beside = maja.presses("Ångra", post).message
    assert (beside.plain, beside.ephemeral) == ("Mitt", True)
    assert post.plain.startswith("Veckan")


def test_a_direct_message_is_answered_by_a_delivery_once_for_each_event(
    bot: Bot, slack: FakeSlack, maja: Person
) -> None:
    assert maja.writes_dm("vem Farsta").reply().plain == "Hej"
    with bot.database.read() as session:
        deliveries = session.scalars(select(Delivery)).all()
    assert [row.purpose for row in deliveries] == ["reply"]
    assert deliveries[0].key.startswith("reply:event:Ev")
    assert len(slack.posts) == 1


@pytest.mark.usefixtures("bot")
def test_a_direct_message_in_a_thread_is_answered_in_that_thread(
    slack: FakeSlack, maja: Person
) -> None:
    first = maja.writes_dm("vem Farsta").reply()
    event = {**slack.deliveries[0].payload["event"], "thread_ts": first.ts, "text": "och Bromma"}
    slack.courier.send_event(event_envelope(slack, slack.workspace, event))
    assert slack.bell.wait(lambda: len(slack.posts) == 2, 3)
    assert slack.posts[1].thread_ts == first.ts


@pytest.mark.usefixtures("bot")
def test_an_event_that_comes_twice_is_answered_once(
    slack: FakeSlack, maja: Person, channel: Room
) -> None:
    maja.writes_dm("vem Farsta").reply()
    maja.mentions_bot(channel, "vem Farsta").reply()
    for delivery in list(slack.deliveries):
        slack.courier.send_event(delivery.payload)
    maja.writes_dm("och sedan").reply()
    assert len(slack.posts) == 2
    assert len(slack.ephemerals) == 1


@pytest.mark.usefixtures("bot")
def test_a_form_asked_for_in_a_direct_message_is_offered_as_a_button(
    script: Script, maja: Person
) -> None:
    script.says(FORM)
    offer = maja.writes_dm("rapportera FAR-014").reply()
    form = maja.presses("Öppna formuläret", offer).view
    assert form.title == "Rapportera"
    again = script.asked[-1]
    assert isinstance(again, ButtonPressed)
    assert (again.action, again.value) == ("say", "rapportera FAR-014")


def test_a_refused_text_is_answered_and_kept_nowhere(
    bot: Bot, script: Script, maja: Person
) -> None:
    script.says(Answer(say("Inget sparat: 811228-9874"), refused=True))
    assert maja.writes_dm("811228-9874").reply().plain.startswith("Inget sparat")
    with bot.database.read() as session:
        assert session.scalars(select(Delivery)).all() == []


@pytest.mark.usefixtures("bot")
def test_an_event_that_failed_is_sent_again_by_slack_and_answered_then(
    slack: FakeSlack, script: Script, maja: Person
) -> None:
    script.says(Answer(say("Borta"), failed=True), say("Nu går det"))
    seen = maja.writes_dm("vem Farsta")
    assert seen.reply().plain == "Nu går det"
    told = [one.status for one in slack.deliveries]
    assert told[:2] == [503, 200]
    assert len(slack.posts) == 1
    slack.faults.clear()


@pytest.mark.usefixtures("bot")
def test_a_mention_is_answered_to_the_asker_alone(maja: Person, channel: Room) -> None:
    reply = maja.mentions_bot(channel, "vem Farsta").reply()
    assert reply.ephemeral
    assert reply.plain == "Hej"


@pytest.mark.usefixtures("bot")
def test_the_home_is_published_when_it_is_opened(script: Script, maja: Person) -> None:
    script.says(Message(summary="Hem", parts=(Heading(text="God morgon, Maja"),)))
    assert "God morgon, Maja" in maja.opens_home().home.plain
    assert isinstance(script.asked[-1], HomeOpened)


@pytest.mark.usefixtures("bot")
def test_a_button_in_the_home_is_answered_in_the_direct_messages(
    slack: FakeSlack, script: Script, maja: Person
) -> None:
    script.says(with_button("Hem"), say("Din roll"), with_button("Nytt hem"))
    home = maja.opens_home().home
    seen = maja.presses("Ångra", home)
    assert seen.reply().plain == "Din roll"
    assert slack.posts[-1].channel == maja.dm.channel_id
    assert slack.bell.wait(lambda: "Nytt hem" in slack.homes[maja.user_id].plain, 3)


@pytest.mark.usefixtures("bot")
def test_a_form_from_the_home_is_confirmed_directly_and_the_home_is_renewed(
    slack: FakeSlack, script: Script, maja: Person
) -> None:
    script.says(with_button("Hem"), FORM, say("Sparat"), with_button("Nytt hem"))
    form = maja.presses("Ångra", maja.opens_home().home).view
    done = maja.fills(form, {"Kommentar": "bra"}).submit()
    assert done.reply().plain == "Sparat"
    assert slack.bell.wait(lambda: "Nytt hem" in slack.homes[maja.user_id].plain, 3)
    assert script.asked[2].where.kind is PlaceKind.HOME


@pytest.mark.usefixtures("bot")
def test_the_messages_tab_suggests_questions(slack: FakeSlack, maja: Person) -> None:
    maja.opens_messages_tab()
    assert slack.bell.wait(lambda: slack.prompts, 3)


@pytest.mark.usefixtures("bot")
def test_the_shortcut_on_a_message_opens_a_form_with_what_it_says(
    script: Script, maja: Person, johan: Person, channel: Room
) -> None:
    script.says(FORM)
    message = johan.writes(channel, "Belysningen är beställd & klar")
    assert maja.uses_shortcut("report", message).view.title == "Rapportera"
    asked = script.asked[-1]
    assert isinstance(asked, Command)
    assert asked.quoted == "Belysningen är beställd & klar"


@pytest.mark.usefixtures("bot")
def test_a_person_field_offers_nothing_to_a_stranger(
    script: Script, maja: Person, channel: Room
) -> None:
    script.says(FORM.model_copy(update={"fields": (PersonField(name="owner", label="Ägare"),)}))
    form = maja.command("/samverkan", "x", channel).view
    assert maja.looks_for("Ägare", "kar", form) == []
