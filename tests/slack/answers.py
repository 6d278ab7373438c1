"""What Slack makes of the body of the app's answer to a request."""

from typing import Any

from tests.slack.courier import OK
from tests.slack.hooks import answer_with
from tests.slack.records import Delivery, Json, View
from tests.slack.state import MODALS, ApiError, Hook, State

OPTIONS = 100


class Answers:
    """Reads the answers to commands, presses and forms; an odd one is a fault."""

    def __init__(self, state: State) -> None:
        self.state = state

    def to_command(self, delivery: Delivery, hook: Hook) -> None:
        """A message for the person, unless the answer is empty."""
        answer = delivery.answer
        if delivery.status not in OK or not answer:
            return
        payload = {"text": answer} if isinstance(answer, str) else answer
        try:
            answer_with(self.state, hook, payload, "command")
        except ApiError as refused:
            delivery.error = refused.code

    def to_interaction(self, delivery: Delivery) -> None:
        """Presses and shortcuts are answered by an empty body: Slack shows nothing of another."""
        if delivery.status in OK and delivery.answer:
            self.state.fault("answer_ignored", delivery.kind, str(delivery.answer))

    def to_suggestion(self, delivery: Delivery) -> list[Json]:
        """The options, at most 100 in all, also out of groups."""
        answer = delivery.answer if isinstance(delivery.answer, dict) else {}
        groups = answer.get("option_groups") or []
        options = [
            *(answer.get("options") or []),
            *(one for group in groups for one in group["options"]),
        ]
        if delivery.status in OK and not {"options", "option_groups"} & set(answer):
            self.state.fault("invalid_options", delivery.kind, str(delivery.answer))
        if len(options) > OPTIONS or any(too_long(option) for option in options):
            self.state.fault("invalid_options", delivery.kind, f"{len(options)} options")
            return []
        return options

    def to_submission(self, delivery: Delivery, view: View, cause: str) -> None:
        """Close the form, or do what `response_action` says."""
        if delivery.status not in OK:
            return
        answer = delivery.answer or {}
        action = answer.get("response_action") if isinstance(answer, dict) else "?"
        known = {"errors": self._errors, "update": self._update, "push": self._push}
        if action == "clear":
            for each in self.state.stack(view.user):
                each.open = False
        elif action in known:
            known[action](answer, view, cause)
        elif answer:
            self._odd(view, f"no such answer: {answer!r}")
        else:
            view.open = False

    def _errors(self, answer: Json, view: View, _: str) -> None:
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        errors: Any = answer.get("errors")
        if not isinstance(errors, dict) or not errors:
            self._odd(view, "errors without any")
        elif not set(errors) <= inputs:
            self._odd(view, f"no inputs {sorted(set(errors) - inputs)}")
        elif not all(isinstance(why, str) and why.strip() for why in errors.values()):
            self._odd(view, "an error says nothing")

    def _update(self, answer: Json, view: View, cause: str) -> None:
        payload = self._checked(answer)
        if payload is not None:
            self.state.change_view(view, payload, cause)

    def _push(self, answer: Json, view: View, cause: str) -> None:
        payload = self._checked(answer)
        if payload is None:
            return
        if len(self.state.stack(view.user)) >= MODALS:
            self._odd(view, "a fourth form on top of three")
            return
        self.state.new_view(view.user, view.team, payload, cause)

    def _checked(self, answer: Json) -> Json | None:
        payload = answer.get("view")
        try:
            self.state.checked_view(payload if isinstance(payload, dict) else {}, "view_submission")
        except ApiError:
            return None
        return payload

    def _odd(self, view: View, why: str) -> None:
        self.state.fault("invalid_response", f"view_submission {view.callback_id}", why)


def too_long(option: Json) -> bool:
    text, value = option["text"], option.get("value", "")
    return text["type"] != "plain_text" or not 0 < len(text["text"]) <= 75 or len(value) > 150
