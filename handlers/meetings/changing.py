"""Moving, changing and cancelling meetings: they keep all they have, and members are told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.errors import Refusal
from handlers.form_intro import Told
from handlers.meetings.card import find_meeting, meeting_card
from handlers.meetings.draft import ALL_FOLLOWING, Draft, State, read
from handlers.meetings.form import meeting_form
from handlers.meetings.planning import already_there, told_note, warnings
from handlers.meetings.told import lines_of, tell_members
from handlers.meetings.wished import Wished
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.opening import meant_groups
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group
from models.meetings import plans as meeting_plans
from models.meetings.inputs import keep_round_before
from models.meetings.meeting import Meeting, MeetingChange
from models.meetings.plans import (
    By,
    Days,
    MeetingFacts,
    facts_before,
    facts_of,
    following,
    moved_by,
)
from models.message import Actions, Button, FieldErrors, Form, Heading, Message, Part, Reply, Text
from models.rights import Action
from models.schedule import local_day

MOST_SHOWN = 8


def change_meeting(visit: Visit, wish: Understanding) -> Reply:
    """Answers `ändra möte …`: the form of the one meeting that is meant, else which.

    The form begins with the day and the hours to which the line moves the meeting.
    """
    every = _to_come(visit, meant_groups(visit, wish, Action.CHANGE_MEETINGS))
    zone = visit.language.zone
    known = wish.on if wish.on != wish.to_day else None
    found = [each for each in every if local_day(each.starts_at, zone) == known] or every
    # A day on which nothing is planned is the one that a meeting is to be moved to.
    to_day = known if wish.to_day is None and known and found is every else wish.to_day
    wished = Wished.of(wish, to_day)
    if not found:
        raise Refusal(visit.language._("No meetings are planned."))
    if len(found) == 1:
        return _opened(visit, found[0], wished, calls_off=wish.stop)
    heading = visit.language._("Which meeting?")
    buttons = [_button(visit, each, wished, calls_off=wish.stop) for each in found]
    rows = [Actions(buttons=tuple(buttons[at : at + 4])) for at in range(0, len(buttons), 4)]
    return Message(summary=heading, parts=(Heading(text=heading), *rows))


def _opened(visit: Visit, meeting: Meeting, wished: Wished, *, calls_off: bool) -> Reply:
    """The form of a meeting; its card where it is, or is to be, called off."""
    if calls_off or meeting.cancelled:
        return meeting_card(visit, meeting)
    return meeting_form(visit, Draft(meeting.group, meeting, wished.values(meeting)))


def _button(visit: Visit, meeting: Meeting, wished: Wished, *, calls_off: bool) -> Button:
    shows = calls_off or meeting.cancelled
    action = "meeting.show" if shows else "meeting.change"
    value = str(meeting.id) if shows else wished.value_of(str(meeting.id))
    return Button(label=_label(visit, meeting), action=action, value=value)


def _to_come(visit: Visit, groups: list[Group]) -> list[Meeting]:
    query = (
        select(Meeting)
        .where(Meeting.group_id.in_([group.id for group in groups]), Meeting.starts_at > visit.at)
        .order_by(Meeting.starts_at)
        .limit(MOST_SHOWN)
    )
    return list(visit.session.scalars(query))


def _label(visit: Visit, meeting: Meeting) -> str:
    label = f"{meeting.group.code} {visit.language.moment(meeting.starts_at, visit.on)}"
    return label if len(label) <= 40 else f"{label[:39]}…"


def open_change(visit: Visit, press: ButtonPressed) -> Reply:
    """The form of the meeting that a button names, with what is wished of it."""
    number, _bar, wished = press.value.partition("|")
    meeting = _of_mine(visit, number)
    return meeting_form(visit, Draft(meeting.group, meeting, Wished.read(wished).values(meeting)))


def _of_mine(visit: Visit, number: str, *, locked: bool = False) -> Meeting:
    """A meeting to come that the asker may change; one that has begun is left as it was."""
    visit.demand_member()
    meeting = find_meeting(visit, number, locked=locked)
    visit.demand(Action.CHANGE_MEETINGS, group_id=meeting.group_id)
    if meeting.starts_at <= visit.at:
        raise Refusal(visit.language._("The meeting has begun, so it stays as it was."))
    return meeting


def changed(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves what the form says of a meeting, once the warnings have been shown."""
    state = State.of(visit, form)
    meeting = _of_mine(visit, str(state.meeting), locked=True)
    draft = Draft(meeting.group, meeting, form.values)
    if state.revision != meeting.revision:
        return _looked_at_again(visit, draft, state.revision)
    found = read(visit, draft)
    if found.facts is None:
        return FieldErrors(errors=dict(found.errors))
    wanted = _wanted(visit, meeting, found.facts, draft.text("scope") == ALL_FOLLOWING)
    starts = [facts.begins(meeting.group.zone) for _each, facts in wanted]
    moved = {each.id for each, _facts in wanted}
    if errors := already_there(visit, meeting.group, starts, moved):
        return FieldErrors(errors=errors)
    warned = _warnings(visit, meeting, [facts for _each, facts in wanted], moved)
    if warned.warned and warned.warned != state.warned:
        return meeting_form(visit, draft, warned)
    return _saved(visit, meeting, wanted)


