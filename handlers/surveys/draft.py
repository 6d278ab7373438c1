"""What the form of a new survey says, and what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.requests import FormSubmitted
from handlers.surveys.fields import (
    LONGEST_CHOICES,
    LONGEST_QUESTION,
    LONGEST_TITLE,
    MOST_WAVES,
    PAUSES,
)
from handlers.visit import Visit
from handlers.whole import whole
from models.groups import Group, GroupKind, SeatRole
from models.rights import Action, may
from models.surveys.question_bank import MEMBERS, BankQuestion, as_worded
from models.surveys.survey import Scale, Sensitivity, Survey
from models.surveys.target import EVERY, asked

OPENING = time(8)
CLOSING = time(16)
MOST_QUESTIONS = 5
MOST_CHOICES = 10
LONGEST_CHOICE = 75
FURTHEST_OPENING = timedelta(days=180)
LONGEST_OPEN = timedelta(days=90)
OWN = "own"


@dataclass(frozen=True)
class Draft:
    """The values of the form, read but not judged; `group` is one that the asker may ask."""

    visit: Visit
    form: FormSubmitted
    group: Group | None
    groups: tuple[Group, ...]

    def text(self, name: str) -> str:
        """What stands in a field, without spaces around."""
        found = self.form.values.get(name)
        return found.strip() if isinstance(found, str) else ""

    def several(self, name: str) -> tuple[str, ...]:
        """What is chosen in a field of several choices."""
        found = self.form.values.get(name) or ()
        return tuple(found) if isinstance(found, tuple | list) else (str(found),)

    def day(self, name: str) -> date | None:
        """A day, if it can be read."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None

    @property
    def opens_on(self) -> date | None:
        """The first day; today where none is given."""
        return self.day("opens_on") if self.text("opens_on") else self.visit.on

    @property
    def opens_at(self) -> datetime:
        """At once today, in the morning of a later day."""
        first = self.opens_on or self.visit.on
        return self.visit.at if first <= self.visit.on else self._clock(first, OPENING)

    @property
    def closes_at(self) -> datetime:
        """In the afternoon of the last day."""
        return self._clock(self.day("closes_on") or self.visit.on, CLOSING)

    def _clock(self, day: date, clock: time) -> datetime:
        zone = ZoneInfo(self.group.zone if self.group else "Europe/Stockholm")
        return datetime.combine(day, clock, zone)

    @property
    def repeat_weeks(self) -> int:
        """The weeks between two openings; 0 for a survey that comes once."""
        found = whole(self.text("repeat"))
        return found if found in PAUSES else 0

    @property
    def waves(self) -> int:
        """How many times it comes in all."""
        found = whole(self.text("waves"))
        return found if self.repeat_weeks and found is not None else 1

    @property
    def sensitivity(self) -> Sensitivity:
        """The class of all questions that have none of their own."""
        return Sensitivity(self.text("sensitivity"))

    @property
    def choices(self) -> list[str]:
        """The choices of the own question."""
        return [line.strip() for line in self.text("own_choices").splitlines() if line.strip()]

    @property
    def scale(self) -> Scale:
        """How the own question is answered."""
        found = self.text("own_scale")
        return Scale(found) if found in set(Scale) else Scale.YES_NO

    def questions(self) -> list[BankQuestion]:
        """The chosen questions in the order of the bank, then the own one."""
        chosen = set(self.several("questions"))
        found = [as_worded(self.visit.session, q) for q in MEMBERS if q.key in chosen]
        own = self.text("own")
        if own:
            choices = tuple(self.choices) if self.scale is Scale.CHOICE else ()
            found.append(BankQuestion(OWN, own, "", self.scale, choices))
        return found

    def targets(self) -> list[str]:
        """The groups that are asked instead, by their codes."""
        return list(self.several("targets"))

    def survey(self) -> Survey:
        """The survey that it would be; not yet kept."""
        assert self.group is not None
        survey = Survey(
            title_sv=self.text("title"),
            group=self.group,
            group_id=self.group.id,
            sensitivity=self.sensitivity,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            target_groups=self.targets(),
            target_roles=list(self.several("roles")),
            target_area=self.text("area"),
            repeat_weeks=self.repeat_weeks,
            waves=self.waves,
            named=self.text("named") == "yes",
        )
        self.visit.limits.write_to(survey)
        return survey

    def errors(self) -> dict[str, str]:
        """What is wrong, by field; nothing where the survey can be made."""
        # The first fault of a field is the one that is told.
        return dict(reversed(list(self._faults())))

    def _faults(self) -> Iterator[tuple[str, str]]:
        _ = self.visit.language._
        if self.group is None:
            yield "group", _("Choose one of your groups.")
        if not self.text("title"):
            yield "title", _("Write what the survey is about.")
        for name, limit in LIMITS:
            if len(self.text(name)) > limit:
                yield name, _("Write at most {limit} characters.", limit=limit)
        yield from self._faults_of_questions()
        if self.text("sensitivity") not in set(Sensitivity):
            yield "sensitivity", _("Choose how sensitive the answers are.")
            return
        is_sensitive = self.sensitivity is Sensitivity.SENSITIVE or self.several("sensitive")
        if self.text("named") == "yes" and is_sensitive:
            yield "named", _("What is sensitive is answered anonymously: choose yes here.")
        yield from self._faults_of_times()
        yield from self._faults_of_target()

    def _faults_of_questions(self) -> Iterator[tuple[str, str]]:
        _ = self.visit.language._
        if not 1 <= len(self.questions()) <= MOST_QUESTIONS:
            yield "questions", _("Choose one to five questions in all.")
        if not self.text("own") or self.scale is not Scale.CHOICE:
            return
        if not 2 <= len(self.choices) <= MOST_CHOICES:
            yield "own_choices", _("Write two to ten choices, one a line.")
        if any(len(choice) > LONGEST_CHOICE for choice in self.choices):
            yield "own_choices", _("A choice has at most {limit} characters.", limit=LONGEST_CHOICE)
        if len(set(self.choices)) < len(self.choices):
            yield "own_choices", _("Two choices are the same.")

    def _faults_of_times(self) -> Iterator[tuple[str, str]]:
        _ = self.visit.language._
        today, first, last = self.visit.on, self.opens_on, self.day("closes_on")
        if first is None or not today <= first <= today + FURTHEST_OPENING:
            yield "opens_on", _("Choose today or a day within half a year.")
            first = today
        if last is None or not today < last <= first + LONGEST_OPEN:
            yield "closes_on", _("Choose a day after today, at most 90 days ahead.")
        elif last <= first:
            yield "closes_on", _("The survey must close after it opens: choose a later day.")
        yield from self._faults_of_waves(first, last)

    def _faults_of_waves(self, first: date, last: date | None) -> Iterator[tuple[str, str]]:
        _ = self.visit.language._
        if not self.repeat_weeks:
            return
        if not 2 <= self.waves <= MOST_WAVES:
            yield "waves", _("Write how many times it comes in all: 2 to {most}.", most=MOST_WAVES)
        if last is not None and last - first >= timedelta(weeks=self.repeat_weeks):
            yield "closes_on", _("The survey must close before it opens the next time.")

    def _faults_of_target(self) -> Iterator[tuple[str, str]]:
        _ = self.visit.language._
        known = {group.code for group in self.groups}
        if self.group is None:
            return
        if any(not _may_ask(self.visit, code, known) for code in self.targets()):
            yield "targets", _("Choose among the groups that are offered.")
        elif set(self.several("roles")) - {role.value for role in SeatRole}:
            yield "roles", _("Choose among the roles that are offered.")
        elif not asked(self.visit.session, self.survey(), self.opens_on or self.visit.on):
            yield (
                "targets" if self.targets() else "group",
                _("Nobody would be asked: nobody holds such a seat in these groups that day."),
            )


LIMITS = (
    ("title", LONGEST_TITLE),
    (OWN, LONGEST_QUESTION),
    ("own_choices", LONGEST_CHOICES),
)


def _may_ask(visit: Visit, code: str, known: set[str]) -> bool:
    """Whether a target is a group of the asker's, or every group of a kind for who leads all."""
    if not code.startswith(EVERY):
        return code in known
    is_kind = code.removeprefix(EVERY) in set(GroupKind)
    return is_kind and may(visit.roles(), Action.MAKE_SURVEY)
