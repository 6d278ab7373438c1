"""Every table in one import, so that creating and migrating see them all."""

from models import agreements, digest_settings, groups, records
from models.base import Base
from models.chain import approvals, links
from models.delivery import mail_links, outbox, pulses
from models.indicators import indicator, sources
from models.measures import measure
from models.meetings import (
    action_points,
    attendance,
    calendar_feeds,
    decisions,
    inputs,
    meeting,
    point_questions,
    questions,
)
from models.people import accounts, organisations
from models.places import place
from models.representation import involvement
from models.seats import changes, requests
from models.surveys import published, survey

MODULES = (
    accounts,
    action_points,
    agreements,
    approvals,
    attendance,
    calendar_feeds,
    changes,
    decisions,
    digest_settings,
    groups,
    indicator,
    inputs,
    involvement,
    links,
    mail_links,
    measure,
    meeting,
    organisations,
    outbox,
    place,
    published,
    pulses,
    point_questions,
    questions,
    records,
    requests,
    sources,
    survey,
)
METADATA = Base.metadata
