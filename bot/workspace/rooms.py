"""What stands around a conversation: the menu, the unread counts, the heading, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.workspace import conversations
from bot.workspace.office import Office, Visitor
from bot.workspace.page import BOT
from handlers.understanding.verbs import VERBS
from handlers.visit import standing_of
from models.groups import Group, GroupKind
from models.language import Language
from models.measures.workload import waiting_for_report
from models.meetings.meeting import Meeting
from models.people.organisations import Person
from models.rights import Action, Role, may
from models.seats.holders import members_of
from models.surveys.box import waiting_for_answer


@dataclass(frozen=True)
class Entry:
    """A line of the menu: `channel` is empty for pages; `count` is what is unread or waits."""

    name: str
    url: str
    channel: str = ""
    count: int = 0


@dataclass(frozen=True)
class Completion:
    """A verb that the composer offers: its names, an example, what it does."""

    names: tuple[str, ...]
    example: str
    sentence: str


@dataclass(frozen=True)
class Frame:
    """Everything around the middle of the page."""

    pages: tuple[Entry, ...]
    groups: tuple[Entry, ...]
    direct: Entry
    current: str
    title: str
    facts: str
    clock: str
    newest: int
    last_change: int
    completions: tuple[Completion, ...]

    @property
    def unread(self) -> int:
        """All that is unread, for the closed menu of a narrow screen."""
        return sum(entry.count for entry in (*self.groups, self.direct))


PAGES = (
    ("Home", "/"),
    ("Representation", "/representation"),
    ("Measures", "/measures"),
    ("Meetings", "/meetings"),
    ("Surveys and indicators", "/surveys"),
    ("Sendings", "/sendings"),
)
FOR_SOME = {"/sendings": Action.SEE_DELIVERIES}
"""The pages that stand in the menu of those only who may see them."""

KIND_NAMES = {
    GroupKind.STEERING: "{place} · steering group",
    GroupKind.PREPARATORY: "{place} · preparatory group",
}


def frame(here: Office, visitor: Visitor, session: Session, url: str) -> Frame:
    """The surroundings of the page at an address."""
    _ = visitor.language._
    groups = conversations.groups_of(session, visitor.person, visitor.on)
    own = conversations.direct(visitor.person.id)
    unread = conversations.unread(
        session, visitor.person.id, [own, *(group.code for group in groups)]
    )
    title, facts = _heading(visitor, session, groups, url)
    waits = waiting(visitor, session)
    return Frame(
        pages=tuple(
            Entry(_(name), address, count=waits if address == "/" else 0)
            for name, address in PAGES
            if may_open(visitor.person, address)
        ),
        groups=tuple(
            Entry(
                short_name(group, visitor.language),
                f"/groups/{group.code}",
                group.code,
                unread[group.code],
            )
            for group in groups
        ),
        direct=Entry(BOT, "/direct", own, unread[own]),
        current=url,
        title=title,
        facts=facts,
        clock=clock_label(visitor.language, visitor.at) if here.demo else "",
        newest=conversations.newest(session),
        last_change=conversations.last_change(session),
        completions=completions(visitor.language),
    )


def may_open(person: Person, address: str) -> bool:
    """Whether a page is for this member; most are for everybody."""
    needed = FOR_SOME.get(address)
    return needed is None or may({Role.MEMBER} | standing_of(person), needed)


def waiting(visitor: Visitor, session: Session) -> int:
    """How much waits for a member: measures for a report, surveys for an answer."""
    reports = waiting_for_report(session, visitor.person, visitor.on)
    return len(reports) + len(waiting_for_answer(session, visitor.person, visitor.at))


def short_name(group: Group, language: Language) -> str:
    """A group's name as short as the menu wants it: Farsta · beredning."""
    pattern = KIND_NAMES.get(group.kind)
    if group.district is None or pattern is None:
        return group.name
    return language._(pattern, place=group.district.name)


def _heading(visitor: Visitor, session: Session, groups: list[Group], url: str) -> tuple[str, str]:
    _ = visitor.language._
    for group in groups:
        if url == f"/groups/{group.code}":
            return group.name, _group_facts(visitor, session, group)
    if url == "/direct":
        return BOT, _("Only you see this conversation")
    title = next((_(name) for name, address in PAGES if address == url), BOT)
    today = visitor.language.long_day(visitor.on)
    return title, f"{today} · {visitor.language.week(visitor.on)}"


def _group_facts(visitor: Visitor, session: Session, group: Group) -> str:
    language = visitor.language
    number = len(members_of(session, group, visitor.on))
    facts = [language.n("{number} member", "{number} members", number)]
    meeting = next_meeting(session, group, visitor.at)
    if meeting is not None:
        facts.append(language._("next meeting {moment}", moment=language.moment(meeting.starts_at)))
    return " · ".join(facts)


def next_meeting(session: Session, group: Group, at: datetime) -> Meeting | None:
    """The group's next meeting that is not cancelled."""
    query = (
        select(Meeting)
        .where(Meeting.group_id == group.id, Meeting.starts_at > at, Meeting.cancelled.is_(False))
        .order_by(Meeting.starts_at)
        .limit(1)
    )
    return session.scalars(query).first()


def clock_label(language: Language, at: datetime) -> str:
    """The demo's time: mån 10 juni 2024 08.00."""
    local = language.local(at)
    return f"{language.short_day(local.date())} {local.year} {language.time(at)}"


def next_monday(language: Language, at: datetime) -> datetime:
    """Next Monday at 08:00 in the reader's zone."""
    local = language.local(at)
    day = local.date() + timedelta(days=7 - local.weekday())
    return datetime.combine(day, MONDAY_MORNING, local.tzinfo).astimezone(UTC)


MONDAY_MORNING = time(8)

STEPS: dict[str, Callable[[Language, datetime], datetime]] = {
    "monday": next_monday,
    "hour": lambda _, at: at + timedelta(hours=1),
    "day": lambda _, at: at + timedelta(days=1),
}
"""How the demo's clock can be moved."""


def completions(language: Language) -> tuple[Completion, ...]:
    """The verbs that the composer offers, from the one list of verbs."""
    return tuple(
        Completion(
            verb.names(language.code), verb.example(language.code), language._(verb.sentence)
        )
        for verb in VERBS
    )
