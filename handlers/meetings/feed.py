"""`prenumerera`: an address at which one's calendar reads when groups meet, or the whole year.

The address is its holder's alone and secret: whoever has it sees when and where the groups meet.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers import texts
from handlers.calendars import CalendarOf
from handlers.errors import NotFound
from handlers.meetings.events import as_ics, meetings_of_group, meetings_of_person
from handlers.requests import ButtonPressed
from handlers.seats.opening import meant_groups, which_group
from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.whole import whole
from handlers.year.feed_file import year_feed
from models.audit import record
from models.groups import Group
from models.language import Language
from models.meetings.calendar_feeds import CalendarFeed, feed_of_token, live_feed, new_feed
from models.message import Actions, Button, Confirm, Heading, Link, Message, Note, Reply, Text
from models.rights import Action

ZONE = "Europe/Stockholm"


def subscribe(visit: Visit, wish: Understanding) -> Reply:
    """Answers `prenumerera …`: the address for a group, or for all of one's own groups."""
    visit.demand(Action.SEE_MEETINGS)
    if not (wish.district or wish.group or wish.group_code or wish.level):
        return _open(visit, None, whole_year=wish.whole_year)
    groups = meant_groups(visit, wish, Action.SEE_MEETINGS)
    if len(groups) > 1:
        return which_group(
            visit,
            groups,
            "calendar.year" if wish.whole_year else "calendar.open",
            [one.code for one in groups],
            wish.intent,
        )
    return _open(visit, groups[0], whole_year=wish.whole_year)


def open_calendar(visit: Visit, press: ButtonPressed) -> Message:
    """The address for the group that a button names; for one's own groups where it names none."""
    visit.demand(Action.SEE_MEETINGS)
    return _open(visit, _group(visit, press))


def open_year(visit: Visit, press: ButtonPressed) -> Message:
    """The address of the whole year, of the group that a button names or of one's own groups."""
    visit.demand(Action.SEE_MEETINGS)
    return _open(visit, _group(visit, press), whole_year=True)


def renew(visit: Visit, press: ButtonPressed) -> Message:
    """Ends the address that a button names, and gives another."""
    ended = _end(visit, press)
    return _open(visit, ended.group, whole_year=ended.whole_year)


def stop(visit: Visit, press: ButtonPressed) -> Message:
    """Ends the address that a button names."""
    return _ended(visit, _end(visit, press))


def recall(visit: Visit, key: str) -> Message:
    """The card of a feed, for the same event a second time; what has ended says so."""
    feed = visit.session.get(CalendarFeed, int(key))
    return _ended(visit, feed) if feed is None or feed.ended_at else _card(visit, feed)


def _open(visit: Visit, group: Group | None, *, whole_year: bool = False) -> Message:
    feed = live_feed(visit.session, visit.person, group, whole_year=whole_year)
    if feed is None:
        feed = new_feed(visit.session, visit.person, group, visit.at, whole_year=whole_year)
        record(visit.session, visit.person, "open_calendar", f"calendar:{feed.id}", visit.at)
        visit.remember(f"calendar:{feed.id}")
    return _card(visit, feed)


def _group(visit: Visit, press: ButtonPressed) -> Group | None:
    visit.demand_member()
    if not press.value:
        return None
    found = visit.session.scalars(select(Group).where(Group.code == press.value)).first()
    if found is None:
        raise NotFound(visit.language._("The group is not there any more."))
    return found


def _end(visit: Visit, press: ButtonPressed) -> CalendarFeed:
    """Ends the asker's own feed; a second press of the same button finds it ended."""
    visit.demand(Action.SEE_MEETINGS)
    query = select(CalendarFeed).where(
        CalendarFeed.id == (whole(press.value) or 0),
        CalendarFeed.person_id == visit.person.id,
    )
    feed = visit.session.scalars(query.with_for_update()).first()
    if feed is None:
        raise NotFound(visit.language._("The address is not yours, or not there any more."))
    if feed.ended_at is None:
        feed.ended_at = visit.at
        record(visit.session, visit.person, "end_calendar", f"calendar:{feed.id}", visit.at)
        visit.session.flush()
    visit.remember(f"calendar:{feed.id}")
    return feed


