"""Retries of events, Socket Mode, and what Slack's own libraries make of the payloads."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.slack.fake import FakeSlack, Person, Room
from tests.slack.records import Json
from tests.slack.stub_app import Reply, StubApp
from tests.slack.test_payloads import actions, asks, button, message, modal, select


def test_an_event_is_sent_again_at_once_after_a_minute_and_after_five(
    app: StubApp, maja: Person
) -> None:
    app.answers = lambda _: Reply(status=500)
    maja.writes_dm("vem Farsta")
    assert len(app.heard) == 2
    app.slack.advance(seconds=59)
    assert len(app.heard) == 2
    app.slack.advance(seconds=2)
    app.slack.advance(minutes=5)
    tries = [heard.headers.get("X-Slack-Retry-Num") for heard in app.heard]
    assert tries == [None, "1", "2", "3"]
    assert app.heard[1].headers["X-Slack-Retry-Reason"] == "http_error"
    assert len({heard.payload["event_id"] for heard in app.heard}) == 1
    assert app.slack.faults.pop().kind == "event_lost"


def test_an_event_that_was_taken_is_not_sent_again(app: StubApp, maja: Person) -> None:
    maja.writes_dm("vem Farsta")
    app.slack.advance(minutes=10)
    assert len(app.heard) == 1


def test_an_event_answered_too_late_is_sent_again(app: StubApp, maja: Person) -> None:
    app.slack.courier.patience = 0.2
    app.answers = lambda _: Reply(after=0.4 if len(app.heard) == 1 else 0)
    maja.writes_dm("vem Farsta")
    assert app.heard[1].headers["X-Slack-Retry-Reason"] == "http_timeout"


def test_an_event_may_come_once_more_though_it_was_taken(app: StubApp, maja: Person) -> None:
    app.slack.repeats(maja.writes_dm("vem Farsta").delivery)
    first, second = app.heard
    assert first.payload == second.payload
    assert second.headers["X-Slack-Retry-Num"] == "1"


def test_an_address_is_asked_to_repeat_a_challenge(app: StubApp) -> None:
    app.answers = lambda payload: Reply({"challenge": payload["challenge"]})
    asked = app.slack.challenges()
    assert asked.answer == {"challenge": asked.payload["challenge"]}


def test_slack_may_live_in_another_year_than_the_signatures(app: StubApp, maja: Person) -> None:
    monday = datetime(2024, 6, 10, 6, tzinfo=UTC)
    app.slack.clock.set(monday)
    maja.writes_dm("vem Farsta")
    event = app.heard[0].payload["event"]
    assert 0 <= float(event["ts"]) - monday.timestamp() < 60
    assert maja.command("/samverkan").status == 200


@pytest.mark.parametrize("age", [0, 301])
def test_a_signature_has_the_time_that_the_test_says(app: StubApp, maja: Person, age: int) -> None:
    app.slack.signs_at = datetime.now(UTC) - timedelta(seconds=age)
    assert maja.command("/samverkan").status == (401 if age else 200)
    app.slack.faults.clear()


def test_an_app_may_ask_not_to_be_told_again(app: StubApp, maja: Person) -> None:
    app.answers = lambda _: Reply(status=400, headers={"X-Slack-No-Retry": "1"})
    maja.writes_dm("vem Farsta")
    app.slack.advance(minutes=10)
    assert len(app.heard) == 1


def test_an_app_that_does_not_run_is_a_failure_that_the_member_sees(
    slack: FakeSlack, maja: Person
) -> None:
    slack.sends_to("http://127.0.0.1:9/slack/events")
    assert maja.command("/samverkan").error == "dispatch_failed"
    slack.faults.clear()


class Connected:
    """Slack's own Socket Mode client; it acknowledges what the test says."""

    def __init__(self, slack: FakeSlack) -> None:
        self.heard: list[SocketModeRequest] = []
        self.acknowledges = True
        web = WebClient(base_url=slack.api_url, retry_handlers=[])
        self.client = SocketModeClient(slack.app_token, web_client=web, trace_enabled=False)
        self.client.socket_mode_request_listeners.append(self.hear)

    def hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if self.acknowledges:
            body = {"text": "Hej"} if request.type == "slash_commands" else None
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, body))


@pytest.fixture
def connected(slack: FakeSlack) -> Iterator[Connected]:
    found = Connected(slack)
    found.client.connect()
    slack.waits_for_app()
    yield found
    found.client.auto_reconnect_enabled = False
    slack.courier.close()
    slack.bell.wait(lambda: not found.client.is_connected(), 3)
    found.client.close()