def _looked_at_again(visit: Visit, draft: Draft, revision: int) -> Form:
    """The form once more with what was typed, where the meeting has changed since a revision."""
    assert draft.meeting is not None, "a meeting is changed"
    rows = visit.session.scalars(
        select(MeetingChange)
        .where(MeetingChange.meeting_id == draft.meeting.id)
        .order_by(MeetingChange.id.desc())
        .limit(max(draft.meeting.revision - revision, 1))
    ).all()
    if rows and rows[-1].before:
        draft = draft.without_untouched(facts_before(rows[-1]))
    return meeting_form(visit, draft, _meanwhile(visit, rows))


def _meanwhile(visit: Visit, rows: Sequence[MeetingChange]) -> Told:
    """What somebody else has done to the meeting since the form was opened, the latest first."""
    row = rows[0] if rows else None
    if row is None or row.person is None:
        return Told(visit.language._("**The meeting was changed meanwhile.** Look again."))
    sentence = "**{name} changed the meeting {moment}:** {now}. Look again."
    now = lines_of(visit.language, [row], visit.on)[0]
    moment = visit.language.moment(row.at)
    return Told(visit.language._(sentence, name=row.person.shown_as(), moment=moment, now=now))


def _warnings(
    visit: Visit, meeting: Meeting, wanted: Sequence[MeetingFacts], moved: Collection[int]
) -> Told:
    """What new times bring; where the time stays, all of it is known."""
    zone, facts = meeting.group.zone, wanted[0]
    if (facts.begins(zone), facts.finishes(zone)) == (meeting.starts_at, meeting.ends_at):
        return Told()
    days = Days(tuple(each.day for each in wanted))
    return warnings(visit, meeting.group, facts, days, moved)


def _wanted(
    visit: Visit, meeting: Meeting, facts: MeetingFacts, with_following: bool
) -> list[tuple[Meeting, MeetingFacts]]:
    """What each meeting is to say: those that follow move as far, and keep what nobody changed."""
    others = following(visit.session, meeting) if with_following else []
    moved, before = moved_by(facts, meeting), facts_of(meeting)
    theirs = []
    for other in others:
        kept = facts_of(other)
        kept = replace(kept, day=kept.day + moved)
        if (facts.starts, facts.ends) != (before.starts, before.ends):
            kept = replace(kept, starts=facts.starts, ends=facts.ends)
        if facts.place != before.place:
            kept = replace(kept, place=facts.place)
        theirs.append((other, kept))
    return [(meeting, facts), *theirs]


def _saved(visit: Visit, meeting: Meeting, wanted: list[tuple[Meeting, MeetingFacts]]) -> Message:
    done = meeting_plans.change_all(visit.session, wanted, By(visit.person, visit.at))
    for change in done:
        keep_round_before(visit.session, change.meeting, visit.at)
    if not done:
        sentence = visit.language._("Nothing about the meeting is changed.")
        return meeting_card(visit, meeting, (Text(text=sentence),))
    return _told(visit, done)


def _told(visit: Visit, changes: list[MeetingChange]) -> Message:
    told = tell_members(visit, changes)
    first = changes[0].meeting
    visit.remember(f"meeting:{first.id}")
    said: tuple[Part, ...] = (told_note(visit, told),)
    if len(changes) > 1:
        said = (Text(text="\n".join(lines_of(visit.language, changes, visit.on))), *said)
    return meeting_card(visit, first, said).model_copy(update={"replaces": True})


Setting = Callable[[Session, Meeting, By], MeetingChange | None]


def cancelled(visit: Visit, press: ButtonPressed) -> Message:
    """Cancels the meeting that a button names."""
    return _set(visit, press, meeting_plans.cancel)


def series_cancelled(visit: Visit, press: ButtonPressed) -> Message:
    """Cancels the meeting that a button names, and those that follow it in its series."""
    meeting = _of_mine(visit, press.value, locked=True)
    by = By(visit.person, visit.at)
    every = (meeting, *following(visit.session, meeting))
    done = [meeting_plans.cancel(visit.session, each, by) for each in every]
    changes = [change for change in done if change is not None]
    if not changes:
        return meeting_card(visit, meeting).model_copy(update={"replaces": True})
    return _told(visit, changes)


def reinstated(visit: Visit, press: ButtonPressed) -> Message:
    """Lets the cancelled meeting that a button names be held after all."""
    return _set(visit, press, meeting_plans.reinstate)


def _set(visit: Visit, press: ButtonPressed, setting: Setting) -> Message:
    meeting = _of_mine(visit, press.value, locked=True)
    change = setting(visit.session, meeting, By(visit.person, visit.at))
    if change is None:
        return meeting_card(visit, meeting).model_copy(update={"replaces": True})
    return _told(visit, [change])
