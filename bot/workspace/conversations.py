"""The conversations of the page: who sees what, what was said, and what is still unread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.workspace.requests import PLATFORM, WORKSPACE, identity
from handlers import acquaintance
from handlers.requests import Identity
from models.agreements import Level
from models.base import held_on
from models.groups import Group, GroupKind, Seat
from models.language import Language
from models.message import Audience, Message
from models.people.accounts import Account, Channel
from models.people.organisations import Person
from models.records import Post, Reading

SHOWN_AT_ONCE = 40


@dataclass(frozen=True)
class Said:
    """One act of a member in a conversation: a line, a button, a form; `event` makes it once."""

    person_id: int
    channel: str
    event: str
    at: datetime
    line: str = ""
    post: int = 0


@dataclass(frozen=True)
class Kept:
    """What an act left behind: new posts, or the post whose card it replaced."""

    posts: tuple[Post, ...] = ()
    replaced: Post | None = None


def direct(person_id: int) -> str:
    """The channel of a member's direct conversation with the bot."""
    return f"@{person_id}"


def groups_of(session: Session, person: Person, on: date) -> list[Group]:
    """The groups in which a member holds a seat on a day, in the menu's order."""
    query = (
        select(Group)
        .join(Seat, Seat.group_id == Group.id)
        .where(
            Seat.person_id == person.id,
            Seat.superseded_at.is_(None),
            held_on(Seat, on),
            held_on(Group, on),
        )
        .options(joinedload(Group.district))
        .distinct()
    )
    return sorted(session.scalars(query), key=_in_the_menu)


def _in_the_menu(group: Group) -> tuple[bool, str, int, str]:
    """Local before central, a district's together, those that steer first."""
    district = group.district.name if group.district else ""
    return group.level is Level.CENTRAL, district, list(GroupKind).index(group.kind), group.name


def may_see(session: Session, person: Person, channel: str, on: date) -> bool:
    """Whether a conversation is open to a member: their own, or that of a group of theirs."""
    if channel.startswith("@"):
        return channel == direct(person.id)
    return channel in {group.code for group in groups_of(session, person, on)}


def _visible(person_id: int) -> ColumnElement[bool]:
    return or_(Post.only_for_id.is_(None), Post.only_for_id == person_id)


def visible_post(session: Session, person: Person, number: int, on: date) -> Post | None:
    """A post of a conversation that is open to a member, unless it is for somebody else alone."""
    post = session.scalars(select(Post).where(Post.id == number, _visible(person.id))).first()
    if post is None or not may_see(session, person, post.channel, on):
        return None
    return post


def latest(session: Session, person_id: int, channel: str, before: int | None = None) -> list[Post]:
    """The last posts of a conversation that a member may see, oldest first."""
    query = (
        select(Post)
        .where(Post.channel == channel, _visible(person_id))
        .options(joinedload(Post.author))
        .order_by(Post.id.desc())
        .limit(SHOWN_AT_ONCE)
    )
    if before is not None:
        query = query.where(Post.id < before)
    return list(session.scalars(query))[::-1]


def after(session: Session, person_id: int, channels: list[str], post: int) -> list[Post]:
    """The posts after one that a member may see in any of some conversations, oldest first."""
    query = (
        select(Post)
        .where(Post.id > post, Post.channel.in_(channels), _visible(person_id))
        .options(joinedload(Post.author))
        .order_by(Post.id)
        .limit(200)
    )
    return list(session.scalars(query))


def changed(session: Session, person_id: int, channels: list[str], change: int) -> list[Post]:
    """The posts that were changed after one change and that a member may see, the first first."""
    query = (
        select(Post)
        .where(Post.change > change, Post.channel.in_(channels), _visible(person_id))
        .options(joinedload(Post.author))
        .order_by(Post.change)
        .limit(200)
    )
    return list(session.scalars(query))


def last_change(session: Session) -> int:
    """The number of the last change of all."""
    return session.scalar(select(func.max(Post.change))) or 0


def newest(session: Session) -> int:
    """The number of the newest post of all."""
    return session.scalar(select(func.max(Post.id))) or 0


