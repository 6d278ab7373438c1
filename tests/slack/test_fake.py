"""The Web API of the fake: what it takes, and that each of its rules bites."""

import json
import urllib.request
from collections.abc import Callable

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from tests.slack.fake import FakeSlack, Person, Room, Trouble
from tests.slack.fixtures import watched_slack
from tests.slack.records import Json
from tests.slack.stub_app import Reply, StubApp
from tests.slack.test_payloads import actions, button, home, message, modal, section


def error(call: Callable[[], SlackResponse]) -> str:
    """What Slack calls the refusal of this call."""
    with pytest.raises(SlackApiError) as refused:
        call()
    return str(refused.value.response["error"])


def test_a_post_is_seen_and_found_in_the_history(app: StubApp, channel: Room) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "7"}}
    sent = app.client.chat_postMessage(
        channel=channel.channel_id, **message(section()), metadata=metadata
    )
    assert app.slack.posts[0].plain == "Belysningen är klar"
    oldest = str(float(sent["ts"]) - 1)
    found = app.client.conversations_history(
        channel=channel.channel_id, oldest=oldest, include_all_metadata=True
    )
    assert [one["metadata"] for one in found["messages"]] == [metadata]


def test_metadata_is_left_out_of_a_history_that_does_not_ask_for_it(
    app: StubApp, channel: Room
) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "7"}}
    app.client.chat_postMessage(channel=channel.channel_id, text="klar", metadata=metadata)
    found = app.client.conversations_history(channel=channel.channel_id)
    assert found["messages"][0]["metadata"] == {"event_type": "delivery"}


