"""What people do in the fake reaches the app as from Slack, and its answers reach them."""

from datetime import date

import pytest
from slack_sdk.webhook import WebhookClient

from tests.slack.fake import FakeSlack, Person, Room
from tests.slack.finding import NotThere
from tests.slack.forms import FormIncomplete
from tests.slack.records import Json, Message, View
from tests.slack.seen import NothingSeen
from tests.slack.stub_app import Reply, StubApp
from tests.slack.test_payloads import (
    actions,
    asks,
    button,
    home,
    message,
    modal,
    option,
    plain,
    section,
    select,
)

REPORT = modal(
    asks(select(), block_id="status"),
    {
        **asks({"type": "plain_text_input", "action_id": "words", "max_length": 20}),
        "label": plain("Kommentar"),
        "block_id": "comment",
        "optional": True,
    },
)


def opens(app: StubApp, view: Json, person: Person) -> View:
    """A form that the app opens when the person types the command."""

    def answer(payload: Json) -> Reply:
        app.client.views_open(trigger_id=payload["trigger_id"], view=view)
        return Reply()

    app.answers = answer
    found = person.command("/samverkan", "rapportera").view
    app.answers = lambda _: Reply()
    return found


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


def test_a_form_is_filled_in_by_labels_and_submitted(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    done = maja.fills(form, {"Status": "klar", "Kommentar": "Montage v. 32"}).submit()
    assert done.closed
    view = app.heard[-1].payload["view"]
    values = view["state"]["values"]
    assert values["status"]["status"]["selected_option"] == option("klar")
    assert values["comment"]["words"] == {"type": "plain_text_input", "value": "Montage v. 32"}
    assert (view["id"], view["callback_id"]) == (form.view_id, "report")


def test_a_field_that_was_not_touched_is_told_as_empty(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    maja.fills(form, {"Status": "pågår"}).submit()
    values = app.heard[-1].payload["view"]["state"]["values"]
    assert values["comment"]["words"]["value"] is None


def test_a_form_with_a_required_field_empty_is_not_submitted(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    heard = len(app.heard)
    with pytest.raises(FormIncomplete) as refused:
        maja.fills(form, {"Kommentar": "x" * 21}).submit()
    assert set(refused.value.labels) == {"Status", "Kommentar"}
    assert len(app.heard) == heard


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5"),
        ({"type": "number_input", "is_decimal_allowed": True}, "många"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "100"}, "101"),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "0"}, "-1"),
        ({"type": "email_text_input"}, "maja"),
        ({"type": "url_text_input"}, "www"),
        ({"type": "plain_text_input", "min_length": 3}, "ab"),
        ({"type": "plain_text_input"}, "två\nrader"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"]),
    ],
)
def test_slacks_own_client_holds_each_field_to_its_limits(
    app: StubApp, maja: Person, element: Json, value: object
) -> None:
    form = opens(app, modal(asks({**element, "action_id": "a"})), maja)
    with pytest.raises(FormIncomplete):
        maja.fills(form, {"Status": value}).submit()


@pytest.mark.parametrize(
    ("element", "value", "held"),
    [
        ({"type": "datepicker"}, date(2024, 6, 10), {"selected_date": "2024-06-10"}),
        ({"type": "timepicker"}, "08:00", {"selected_time": "08:00"}),
        ({"type": "datetimepicker"}, 1718000000, {"selected_date_time": 1718000000}),
        ({"type": "number_input", "is_decimal_allowed": False}, 40, {"value": "40"}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "multi_users_select"}, ["U1"], {"selected_users": ["U1"]}),
        ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
        (
            {"type": "checkboxes", "options": [option("a"), option("b")]},
            ["a", "b"],
            {"selected_options": [option("a"), option("b")]},
        ),
        (
            {"type": "radio_buttons", "options": [option("ja"), option("nej")]},
            "ja",
            {"selected_option": option("ja")},
        ),
    ],
)
def test_each_kind_of_field_is_told_in_slacks_words(
    app: StubApp, maja: Person, element: Json, value: object, held: Json
) -> None:
    form = opens(app, modal(asks({**element, "action_id": "a"}, block_id="b")), maja)
    maja.fills(form, {"Status": value}).submit()
    values = app.heard[-1].payload["view"]["state"]["values"]
    assert values["b"]["a"] == {"type": element["type"], **held}


def test_errors_keep_the_form_open_until_they_are_mended(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    errors = {"comment": "Skriv vad som hindrar."}
    app.answers = lambda _: Reply({"response_action": "errors", "errors": errors})
    done = maja.fills(form, {"Status": "klar"}).submit()
    assert (done.errors, done.closed) == (errors, False)
    app.answers = lambda _: Reply()
    assert maja.fills(form, {"Status": "klar"}).submit().closed


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"comment": ""}},
        {"response_action": "close"},
        {"text": "Tack"},
        "Tack",
    ],
)
def test_an_odd_answer_to_a_form_is_a_fault(app: StubApp, maja: Person, answer: object) -> None:
    form = opens(app, REPORT, maja)
    app.answers = lambda _: Reply(answer)
    assert not maja.fills(form, {"Status": "klar"}).submit().closed
    assert app.slack.faults.pop().kind == "invalid_response"


