"""What a form carries with it, unseen: what it is about, and how that stood when it was opened."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from handlers.errors import NotFound
from handlers.requests import FormSubmitted
from handlers.visit import Visit


class FormState(BaseModel):
    """Base of what forms carry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def of(cls, visit: Visit, form: FormSubmitted) -> Self:
        """Reads a form's state; raises `NotFound` for one that cannot be read."""
        try:
            return cls.model_validate_json(form.state or "{}")
        except ValidationError as error:
            too_old = "This button is too old. Write `hjälp` to start again."
            raise NotFound(visit.language._(too_old)) from error