def unread(session: Session, person_id: int, channels: list[str]) -> dict[str, int]:
    """How many posts of others a member has not seen, by conversation; none are left out."""
    read = (
        select(Reading.post_id)
        .where(Reading.person_id == person_id, Reading.channel == Post.channel)
        .scalar_subquery()
    )
    query = (
        select(Post.channel, func.count())
        .where(
            Post.channel.in_(channels),
            _visible(person_id),
            or_(Post.author_id.is_(None), Post.author_id != person_id),
            Post.id > func.coalesce(read, 0),
        )
        .group_by(Post.channel)
    )
    counted = dict(session.execute(query).all())
    return {channel: counted.get(channel, 0) for channel in channels}


def mark_read(session: Session, person_id: int, channel: str, post: int) -> None:
    """Notes how far a member has read; never backwards."""
    reading = session.get(Reading, (person_id, channel))
    if reading is None:
        session.add(Reading(person_id=person_id, channel=channel, post_id=post))
    elif reading.post_id < post:
        reading.post_id = post


def keep(session: Session, said: Said, message: Message) -> Kept:
    """Stores an act and its reply: for the member alone, unless the reply is for everyone."""
    before = _already(session, said)
    if before:
        return Kept(before)
    card = _own_card(session, said) if message.replaces else None
    if card is not None:
        card.message = message.model_dump(mode="json")
        session.flush()
        return Kept(replaced=card)
    posts = _posts(said, message)
    session.add_all(posts)
    session.flush()
    mark_read(session, said.person_id, said.channel, posts[-1].id)
    return Kept(posts)


def _already(session: Session, said: Said) -> tuple[Post, ...]:
    keys = [_key(said, "line"), _key(said, "reply")]
    query = select(Post).where(Post.delivery_id.in_(keys)).order_by(Post.id)
    return tuple(session.scalars(query))


def _own_card(session: Session, said: Said) -> Post | None:
    """The post whose button was pressed, if it is the member's alone and no digest to keep."""
    card = session.get(Post, said.post)
    if card is None or card.channel != said.channel or (card.message or {}).get("lasting"):
        return None
    own = card.only_for_id == said.person_id or card.channel == direct(said.person_id)
    return card if own else None


def _posts(said: Said, message: Message) -> tuple[Post, ...]:
    only_for = None if message.audience is Audience.EVERYONE else said.person_id
    line = Post(
        channel=said.channel,
        author_id=said.person_id,
        only_for_id=only_for,
        at=said.at,
        line=said.line,
        delivery_id=_key(said, "line"),
    )
    reply = Post(
        channel=said.channel,
        only_for_id=only_for,
        at=said.at,
        message=message.model_dump(mode="json"),
        delivery_id=_key(said, "reply"),
    )
    return (line, reply) if said.line else (reply,)


def _key(said: Said, what: str) -> str:
    return f"{what}:{said.person_id}:{said.event}"


def arrive(session: Session, person: Person, language: Language, at: datetime) -> None:
    """Makes a member reachable here, and greets whoever is here for the first time."""
    open_account(session, person, at)
    for group in groups_of(session, person, language.local(at).date()):
        open_channel(session, group, at)
    if person.noticed_at is None:
        person.noticed_at = at
        greeting = acquaintance.first_notice(language)
        session.add(
            Post(
                channel=direct(person.id),
                only_for_id=person.id,
                at=at,
                message=greeting.model_dump(mode="json"),
            )
        )


def open_account(session: Session, person: Person, at: datetime) -> Account:
    """The member's account on this page, linked if it was not."""
    who: Identity = identity(person)
    known = session.scalars(
        select(Account).where(
            Account.platform == PLATFORM,
            Account.workspace == WORKSPACE,
            Account.user == who.user,
            Account.gone_at.is_(None),
        )
    ).first()
    account = known or acquaintance.link(session, who, person, at)
    account.direct_channel = direct(person.id)
    return account


def open_channel(session: Session, group: Group, at: datetime) -> None:
    """The group's conversation on this page, made if it was not there."""
    known = session.scalars(
        select(Channel).where(
            Channel.platform == PLATFORM,
            Channel.workspace == WORKSPACE,
            Channel.channel == group.code,
        )
    ).first()
    if known is None:
        session.add(
            Channel(
                platform=PLATFORM,
                workspace=WORKSPACE,
                channel=group.code,
                group_id=group.id,
                linked_at=at,
            )
        )
