"""Every table in one import, so that creating and migrating see them all."""

from models import (
    accounts,
    agreements,
    groups,
    indicators,
    measures,
    meetings,
    organisations,
    outbox,
    places,
    records,
    surveys,
)
from models.base import Base

MODULES = (
    accounts,
    agreements,
    groups,
    indicators,
    measures,
    meetings,
    organisations,
    outbox,
    places,
    records,
    surveys,
)
METADATA = Base.metadata
