"""`oauth`, `apps`, `files` and `assistant`: the app's own affairs."""

import secrets

from tests.slack.methods_chat import bot_message
from tests.slack.records import Json
from tests.slack.state import ApiError, State
from tests.slack.web import Asked, method

PROMPTS = 4
ALT = 1_000
PICTURES = (".gif", ".jpg", ".png")


@method("oauth.v2.access", takes_json=False, token="none")
def access(state: State, asked: Asked) -> Json:
    """A code for a bot token: once, by the right app, with the address that began it."""
    if asked.args.get("client_id") != state.client_id:
        raise ApiError("invalid_client_id")
    if asked.args.get("client_secret") != state.client_secret:
        raise ApiError("bad_client_secret")
    install = state.codes.pop(str(asked.args.get("code")), None)
    if install is None:
        raise ApiError("invalid_code")
    if (asked.args.get("redirect_uri") or "") != install.redirect_uri:
        raise ApiError("bad_redirect_uri")
    workspace = install.workspace
    workspace.installed, workspace.token_error = True, ""
    workspace.bot_token, workspace.scopes = f"xoxb-{secrets.token_hex(16)}", install.scopes
    return {
        "access_token": workspace.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(workspace.scopes)),
        "bot_user_id": workspace.bot_user_id,
        "app_id": state.app_id,
        "team": {"id": workspace.team_id, "name": workspace.name},
        "enterprise": None,
        "authed_user": {"id": install.user},
        "is_enterprise_install": False,
    }


@method("apps.connections.open", per_minute=50, token="app")
def connections_open(state: State, asked: Asked) -> Json:
    ticket = secrets.token_hex(8)
    state.tickets.add(ticket)
    address = state.base_url.replace("http://", "ws://")
    return {"url": f"{address}/link/?ticket={ticket}&app_id={state.app_id}"}


@method("files.getUploadURLExternal", "files:write", 100, takes_json=False)
def upload_url(state: State, asked: Asked) -> Json:
    name, length = asked.text("filename"), int(asked.text("length"))
    if length <= 0:
        raise ApiError("missing_argument")
    file_id = state.new_id("F")
    alt = str(asked.args.get("alt_txt") or "")
    if len(alt) > ALT:
        raise ApiError("alt_txt_too_large")
    if not alt and name.endswith(PICTURES):
        state.fault("alt_txt_missing", "files.getUploadURLExternal", f"{name} says nothing")
    state.uploads[file_id] = {"id": file_id, "name": name, "length": length, "alt_txt": alt}
    return {"upload_url": f"{state.base_url}/upload/{file_id}", "file_id": file_id}


@method("files.completeUploadExternal", "files:write", 100)
def complete_upload(state: State, asked: Asked) -> Json:
    """Share what has been uploaded; a file whose bytes have not come is not found."""
    files = [completed(state, file) for file in asked.items("files")]
    channel = asked.args.get("channel_id")
    if channel:
        if str(channel) in state.accounts:
            # Where a message may be sent to a person, a file needs the conversation itself.
            raise ApiError("invalid_arguments")
        room = state.room_to_write_in(asked.workspace, channel)
        payload: Json = {"text": str(asked.args.get("initial_comment") or "")}
        payload["thread_ts"] = asked.args.get("thread_ts")
        message = bot_message(state, asked.workspace, room, payload)
        message.files, message.via = files, "files.completeUploadExternal"
        state.keep(message)
    state.files.extend(files)
    return {"files": [{"id": file["id"], "title": file["title"]} for file in files]}


def completed(state: State, file: Json) -> Json:
    upload = state.uploads.get(str(file.get("id")))
    if upload is None or "content" not in upload:
        raise ApiError("file_not_found")
    return {**upload, "title": file.get("title") or upload["name"]}


@method("assistant.threads.setSuggestedPrompts", "assistant:write", 100)
def set_prompts(state: State, asked: Asked) -> Json:
    """Up to four prompts; an agent app that gives `thread_ts` is not heard, says Slack."""
    room = state.room(asked.workspace, asked.text("channel_id", "channel_not_found"))
    prompts = asked.items("prompts")
    whole = all(
        isinstance(one, dict) and one.get("title") and one.get("message") for one in prompts
    )
    if not prompts or len(prompts) > PROMPTS or not whole:
        raise ApiError("invalid_arguments")
    if state.agent_view and asked.args.get("thread_ts"):
        state.fault("silent_failure", "assistant.threads.setSuggestedPrompts", "thread_ts given")
        return {}
    title = str(asked.args.get("title") or "")
    state.prompts.append({"channel": room.channel_id, "title": title, "prompts": prompts})
    return {}


@method("assistant.threads.setStatus", "assistant:write", 600)
def set_status(state: State, asked: Asked) -> Json:
    room = state.room(asked.workspace, asked.text("channel_id", "channel_not_found"))
    if state.find_message(room.channel_id, asked.text("thread_ts")) is None:
        raise ApiError("thread_not_found")
    state.statuses.append({"channel": room.channel_id, "status": asked.args.get("status")})
    return {}
