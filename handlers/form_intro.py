"""What a form says above its fields, the same for every form that warns before it saves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """What a form says above its fields; `warned` stands for the warnings among it."""

    intro: str = ""
    warned: str = ""
