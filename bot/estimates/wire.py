"""How orders and releases cross from one process to the other: as JSON."""

from __future__ import annotations

from pydantic import TypeAdapter

from models.statistics.disclosure import Order, Release

ORDERS = TypeAdapter(tuple[Order, ...])
RELEASES = TypeAdapter(tuple[tuple[Release, ...], ...])
