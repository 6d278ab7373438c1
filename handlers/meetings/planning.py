"""New meetings: `nytt möte Farsta styrgrupp` opens the form; one or a series is planned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.form_intro import Told
from handlers.meetings.card import meeting_card
from handlers.meetings.draft import Draft, Read, State, read
from handlers.meetings.form import meeting_form
from handlers.meetings.told import lines_of, tell_members
from handlers.meetings.wished import Wished
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.opening import meant_groups, which_group
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group
from models.meetings.meeting import Meeting, MeetingChange
from models.meetings.plans import (
    By,
    Days,
    MeetingFacts,
    Plan,
    clashes,
    days_of,
    of_group_then,
    plan,
    taken,
)
from models.message import Actions, Button, FieldErrors, Heading, Message, Note, Reply, Text
from models.rights import Action
from models.schedule import instant, is_quiet, is_red_day

MOST_CLASHES = 5


def plan_meeting(visit: Visit, wish: Understanding) -> Reply:
    """Answers `nytt möte …`: the form for the group that is named or led, else which group."""
    groups = meant_groups(visit, wish, Action.CHANGE_MEETINGS)
    if len(groups) > 1:
        wished = Wished.of(wish, wish.on)
        values = [wished.value_of(one.code) for one in groups]
        return which_group(visit, groups, "meeting.new", values, wish.intent)
    return meeting_form(visit, Draft(groups[0], values=Wished.of(wish, wish.on).values()))


def open_plan(visit: Visit, press: ButtonPressed) -> Reply:
    """The form for a new meeting of the group that a button names."""
    code, _bar, wished = press.value.partition("|")
    return meeting_form(visit, Draft(_group(visit, code), values=Wished.read(wished).values()))


def _group(visit: Visit, code: str, *, locked: bool = False) -> Group:
    query = select(Group).where(Group.code == code)
    group = visit.session.scalars(query.with_for_update() if locked else query).first()
    if group is None:
        raise NotFound(visit.language._("The group is not there any more."))
    visit.demand(Action.CHANGE_MEETINGS, group_id=group.id)
    return group


def planned(visit: Visit, form: FormSubmitted) -> Reply:
    """Plans what the form says, once the warnings have been shown."""
    state = State.of(visit, form)
    group = _group(visit, state.group, locked=True)
    draft = Draft(group, values=form.values)
    found = read(visit, draft)
    if found.facts is None:
        return FieldErrors(errors=dict(found.errors))
    days = days_of(found.rhythm, found.facts.day, found.times)
    starts = [instant(day, found.facts.starts, group.zone) for day in days.kept]
    if errors := already_there(visit, group, starts):
        return FieldErrors(errors=errors)
    warned = warnings(visit, group, found.facts, days)
    if warned.warned and warned.warned != state.warned:
        return meeting_form(visit, draft, warned)
    return _saved(visit, group, found, days)


def _saved(visit: Visit, group: Group, found: Read, days: Days) -> Message:
    assert found.facts is not None
    by = By(visit.person, visit.at)
    wanted = Plan(group, found.facts, days.kept, found.rhythm)
    changes = plan(visit.session, wanted, by)
    told = tell_members(visit, changes)
    visit.remember(f"meeting:{changes[0].meeting_id}")
    return confirmation(visit, changes, told)


def already_there(
    visit: Visit, group: Group, starts: Sequence[datetime], but: Collection[int] = ()
) -> dict[str, str]:
    """That the group meets at one of the times already, leaving out what is itself moved."""
    found = [each for each in taken(visit.session, group, starts) if each.id not in but]
    if not found:
        return {}
    there = "{group} has a meeting at that time already: {when}."
    if found[0].cancelled:
        there = (
            "{group} has a cancelled meeting at that time: {when}. Show it and choose “Hold it "
            "after all”, or choose another time."
        )
    when = visit.language.moment(found[0].starts_at, visit.on)
    return {"day": visit.language._(there, group=group.name, when=when)}


def warnings(
    visit: Visit, group: Group, facts: MeetingFacts, days: Days, moved: Collection[int] = ()
) -> Told:
    """What is said before it is saved: red days and July, and who is to be elsewhere.

    `moved` are the ids of the meetings that get the new times, and are in nobody's way.
    """
    causes = [
        *_of_days(visit, days),
        *_of_group(visit, group, facts, days, moved),
        *_of_people(visit, group, facts, days),
    ]
    if not causes:
        return Told()
    heading = visit.language._("**Before you save**")
    mark = sha256("\n".join(causes).encode()).hexdigest()[:16]
    return Told("\n".join([heading, *(f"- {cause}" for cause in causes)]), mark)


def _of_days(visit: Visit, days: Days) -> Iterator[str]:
    _ = visit.language._
    for day in days.kept:
        if is_red_day(day):
            yield _("{day} is a red day.", day=visit.language.long_day(day).capitalize())
        elif is_quiet(day):
            yield _("Nobody is called in July: {day}.", day=visit.language.day(day))
    if days.left_out:
        left = visit.language.join([visit.language.day(day, days.kept[0]) for day in days.left_out])
        yield _("Left out, as a red day or in July: {days}.", days=left)


def _of_group(
    visit: Visit, group: Group, facts: MeetingFacts, days: Days, moved: Collection[int]
) -> Iterator[str]:
    for day in days.kept:
        begins, finishes = (instant(day, at, group.zone) for at in (facts.starts, facts.ends))
        for each in of_group_then(visit.session, group, begins, finishes):
            if each.id not in moved:
                when = visit.language.moment(each.starts_at, visit.on)
                yield visit.language._("The group meets then already: {when}.", when=when)


def _of_people(visit: Visit, group: Group, facts: MeetingFacts, days: Days) -> Iterator[str]:
    found = [
        clash
        for day in days.kept
        for clash in clashes(
            visit.session,
            group,
            instant(day, facts.starts, group.zone),
            instant(day, facts.ends, group.zone),
        )
    ]
    for clash in found[:MOST_CLASHES]:
        yield visit.language._(
            "{name} is to be in {group} {when}.",
            name=clash.person.shown_as(),
            group=clash.meeting.group.name,
            when=visit.language.moment(clash.meeting.starts_at, visit.on),
        )
    if len(found) > MOST_CLASHES:
        more = len(found) - MOST_CLASHES
        yield visit.language.n("… and {number} more clash", "… and {number} more clashes", more)


def confirmation(visit: Visit, changes: Sequence[MeetingChange], told: int) -> Message:
    """What is planned now, and how many were told."""
    language = visit.language
    group = changes[0].meeting.group
    heading = language.n("Planned: {number} meeting", "Planned: {number} meetings", len(changes))
    number = str(changes[0].meeting_id)
    buttons = (
        Button(label=language._("Show the meeting"), action="meeting.show", value=number),
        Button(label=language._("Move or change"), action="meeting.change", value=number),
    )
    lines = [f"**{group.name}**", *lines_of(language, changes, visit.on)]
    return Message(
        summary=f"{heading}. {lines[1]}".replace("**", "")[:1000],
        parts=(
            Heading(text=heading),
            Text(text="\n".join(lines)[:3000]),
            told_note(visit, told),
            Actions(buttons=buttons),
        ),
        replaces=True,
    )


def told_note(visit: Visit, told: int) -> Note:
    """How many members a message goes to."""
    sentence = visit.language.n("Told: {number} member.", "Told: {number} members.", told)
    return Note(text=sentence if told else visit.language._("Nobody else could be told."))


def recall(visit: Visit, key: str) -> Message:
    """The meeting as it stands, for the same event a second time."""
    return meeting_card(visit, visit.session.get_one(Meeting, int(key)))
