"""What is wrong with an installation, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import BadSetting, Settings
from bot.slack.settings import slack_settings
from bot.slack.tokens import demand_accepted
from models.accounts import Account, Channel, Installation
from models.database import Database
from models.groups import Group
from models.organisations import Person
from models.outbox import Delivery, DeliveryState
from models.schema import current, newest


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is fine, and a sentence."""

    subject: str
    fine: bool
    sentence: str


def findings() -> Iterator[Finding]:
    """Looks at everything, the first things first; what depends on a fault is left out."""
    try:
        settings = Settings.read()
        _ = settings.secret
    except BadSetting as bad:
        yield Finding("settings", False, str(bad))
        return
    yield Finding("settings", True, "all can be used")
    yield from _slack(settings)
    with Database.connect(settings["DATABASE_URL"]) as database:
        yield from _database(database)


def _database(database: Database) -> Iterator[Finding]:
    try:
        revision = current(database)
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        yield Finding("database", False, f"{reason}. Check DATABASE_URL and that it runs.")
        return
    if revision != newest():
        advice = f"is at {revision or 'no revision'}: run `samverkan migrate`."
        yield Finding("database", False, advice)
        return
    yield Finding("database", True, f"reached, at revision {revision}")
    yield from _contents(database)


def _slack(settings: Settings) -> Iterator[Finding]:
    try:
        found = slack_settings(settings)
        if found is None:
            told = "switched off: set SLACK_SIGNING_SECRET to switch it on"
        elif demand_accepted(found):
            told = "has its secrets, and Slack accepts the tokens"
        else:
            told = "has its secrets, but Slack cannot be reached from here"
    except BadSetting as bad:
        yield Finding("slack", False, str(bad))
        return
    yield Finding("slack", True, told)


def _contents(database: Database) -> Iterator[Finding]:
    with database.read() as session:
        people = session.scalar(select(func.count()).select_from(Person)) or 0
        linked = session.scalar(select(func.count(Account.person_id.distinct()))) or 0
        groups = session.scalar(select(func.count()).select_from(Group)) or 0
        channels = session.scalar(select(func.count(Channel.group_id.distinct()))) or 0
        installed = session.scalar(select(func.count()).select_from(Installation)) or 0
        failed = session.scalar(
            select(func.count())
            .select_from(Delivery)
            .where(Delivery.state.in_([DeliveryState.FAILED, DeliveryState.HELD]))
        )
    if not people:
        yield Finding("members", False, "none: import them with `samverkan import FOLDER`.")
    else:
        yield Finding("members", True, f"{linked} of {people} can be reached")
    yield Finding("channels", True, f"{channels} of {groups} groups have one (`koppla` links one)")
    yield Finding("installations", True, f"{installed} Slack workspaces")
    advice = "see `reason` in the table delivery" if failed else "none are stuck"
    yield Finding("deliveries", not failed, f"{failed or 0} failed or held: {advice}")
