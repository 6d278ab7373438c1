"""`auth`, `users`, `conversations`, `team`: who and what there is."""

from tests.slack.methods_chat import paged, truth
from tests.slack.records import Account, Json, Room
from tests.slack.state import ApiError, State
from tests.slack.web import Asked, method


@method("auth.test")
def auth_test(state: State, asked: Asked) -> Json:
    workspace = asked.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": "samverkan",
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


@method("team.info", "team:read", 50, takes_json=False)
def team_info(state: State, asked: Asked) -> Json:
    workspace = asked.workspace
    team = {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain}
    return {"team": team}


def shape_of_account(account: Account, *, with_email: bool) -> Json:
    profile: Json = {
        "real_name": account.name,
        "display_name": account.handle,
        "team": account.team_id,
    }
    if with_email:
        profile["email"] = account.email
    return {
        "id": account.user_id,
        "team_id": account.team_id,
        "name": account.handle,
        "deleted": account.deleted,
        "real_name": account.name,
        "tz": "Europe/Stockholm",
        "tz_offset": 7200,
        "locale": account.locale,
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "is_email_confirmed": True,
        "updated": 0,
    }


@method("users.info", "users:read", 100, takes_json=False)
def users_info(state: State, asked: Asked) -> Json:
    account = state.account(asked.workspace, asked.args.get("user"))
    with_email = "users:read.email" in asked.workspace.scopes
    shape = shape_of_account(account, with_email=with_email)
    if not truth(asked.args.get("include_locale")):
        del shape["locale"]
    return {"user": shape}


@method("users.lookupByEmail", "users:read.email", 50, takes_json=False)
def lookup_by_email(state: State, asked: Asked) -> Json:
    wanted = asked.text("email", "users_not_found").lower()
    for account in state.accounts.values():
        here = account.team_id == asked.workspace.team_id and not account.deleted
        if here and account.email.lower() == wanted:
            return {"user": shape_of_account(account, with_email=True)}
    raise ApiError("users_not_found")


def shape_of_room(room: Room, workspace_bot: str) -> Json:
    kinds = {"is_im": room.is_im, "is_private": room.is_private, "is_group": False}
    if room.is_im:
        other = min(room.members - {workspace_bot})
        return {"id": room.channel_id, "is_org_shared": False, "user": other, **kinds}
    return {
        "id": room.channel_id,
        "name": room.name,
        "name_normalized": room.name,
        "is_channel": not room.is_private,
        "is_archived": room.is_archived,
        "is_member": workspace_bot in room.members,
        "num_members": len(room.members),
        "context_team_id": room.team_id,
        **kinds,
    }


@method("conversations.open", "im:write", 50)
def open_dm(state: State, asked: Asked) -> Json:
    users = asked.text("users", "users_list_not_supplied").split(",")
    if len(users) > 1:
        raise ApiError("too_many_users")
    account = state.account(asked.workspace, users[0])
    if account.deleted:
        raise ApiError("user_disabled")
    room = state.dm(asked.workspace, account.user_id)
    return {"channel": {"id": room.channel_id}}


@method("conversations.info", "channels:read", 50, takes_json=False)
def conversation_info(state: State, asked: Asked) -> Json:
    room = state.room(asked.workspace, asked.args.get("channel"))
    return {"channel": shape_of_room(room, asked.workspace.bot_user_id)}


@method("conversations.members", "channels:read", 100, takes_json=False)
def conversation_members(state: State, asked: Asked) -> Json:
    room = state.room(asked.workspace, asked.args.get("channel"))
    page, more = paged(state, asked, sorted(room.members))
    return {"members": page, "response_metadata": more["response_metadata"]}


@method("conversations.list", "channels:read", 20, takes_json=False)
def conversation_list(state: State, asked: Asked) -> Json:
    """Public channels unless `types` says more; private ones only with the bot in them."""
    kinds = set(str(asked.args.get("types") or "public_channel").split(","))
    bot = asked.workspace.bot_user_id
    rooms = [
        room
        for room in state.rooms.values()
        if room.team_id == asked.workspace.team_id
        and kind_of(room) in kinds
        and (bot in room.members or kind_of(room) == "public_channel")
        and not (room.is_archived and truth(asked.args.get("exclude_archived")))
    ]
    page, more = paged(state, asked, rooms)
    shapes = [shape_of_room(room, bot) for room in page]
    return {"channels": shapes, "response_metadata": more["response_metadata"]}


def kind_of(room: Room) -> str:
    if room.is_im:
        return "im"
    return "private_channel" if room.is_private else "public_channel"


@method("conversations.join", "channels:join", 50)
def join(state: State, asked: Asked) -> Json:
    room = state.room(asked.workspace, asked.args.get("channel"))
    if room.is_im or room.is_private:
        raise ApiError("method_not_supported_for_channel_type")
    if room.is_archived:
        raise ApiError("is_archived")
    room.members.add(asked.workspace.bot_user_id)
    return {"channel": shape_of_room(room, asked.workspace.bot_user_id)}
