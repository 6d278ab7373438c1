"""`chat.*` and `conversations.history`: what is said, where, and read again."""

import json
from typing import Any

from tests.slack.records import Json, Message, Room, Workspace
from tests.slack.state import ApiError, State, named_blocks
from tests.slack.web import Asked, method


def bot_message(state: State, workspace: Workspace, room: Room, payload: Json) -> Message:
    """A message by the bot, with the ids that Slack fills in."""
    return Message(
        channel=room.channel_id,
        ts=state.clock.timestamp(),
        user=workspace.bot_user_id,
        team=workspace.team_id,
        text=str(payload.get("text") or ""),
        blocks=named_blocks(payload.get("blocks") or [], state),
        payload=payload,
        via="chat.postMessage",
        bot_id=workspace.bot_id,
        thread_ts=str(payload.get("thread_ts") or ""),
        metadata=payload.get("metadata") or {},
    )


def shape_of(message: Message, app_id: str) -> Json:
    """A message as Slack writes it in answers, events and payloads."""
    shape: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "team": message.team,
        "text": message.text,
    }
    if message.bot_id:
        shape |= {"bot_id": message.bot_id, "app_id": app_id}
    extras = {"blocks": message.blocks, "thread_ts": message.thread_ts, "files": message.files}
    shape |= {name: value for name, value in extras.items() if value}
    if message.edits:
        shape["edited"] = {"user": message.user, "ts": message.ts}
    return shape


def payload_of(asked: Asked) -> Json:
    """The arguments as a message; blocks and metadata may have come as JSON in a form."""
    payload = {name: value for name, value in asked.args.items() if value is not None}
    for name in ("blocks", "attachments", "metadata"):
        if isinstance(payload.get(name), str):
            try:
                payload[name] = json.loads(payload[name])
            except ValueError as bad:
                raise ApiError(f"invalid_{name}_format") from bad
    return payload


def check_metadata(metadata: Any) -> None:
    if metadata is None:
        return
    if not isinstance(metadata, dict) or not {"event_type", "event_payload"} <= set(metadata):
        raise ApiError("invalid_metadata_format")


@method("chat.postMessage", "chat:write")
def post(state: State, asked: Asked) -> Json:
    room = state.room_to_write_in(asked.workspace, asked.text("channel", "channel_not_found"))
    payload = payload_of(asked)
    check_metadata(payload.get("metadata"))
    state.checked_message(payload, "chat.postMessage")
    thread = str(payload.get("thread_ts") or "")
    if thread and state.find_message(room.channel_id, thread) is None:
        raise ApiError("thread_not_found")
    message = state.keep(bot_message(state, asked.workspace, room, payload))
    shape = shape_of(message, state.app_id)
    return {"channel": room.channel_id, "ts": message.ts, "message": shape}


@method("chat.postEphemeral", "chat:write", 100)
def post_ephemeral(state: State, asked: Asked) -> Json:
    room = state.room_to_write_in(asked.workspace, asked.text("channel", "channel_not_found"))
    account = state.account(asked.workspace, asked.text("user", "user_not_found"))
    if account.user_id not in room.members:
        raise ApiError("user_not_in_channel")
    payload = payload_of(asked)
    state.checked_message(payload, "chat.postEphemeral")
    message = bot_message(state, asked.workspace, room, payload)
    message.to, message.via = account.user_id, "chat.postEphemeral"
    state.keep(message)
    return {"message_ts": message.ts}


def own_message(state: State, asked: Asked, refusal: str) -> Message:
    """The message that `channel` and `ts` name, if the bot wrote it."""
    room = state.room(asked.workspace, asked.text("channel", "channel_not_found"))
    message = state.find_message(room.channel_id, asked.text("ts", "message_not_found"))
    if message is None:
        raise ApiError("message_not_found")
    if message.user != asked.workspace.bot_user_id:
        raise ApiError(refusal)
    return message


@method("chat.update", "chat:write", 50)
def update(state: State, asked: Asked) -> Json:
    message = own_message(state, asked, "cant_update_message")
    payload = payload_of(asked)
    state.checked_message(payload, "chat.update")
    replace(state, message, payload)
    shape = shape_of(message, state.app_id)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shape}


