"""The payloads that Slack sends to an app, in Slack's own words."""

from tests.slack.methods_chat import shape_of
from tests.slack.methods_views import shape_of_view
from tests.slack.records import Account, Json, Message, Room, View, Workspace
from tests.slack.state import Hook, State, Trigger


class Shapes:
    """Builds payloads for one person in one workspace."""

    def __init__(self, state: State, workspace: Workspace, account: Account) -> None:
        self.state = state
        self.workspace = workspace
        self.account = account

    def command(self, name: str, text: str, room: Room, trigger: Trigger, hook: Hook) -> Json:
        return {
            "token": self.state.verification_token,
            "team_id": self.workspace.team_id,
            "team_domain": self.workspace.domain,
            "channel_id": room.channel_id,
            "channel_name": "privategroup" if room.is_private else room.name,
            "user_id": self.account.user_id,
            "user_name": self.account.handle,
            "command": name,
            "text": text,
            "api_app_id": self.state.app_id,
            "is_enterprise_install": "false",
            "response_url": hook.url,
            "trigger_id": trigger.trigger_id,
        }

    def _interaction(self, kind: str, trigger: Trigger | None = None) -> Json:
        team_id, domain = self.workspace.team_id, self.workspace.domain
        shape: Json = {
            "type": kind,
            "token": self.state.verification_token,
            "api_app_id": self.state.app_id,
            "team": {"id": team_id, "domain": domain},
            "user": {
                "id": self.account.user_id,
                "username": self.account.handle,
                "name": self.account.handle,
                "team_id": team_id,
            },
            "enterprise": None,
            "is_enterprise_install": False,
        }
        if trigger is not None:
            shape["trigger_id"] = trigger.trigger_id
        return shape

    def _place(self, where: Message | View) -> Json:
        """The container, with the message or the view that holds the element."""
        if isinstance(where, View):
            return {
                "container": {"type": "view", "view_id": where.view_id},
                "view": self.view(where),
            }
        room = self.state.rooms[where.channel]
        place: Json = {
            "container": {
                "type": "message",
                "message_ts": where.ts,
                "channel_id": where.channel,
                "is_ephemeral": where.ephemeral,
            },
            "channel": {"id": room.channel_id, "name": room.name},
        }
        if where.thread_ts:
            place["container"]["thread_ts"] = where.thread_ts
        if not where.ephemeral:
            place["message"] = shape_of(where, self.state.app_id)
        return place

    def view(self, view: View) -> Json:
        return shape_of_view(self.state, view, self.workspace.bot_id)

    def actions(
        self, where: Message | View, action: Json, values: Json, trigger: Trigger, hook: Hook | None
    ) -> Json:
        shape = self._interaction("block_actions", trigger) | self._place(where)
        shape["state"] = {"values": values}
        shape["actions"] = [{**action, "action_ts": self.state.clock.timestamp()}]
        if isinstance(where, View):
            shape["view"]["state"] = shape.pop("state")
        if hook is not None:
            shape["response_url"] = hook.url
        return shape

    def suggestion(self, where: Message | View, block_id: str, action_id: str, typed: str) -> Json:
        asked = {"action_id": action_id, "block_id": block_id, "value": typed}
        return self._interaction("block_suggestion") | self._place(where) | asked

    def submission(self, view: View, trigger: Trigger) -> Json:
        shape = self._interaction("view_submission", trigger)
        return {**shape, "view": self.view(view), "response_urls": []}

    def closing(self, view: View, *, cleared: bool) -> Json:
        return {**self._interaction("view_closed"), "view": self.view(view), "is_cleared": cleared}

    def message_shortcut(
        self, callback_id: str, message: Message, trigger: Trigger, hook: Hook
    ) -> Json:
        room = self.state.rooms[message.channel]
        return self._interaction("message_action", trigger) | {
            "callback_id": callback_id,
            "message_ts": message.ts,
            "message": shape_of(message, self.state.app_id),
            "channel": {"id": room.channel_id, "name": room.name},
            "response_url": hook.url,
            "action_ts": self.state.clock.timestamp(),
        }

    def global_shortcut(self, callback_id: str, trigger: Trigger) -> Json:
        at = self.state.clock.timestamp()
        return {
            **self._interaction("shortcut", trigger),
            "callback_id": callback_id,
            "action_ts": at,
        }

    def said(self, message: Message, kind: str, **more: str) -> Json:
        """A message or an app_mention as an event."""
        shape = shape_of(message, self.state.app_id)
        written = rich_text(message.text, self.state)
        shape |= {"type": kind, "channel": message.channel, "event_ts": message.ts}
        return {"client_msg_id": self.state.new_id("m"), "blocks": [written], **shape, **more}


def event_envelope(state: State, workspace: Workspace, event: Json) -> Json:
    """What Slack wraps an event in."""
    bot = {
        "enterprise_id": None,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": state.verification_token,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": state.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": state.new_id("Ev"),
        "event_time": int(state.clock.now().timestamp()),
        "authorizations": [bot],
        "is_ext_shared_channel": False,
        "event_context": f"4-{state.new_id('ctx')}",
    }


def rich_text(text: str, state: State) -> Json:
    """What a person typed, as Slack's own composer sends it."""
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": state.new_id("b"), "elements": [words]}
