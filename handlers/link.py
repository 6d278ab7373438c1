"""Linking by the coordinator: an account to a member, or this channel to a group."""

from __future__ import annotations

import re

from sqlalchemy import select

from handlers.acquaintance import link as link_account
from handlers.acquaintance import person_by_email
from handlers.errors import NotFound
from handlers.representation.who import find_group
from handlers.requests import PlaceKind
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.audit import record
from models.groups import Group
from models.message import Heading, Message, Text
from models.people.accounts import Channel
from models.rights import Action

_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")
_MENTION = re.compile(r"<@(?P<user>[A-Z0-9]+)(?:\|[^>]*)?>")


def link(visit: Visit, wish: Understanding) -> Message:
    """Answers `link Farsta steering group` in a channel, and `koppla @namn e-post` anywhere."""
    visit.demand(Action.LINK)
    line = wish.rest or ""
    mention, email = _MENTION.search(line), _EMAIL.search(line)
    if mention and email:
        return _link_account(visit, mention["user"], email[0])
    group = _named_group(visit, wish)
    if group is None or visit.where.kind is not PlaceKind.CHANNEL:
        raise NotFound(
            visit.language._(
                "In a group's channel, write for example `link Farsta steering group`. "
                "To link an account, write `link @name e-mail`."
            )
        )
    return _link_channel(visit, group)


def _named_group(visit: Visit, wish: Understanding) -> Group | None:
    if wish.group_code:
        return visit.session.scalars(select(Group).where(Group.code == wish.group_code)).first()
    return find_group(visit, wish) if wish.district or wish.level else None


def _link_account(visit: Visit, user: str, email: str) -> Message:
    _ = visit.language._
    person = person_by_email(visit.session, email)
    if person is None:
        raise NotFound(_("Nobody here has the e-mail {email}.", email=email))
    account = visit.identity.model_copy(update={"user": user, "email": email})
    link_account(visit.session, account, person, visit.at)
    visit.remember(f"linked:{email}")
    return linked(visit, person.shown_as())


def _link_channel(visit: Visit, group: Group) -> Message:
    identity = visit.identity
    channel = visit.session.scalars(
        select(Channel).where(
            Channel.platform == identity.platform,
            Channel.workspace == identity.workspace,
            Channel.channel == visit.where.channel,
        )
    ).first()
    if channel is None:
        channel = Channel(
            platform=identity.platform,
            workspace=identity.workspace,
            channel=visit.where.channel,
            linked_at=visit.at,
        )
        visit.session.add(channel)
    channel.group_id, channel.gone_at, channel.linked_at = group.id, None, visit.at
    record(visit.session, visit.person, "link_channel", f"group:{group.code}", visit.at)
    visit.remember(f"linked:{group.name}")
    return linked(visit, group.name)


def linked(visit: Visit, name: str) -> Message:
    """That something is now linked."""
    sentence = visit.language._("Linked: {name}.", name=name)
    explained = visit.language._("Digests and questions arrive here from now on.")
    return Message(summary=sentence, parts=(Heading(text=sentence), Text(text=explained)))


def recall(visit: Visit, key: str) -> Message:
    """The same for the same event a second time."""
    return linked(visit, key)