def test_a_command_by_socket_mode_is_answered_in_the_acknowledgement(
    connected: Connected, maja: Person
) -> None:
    assert maja.command("/samverkan", "vem Farsta").text == "Hej"
    assert connected.heard[0].payload["text"] == "vem Farsta"


def test_an_event_by_socket_mode_wants_to_be_acknowledged(
    connected: Connected, slack: FakeSlack, maja: Person
) -> None:
    slack.courier.patience = 0.2
    maja.writes_dm("Hej")
    assert [one.retry_attempt for one in connected.heard] == [0]
    connected.acknowledges = False
    maja.writes_dm("Hej")
    assert [one.retry_attempt for one in connected.heard] == [0, 0, 1]


def test_a_command_by_socket_mode_without_an_acknowledgement_is_a_timeout(
    connected: Connected, slack: FakeSlack, maja: Person
) -> None:
    slack.courier.patience = 0.2
    connected.acknowledges = False
    assert maja.command("/samverkan").error == "operation_timeout"
    slack.faults.clear()


def test_the_address_of_socket_mode_is_given_to_the_app_only(slack: FakeSlack) -> None:
    wrong = WebClient(slack.workspace.bot_token, base_url=slack.api_url, retry_handlers=[])
    with pytest.raises(Exception, match="not_allowed_token_type"):
        wrong.apps_connections_open(app_token=slack.workspace.bot_token)


EVENTS = (
    "app_mention",
    "message",
    "app_home_opened",
    "channel_archive",
    "user_change",
    "tokens_revoked",
    "app_uninstalled",
)
CHOICE = modal(asks({"type": "external_select", "action_id": "m", "min_query_length": 1}))


class BoltBehind:
    """A Bolt app behind the stub: `understood` says which listener took each request."""

    def __init__(self, app: StubApp) -> None:
        self.understood: list[str] = []
        self.bolt = App(
            client=app.client,
            signing_secret=app.slack.signing_secret,
            process_before_response=True,
        )
        anything = re.compile(".*")
        self.bolt.command(anything)(self.hears("command"))
        self.bolt.action(anything)(self.hears("action"))
        self.bolt.view(anything)(self.hears("view"))
        self.bolt.options(anything)(self.hears("options", {"options": []}))
        self.bolt.message_shortcut(anything)(self.hears("message shortcut"))
        self.bolt.global_shortcut(anything)(self.hears("global shortcut"))
        for event in EVENTS:
            self.bolt.event(event)(self.hears(event))
        app.dispatches = self.dispatch

    def hears(self, name: str, answer: Json | None = None) -> Callable[..., None]:
        def listener(ack: Ack, body: Json, client: WebClient) -> None:
            self.understood.append(name)
            if body.get("text") == "rapportera":
                client.views_open(trigger_id=body["trigger_id"], view=CHOICE)
            ack(**(answer or {}))

        return listener

    def dispatch(self, headers: dict[str, str], body: bytes) -> Reply:
        done = self.bolt.dispatch(BoltRequest(body=body.decode(), headers={**headers}))
        kind = done.headers.get("content-type", [""])[0]
        answered = json.loads(done.body) if "json" in kind and done.body else done.body
        return Reply(answered, done.status)


def test_bolt_understands_everything_that_people_do(
    app: StubApp, maja: Person, channel: Room
) -> None:
    bolt = BoltBehind(app)
    app.client.chat_postMessage(channel=channel.channel_id, **message(actions(button())))
    on = app.slack.posts[0]
    form = maja.command("/samverkan", "rapportera").view
    maja.presses("Klar", on)
    maja.looks_for("Status", "FAR", form)
    maja.uses_shortcut("report", on)
    maja.uses_shortcut("new")
    maja.mentions_bot(channel, "vem Farsta")
    maja.writes_dm("vem Farsta")
    maja.opens_home()
    app.slack.archives(channel, maja)
    app.slack.deactivates(maja)
    app.slack.uninstalls()
    first = ["command", "action", "options", "message shortcut", "global shortcut"]
    assert bolt.understood == [*first, *EVENTS]


def test_bolt_understands_a_form_that_is_submitted(app: StubApp, maja: Person) -> None:
    bolt = BoltBehind(app)
    form = maja.command("/samverkan", "rapportera").view
    form.payload = {**form.payload, "blocks": [asks(select(), block_id="status")]}
    assert maja.fills(form, {"Status": "klar"}).submit().closed
    assert bolt.understood == ["command", "view"]


def test_bolt_leaves_the_bot_s_own_messages_alone(app: StubApp, maja: Person) -> None:
    bolt = BoltBehind(app)
    app.client.chat_postMessage(channel=maja.user_id, text="Hej")
    assert app.slack.bell.wait(lambda: app.slack.deliveries and app.slack.deliveries[0].status, 3)
    assert bolt.understood == []