def _ended(visit: Visit, feed: CalendarFeed | None) -> Message:
    """That an address is closed, and the way to a new one of the same calendar."""
    _ = visit.language._
    told = _("The address is closed. Calendars that read it get nothing more.")
    again = Button(
        label=_("Give me a new address"),
        action="calendar.year" if feed and feed.whole_year else "calendar.open",
        value=feed.group.code if feed and feed.group else "",
    )
    return Message(summary=told, parts=(Text(text=told), Actions(buttons=(again,))), replaces=True)


def _card(visit: Visit, feed: CalendarFeed) -> Message:
    """The address, how it is used, and how it is closed."""
    _ = visit.language._
    url = f"{visit.base_url}/calendar/{feed.token(visit.secret)}.ics"
    heading = _("Your calendar: {what}", what=_what(visit, feed))
    how = _(
        "Add this address in your calendar as a subscription (in Outlook: “Add calendar”, then "
        "“Subscribe from web”). Moved and cancelled meetings follow by themselves."
    )
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading[:150]),
            Text(text=how),
            Text(text=f"`{url}`"),
            Note(text=_secret(visit, feed)),
            Actions(buttons=_buttons(visit, feed, url)),
        ),
        replaces=True,
    )


def _secret(visit: Visit, feed: CalendarFeed) -> str:
    """What whoever has the address can read."""
    if feed.whole_year:
        return visit.language._(
            "Whoever has the address sees when and where the groups meet, and on which days "
            "agreements, surveys, mandates and measures fall, so keep it to yourself. It holds no "
            "agenda, no titles of measures or surveys, and no names. The meetings are among it."
        )
    return visit.language._(
        "Whoever has the address sees when and where the groups meet, so keep it to yourself. "
        "It holds no agenda and no names."
    )


def _buttons(visit: Visit, feed: CalendarFeed, url: str) -> tuple[Button | Link, ...]:
    _ = visit.language._
    sure = Confirm(
        title=_("Close the address?"),
        text=_("Calendars that read it get nothing more."),
        yes=_("Close it"),
        no=_("Keep it"),
    )
    swap = Confirm(
        title=_("Change the address?"),
        text=_("The old one is closed. Calendars that read it get nothing more."),
        yes=_("New address"),
        no=_("Keep it"),
    )
    number = str(feed.id)
    return (
        Link(label=_("Subscribe on this device"), url=url.removesuffix(".ics")),
        Link(label=_("Download as a file"), url=url),
        Button(label=_("New address"), action="calendar.renew", value=number, confirm=swap),
        Button(label=_("Close the address"), action="calendar.stop", value=number, confirm=sure),
    )


def _what(visit: Visit, feed: CalendarFeed) -> str:
    _ = visit.language._
    if feed.whole_year:
        return _(
            "the whole year of {group}", group=feed.group.name if feed.group else _("your groups")
        )
    return feed.group.name if feed.group else _("all your groups' meetings")


def calendar_of_token(
    session: Session, token: str, secret: bytes, at: datetime, base_url: str
) -> bytes | None:
    """The calendar that an address leads to.

    None where the address is made up or closed, or its holder has left.
    """
    feed = feed_of_token(session, token, secret)
    if feed is None or feed.ended_at is not None or not feed.person.is_active(at.date()):
        return None
    language = texts.language(feed.person.language, ZONE)
    if feed.whole_year:
        return year_feed(
            session, feed, CalendarOf(_year_name(language, feed), language, at), base_url
        )
    name = feed.group.name if feed.group else language._("Group meetings")
    meetings = (
        meetings_of_group(session, feed.group.id, at)
        if feed.group
        else meetings_of_person(session, feed.person, at)
    )
    return as_ics(CalendarOf(name, language, at), meetings, base_url)


def _year_name(language: Language, feed: CalendarFeed) -> str:
    """What a calendar of the year is called in the program that reads it."""
    group = feed.group.name if feed.group else language._("your groups")
    return language._("Year wheel: {group}", group=group)
