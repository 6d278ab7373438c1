"""The inside of the fake Slack: who and what there is, what is allowed, what has been seen."""

import itertools
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.slack.clock import Bell, Clock
from tests.slack.payloads import PayloadRefused, check_message, check_view
from tests.slack.records import (
    Account,
    Call,
    Delivery,
    Fault,
    Json,
    Message,
    Room,
    Shown,
    Trouble,
    View,
    Workspace,
)

TRIGGER_LIVES = timedelta(seconds=3)
HOOK_LIVES = timedelta(minutes=30)
HOOK_USES = 5
MODALS = 3


class ApiError(Exception):
    """A Web API method answers with an error."""

    def __init__(self, code: str, **extra: object) -> None:
        self.code = code
        self.extra = extra
        super().__init__(code)


@dataclass(eq=False)
class Trigger:
    """The right to open one form, for three seconds after something that a person did."""

    trigger_id: str
    user: str
    team: str
    at: datetime
    used: bool = False


@dataclass(eq=False)
class Hook:
    """A response_url: where it answers to, and what is left of it."""

    url: str
    user: str
    channel: str
    cause: str
    at: datetime
    source: Message | None = None
    uses: int = 0


@dataclass(eq=False)
class Install:
    """A code that the app may exchange for a bot token, once."""

    workspace: Workspace
    user: str
    redirect_uri: str
    scopes: set[str]


