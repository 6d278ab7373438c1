"""Who may change the chain: chairs and secretaries of the district's groups, the coordinator."""

from __future__ import annotations

from handlers.errors import NeedsMember, NotAllowed
from handlers.visit import NOT_ALLOWED, SAY_WHO, Visit
from models.groups import Group
from models.rights import Action, may
from models.seats.holders import seats_of_person


def may_change(visit: Visit, group: Group) -> bool:
    """Whether the asker may change what belongs to a group's district, or to the central groups."""
    if may(visit.roles(), Action.CHANGE_CHAIN):
        return True
    if visit.asker is None:
        return False
    near = {
        seat.group_id
        for seat in seats_of_person(visit.session, visit.asker, visit.on)
        if (seat.group.level, seat.group.district_id) == (group.level, group.district_id)
    }
    return any(may(visit.roles(group_id=each), Action.CHANGE_CHAIN) for each in near)


def demand_change(visit: Visit, group: Group) -> None:
    """Stops here with a sentence unless the asker may change what belongs to the group."""
    if may_change(visit, group):
        return
    if visit.asker is None:
        raise NeedsMember(visit.language._(SAY_WHO))
    raise NotAllowed(visit.language._(NOT_ALLOWED[Action.CHANGE_CHAIN]))
