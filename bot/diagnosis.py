"""What is wrong with an installation, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import stored_time
from bot.health import NOBODY, restart
from bot.mail.checkup import mail_finding
from bot.mail.settings import mail_settings
from bot.processes import demand_ours
from bot.settings import BadSetting, Settings
from bot.slack.checkup import troubles
from bot.slack.settings import slack_settings
from bot.slack.tokens import demand_accepted
from bot.survey_diagnosis import survey_fault, survey_remark
from bot.survey_keys import KeysInFolder
from handlers.delivery.words import TROUBLES
from models.database import Database
from models.delivery.outbox import DeliveryState
from models.delivery.overview import overview
from models.delivery.pulses import pulses
from models.groups import Group
from models.people.accounts import Account, Channel, Installation
from models.people.addresses import mail_is_on
from models.people.organisations import Person
from models.storage.moving import Moved
from models.storage.schema import current, newest
from models.storage.sqlite_file import InUse, OnNetworkShare
from models.surveys.sealing import SurveyKeys


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
    yield from _mail(settings)
    try:
        database = Database.connect(settings["DATABASE_URL"])
    except OnNetworkShare as share:
        yield Finding("database", False, str(share))
        return
    with database:
        yield from _database(database, settings)


def _database(database: Database, settings: Settings) -> Iterator[Finding]:
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
    try:
        demand_ours(database)
    except (InUse, Moved) as elsewhere:
        yield Finding("database", False, str(elsewhere))
        return
    yield Finding("database", True, f"reached, at revision {revision}")
    yield from _contents(database)
    yield from surveys(database, KeysInFolder(settings.survey_keys))
    yield from _slack_places(database, settings)
    yield from sending(database, stored_time(database) or datetime.now(UTC))


def _slack_places(database: Database, settings: Settings) -> Iterator[Finding]:
    """Workspaces and channels as Slack sees them, where Slack is set up."""
    try:
        found = slack_settings(settings)
    except BadSetting:
        return
    if found is not None:
        for trouble in troubles(database, found):
            yield Finding(trouble.name, False, trouble.sentence)


def surveys(database: Database, keys: SurveyKeys) -> Iterator[Finding]:
    """Whether closed surveys can be counted."""
    with database.read() as session:
        fault, remark = survey_fault(session, keys), survey_remark(session)
    yield Finding("surveys", not fault, fault or "every key is there, and no result is late")
    if remark:
        yield Finding("results", True, remark)


def sending(database: Database, at: datetime) -> Iterator[Finding]:
    """Who hangs, what waits for a decision, and what failed, each with what to do."""
    with database.read() as session:
        seen = overview(session, at, at.date())
        is_started = bool(pulses(session))
    for each in seen.silent:
        since = f"has said nothing since {each.beat_at:%Y-%m-%d %H:%M} UTC"
        name = f"{each.lane} of process {each.pid} on {each.host}"
        yield Finding(name, False, f"{since}: restart that process.")
    if is_started or seen.oldest_due:
        for part in seen.missing:
            yield Finding(part.value, False, NOBODY[part].format(restart=restart(database)))
    if number := seen.counts[DeliveryState.HELD]:
        told = f"{number} to decide about: the coordinator does so in `leverans`, in the chat."
        yield Finding("held", False, told)
    for failure in (*seen.failures, *seen.put_off):
        what, advice = TROUBLES[failure.trouble]
        name = "failed" if failure in seen.failures else "tried again"
        yield Finding(f"{name} ({failure.number})", False, f"{what}. {advice}")
    if not (seen.failures or seen.put_off or number):
        yield Finding("deliveries", True, "none failed in seven days, and none is held")


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


def _mail(settings: Settings) -> Iterator[Finding]:
    try:
        fine, told = mail_finding(mail_settings(settings))
    except BadSetting as bad:
        fine, told = False, str(bad)
    yield Finding("e-mail", fine, told)


def _contents(database: Database) -> Iterator[Finding]:
    with database.read() as session:
        people = session.scalar(select(func.count()).select_from(Person)) or 0
        linked = session.scalar(select(func.count(Account.person_id.distinct()))) or 0
        linked = people if mail_is_on(session) else linked
        groups = session.scalar(select(func.count()).select_from(Group)) or 0
        channels = session.scalar(select(func.count(Channel.group_id.distinct()))) or 0
        installed = session.scalar(select(func.count()).select_from(Installation)) or 0
    if not people:
        yield Finding("members", False, "none: import them with `samverkan import FOLDER`.")
    else:
        yield Finding("members", True, f"{linked} of {people} can be reached")
    yield Finding("channels", True, f"{channels} of {groups} groups have one (`koppla` links one)")
    yield Finding("installations", True, f"{installed} Slack workspaces")
