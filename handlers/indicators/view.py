"""What a button of an indicator remembers: which one, where, on which day, and which page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from handlers.indicators.found import Until, Where
from handlers.representation.scope import too_old
from handlers.visit import Visit


@dataclass(frozen=True)
class View:
    """An indicator's code, a place and a day, as they stand in a button."""

    code: str
    district: str = ""
    neighbourhood: str = ""
    on: str = ""
    page: int = 0

    @classmethod
    def read(cls, visit: Visit, value: str) -> View:
        """What a button holds; one that cannot be read is too old."""
        try:
            view = cls(**json.loads(value))
            date.fromisoformat(view.on or "2024-01-01")
        except (ValueError, TypeError) as error:
            raise too_old(visit) from error
        return view

    @property
    def value(self) -> str:
        """The view as a button holds it."""
        return json.dumps({name: each for name, each in asdict(self).items() if each})

    @property
    def where(self) -> Where:
        """The place."""
        return Where(self.district, self.neighbourhood)

    def day(self, visit: Visit) -> date:
        """The day that is asked about: today unless the line names one."""
        return date.fromisoformat(self.on) if self.on else visit.on

    def until(self, visit: Visit) -> Until:
        """Which periods are told: those over on the day that is named, else those begun today."""
        return Until(self.day(visit), over=bool(self.on))
