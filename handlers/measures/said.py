"""What somebody says of a measure, as it is read from a report's form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.requests import FormSubmitted
from handlers.visit import Visit
from handlers.whole import whole
from models.measures.measure import COMMENT_LENGTH, Measure, MeasureStatus, ProgressReport

TEXTS = ("comment", "obstacle", "next_step")
MOST_TIMES = 10_000
_UNITS = ("gånger", "ggr", "times", "veckor", "weeks", "helger", "weekends")


@dataclass(frozen=True)
class Progress:
    """What somebody says of a measure; what is left out stays as it was.

    `needed` is who is needed against what hinders, as `models.measures.needed` writes it.
    """

    status: MeasureStatus | None = None
    percent: int | None = None
    comment: str = ""
    obstacle: str = ""
    help_wanted: bool = False
    next_step: str = ""
    times_done: int | None = None
    needed: str = ""
    needed_person_id: int | None = None

    @property
    def is_something(self) -> bool:
        """Whether it says how it goes, by a status or a figure."""
        return (self.status, self.percent, self.times_done) != (None, None, None)

    @classmethod
    def of(cls, row: ProgressReport) -> Progress:
        """What a report says."""
        return cls(
            row.status,
            row.percent,
            row.comment,
            row.obstacle,
            row.help_wanted,
            row.next_step,
            row.times_done,
            row.needed,
            row.needed_person_id,
        )


def counted(measure: Measure, comment: str) -> int | None:
    """How many times a promise has been kept, where a comment begins so: `20 av 24 helger`."""
    if not measure.promised:
        return None
    units = {*_UNITS, *measure.promise_unit.lower().split()}
    of = r"\s*(?:av|of|/)\s*\d+"
    unit = "|".join(re.escape(word) for word in units)
    found = re.match(rf"(\d{{1,5}})(?:{of}|\s+(?:{unit})(?!\w))", comment.lower())
    return int(found[1]) if found and int(found[1]) <= MOST_TIMES else None


def read_said(form: FormSubmitted) -> Progress:
    """What a form without faults says."""
    return Progress(
        status=MeasureStatus(text(form, "status")),
        percent=_number(form, "percent", 100),
        help_wanted=bool(form.values.get("help_wanted")),
        times_done=_number(form, "times_done", MOST_TIMES),
        comment=text(form, "comment"),
        obstacle=text(form, "obstacle"),
        next_step=text(form, "next_step"),
    )


def form_errors(visit: Visit, form: FormSubmitted) -> Mapping[str, str]:
    """What is wrong in a report's form, field by field."""
    _ = visit.language._
    errors = {}
    if text(form, "status") not in set(MeasureStatus):
        errors["status"] = _("Choose a status.")
    if text(form, "percent") and _number(form, "percent", 100) is None:
        errors["percent"] = _("Write a whole number from 0 to 100.")
    if text(form, "times_done") and _number(form, "times_done", MOST_TIMES) is None:
        errors["times_done"] = _("Write a whole number from 0 to {most}.", most=MOST_TIMES)
    for name in TEXTS:
        if len(str(form.values.get(name) or "")) > COMMENT_LENGTH:
            errors[name] = _("Write at most {limit} characters.", limit=COMMENT_LENGTH)
    return errors


def text(form: FormSubmitted, name: str) -> str:
    """What was typed in a field."""
    return str(form.values.get(name) or "").strip()


def _number(form: FormSubmitted, name: str, most: int) -> int | None:
    # A platform may write the number that stood in the field as 70.0.
    number = whole(text(form, name).rstrip("%").strip().removesuffix(".0"))
    return number if number is not None and number <= most else None
