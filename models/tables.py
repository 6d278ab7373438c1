"""Every table in one import, so that creating and migrating see them all."""

from models import (
    accounts,
    agreements,
    approvals,
    calendar_feeds,
    chain,
    groups,
    indicators,
    involvement,
    measures,
    meetings,
    organisations,
    outbox,
    places,
    published,
    pulses,
    records,
    seat_changes,
    seat_requests,
    sources,
    surveys,
)
from models.base import Base

MODULES = (
    accounts,
    agreements,
    approvals,
    calendar_feeds,
    chain,
    groups,
    indicators,
    involvement,
    measures,
    meetings,
    organisations,
    outbox,
    places,
    published,
    pulses,
    records,
    seat_changes,
    seat_requests,
    sources,
    surveys,
)
METADATA = Base.metadata