def test_a_history_is_cut_to_its_window_and_comes_in_pages(app: StubApp, channel: Room) -> None:
    sent = [app.client.chat_postMessage(channel=channel.channel_id, text=str(n)) for n in range(6)]
    window: Json = {"oldest": sent[0]["ts"], "latest": sent[5]["ts"]}
    first = app.client.conversations_history(channel=channel.channel_id, **window)
    assert [one["text"] for one in first["messages"]] == ["4", "3", "2"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = app.client.conversations_history(channel=channel.channel_id, cursor=cursor, **window)
    assert [one["text"] for one in rest["messages"]] == ["1"]
    assert not rest["response_metadata"]["next_cursor"]


def test_a_post_to_a_person_opens_the_direct_messages(app: StubApp, maja: Person) -> None:
    sent = app.client.chat_postMessage(channel=maja.user_id, text="Hej")
    assert sent["channel"] == maja.dm.channel_id
    opened = app.client.conversations_open(users=maja.user_id)
    assert opened["channel"]["id"] == maja.dm.channel_id


def test_an_app_is_told_of_its_own_direct_messages(app: StubApp, maja: Person) -> None:
    app.client.chat_postMessage(channel=maja.user_id, text="Hej")
    app.slack.bell.wait(lambda: app.heard, 3)
    event = app.heard[0].payload["event"]
    assert event["bot_id"] == app.slack.workspace.bot_id
    assert event["channel_type"] == "im"


def test_a_changed_message_says_the_new_and_a_removed_one_is_gone(
    app: StubApp, channel: Room
) -> None:
    place: Json = {"channel": channel.channel_id}
    ts = app.client.chat_postMessage(**place, text="pågår")["ts"]
    app.client.chat_update(**place, ts=ts, text="klar")
    assert app.slack.posts[0].text == "klar"
    app.client.chat_delete(**place, ts=ts)
    assert app.slack.posts[0].deleted
    assert error(lambda: app.client.chat_update(**place, ts=ts, text="x")) == "message_not_found"


def test_an_ephemeral_message_is_seen_by_one_and_cannot_be_changed(
    app: StubApp, channel: Room, maja: Person, sofia: Person
) -> None:
    place: Json = {"channel": channel.channel_id}
    ts = app.client.chat_postEphemeral(**place, user=maja.user_id, text="Hej")["message_ts"]
    assert app.slack.ephemerals[0].to == maja.user_id
    assert not app.slack.posts
    assert error(lambda: app.client.chat_update(**place, ts=ts, text="x")) == "message_not_found"
    outside: Json = {"user": sofia.user_id, "text": "Hej"}
    assert error(lambda: app.client.chat_postEphemeral(**place, **outside)) == "user_not_in_channel"


def test_a_member_s_message_is_not_the_bot_s_to_change(
    app: StubApp, channel: Room, maja: Person
) -> None:
    said = maja.writes(channel, "Hej")
    named: Json = {"channel": channel.channel_id, "ts": said.ts}
    assert error(lambda: app.client.chat_update(**named, text="x")) == "cant_update_message"
    assert error(lambda: app.client.chat_delete(**named)) == "cant_delete_message"
    link = app.client.chat_getPermalink(channel=channel.channel_id, message_ts=said.ts)
    assert link["permalink"].endswith(said.ts.replace(".", ""))


def test_where_the_bot_is_not_it_says_nothing(app: StubApp, maja: Person) -> None:
    public = app.slack.channel("öppen", [maja], with_bot=False)
    private = app.slack.channel("sluten", [maja], with_bot=False, private=True)

    def post(channel: str) -> Callable[[], SlackResponse]:
        return lambda: app.client.chat_postMessage(channel=channel, text="Hej")

    assert error(post(public.channel_id)) == "not_in_channel"
    assert error(post(private.channel_id)) == "channel_not_found"
    assert error(post("C404")) == "channel_not_found"
    app.client.conversations_join(channel=public.channel_id)
    post(public.channel_id)()
    app.slack.archives(public, maja)
    assert error(post(public.channel_id)) == "is_archived"


@pytest.mark.parametrize(
    ("payload", "refusal"),
    [
        (message(actions()), "invalid_blocks"),
        (message(*[section("x" * 2100)] * 5), "msg_blocks_too_long"),
        (message(text="x" * 4001), "msg_too_long"),
        ({"blocks": [section()]}, "no_text"),
    ],
)
def test_a_payload_that_slack_refuses_is_refused_and_remembered(
    app: StubApp, channel: Room, payload: Json, refusal: str
) -> None:
    place: Json = {"channel": channel.channel_id}
    assert error(lambda: app.client.api_call("chat.postMessage", json=payload | place)) == refusal
    assert [fault.kind for fault in app.slack.faults] == [refusal]
    app.slack.faults.clear()


def test_a_token_opens_its_own_workspace_and_no_other(app: StubApp) -> None:
    other = app.slack.add_workspace("Polisen", installed=True)
    theirs = app.slack.channel("polisen", workspace=other)
    post: Json = {"channel": theirs.channel_id, "text": "Hej"}
    assert error(lambda: app.client.chat_postMessage(**post)) == "channel_not_found"
    assert error(lambda: app.client.auth_test(token="xoxb-none")) == "invalid_auth"
    assert app.client.auth_test(token=other.bot_token)["team_id"] == other.team_id


def test_a_token_is_worth_nothing_after_it_was_taken_back(app: StubApp) -> None:
    told = app.slack.revokes()
    assert told.payload["event"]["type"] == "tokens_revoked"
    assert error(app.client.auth_test) == "token_revoked"
    events = [one.payload["event"]["type"] for one in app.slack.uninstalls()]
    assert events == ["tokens_revoked", "app_uninstalled"]
    assert error(app.client.auth_test) == "account_inactive"


def test_a_method_needs_its_scope(app: StubApp, maja: Person) -> None:
    app.slack.workspace.scopes.remove("users:read.email")
    assert "email" not in app.client.users_info(user=maja.user_id)["user"]["profile"]
    by_mail: Json = {"email": maja.account.email}
    assert error(lambda: app.client.users_lookupByEmail(**by_mail)) == "missing_scope"


def test_people_are_found_by_e_mail_until_they_leave(app: StubApp, maja: Person) -> None:
    found = app.client.users_lookupByEmail(email="Maja.Ekvall@stockholm.example")
    assert found["user"]["id"] == maja.user_id
    app.slack.deactivates(maja)
    assert app.heard[-1].payload["event"]["user"]["deleted"]
    gone: Json = {"email": maja.account.email}
    assert error(lambda: app.client.users_lookupByEmail(**gone)) == "users_not_found"
    assert error(lambda: app.client.conversations_open(users=maja.user_id)) == "user_disabled"


def test_lists_come_in_pages_that_must_be_followed(app: StubApp, maja: Person) -> None:
    names = {app.slack.channel(f"grupp-{number}", [maja]).name for number in range(4)}
    first = app.client.conversations_list()
    rest = app.client.conversations_list(cursor=first["response_metadata"]["next_cursor"])
    assert {room["name"] for room in [*first["channels"], *rest["channels"]]} == names
    members = app.client.conversations_members(channel=first["channels"][0]["id"])
    assert maja.user_id in members["members"]


def test_a_method_that_slack_does_not_have_is_a_fault(app: StubApp) -> None:
    assert error(lambda: app.client.api_call("chat.shout")) == "unknown_method"
    assert app.slack.faults.pop().kind == "unknown_method"


def test_a_channel_takes_one_message_a_second(app: StubApp, channel: Room, maja: Person) -> None:
    app.slack.limits_rate = True
    post: Json = {"channel": channel.channel_id, "text": "Hej"}
    app.client.chat_postMessage(**post)
    with pytest.raises(SlackApiError) as refused:
        app.client.chat_postMessage(**post)
    assert refused.value.response.status_code == 429
    assert int(refused.value.response.headers["Retry-After"]) >= 1
    app.client.chat_postMessage(channel=maja.user_id, text="Hej")
    app.slack.advance(seconds=1)
    app.client.chat_postMessage(**post)


def test_a_method_may_be_called_so_many_times_a_minute(app: StubApp) -> None:
    app.slack.limits_rate = True
    for _ in range(20):
        app.client.conversations_list()
    assert error(app.client.conversations_list) == "ratelimited"
    app.slack.advance(minutes=1)
    app.client.conversations_list()


@pytest.mark.parametrize("trouble", [Trouble.DROP, Trouble.ERROR_AFTER])
def test_an_answer_may_be_lost_though_the_message_stands(
    app: StubApp, channel: Room, trouble: Trouble
) -> None:
    app.slack.trouble.append(trouble)
    with pytest.raises((OSError, SlackApiError)):
        app.client.chat_postMessage(channel=channel.channel_id, text="Hej")
    assert len(app.slack.posts) == 1


def test_an_error_may_come_instead_of_a_message(app: StubApp, channel: Room) -> None:
    app.slack.trouble.append(Trouble.ERROR)
    post: Json = {"channel": channel.channel_id, "text": "Hej"}
    with pytest.raises(SlackApiError) as refused:
        app.client.chat_postMessage(**post)
    assert refused.value.response.status_code == 500
    assert not app.slack.posts
    app.client.chat_postMessage(**post)


def test_a_home_is_kept_for_each_person_and_guarded_by_its_hash(app: StubApp, maja: Person) -> None:
    first = app.client.views_publish(user_id=maja.user_id, view=home(section("Mina uppdrag")))
    stale = first["view"]["hash"]
    app.client.views_publish(user_id=maja.user_id, view=home(section("Inget väntar")), hash=stale)
    assert "Inget väntar" in app.slack.homes[maja.user_id].plain
    again: Json = {"user_id": maja.user_id, "view": home(section()), "hash": stale}
    assert error(lambda: app.client.views_publish(**again)) == "hash_conflict"
    wrong: Json = {"user_id": maja.user_id, "view": modal(section())}
    assert error(lambda: app.client.views_publish(**wrong)) == "invalid_arguments"


@pytest.mark.parametrize(
    ("view", "refusal"),
    [
        (home(*[section("x" * 3000)] * 90), "view_too_large"),
        (home(*[section("x")] * 101), "invalid_arguments"),
        (home(actions(button(), button())), "invalid_arguments"),
    ],
)
def test_a_view_that_slack_refuses_is_refused_and_remembered(
    app: StubApp, maja: Person, view: Json, refusal: str
) -> None:
    assert error(lambda: app.client.views_publish(user_id=maja.user_id, view=view)) == refusal
    assert app.slack.faults.pop().kind == refusal
    assert not app.slack.homes


def test_a_fault_that_is_left_behind_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="operation_timeout"), watched_slack() as slack:
        slack.fault("operation_timeout", "command", "3 s")