class State:
    """All that the fake knows; handlers of HTTP and people's actions work on it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.bell = Bell()
        self._numbers = itertools.count(1)
        self.base_url = ""
        self.app_id = "A0SAMVERKAN"
        self.client_id = "1000000000001.1000000000002"
        self.client_secret = secrets.token_hex(16)
        self.signing_secret = secrets.token_hex(16)
        self.verification_token = secrets.token_hex(12)
        self.app_token = f"xapp-1-{self.app_id}-{secrets.token_hex(12)}"
        self.workspaces: dict[str, Workspace] = {}
        self.accounts: dict[str, Account] = {}
        self.rooms: dict[str, Room] = {}
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.codes: dict[str, Install] = {}
        self.uploads: dict[str, Json] = {}
        self.views: list[View] = []
        self.homes: dict[str, View] = {}
        self.posts: list[Message] = []
        self.ephemerals: list[Message] = []
        self.files: list[Json] = []
        self.prompts: list[Json] = []
        self.statuses: list[Json] = []
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.faults: list[Fault] = []
        self.journal: list[Shown] = []
        self.trouble: deque[Trouble] = deque()
        self.chance: Callable[[str], Trouble | None] = lambda _: None
        self.limits_rate = False
        self.posts_per_second = 0
        self.channel_rest = timedelta(seconds=1)
        self.page_size = 3
        self.agent_view = True
        self.tickets: set[str] = set()
        self.on_post: Callable[[Message], None] = lambda _: None
        self.on_call: Callable[[Call], None] = lambda _: None

    def new_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self._numbers):08d}"

    # People and places

    def workspace_of(self, token: str) -> Workspace:
        """The workspace that a bot token opens."""
        for workspace in self.workspaces.values():
            if workspace.bot_token == token and (workspace.installed or workspace.token_error):
                if workspace.token_error:
                    raise ApiError(workspace.token_error)
                return workspace
        raise ApiError("invalid_auth" if token else "not_authed")

    def account(self, workspace: Workspace, user_id: object) -> Account:
        account = self.accounts.get(str(user_id))
        if account is None or account.team_id != workspace.team_id:
            raise ApiError("user_not_found")
        return account

    def dm(self, workspace: Workspace, user_id: str) -> Room:
        """The direct messages between the bot and one person, opened when first needed."""
        members = {user_id, workspace.bot_user_id}
        for room in self.rooms.values():
            if room.is_im and room.members == members:
                return room
        room = Room(self.new_id("D"), "directmessage", workspace.team_id, members, is_im=True)
        self.rooms[room.channel_id] = room
        return room

    def room(self, workspace: Workspace, channel_id: object) -> Room:
        room = self.rooms.get(str(channel_id))
        if room is None or room.team_id != workspace.team_id:
            raise ApiError("channel_not_found")
        if room.is_private and workspace.bot_user_id not in room.members:
            raise ApiError("channel_not_found")
        return room

    def room_to_write_in(self, workspace: Workspace, channel_id: object) -> Room:
        """A channel that the bot may post in; a person's id means the direct messages."""
        account = self.accounts.get(str(channel_id))
        if account is not None and account.team_id == workspace.team_id:
            if account.deleted:
                raise ApiError("channel_not_found")
            return self.dm(workspace, account.user_id)
        room = self.room(workspace, channel_id)
        if room.is_archived:
            raise ApiError("is_archived")
        if workspace.bot_user_id not in room.members:
            raise ApiError("not_in_channel")
        return room

    # What is seen

    def show(self, what: str, item: Message | View, cause: str = "") -> None:
        self.journal.append(Shown(what, item, cause))
        self.bell.ring()

    def keep(self, message: Message, cause: str = "") -> Message:
        """Put a message before people's eyes."""
        if message.ephemeral:
            self.ephemerals.append(message)
        else:
            self.rooms[message.channel].messages.append(message)
            if message.bot_id:
                self.posts.append(message)
                self.on_post(message)
        self.show("message", message, cause)
        return message

    def find_message(self, channel_id: str, ts: str) -> Message | None:
        for message in self.rooms[channel_id].messages:
            if message.ts == ts and not message.deleted:
                return message
        return None

    def fault(self, kind: str, where: str, why: str) -> None:
        self.faults.append(Fault(kind, where, why))
        self.bell.ring()

    def checked_message(self, payload: Json, where: str) -> None:
        """Refuse what Slack would refuse, and remember that it was tried."""
        try:
            check_message(payload)
        except PayloadRefused as refused:
            raise self._refused(refused, where, refused.slack_error) from refused

    def checked_view(self, payload: Json, where: str) -> None:
        try:
            check_view(payload)
        except PayloadRefused as refused:
            code = refused.slack_error.replace("invalid_blocks", "invalid_arguments")
            raise self._refused(refused, where, code) from refused

    def _refused(self, refused: PayloadRefused, where: str, code: str) -> ApiError:
        self.fault(code, where, str(refused))
        line = f"[ERROR] {refused.why} [json-pointer:{refused.pointer}]"
        return ApiError(code, response_metadata={"messages": [line]})

    # Triggers, response_urls, forms

    def new_trigger(self, user: str, team: str) -> Trigger:
        at = self.clock.now()
        number = self.new_id("")
        trigger = Trigger(f"{number}.{number[::-1]}.{secrets.token_hex(8)}", user, team, at)
        self.triggers[trigger.trigger_id] = trigger
        return trigger

    def spend_trigger(self, workspace: Workspace, trigger_id: object) -> Trigger:
        trigger = self.triggers.get(str(trigger_id))
        if trigger is None or trigger.team != workspace.team_id:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if self.clock.now() - trigger.at > TRIGGER_LIVES:
            raise ApiError("expired_trigger_id")
        trigger.used = True
        return trigger

    def new_hook(self, kind: str, user: str, channel: str, cause: str) -> Hook:
        path = f"/{kind}/{self.new_id('H')}/{secrets.token_hex(12)}"
        hook = Hook(f"{self.base_url}{path}", user, channel, cause, self.clock.now())
        self.hooks[path] = hook
        return hook

    def stack(self, user: str) -> list[View]:
        """The forms that a person has open, the one on top last."""
        return [view for view in self.views if view.user == user and view.open]

    def new_view(self, user: str, team: str, payload: Json, trigger: str) -> View:
        """Put a form on top of those that a person has open."""
        below = self.stack(user)
        view_id = self.new_id("V")
        view = View(view_id, user, team, named(payload, self), self.new_hash(), trigger)
        view.root = below[-1].root if below else view_id
        view.previous = below[-1].view_id if below else ""
        self.views.append(view)
        self.show("view", view, trigger)
        return view

    def change_view(self, view: View, payload: Json, cause: str = "") -> None:
        view.payload, view.hash = named(payload, self), self.new_hash()
        view.updates += 1
        self.show("view", view, cause)

    def new_hash(self) -> str:
        return f"{int(self.clock.now().timestamp())}.{secrets.token_hex(4)}"


def named(payload: Json, state: State) -> Json:
    """The payload with the block ids and action ids that Slack makes up where there are none."""
    return {**payload, "blocks": named_blocks(payload.get("blocks") or [], state)}


def named_blocks(blocks: list[Json], state: State) -> list[Json]:
    return [named_block(block, state) for block in blocks]


def named_block(block: Json, state: State) -> Json:
    named = {**block, "block_id": block.get("block_id") or state.new_id("b")}
    for name in ("element", "accessory"):
        if name in named:
            named[name] = named_element(named[name], state)
    if named["type"] in ("actions", "context_actions"):
        named["elements"] = [named_element(element, state) for element in named["elements"]]
    if named["type"] == "container":
        named["child_blocks"] = named_blocks(named["child_blocks"], state)
    return named


def named_element(element: Json, state: State) -> Json:
    if element["type"] == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": state.new_id("a")}
