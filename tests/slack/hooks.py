"""The addresses that Slack gives away: response_urls and places to upload to."""

import json
from typing import Any

from aiohttp import web

from tests.slack.methods_chat import bot_message, remove, replace
from tests.slack.records import Json, Message
from tests.slack.state import HOOK_LIVES, HOOK_USES, ApiError, Hook, State
from tests.slack.web import WebSide


class Hooks:
    """Answers at response_urls and upload addresses."""

    def __init__(self, state: State, side: WebSide) -> None:
        self.state = state
        side.app.router.add_post("/commands/{id}/{secret}", self.respond)
        side.app.router.add_post("/actions/{id}/{secret}", self.respond)
        side.app.router.add_post("/upload/{file_id}", self.upload)

    async def respond(self, request: web.Request) -> web.Response:
        """A message by response_url: five within thirty minutes, ephemeral unless said."""
        hook = self.state.hooks.get(request.path)
        payload = read_json(await request.read())
        try:
            if hook is None or payload is None:
                raise ApiError("invalid_payload" if hook else "no_such_url")
            self._spend(hook)
            answer_with(self.state, hook, payload, "response_url")
        except ApiError as error:
            body = {"ok": False, "error": error.code, **error.extra}
            return web.json_response(body, status=404 if "url" in error.code else 400)
        return web.Response(text="ok")

    def _spend(self, hook: Hook) -> None:
        if self.state.clock.now() - hook.at > HOOK_LIVES:
            self.state.fault("expired_url", "response_url", "older than thirty minutes")
            raise ApiError("expired_url")
        if hook.uses >= HOOK_USES:
            self.state.fault("used_url", "response_url", "used five times")
            raise ApiError("used_url")
        hook.uses += 1

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes of a file, as a form field or as the body; as many as were announced."""
        upload = self.state.uploads.get(request.match_info["file_id"])
        if upload is None:
            return web.Response(status=404)
        content = await content_of(request)
        if len(content) != upload["length"]:
            return web.Response(status=400, text=f"{len(content)} bytes")
        upload["content"] = content
        return web.Response(text=f"OK - {len(content)}")


async def content_of(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for value in form.values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


def read_json(body: bytes) -> Json | None:
    try:
        payload: Any = json.loads(body)
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None


def answer_with(state: State, hook: Hook, payload: Json, via: str) -> Message | None:
    """Show an answer to something that a person did: new, instead of the old, or none."""
    if payload.get("delete_original"):
        remove(state, original(state, hook), hook.cause)
        if not payload.get("text"):
            return None
    state.checked_message(payload, via)
    if payload.get("replace_original"):
        message = original(state, hook)
        replace(state, message, payload, hook.cause)
        return message
    workspace = state.workspaces[state.accounts[hook.user].team_id]
    message = bot_message(state, workspace, state.rooms[hook.channel], payload)
    in_channel = payload.get("response_type") == "in_channel"
    message.via, message.to = via, "" if in_channel else hook.user
    return state.keep(message, hook.cause)


def original(state: State, hook: Hook) -> Message:
    """The message that was pressed on; a command has none."""
    if hook.source is None or hook.source.deleted:
        state.fault("no_original", "response_url", "there is no message to replace")
        raise ApiError("message_not_found")
    return hook.source