def test_a_file_goes_up_in_three_steps(app: StubApp, channel: Room) -> None:
    sent = app.client.files_upload_v2(
        channel=channel.channel_id,
        filename="karta.png",
        content=b"png",
        alt_txt="Karta över Farsta",
        initial_comment="Karta",
    )
    assert sent["ok"]
    assert app.slack.files[0]["content"] == b"png"
    assert app.slack.posts[0].files == app.slack.files


def test_a_picture_without_words_is_a_fault_and_a_table_needs_none(app: StubApp) -> None:
    app.client.files_getUploadURLExternal(filename="karta.png", length=3)
    assert app.slack.faults.pop().kind == "alt_txt_missing"
    app.client.files_getUploadURLExternal(filename="tabell.csv", length=3)
    assert not app.slack.faults


def test_a_picture_says_at_most_a_thousand_signs_and_no_file_is_empty(app: StubApp) -> None:
    def ask(length: int, alt: str) -> SlackResponse:
        return app.client.files_getUploadURLExternal(filename="a.png", length=length, alt_txt=alt)

    assert error(lambda: ask(3, "a" * 1001)) == "alt_txt_too_large"
    assert error(lambda: ask(0, "a")) == "missing_argument"
    assert ask(3, "a" * 1000)["ok"]


def test_a_file_goes_to_a_conversation_and_never_to_a_person(app: StubApp, maja: Person) -> None:
    def give(channel: str) -> SlackResponse:
        return app.client.files_upload_v2(channel=channel, filename="a.csv", content=b"a;b")

    assert error(lambda: give(maja.user_id)) == "invalid_arguments"
    assert give(maja.dm.channel_id)["ok"]