def test_a_form_may_change_into_another_or_lay_one_on_top(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    second = modal(asks(select(), block_id="status"), title=plain("Två"))
    app.answers = lambda _: Reply({"response_action": "update", "view": second})
    done = maja.fills(form, {"Status": "klar"}).submit()
    assert (done.view.view_id, done.view.title) == (form.view_id, "Två")
    app.answers = lambda _: Reply({"response_action": "push", "view": REPORT})
    top = maja.fills(form, {"Status": "klar"}).submit().view
    assert (top.previous, top.root) == (form.view_id, form.view_id)
    app.answers = lambda _: Reply({"response_action": "clear"})
    assert maja.fills(top, {"Status": "klar"}).submit().closed
    assert not form.open


def test_a_trigger_opens_one_form_within_three_seconds(app: StubApp, maja: Person) -> None:
    maja.command("/samverkan")
    maja.command("/samverkan")
    first, second = (heard.payload["trigger_id"] for heard in app.heard)

    def opened(trigger: str) -> object:
        args = {"trigger_id": trigger, "view": REPORT}
        return app.client.api_call("views.open", json=args).get("error")

    app.client.api_call("views.open", json={"trigger_id": first, "view": REPORT})
    for trigger, refusal in (
        (first, "exchanged_trigger_id"),
        (second, "expired_trigger_id"),
        ("x", "invalid_trigger_id"),
    ):
        app.slack.advance(seconds=3.1)
        with pytest.raises(Exception, match=refusal):
            opened(trigger)


def test_three_forms_may_lie_on_top_of_each_other(app: StubApp, maja: Person) -> None:
    form = opens(app, modal(section(), actions(button("Mer"))), maja)

    def push(payload: Json) -> Reply:
        app.client.views_push(trigger_id=payload["trigger_id"], view=form.payload)
        return Reply()

    app.answers = push
    maja.presses("Mer", form)
    maja.presses("Mer", form)
    with pytest.raises(Exception, match="push_limit_reached"):
        app.client.views_push(trigger_id=trigger_of(app, maja), view=form.payload)


def trigger_of(app: StubApp, person: Person) -> str:
    app.answers = lambda _: Reply()
    person.command("/samverkan")
    return str(app.heard[-1].payload["trigger_id"])


def test_a_form_is_updated_while_it_is_the_one_that_was_read(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    stale = form.hash
    app.client.views_update(view_id=form.view_id, view=REPORT, hash=stale)
    with pytest.raises(Exception, match="hash_conflict"):
        app.client.views_update(view_id=form.view_id, view=REPORT, hash=stale)
    maja.closes(form)
    with pytest.raises(Exception, match="not_found"):
        app.client.views_update(view_id=form.view_id, view=REPORT)


def test_a_closed_form_is_told_of_only_to_an_app_that_asked(app: StubApp, maja: Person) -> None:
    maja.closes(opens(app, REPORT, maja))
    assert len(app.heard) == 1
    maja.closes(opens(app, {**REPORT, "notify_on_close": True}, maja))
    assert app.heard[-1].payload["type"] == "view_closed"


def test_a_long_choice_asks_the_app_for_its_options(app: StubApp, maja: Person) -> None:
    choice = {"type": "external_select", "action_id": "measure", "min_query_length": 2}
    form = opens(app, modal(asks(choice, block_id="b")), maja)
    app.answers = lambda _: Reply({"options": [option("FAR-014 Belysning", "FAR-014")]})
    assert maja.looks_for("Status", "FAR", form) == ["FAR-014 Belysning"]
    asked = app.heard[-1].payload
    assert (asked["type"], asked["value"]) == ("block_suggestion", "FAR")
    assert maja.looks_for("Status", "F", form) == []
    chosen = maja.fills(form, {"Status": "FAR-014"})
    app.answers = lambda _: Reply()
    assert chosen.submit().closed
    app.answers = lambda _: Reply({"options": []})
    with pytest.raises(NotThere):
        maja.fills(form, {"Status": "SOD-001"})


def test_more_than_a_hundred_options_are_a_fault(app: StubApp, maja: Person) -> None:
    form = opens(app, modal(asks({"type": "external_select", "action_id": "m"})), maja)
    app.answers = lambda _: Reply({"options": [option(str(n)) for n in range(101)]})
    assert maja.looks_for("Status", "FAR", form) == []
    assert app.slack.faults.pop().kind == "invalid_options"


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
