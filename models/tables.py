"""Every table in one import, so that creating and migrating see them all."""

from models import agreements, groups, records
from models.base import Base
from models.chain import approvals, links
from models.delivery import outbox, pulses
from models.indicators import indicator, sources
from models.measures import measure
from models.meetings import attendance, calendar_feeds, inputs, meeting
from models.people import accounts, organisations
from models.places import place
from models.representation import involvement
from models.seats import changes, requests
from models.surveys import published, survey

MODULES = (
    accounts,
    agreements,
    approvals,
    attendance,
    calendar_feeds,
    changes,
    groups,
    indicator,
    inputs,
    involvement,
    links,
    measure,
    meeting,
    organisations,
    outbox,
    place,
    published,
    pulses,
    records,
    requests,
    sources,
    survey,
)
METADATA = Base.metadata