def test_prompts_are_at_most_four_and_name_no_thread(app: StubApp, maja: Person) -> None:
    prompt = {"title": "Vem företräder Farsta?", "message": "vem Farsta"}
    dm = maja.dm.channel_id

    def give(number: int, **more: str) -> SlackResponse:
        return app.client.assistant_threads_setSuggestedPrompts(
            channel_id=dm, prompts=[prompt] * number, **more
        )

    give(4)
    assert len(app.slack.prompts[0]["prompts"]) == 4
    assert error(lambda: give(5)) == "invalid_arguments"
    give(1, thread_ts="1.0")
    assert app.slack.faults.pop().kind == "silent_failure"


def test_a_status_belongs_to_a_thread_that_is_there(app: StubApp, maja: Person) -> None:
    said = maja.writes(maja.dm, "vem Farsta")
    place: Json = {"channel_id": maja.dm.channel_id, "status": "letar"}
    app.client.assistant_threads_setStatus(**place, thread_ts=said.ts)
    assert app.slack.statuses[0]["status"] == "letar"
    gone = error(lambda: app.client.assistant_threads_setStatus(**place, thread_ts="1.0"))
    assert gone == "thread_not_found"


def test_a_workspace_tells_its_name_and_its_channels(app: StubApp, channel: Room) -> None:
    assert app.client.team_info()["team"]["name"] == "Stockholms stad"
    told = app.client.conversations_info(channel=channel.channel_id)["channel"]
    assert (told["name"], told["is_member"]) == ("farsta-styrgrupp", True)


def test_a_thread_is_answered_in_only_where_it_is(app: StubApp, channel: Room) -> None:
    place: Json = {"channel": channel.channel_id}
    ts = app.client.chat_postMessage(**place, text="Hej")["ts"]
    app.client.chat_postMessage(**place, text="Svar", thread_ts=ts)
    heads = app.client.conversations_history(**place)["messages"]
    assert [head["text"] for head in heads] == ["Hej"]
    thread = app.client.conversations_replies(**place, ts=ts)["messages"]
    assert [one["text"] for one in thread] == ["Hej", "Svar"]
    lost: Json = {**place, "text": "x", "thread_ts": "1.0"}
    assert error(lambda: app.client.chat_postMessage(**lost)) == "thread_not_found"


@pytest.mark.parametrize("metadata", ["x", {"event_type": "delivery"}, {}])
def test_metadata_has_a_type_and_a_payload(app: StubApp, channel: Room, metadata: object) -> None:
    post: Json = {"channel": channel.channel_id, "text": "Hej", "metadata": metadata}
    refused = error(lambda: app.client.api_call("chat.postMessage", json=post))
    assert refused == "invalid_metadata_format"


def test_a_call_without_sense_gets_an_answer(slack: FakeSlack) -> None:
    headers = {"Content-Type": "application/json"}
    call = urllib.request.Request(f"{slack.api_url}auth.test", b"{nonsense", headers)
    with urllib.request.urlopen(call, timeout=5) as answer:
        assert json.load(answer) == {"ok": False, "error": "invalid_json"}


def test_a_forged_request_is_not_what_the_fake_sends(app: StubApp, maja: Person) -> None:
    app.slack.signing_secret = "another"
    assert maja.command("/samverkan").error == "dispatch_failed"
    assert app.slack.faults.pop().kind == "dispatch_failed"


def test_an_app_is_installed_with_a_code_that_holds_once(app: StubApp, maja: Person) -> None:
    other = app.slack.add_workspace("Polisen")
    query = f"client_id={app.slack.client_id}&scope=commands,chat:write&state=s1"
    app.pages["/slack/install"] = Reply(
        status=302, headers={"Location": f"https://slack.com/oauth/v2/authorize?{query}"}
    )
    app.pages["/slack/oauth_redirect"] = Reply("installerad")
    origin = app.url.removesuffix("/slack/events")
    shown = app.slack.installs(maja, f"{origin}/slack/install", other)
    assert (shown.status, shown.text) == (200, "installerad")
    wanted: Json = {
        "client_id": app.slack.client_id,
        "client_secret": app.slack.client_secret,
        "code": app.asked["/slack/oauth_redirect"]["code"],
    }
    given = app.client.oauth_v2_access(**wanted)
    assert given["access_token"] == other.bot_token
    assert other.scopes == {"commands", "chat:write"}
    assert error(lambda: app.client.oauth_v2_access(**wanted)) == "invalid_code"
    wrong = {**wanted, "client_secret": "x"}
    assert error(lambda: app.client.oauth_v2_access(**wrong)) == "bad_client_secret"
