"""What people do in the fake reaches the app as from Slack, and its answers reach them."""

import pytest
from slack_sdk.webhook import WebhookClient

from tests.slack.fake import FakeSlack, Person, Room
from tests.slack.finding import NotThere
from tests.slack.records import Json, Message
from tests.slack.seen import NothingSeen
from tests.slack.stub_app import Reply, StubApp
from tests.slack.test_payloads import (
    actions,
    button,
    home,
    message,
    option,
    section,
    select,
)


def posted(app: StubApp, channel: Room, payload: Json) -> Message:
    app.client.chat_postMessage(channel=channel.channel_id, **payload)
    return app.slack.posts[-1]


def responds(payload: Json, answer: Json) -> Reply:
    """Answer by response_url, as slack_sdk does."""
    sent = WebhookClient(payload["response_url"], retry_handlers=[]).send_dict(answer)
    assert sent.body == "ok"
    return Reply()


def test_a_command_is_answered_to_the_one_who_typed_it(
    app: StubApp, maja: Person, channel: Room
) -> None:
    app.answers = lambda _: Reply(message(section("Farsta: Sofia Åberg")))
    seen = maja.command("/samverkan", "vem Farsta", channel)
    assert seen.text == "Farsta: Sofia Åberg"
    assert seen.message.to == maja.user_id
    heard = app.heard[0].payload
    assert (heard["command"], heard["text"]) == ("/samverkan", "vem Farsta")
    assert (heard["channel_id"], heard["user_id"]) == (channel.channel_id, maja.user_id)


def test_an_answer_in_the_channel_is_seen_by_the_others_too(
    app: StubApp, maja: Person, channel: Room
) -> None:
    app.answers = lambda _: Reply(message(section()) | {"response_type": "in_channel"})
    seen = maja.command("/samverkan", "vem Farsta", channel)
    assert seen.message in app.slack.posts
    assert not app.slack.ephemerals


def test_a_command_answered_too_late_is_a_timeout_that_the_member_sees(
    app: StubApp, maja: Person
) -> None:
    app.slack.courier.patience = 0.2
    app.answers = lambda _: Reply(message(section()), after=0.5)
    seen = maja.command("/samverkan")
    assert seen.error == "operation_timeout"
    assert not seen.messages
    assert app.slack.faults.pop().kind == "operation_timeout"


def test_an_answer_that_slack_would_refuse_reaches_nobody(app: StubApp, maja: Person) -> None:
    app.answers = lambda _: Reply(message(actions()))
    assert maja.command("/samverkan").error == "invalid_blocks"
    assert app.slack.faults.pop().kind == "invalid_blocks"


def test_a_button_is_found_by_its_label_and_pressed(
    app: StubApp, maja: Person, channel: Room
) -> None:
    on = posted(app, channel, message(section(), actions(button("Klar", value="FAR-014"))))
    maja.presses("Klar", on)
    heard = app.heard[0].payload
    assert heard["container"]["message_ts"] == heard["message"]["ts"] == on.ts
    assert heard["actions"][0]["value"] == "FAR-014"
    assert heard["actions"][0]["block_id"] == on.blocks[1]["block_id"]
    with pytest.raises(NotThere, match="Klar"):
        maja.presses("Försenad", on)


def test_one_of_several_buttons_with_the_same_label_is_pressed_by_its_number(
    app: StubApp, maja: Person, channel: Room
) -> None:
    rows = [actions(button("Rapportera", value=value)) for value in ("FAR-011", "FAR-014")]
    on = posted(app, channel, message(*rows))
    with pytest.raises(NotThere, match="2 times"):
        maja.presses("Rapportera", on)
    maja.presses("Rapportera", on, 2)
    assert app.heard[0].payload["actions"][0]["value"] == "FAR-014"


def test_a_press_on_what_one_person_sees_tells_no_message(app: StubApp, maja: Person) -> None:
    app.answers = lambda _: Reply(message(actions(button("Dela"))))
    seen = maja.command("/samverkan")
    app.answers = lambda _: Reply()
    maja.presses("Dela", seen.message)
    heard = app.heard[-1].payload
    assert heard["container"]["is_ephemeral"]
    assert "message" not in heard


def test_a_message_may_be_replaced_and_taken_away_by_response_url(
    app: StubApp, maja: Person, channel: Room
) -> None:
    on = posted(app, channel, message(actions(button("Klar"))))
    app.answers = lambda payload: responds(payload, {"text": "Tack", "replace_original": True})
    assert maja.presses("Klar", on).message is on
    assert (on.text, on.buttons) == ("Tack", [])
    on = posted(app, channel, message(actions(button("Klar"))))
    app.answers = lambda payload: responds(payload, {"delete_original": True})
    maja.presses("Klar", on)
    assert on.deleted
    with pytest.raises(NotThere):
        maja.presses("Klar", on)


