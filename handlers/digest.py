"""The digest of a group, shown in the conversation whenever somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digests import preview, preview_since_meeting, preview_week
from digests.ways import LABEL, cut
from handlers.digest_settings import settings_buttons
from handlers.representation.who import find_group
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group, GroupKind
from models.message import Actions, Button, Message, Text
from models.people.addresses import Address, group_of_channel
from models.rights import Action
from models.seats.holders import seats_of_person

MOST_OTHERS = 5


def digest(visit: Visit, wish: Understanding) -> Message:
    """Answers `veckan …`: the last seven days, a named week, or since the last meeting."""
    visit.demand(Action.SEE_DIGEST)
    _ = visit.language._
    mine: list[Group] = []
    group = _group(visit, wish)
    if group is None and visit.asker is not None:
        mine = _of_mine(visit)
        group = mine[0] if mine else None
    if group is None:
        sentence = _("Say which group, for example `digest Farsta`.")
        return Message(summary=sentence, parts=(Text(text=sentence),))
    found = _asked_for(visit, wish, group)
    if found is not None:
        return _followed(found, (settings_buttons(visit, group), _others(visit, mine[1:])))
    sentence = _("{group}: nothing to tell for this time.", group=group.name)
    nothing = Message(summary=sentence, parts=(Text(text=sentence),))
    return _followed(nothing, (_others(visit, mine[1:]),))


def _asked_for(visit: Visit, wish: Understanding, group: Group) -> Message | None:
    session, language, on = visit.session, visit.language, wish.on or visit.on
    if wish.week:
        return preview_week(session, group, wish.week, language, visit.at)
    shown = preview_since_meeting if wish.since == "last_meeting" else preview
    return shown(session, group, on, language, visit.at)


def _followed(found: Message, rows: Iterable[tuple[Button, ...]]) -> Message:
    """The digest, and below it ways on, where there are any."""
    ways = (Actions(buttons=buttons) for buttons in rows if buttons)
    return found.model_copy(update={"parts": (*found.parts, *ways)})


def _others(visit: Visit, groups: Sequence[Group]) -> tuple[Button, ...]:
    """To the digests of one's other groups, where none was named."""
    verb = "digest" if visit.language.code == "en" else "veckan"
    return tuple(
        Button(label=cut(each.name, LABEL), action="say", value=f"{verb} {each.code}")
        for each in groups[:MOST_OTHERS]
    )


def _group(visit: Visit, wish: Understanding) -> Group | None:
    """The named group, the place's preparatory one, or the channel's own."""
    if wish.district or wish.level:
        kind = wish.group or GroupKind.PREPARATORY
        return find_group(visit, wish.model_copy(update={"group": kind}))
    here = Address(visit.platform, visit.identity.workspace, visit.where.channel)
    return group_of_channel(visit.session, here)


def _of_mine(visit: Visit) -> list[Group]:
    """The groups that the asker sits in, preparatory ones first."""
    seats = seats_of_person(visit.session, visit.person, visit.on)
    kinds = [GroupKind.PREPARATORY, GroupKind.STEERING, GroupKind.WORKING]
    seats.sort(key=lambda seat: kinds.index(seat.group.kind))
    return list({seat.group_id: seat.group for seat in seats}.values())
