"""When the weekly digest comes and what it tells: of a group's channel, and of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.digest_form import NAMES, Draft, digest_form, read
from handlers.digest_words import hour_words, told_words, weekday_words
from handlers.errors import NotFound
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from handlers.whole import whole
from models.digest_settings import (
    Setting,
    Wanted,
    channels_of,
    set_days_before,
    set_wanted,
    setting_of_channel,
    setting_of_person,
    settings_of,
)
from models.groups import Group
from models.message import Actions, Button, Fact, Facts, FieldErrors, Heading, Message, Note, Reply
from models.people.accounts import Channel
from models.rights import Action, may

MOST_CHANNELS = 8


def digest_settings(visit: Visit, group: Group) -> Message:
    """How a group's digest comes now, in each of its channels, with a button for each change."""
    visit.demand(Action.SET_DIGEST, group_id=group.id)
    _ = visit.language._
    heading = _("The digest of {group}", group=group.name)
    channels = channels_of(visit.session, group)[:MOST_CHANNELS]
    settings = settings_of(visit.session, [channel.id for channel in channels])
    facts = [
        Fact(
            label=channel_name(visit, channel),
            value=_said(visit, Wanted.of(settings.get(channel.id)), group),
        )
        for channel in channels
    ]
    days = visit.language.n(
        "{number} working day before", "{number} working days before", group.digest_days
    )
    facts.append(Fact(label=_("Before a meeting"), value=days))
    buttons = [
        Button(label=_label(visit, channel, channels), action="digest.open", value=str(channel.id))
        for channel in channels
    ]
    if not channels:
        label = _("Change")
        buttons = [Button(label=label, action="digest.open", value=f"group:{group.code}")]
    rows = [Actions(buttons=tuple(buttons[at : at + 4])) for at in range(0, len(buttons), 4)]
    notes = [] if channels else [Note(text=_("The group has no channel; its secretary gets it."))]
    return Message(
        summary=heading,
        parts=(Heading(text=heading[:150]), Facts(facts=tuple(facts)), *notes, *rows),
        replaces=True,
    )


def _label(visit: Visit, channel: Channel, channels: list[Channel]) -> str:
    if len(channels) == 1:
        return visit.language._("Change")
    name = visit.language._("Change {name}", name=channel_name(visit, channel))
    return name if len(name) <= 40 else f"{name[:39]}…"


PLACES = {"workspace": "On the page"}
"""What a platform is called where its own name says little; the words are in the catalogue."""


def channel_name(visit: Visit, channel: Channel) -> str:
    """What a channel is called: Slack C0123, På sidan."""
    if channel.platform in PLACES:
        return visit.language._(PLACES[channel.platform])
    return f"{channel.platform.capitalize()} {channel.channel}"


def _said(visit: Visit, wanted: Wanted, group: Group | None) -> str:
    language = visit.language
    if not wanted.is_on:
        return language._("Not at all; it is switched off")
    zone = wanted.zone or (group.zone if group else language.zone)
    spoken = wanted.language if group and wanted.language != group.language else ""
    said = [
        f"{weekday_words(language)[wanted.weekday]} {hour_words(language, wanted.hour)}",
        *([zone] if zone != language.zone else []),
        *([NAMES[spoken]] if spoken else []),
        language.n("from {number} change", "from {number} changes", wanted.least),
        told_words(language, wanted.sections),
    ]
    return ", ".join(said)


@dataclass(frozen=True)
class Target:
    """Whose digest is set: a channel's of a group, only a group's, or the asker's own."""

    group: Group | None = None
    channel: Channel | None = None

    @property
    def value(self) -> str:
        """The target as buttons and forms hold it."""
        if self.channel is not None:
            return str(self.channel.id)
        return f"group:{self.group.code}" if self.group else ""


def open_form(visit: Visit, press: ButtonPressed) -> Reply:
    """The form of the channel or group that a button names."""
    target = _target(visit, press.value)
    return digest_form(visit, _draft(visit, target))


def open_own(visit: Visit, press: ButtonPressed) -> Reply:
    """The form of one's own weekly digest."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    return digest_form(visit, _draft(visit, Target()))


def open_group(visit: Visit, press: ButtonPressed) -> Message:
    """How the digest of the group that a button names comes now."""
    query = select(Group).where(Group.code == press.value)
    group = visit.session.scalars(query).first()
    if group is None:
        raise NotFound(visit.language._("There is no such group today."))
    return digest_settings(visit, group)


def _target(visit: Visit, value: str) -> Target:
    """What a button or form names, which the asker may set."""
    visit.demand_member()
    group, channel = None, None
    if (number := whole(value)) is not None:
        query = select(Channel).where(Channel.id == number).options(joinedload(Channel.group))
        channel = visit.session.scalars(query).first()
        group = channel.group if channel else None
    elif value.startswith("group:"):
        code = value.removeprefix("group:")
        group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if group is None:
        raise NotFound(visit.language._("The channel is not linked to a group any more."))
    visit.demand(Action.SET_DIGEST, group_id=group.id)
    return Target(group, channel)


def _draft(visit: Visit, target: Target) -> Draft:
    if target.channel is not None:
        wanted = Wanted.of(setting_of_channel(visit.session, target.channel))
    elif target.group is not None:
        wanted = Wanted()
    else:
        row = setting_of_person(visit.session, visit.person)
        wanted = Wanted.of(row) if row else Wanted(is_on=False)
    return Draft(wanted, target.value, target.group, target.channel is not None)


def submitted(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves what the form says."""
    own = not form.state
    if own:
        visit.demand(Action.CHANGE_OWN_SETTINGS)
    target = Target() if own else _target(visit, form.state)
    found = read(visit, _draft(visit, target), form)
    if isinstance(found, FieldErrors):
        return found
    reader = visit.person if own else target.channel
    if reader is not None:
        set_wanted(visit.session, reader, Setting(found.wanted, visit.person, visit.at))
    if target.group is not None and found.digest_days:
        days = found.digest_days
        set_days_before(visit.session, target.group, days, visit.person, visit.at)
    visit.remember(f"digest:{target.value}")
    return saved(visit, target)


def saved(visit: Visit, target: Target) -> Message:
    """How the digest comes from now on."""
    if target.group is not None:
        return digest_settings(visit, target.group)
    _ = visit.language._
    row = setting_of_person(visit.session, visit.person)
    said = _said(visit, Wanted.of(row) if row else Wanted(is_on=False), None)
    heading = _("Your own weekly digest")
    change = Button(label=_("Change"), action="digest.mine")
    return Message(
        summary=f"{heading}: {said}"[:1000],
        parts=(
            Heading(text=heading),
            Facts(facts=(Fact(label=_("Comes"), value=said),)),
            Actions(buttons=(change,)),
        ),
        replaces=True,
    )


def recall(visit: Visit, key: str) -> Message:
    """The same, for the same event a second time."""
    return saved(visit, _target(visit, key) if key else Target())


def settings_buttons(visit: Visit, group: Group) -> tuple[Button, ...]:
    """The way to a group's digest settings, for those who may change them."""
    if visit.asker is None or not may(visit.roles(group_id=group.id), Action.SET_DIGEST):
        return ()
    label = visit.language._("When the digest comes")
    return (Button(label=label, action="digest.group", value=group.code),)