def test_a_response_url_answers_to_one_person_unless_told_otherwise(
    app: StubApp, maja: Person, channel: Room
) -> None:
    app.answers = lambda payload: responds(payload, {"text": "Tack"})
    assert maja.command("/samverkan", "", channel).message.ephemeral
    app.answers = lambda payload: responds(payload, {"text": "A", "response_type": "in_channel"})
    assert not maja.command("/samverkan", "", channel).message.ephemeral


def test_a_response_url_holds_five_times_and_thirty_minutes(app: StubApp, maja: Person) -> None:
    maja.command("/samverkan")
    used = WebhookClient(app.heard[0].payload["response_url"], retry_handlers=[])
    assert [used.send(text="Hej").status_code for _ in range(6)] == [200] * 5 + [404]
    maja.command("/samverkan")
    app.slack.advance(minutes=31)
    old = WebhookClient(app.heard[1].payload["response_url"], retry_handlers=[])
    assert "expired_url" in old.send(text="Hej").body
    assert [fault.kind for fault in app.slack.faults] == ["used_url", "expired_url"]
    app.slack.faults.clear()


def test_a_body_in_answer_to_a_press_is_seen_by_nobody(
    app: StubApp, maja: Person, channel: Room
) -> None:
    on = posted(app, channel, message(actions(button("Klar"))))
    app.answers = lambda _: Reply(message(section()))
    assert not maja.presses("Klar", on).messages
    assert app.slack.faults.pop().kind == "answer_ignored"


def test_a_choice_in_a_message_is_told_with_its_state(
    app: StubApp, maja: Person, channel: Room
) -> None:
    on = posted(app, channel, message(actions(select(), block_id="b")))
    maja.chooses("status", "klar", on)
    heard = app.heard[0].payload
    assert heard["actions"][0]["selected_option"] == option("klar")
    assert heard["state"]["values"]["b"]["status"]["selected_option"] == option("klar")


def test_a_shortcut_on_a_message_brings_the_message(
    app: StubApp, maja: Person, johan: Person, channel: Room
) -> None:
    said = johan.writes(channel, "Belysningen vid torget är trasig")
    maja.uses_shortcut("report", said)
    heard = app.heard[0].payload
    assert (heard["type"], heard["callback_id"]) == ("message_action", "report")
    assert heard["message"]["text"] == said.text
    maja.uses_shortcut("new")
    assert app.heard[1].payload["type"] == "shortcut"


def test_a_direct_message_is_answered_and_the_answer_waited_for(app: StubApp, maja: Person) -> None:
    def answer(payload: Json) -> Reply:
        event = payload["event"]
        if "bot_id" not in event:
            app.client.chat_postMessage(channel=event["channel"], text=f"Du: {event['text']}")
        return Reply()

    app.answers = answer
    assert maja.writes_dm("vem Farsta").reply().text == "Du: vem Farsta"
    event = app.heard[0].payload
    assert event["authorizations"][0]["user_id"] == app.slack.workspace.bot_user_id
    assert event["event"]["channel_type"] == "im"


def test_a_direct_message_that_was_edited_is_told_with_old_and_new(
    app: StubApp, maja: Person
) -> None:
    maja.writes_dm("vem Fasta")
    maja.edits(maja.dm.messages[0], "vem Farsta")
    event = app.heard[1].payload["event"]
    assert event["subtype"] == "message_changed"
    assert (event["previous_message"]["text"], event["message"]["text"]) == (
        "vem Fasta",
        "vem Farsta",
    )


def test_a_mention_is_heard_only_where_the_bot_is(
    app: StubApp, maja: Person, channel: Room
) -> None:
    maja.mentions_bot(channel, "vem Farsta")
    event = app.heard[0].payload["event"]
    assert event["text"] == f"<@{app.slack.workspace.bot_user_id}> vem Farsta"
    maja.mentions_bot(app.slack.channel("öppen", [maja], with_bot=False), "vem Farsta")
    assert len(app.heard) == 1


def test_a_home_is_opened_published_and_told_of_the_next_time(app: StubApp, maja: Person) -> None:
    def answer(payload: Json) -> Reply:
        user = payload["event"]["user"]
        app.client.views_publish(user_id=user, view=home(section("Mina uppdrag")))
        return Reply()

    app.answers = answer
    shown = maja.opens_home().home
    assert "Mina uppdrag" in shown.plain
    maja.opens_home()
    assert app.heard[1].payload["event"]["view"]["id"] == shown.view_id


def test_the_assistants_two_ways_in_are_told(app: StubApp, maja: Person) -> None:
    maja.opens_messages_tab()
    maja.starts_assistant_thread()
    first, second = (heard.payload["event"] for heard in app.heard)
    assert (first["type"], first["tab"]) == ("app_home_opened", "messages")
    assert second["assistant_thread"]["channel_id"] == maja.dm.channel_id


def test_a_wait_for_what_does_not_come_ends_with_a_sentence(
    app: StubApp, slack: FakeSlack, maja: Person
) -> None:
    with pytest.raises(NothingSeen, match="no message 1"):
        maja.command("/samverkan").reply(within=0.05)
