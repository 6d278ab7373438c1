"""The forms that a picture can have."""

from __future__ import annotations

from typing import Literal

Form = Literal["png", "svg"]
FORMS: tuple[Form, ...] = ("png", "svg")
