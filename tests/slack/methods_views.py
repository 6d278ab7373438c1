"""`views.*`: forms on top of each other, and homes."""

from tests.slack.records import Json, View
from tests.slack.state import MODALS, ApiError, State
from tests.slack.web import Asked, method


def shape_of_view(state: State, view: View, bot_id: str) -> Json:
    """A view as Slack writes it in answers and payloads."""
    payload = view.payload
    shape: Json = {
        "id": view.view_id,
        "team_id": view.team,
        "type": payload["type"],
        "blocks": payload["blocks"],
        "private_metadata": payload.get("private_metadata", ""),
        "callback_id": payload.get("callback_id", ""),
        "external_id": payload.get("external_id", ""),
        "state": {"values": view.state},
        "hash": view.hash,
        "title": payload.get("title"),
        "submit": payload.get("submit"),
        "close": payload.get("close"),
        "clear_on_close": payload.get("clear_on_close", False),
        "notify_on_close": payload.get("notify_on_close", False),
        "previous_view_id": view.previous or None,
        "root_view_id": view.root or view.view_id,
        "app_id": state.app_id,
        "app_installed_team_id": view.team,
        "bot_id": bot_id,
    }
    return shape


def told(state: State, asked: Asked, view: View) -> Json:
    return {"view": shape_of_view(state, view, asked.workspace.bot_id)}


def form_of(state: State, asked: Asked, where: str) -> Json:
    payload = asked.object("view")
    state.checked_view(payload, where)
    if payload.get("type") != "modal":
        raise ApiError("invalid_arguments")
    check_external_id(state, asked, payload)
    return payload


def check_external_id(state: State, asked: Asked, payload: Json) -> None:
    wanted = payload.get("external_id")
    same = [view for view in state.views if view.open and view.payload.get("external_id") == wanted]
    team = asked.workspace.team_id
    if wanted and any(
        view.team == team and view.view_id != asked.args.get("view_id") for view in same
    ):
        raise ApiError("duplicate_external_id")


@method("views.open", per_minute=100)
def open_view(state: State, asked: Asked) -> Json:
    payload = form_of(state, asked, "views.open")
    trigger = state.spend_trigger(asked.workspace, asked.text("trigger_id"))
    if state.stack(trigger.user):
        for view in state.stack(trigger.user):
            view.open = False
    view = state.new_view(trigger.user, trigger.team, payload, trigger.trigger_id)
    return told(state, asked, view)


@method("views.push", per_minute=100)
def push_view(state: State, asked: Asked) -> Json:
    payload = form_of(state, asked, "views.push")
    trigger = state.spend_trigger(asked.workspace, asked.text("trigger_id"))
    below = state.stack(trigger.user)
    if not below:
        raise ApiError("not_found")
    if len(below) >= MODALS:
        raise ApiError("push_limit_reached")
    view = state.new_view(trigger.user, trigger.team, payload, trigger.trigger_id)
    return told(state, asked, view)


@method("views.update", per_minute=100)
def update_view(state: State, asked: Asked) -> Json:
    payload = form_of(state, asked, "views.update")
    view = open_view_of(state, asked)
    wanted = asked.args.get("hash")
    if wanted and wanted != view.hash:
        raise ApiError("hash_conflict")
    state.change_view(view, payload)
    return told(state, asked, view)


def open_view_of(state: State, asked: Asked) -> View:
    view_id, external_id = asked.args.get("view_id"), asked.args.get("external_id")
    for view in state.views:
        ours = view.open and view.team == asked.workspace.team_id
        named = view.payload.get("external_id")
        if ours and (view.view_id == view_id or (external_id and named == external_id)):
            return view
    raise ApiError("not_found")


@method("views.publish", per_minute=100)
def publish(state: State, asked: Asked) -> Json:
    account = state.account(asked.workspace, asked.text("user_id"))
    payload = asked.object("view")
    state.checked_view(payload, "views.publish")
    if payload.get("type") != "home":
        raise ApiError("invalid_arguments")
    home = state.homes.get(account.user_id)
    wanted = asked.args.get("hash")
    if wanted and (home is None or wanted != home.hash):
        raise ApiError("hash_conflict")
    if home is None:
        view_id = state.new_id("V")
        home = View(view_id, account.user_id, account.team_id, payload, "", root=view_id)
        state.homes[account.user_id] = home
    state.change_view(home, payload)
    return told(state, asked, home)
