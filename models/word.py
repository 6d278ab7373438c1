"""What all neutral words have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Word(BaseModel):
    """Base of all neutral words: frozen, closed, storable as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")
