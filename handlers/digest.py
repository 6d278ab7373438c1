"""The digest of a group, shown in the conversation whenever somebody asks."""

from __future__ import annotations

from digests import preview, preview_since_meeting, preview_week
from handlers.digest_settings import settings_buttons
from handlers.representation.who import find_group
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group, GroupKind
from models.message import Actions, Message, Text
from models.people.addresses import Address, group_of_channel
from models.rights import Action
from models.seats.holders import seats_of_person


def digest(visit: Visit, wish: Understanding) -> Message:
    """Answers `veckan …`: the last seven days, a named week, or since the last meeting."""
    visit.demand(Action.SEE_DIGEST)
    _ = visit.language._
    group = _group(visit, wish)
    if group is None:
        sentence = _("Say which group, for example `digest Farsta`.")
        return Message(summary=sentence, parts=(Text(text=sentence),))
    found = _asked_for(visit, wish, group)
    if found is not None:
        return _with_settings(visit, group, found)
    sentence = _("{group}: nothing to tell for this time.", group=group.name)
    return Message(summary=sentence, parts=(Text(text=sentence),))


def _asked_for(visit: Visit, wish: Understanding, group: Group) -> Message | None:
    session, language, on = visit.session, visit.language, wish.on or visit.on
    if wish.week:
        return preview_week(session, group, wish.week, language, visit.at)
    shown = preview_since_meeting if wish.since == "last_meeting" else preview
    return shown(session, group, on, language, visit.at)


def _with_settings(visit: Visit, group: Group, found: Message) -> Message:
    """The digest, and for those who lead the group the way to when it comes."""
    buttons = settings_buttons(visit, group)
    if not buttons:
        return found
    return found.model_copy(update={"parts": (*found.parts, Actions(buttons=buttons))})


def _group(visit: Visit, wish: Understanding) -> Group | None:
    """The named group, the place's preparatory one, the channel's own, or one that I sit in."""
    if wish.district or wish.level:
        kind = wish.group or GroupKind.PREPARATORY
        return find_group(visit, wish.model_copy(update={"group": kind}))
    here = Address(visit.platform, visit.identity.workspace, visit.where.channel)
    own = group_of_channel(visit.session, here)
    if own is not None or visit.asker is None:
        return own
    seats = seats_of_person(visit.session, visit.person, visit.on)
    kinds = [GroupKind.PREPARATORY, GroupKind.STEERING, GroupKind.WORKING]
    seats.sort(key=lambda seat: kinds.index(seat.group.kind))
    return seats[0].group if seats else None
