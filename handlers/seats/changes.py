"""The latest changes of a group's seats: who changed what when, and undoing what still can be."""

from __future__ import annotations

from sqlalchemy import select

from handlers.errors import NotAllowed, NotFound
from handlers.requests import ButtonPressed
from handlers.seats.account import account, sentences
from handlers.seats.opening import meant_groups, which_group
from handlers.seats.undoing import can_be_undone
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group
from models.message import Actions, Button, Heading, Message, Note, Part, Reply, Text
from models.rights import Action, may
from models.seats.changes import SeatChange, changes_of

MOST = 8


def seat_changes(visit: Visit, wish: Understanding) -> Reply:
    """Answers `ändringar Farsta styrgrupp`."""
    try:
        groups = meant_groups(visit, wish, Action.SEE_HISTORY)
    except NotAllowed as refusal:
        raise _refused(visit) from refusal
    if len(groups) > 1:
        codes = [each.code for each in groups]
        return which_group(visit, groups, "seats.changes", codes, wish.intent)
    return latest_changes(visit, groups[0])


def changes_button(visit: Visit, press: ButtonPressed) -> Message:
    """The latest changes in the group that a button names."""
    group = visit.session.scalars(select(Group).where(Group.code == press.value)).first()
    if group is None:
        raise NotFound(visit.language._("This button is too old. Write `hjälp` to start again."))
    if not may(visit.roles(group_id=group.id), Action.SEE_HISTORY):
        raise _refused(visit)
    return latest_changes(visit, group)


def _refused(visit: Visit) -> NotAllowed:
    return NotAllowed(
        visit.language._(
            "Changes of seats are shown to the registrar, the coordinator, and the group's chairs "
            "and secretary."
        )
    )


def latest_changes(visit: Visit, group: Group) -> Message:
    """What was changed last in a group, the newest first."""
    _ = visit.language._
    heading = _("Changes of seats: {group}", group=group.name)
    changes = changes_of(visit.session, group, most=MOST)
    may_change = may(visit.roles(group_id=group.id), Action.CHANGE_SEATS)
    parts = [part for each in changes for part in _parts(visit, each, may_change=may_change)]
    if not parts:
        parts = [Text(text=_("Nobody has changed a seat here yet."))]
    note = [Note(text=_("The latest {number} changes.", number=MOST))]
    buttons = [Button(label=_("Show the group"), action="who.group", value=_today(visit, group))]
    if may_change:
        menu = Button(label=_("Change seats"), action="seats.menu", value=group.code)
        buttons.insert(0, menu)
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            *parts,
            *(note if len(changes) == MOST else []),
            Actions(buttons=tuple(buttons)),
        ),
    )


def _today(visit: Visit, group: Group) -> str:
    return f"{group.code}|{visit.on}|0"


def _parts(visit: Visit, change: SeatChange, *, may_change: bool) -> list[Part]:
    _ = visit.language._
    name = change.person.shown_as() if change.person else _("Somebody")
    said = " ".join(sentences(visit.language, account(visit.session, change)))
    if change.undoes_id is not None:
        said = _("Undone: {told}", told=said)
    day = visit.language.day(visit.language.local(change.at).date(), visit.on)
    when = f"{day} {visit.language.time(change.at)}"
    text = Text(text=f"**{when}, {name}**\n{said}")
    if not may_change or not can_be_undone(visit, change):
        return [text]
    undo = Button(label=_("Undo"), action="seats.undo", value=str(change.id))
    return [text, Actions(buttons=(undo,))]
