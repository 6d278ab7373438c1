"""The askings of a check-in: which wait for an answer, when they are reminded of, what they end as.

A prompt is open until something is reported, it is put off, or a colleague takes it over. After
its one reminder it falls silent, and then its measure is asked about no more before something has
been reported, it has changed hands, or its date has moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from models.measures.measure import Measure, MeasureChange, Prompt, PromptState
from models.measures.progress import current_reports
from models.people.absences import days_to_answer, spells
from models.people.organisations import Absence, Person
from models.schedule import ZONE, local_day

REMIND_AFTER = 5
"""After so many days on which the asked could answer comes the one reminder."""

SILENT_AFTER = 5
"""After so many more the asking has got no answer."""

LOST_AFTER = 15
"""An asking that no reminder could follow, for the asked wants no messages, ends after so many."""

WAKING = frozenset({"due_on", "owner", "owner_id"})
"""The changes of a measure after which it may be asked about again."""

WAITING = (PromptState.OPEN, PromptState.SILENT)


def ask(session: Session, measure: Measure, person_id: int, at: datetime) -> Prompt:
    """Writes that somebody is asked about a measure."""
    row = Prompt(measure_id=measure.id, person_id=person_id, asked_at=at)
    session.add(row)
    measure.last_asked_at = at
    return row


def close(session: Session, measure_id: int, state: PromptState, at: datetime) -> None:
    """Ends the askings about a measure that wait for an answer."""
    waiting = update(Prompt).where(Prompt.measure_id == measure_id, Prompt.state.in_(WAITING))
    session.execute(waiting.values(state=state, closed_at=at))


def last_prompts(session: Session, measures: Collection[int]) -> dict[int, Prompt]:
    """The last asking about each of the measures, by measure id, in one query."""
    if not measures:
        return {}
    last = select(func.max(Prompt.id)).where(Prompt.measure_id.in_(measures))
    query = select(Prompt).where(Prompt.id.in_(last.group_by(Prompt.measure_id)))
    return {row.measure_id: row for row in session.scalars(query)}


def waiting(session: Session, measures: Iterable[Measure]) -> dict[int, Prompt]:
    """The open or silent asking that still stands about each of the measures, by measure id.

    One that was made to a former owner, or has been overtaken by a change, stands no more.
    """
    # The summary on the measure tells without a question which were never asked about.
    known = {measure.id: measure for measure in measures if measure.last_asked_at is not None}
    found = {key: row for key, row in last_prompts(session, known).items() if row.state in WAITING}
    stale = _overtaken(session, found) | _of_former_owners(session, known, found)
    return {key: row for key, row in found.items() if key not in stale}


def _overtaken(session: Session, prompts: dict[int, Prompt]) -> set[int]:
    """The measures whose owner or date has changed since their asking fell silent."""
    silent = {key: row for key, row in prompts.items() if row.state is PromptState.SILENT}
    if not silent:
        return set()
    changes = session.scalars(select(MeasureChange).where(MeasureChange.measure_id.in_(silent)))
    return {
        each.measure_id
        for each in changes
        if each.at > (silent[each.measure_id].closed_at or each.at) and WAKING & set(each.fields)
    }


def _of_former_owners(
    session: Session, measures: dict[int, Measure], prompts: dict[int, Prompt]
) -> set[int]:
    """The measures whose asking went to somebody who is not their owner, nor was handed it."""
    others = {key: row for key, row in prompts.items() if row.person_id != measures[key].owner_id}
    if not others:
        return set()
    query = select(Prompt.measure_id, Prompt.person_id, Prompt.closed_at).where(
        Prompt.measure_id.in_(others), Prompt.state == PromptState.PASSED_ON
    )
    handed = {(key, owner, at) for key, owner, at in session.execute(query)}
    return {
        key
        for key, row in others.items()
        if (key, measures[key].owner_id, row.asked_at) not in handed
    }


def hand_on(session: Session, measure: Measure, colleague: Person, at: datetime) -> Prompt:
    """Ends the owner's asking as handed on, and asks the colleague in their place."""
    close(session, measure.id, PromptState.PASSED_ON, at)
    passed = select(Prompt.id).where(
        Prompt.measure_id == measure.id,
        Prompt.state == PromptState.PASSED_ON,
        Prompt.closed_at == at,
        Prompt.person_id == measure.owner_id,
    )
    if measure.owner_id is not None and session.scalars(passed).first() is None:
        row = Prompt(measure_id=measure.id, person_id=measure.owner_id, asked_at=at)
        row.state, row.closed_at = PromptState.PASSED_ON, at
        session.add(row)
        session.flush()
    handed = ask(session, measure, colleague.id, at)
    session.flush()
    return handed


def answer_day(asked: date, number: int, spells: Sequence[Absence], until: date) -> date | None:
    """The day on which the asked has had so many days to answer, if it comes by a day."""
    if days_to_answer(asked, until, spells) < number:
        return None
    day = asked
    while days_to_answer(asked, day, spells) < number:
        day = date.fromordinal(day.toordinal() + 1)
    return day


@dataclass(frozen=True)
class Settling:
    """One morning's look at all askings that wait for an answer."""

    session: Session
    on: date
    at: datetime

    def run(self) -> list[Prompt]:
        """Ends those that were answered, overtaken or left without answer; returns the last."""
        prompts = self._waiting()
        standing = waiting(self.session, {row.measure_id: row.measure for row in prompts}.values())
        reports = current_reports(self.session, [row.measure_id for row in prompts])
        absences = spells(self.session, [row.person_id for row in prompts])
        fallen = []
        for row in prompts:
            report = reports.get(row.measure_id)
            if report is not None and report.at > row.asked_at:
                row.state, row.closed_at = PromptState.ANSWERED, report.at
            elif row.state is PromptState.SILENT:
                continue
            elif standing.get(row.measure_id) is not row:
                row.state, row.closed_at = PromptState.PASSED_ON, self.at
            elif self._has_got_no_answer(row, absences[row.person_id]):
                row.state, row.closed_at = PromptState.SILENT, self.at
                fallen.append(row)
        self.session.flush()
        return fallen

    def _waiting(self) -> list[Prompt]:
        query = (
            select(Prompt)
            .where(Prompt.state.in_(WAITING), Prompt.asked_at < self.at)
            .options(joinedload(Prompt.measure))
            .order_by(Prompt.id)
        )
        return list(self.session.scalars(query))

    def _has_got_no_answer(self, row: Prompt, absences: Sequence[Absence]) -> bool:
        since, enough = (
            (row.reminded_at, SILENT_AFTER) if row.reminded_at else (row.asked_at, LOST_AFTER)
        )
        return days_to_answer(local_day(since, ZONE), self.on, absences) >= enough
