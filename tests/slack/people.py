"""A person in Slack: what they type, press, fill in and open reaches the app as from Slack."""

from collections.abc import Callable
from typing import Any

from tests.slack.answers import Answers
from tests.slack.courier import OK, Courier
from tests.slack.finding import STATEFUL, NotThere, control, option_called, options_of
from tests.slack.forms import FormIncomplete, held, refusals, state_name, values_of
from tests.slack.methods_chat import shape_of
from tests.slack.records import Account, Json, Message, Room, View, Workspace
from tests.slack.seen import Seen, Submission
from tests.slack.shapes import Shapes, event_envelope
from tests.slack.state import Hook, State, Trigger

EXTERNAL = frozenset({"external_select", "multi_external_select"})


class Person:
    """A member of a workspace, with what they can do in Slack."""

    def __init__(
        self, state: State, courier: Courier, workspace: Workspace, account: Account
    ) -> None:
        self._state = state
        self._courier = courier
        self._workspace = workspace
        self.account = account
        self._shapes = Shapes(state, workspace, account)
        self._answers = Answers(state)

    @property
    def user_id(self) -> str:
        return self.account.user_id

    @property
    def dm(self) -> Room:
        """The direct messages with the bot."""
        return self._state.dm(self._workspace, self.user_id)

    def command(self, name: str, text: str = "", channel: Room | None = None) -> Seen:
        """Type a slash command, in the direct messages unless a channel is given."""
        room = channel or self.dm
        trigger = self._trigger()
        hook = self._state.new_hook("commands", self.user_id, room.channel_id, trigger.trigger_id)
        payload = self._shapes.command(name, text, room, trigger, hook)
        seen = self._act("command", payload, trigger)
        self._answers.to_command(seen.delivery, hook)
        return seen

    def presses(self, name: str, where: Message | View, number: int = 0) -> Seen:
        """Press the button with this label (or action_id), or the one so called with a number."""
        block, button = control(where, name, frozenset({"button"}), number)
        action = {**button, "block_id": block["block_id"]}
        return self._acts_on(where, action)

    def chooses(self, name: str, value: Any, where: Message | View) -> Seen:
        """Choose or pick in a control that stands outside a form's inputs."""
        kinds = STATEFUL | {"overflow"}
        block, element = control(where, name, frozenset(kinds))
        if element["type"] == "overflow":
            chosen = option_called(options_of(element), value)
            change: Json = {"type": "overflow", "selected_option": chosen}
        else:
            change = held(block, element, value, self._asking(where))
            # What is chosen already is no longer so when it is chosen again (Slack's own words).
            before = element.get("initial_option") if isinstance(where, Message) else None
            if before is not None and before == change.get("selected_option"):
                change = held(block, element, None, self._asking(where))
            self._remember(where, block, element, change)
        ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
        return self._acts_on(where, {**change, **ids})

    def fills(self, view: View, values: Json) -> "Form":
        """Fill in the fields of a form, each by its label (or block_id, or action_id)."""
        return Form(self, view, values)

    def closes(self, view: View) -> Seen:
        """Close a form without submitting; the app is told only if it asked to be."""
        view.open = False
        payload = self._shapes.closing(view, cleared=False)
        if not view.payload.get("notify_on_close"):
            return self._begin()
        return self._act("view_closed", payload)

    def looks_for(self, name: str, typed: str, where: Message | View) -> list[str]:
        """Type in a long choice; the labels that the app offers."""
        block, element = control(where, name, EXTERNAL)
        offered = self.offered(where, block, element, typed)
        return [str(option["text"]["text"]) for option in offered]

    def offered(self, where: Message | View, block: Json, element: Json, typed: str) -> list[Json]:
        """The options that the app offers for what has been typed."""
        if len(typed) < element.get("min_query_length", 3):
            return []
        payload = self._shapes.suggestion(where, block["block_id"], element["action_id"], typed)
        seen = self._act("block_suggestion", payload)
        return self._answers.to_suggestion(seen.delivery)

    def uses_shortcut(self, callback_id: str, message: Message | None = None) -> Seen:
        """Use a shortcut, on a message or from anywhere."""
        trigger = self._trigger()
        if message is None:
            payload = self._shapes.global_shortcut(callback_id, trigger)
            return self._empty(self._act("shortcut", payload, trigger))
        room = message.channel
        hook = self._state.new_hook("actions", self.user_id, room, trigger.trigger_id)
        hook.source = message
        payload = self._shapes.message_shortcut(callback_id, message, trigger, hook)
        return self._empty(self._act("message_action", payload, trigger))

    def writes(self, room: Room, text: str) -> Message:
        """Write in a channel; the app hears nothing of it."""
        return self._state.keep(self._written(room, text))

    def writes_dm(self, text: str) -> Seen:
        """Write to the bot in the direct messages."""
        message = self._written(self.dm, text)
        self._state.keep(message)
        return self._tell(self._shapes.said(message, "message", channel_type="im"))

    def edits(self, message: Message, text: str) -> Seen:
        """Change a direct message that has been written; the app is told of old and new."""
        before = shape_of(message, self._state.app_id)
        message.text, message.edits = text, message.edits + 1
        at = self._state.clock.timestamp()
        event = {
            "type": "message",
            "subtype": "message_changed",
            "message": shape_of(message, self._state.app_id),
            "previous_message": before,
            "channel": message.channel,
            "channel_type": "im",
            "hidden": True,
            "ts": at,
            "event_ts": at,
        }
        return self._tell(event)

    def mentions_bot(self, channel: Room, text: str) -> Seen:
        """Write to the bot by name in a channel that it is a member of."""
        bot = self._workspace.bot_user_id
        message = self._written(channel, f"<@{bot}> {text}")
        self._state.keep(message)
        if bot not in channel.members:
            return self._begin()
        return self._tell(self._shapes.said(message, "app_mention"))

    def opens_home(self, tab: str = "home") -> Seen:
        """Open the app's home, or its messages tab (where suggested prompts are shown)."""
        event: Json = {
            "type": "app_home_opened",
            "user": self.user_id,
            "channel": self.dm.channel_id,
            "tab": tab,
            "event_ts": self._state.clock.timestamp(),
        }
        home = self._state.homes.get(self.user_id)
        if home is not None and tab == "home":
            event["view"] = self._shapes.view(home)
        return self._tell(event)

    def opens_messages_tab(self) -> Seen:
        return self.opens_home("messages")

    def starts_assistant_thread(self) -> Seen:
        """Open the older assistant view."""
        message = self._state.keep(self._written(self.dm, "New Assistant Thread"))
        at = self._state.clock.timestamp()
        thread = {
            "user_id": self.user_id,
            "context": {"channel_id": None, "team_id": self.account.team_id},
            "channel_id": self.dm.channel_id,
            "thread_ts": message.ts,
        }
        event = {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": at}
        return self._tell(event)

    def submits(self, view: View, values: Json) -> Submission:
        """Submit a form whose fields hold these values."""
        reasons = refusals(view, values)
        if reasons:
            raise FormIncomplete(reasons)
        view.state = values
        trigger = self._trigger()
        seen = self._act("view_submission", self._shapes.submission(view, trigger), trigger)
        self._answers.to_submission(seen.delivery, view, trigger.trigger_id)
        return Submission(seen, view, seen.delivery.answer)

    def _acts_on(self, where: Message | View, action: Json) -> Seen:
        gone = not where.open if isinstance(where, View) else where.deleted
        if gone:
            raise NotThere("it is no longer before anybody's eyes")
        trigger = self._trigger()
        hook = self._hook(where, trigger)
        payload = self._shapes.actions(where, action, values_of(where), trigger, hook)
        return self._empty(self._act("block_actions", payload, trigger))

    def _hook(self, where: Message | View, trigger: Trigger) -> Hook | None:
        if isinstance(where, View):
            return None
        cause = trigger.trigger_id
        hook = self._state.new_hook("actions", self.user_id, where.channel, cause)
        hook.source = where
        return hook

    def _remember(self, where: Message | View, block: Json, element: Json, change: Json) -> None:
        if isinstance(where, View):
            where.state.setdefault(block["block_id"], {})[element["action_id"]] = change
            return
        first = state_name(element["type"]).replace("selected", "initial")
        element[first] = change[state_name(element["type"])]

    def _asking(self, where: Message | View) -> Callable[[Json, Json, str], list[Json]]:
        return lambda block, element, typed: self.offered(where, block, element, typed)

    def _trigger(self) -> Trigger:
        return self._state.new_trigger(self.user_id, self.account.team_id)

    def _begin(self, trigger: Trigger | None = None) -> Seen:
        cause = trigger.trigger_id if trigger else ""
        return Seen(self._state, self.user_id, len(self._state.journal), cause)

    def _act(self, kind: str, payload: Json, trigger: Trigger | None = None) -> Seen:
        seen = self._begin(trigger)
        seen.delivery = self._courier.send(kind, payload)
        if seen.delivery.status not in OK:
            timed_out = seen.delivery.error == "http_timeout"
            seen.delivery.error = "operation_timeout" if timed_out else "dispatch_failed"
            self._state.fault(seen.delivery.error, kind, str(seen.delivery.answer or ""))
        return seen

    def _empty(self, seen: Seen) -> Seen:
        self._answers.to_interaction(seen.delivery)
        return seen

    def _tell(self, event: Json) -> Seen:
        seen = self._begin()
        envelope = event_envelope(self._state, self._workspace, event)
        seen.delivery = self._courier.send_event(envelope)
        return seen

    def _written(self, room: Room, text: str) -> Message:
        ts, team = self._state.clock.timestamp(), self.account.team_id
        return Message(room.channel_id, ts, self.user_id, team, text, [], {}, "person")


class Form:
    """A form that is being filled in."""

    def __init__(self, person: Person, view: View, values: Json) -> None:
        self._person = person
        self._view = view
        self._values = values_of(view)
        for name, value in values.items():
            self._fill(name, value)

    def _fill(self, name: str, value: Any) -> None:
        block, element = control(self._view, name, frozenset(STATEFUL))
        asking = self._person._asking(self._view)
        self._values[block["block_id"]][element["action_id"]] = held(block, element, value, asking)

    def submit(self) -> Submission:
        """Press the form's own button; `FormIncomplete` if Slack's client would not let it go."""
        if not self._view.open:
            raise NotThere("the form is closed")
        if not self._view.payload.get("submit"):
            raise NotThere("the form has no button to submit it with")
        return self._person.submits(self._view, self._values)
