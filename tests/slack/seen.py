"""What came before a person's eyes after something that they did."""

from typing import Any

from tests.slack.records import Delivery, Message, Shown, View
from tests.slack.state import State

PATIENCE = 3.0


class NothingSeen(AssertionError):
    """The person waited, and saw nothing of the kind."""


class Seen:
    """What one person sees from the moment of an action; waits a little where asked to."""

    def __init__(self, state: State, user: str, begun: int, cause: str = "") -> None:
        self._state = state
        self._user = user
        self._begun = begun
        self.cause = cause
        self.delivery = Delivery("", {})

    @property
    def error(self) -> str:
        """What Slack tells the person when the app failed: operation_timeout, dispatch_failed."""
        return self.delivery.error

    @property
    def status(self) -> int:
        return self.delivery.status

    @property
    def messages(self) -> list[Message]:
        """The messages seen so far: new ones, and those that were changed."""
        seen: list[Message] = []
        for shown in self._shown():
            item = shown.item
            if isinstance(item, Message) and shown.what != "removal" and item not in seen:
                seen.append(item)
        return seen

    @property
    def views(self) -> list[View]:
        """The forms and homes seen so far, each once, in order."""
        seen: list[View] = []
        for shown in self._shown():
            if isinstance(shown.item, View) and shown.item not in seen:
                seen.append(shown.item)
        return seen

    @property
    def message(self) -> Message:
        """The first message seen, waited for."""
        return self.reply()

    @property
    def text(self) -> str:
        """All that the first message says."""
        return self.message.plain

    @property
    def view(self) -> View:
        """The form that has been opened or changed, waited for."""
        return self._view("modal")

    @property
    def home(self) -> View:
        """The home that has been published, waited for."""
        return self._view("home")

    def reply(self, within: float = PATIENCE, number: int = 1) -> Message:
        """The message with this number (from 1) after the action, waited for."""
        if not self._state.bell.wait(lambda: len(self.messages) >= number, within):
            raise NothingSeen(f"no message {number} after {self.delivery}; {self._troubles()}")
        return self.messages[number - 1]

    def _view(self, kind: str) -> View:
        def found() -> list[View]:
            return [view for view in self.views if view.payload["type"] == kind]

        if not self._state.bell.wait(found, PATIENCE):
            raise NothingSeen(f"no {kind} after {self.delivery}; {self._troubles()}")
        return found()[-1]

    def _troubles(self) -> str:
        return f"faults {self._state.faults}"

    def _shown(self) -> list[Shown]:
        return [shown for shown in self._state.journal[self._begun :] if self._sees(shown.item)]

    def _sees(self, item: Message | View) -> bool:
        if isinstance(item, View):
            return item.user == self._user
        if item.to:
            return item.to == self._user
        here = self._user in self._state.rooms[item.channel].members
        return here and item.user != self._user


class Submission(Seen):
    """What came of submitting a form."""

    def __init__(self, seen: Seen, form: View, answer: Any) -> None:
        self.__dict__.update(seen.__dict__)
        self._form = form
        self.errors: dict[str, str] = {}
        if isinstance(answer, dict) and answer.get("response_action") == "errors":
            self.errors = answer["errors"]

    @property
    def closed(self) -> bool:
        """Whether this form is gone; one below it may still be open."""
        return not self._form.open