def replace(state: State, message: Message, payload: Json, cause: str = "") -> None:
    """Put other words and blocks into a message that stands."""
    message.text = str(payload.get("text") or "")
    message.blocks = named_blocks(payload.get("blocks") or [], state)
    message.payload = payload
    message.edits += 1
    state.show("change", message, cause)


@method("chat.delete", "chat:write", 50)
def delete(state: State, asked: Asked) -> Json:
    message = own_message(state, asked, "cant_delete_message")
    remove(state, message)
    return {"channel": message.channel, "ts": message.ts}


def remove(state: State, message: Message, cause: str = "") -> None:
    message.deleted = True
    state.show("removal", message, cause)


@method("chat.getPermalink", takes_json=False)
def permalink(state: State, asked: Asked) -> Json:
    room = state.room(asked.workspace, asked.text("channel", "channel_not_found"))
    ts = asked.text("message_ts", "message_not_found")
    if state.find_message(room.channel_id, ts) is None:
        raise ApiError("message_not_found")
    place = f"{room.channel_id}/p{ts.replace('.', '')}"
    link = f"https://{asked.workspace.domain}.slack.com/archives/{place}"
    return {"channel": room.channel_id, "permalink": link}


@method("conversations.history", per_minute=50, takes_json=False)
def history(state: State, asked: Asked) -> Json:
    """The messages of a channel outside its threads, the newest first."""
    heads = [
        message
        for message in reversed(room_to_read(state, asked).messages)
        if message.thread_ts in ("", message.ts) and in_window(asked, message)
    ]
    return read(state, asked, heads)


@method("conversations.replies", per_minute=50, takes_json=False)
def replies(state: State, asked: Asked) -> Json:
    """A thread, from its head on."""
    room = room_to_read(state, asked)
    head = asked.text("ts", "thread_not_found")
    if state.find_message(room.channel_id, head) is None:
        raise ApiError("thread_not_found")
    thread = [
        message
        for message in room.messages
        if head in (message.ts, message.thread_ts) and in_window(asked, message)
    ]
    return read(state, asked, thread)


def room_to_read(state: State, asked: Asked) -> Room:
    """A channel whose messages the bot may read: it has the scope, and is a member."""
    room = state.room(asked.workspace, asked.text("channel", "channel_not_found"))
    needed = history_scope(room)
    if needed not in asked.workspace.scopes:
        raise ApiError("missing_scope", needed=needed)
    if asked.workspace.bot_user_id not in room.members:
        raise ApiError("not_in_channel")
    return room


def in_window(asked: Asked, message: Message) -> bool:
    """Between `oldest` and `latest`, these two only when `inclusive`."""
    oldest, latest = str(asked.args.get("oldest") or "0"), str(asked.args.get("latest") or "9e12")
    between = float(oldest) < float(message.ts) < float(latest)
    at_an_end = truth(asked.args.get("inclusive")) and message.ts in (oldest, latest)
    return not message.deleted and (between or at_an_end)


def read(state: State, asked: Asked, found: list[Message]) -> Json:
    page, more = paged(state, asked, found)
    with_metadata = truth(asked.args.get("include_all_metadata"))
    return {"messages": [told(state, message, with_metadata) for message in page], **more}


def history_scope(room: Room) -> str:
    if room.is_im:
        return "im:history"
    return "groups:history" if room.is_private else "channels:history"


def told(state: State, message: Message, with_metadata: bool) -> Json:
    shape = shape_of(message, state.app_id)
    if message.metadata:
        known = message.metadata if with_metadata else {}
        shape["metadata"] = {"event_type": message.metadata["event_type"], **known}
    return shape


def truth(value: object) -> bool:
    return str(value).lower() in ("1", "true")


def paged(state: State, asked: Asked, found: list[Any]) -> tuple[list[Any], Json]:
    """One page and where the next begins: Slack may give fewer than were asked for, and does."""
    start = int(asked.args.get("cursor") or 0)
    size = min(int(asked.args.get("limit") or 100), state.page_size)
    following = start + size if start + size < len(found) else 0
    more: Json = {"response_metadata": {"next_cursor": str(following or "")}}
    return found[start : start + size], {**more, "has_more": bool(following)}
