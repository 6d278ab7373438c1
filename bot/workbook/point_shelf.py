"""Action points: a row is how a point was first written, and whether it was done by then."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from bot.workbook.columns import Column, Row, Value, folded
from bot.workbook.shelf import Shelf
from models.meetings.action_points import ActionPoint, ActionPointStep, PointEvent
from models.meetings.meeting import Meeting
from models.schedule import instant, local_day

if TYPE_CHECKING:
    from bot.workbook.stored import Stored

OF_THE_MEETING = ("group", "starts_at")
OF_THE_FIRST_STEP = ("text", "owner", "due_on")
NOON = time(12)


class PointShelf(Shelf):
    """A point stands under its meeting, which a row names by its group and time."""

    def query(self) -> Select[Any]:
        return select(ActionPoint).options(
            joinedload(ActionPoint.meeting).joinedload(Meeting.group),
            joinedload(ActionPoint.decision),
            selectinload(ActionPoint.steps),
        )

    def value(self, record: Any, column: Column, stored: Stored) -> Value:
        if column.name in OF_THE_MEETING:
            return super().value(record.meeting, column, stored)
        if column.name in OF_THE_FIRST_STEP:
            return super().value(record.steps[0], column, stored)
        if column.name == "decision":
            return record.decision.number if record.decision else None
        if column.name == "done_on":
            last = record.steps[-1]
            return (
                local_day(last.at, record.meeting.group.zone)
                if last.event is PointEvent.DONE
                else None
            )
        return super().value(record, column, stored)

    def new(self, row: Row, stored: Stored) -> Any:
        """The point and its steps: written when its meeting ended, done on its day, if it was."""
        values = row.values
        key = (folded(values["group"]), values["starts_at"])
        meeting = stored.held("meetings")[key].record
        number = values.get("decision")
        decision = stored.held("decisions")[(*key, number)].record if number else None
        record = ActionPoint(
            meeting=meeting,
            decision=decision,
            restricted=bool(values.get("restricted")),
            at=meeting.ends_at,
        )
        record.steps.append(self._step(row, stored, PointEvent.WRITTEN, meeting.ends_at))
        done_on = values.get("done_on")
        if isinstance(done_on, date):
            at = instant(done_on, NOON, meeting.group.zone)
            record.steps.append(self._step(row, stored, PointEvent.DONE, at))
        return record

    def _step(self, row: Row, stored: Stored, event: PointEvent, at: Any) -> ActionPointStep:
        owner = stored.record("people", str(row.values["owner"]))
        return ActionPointStep(
            event=event,
            text=row.values["text"],
            owner_id=owner.id,
            due_on=row.values["due_on"],
            person_id=owner.id if event is PointEvent.DONE else None,
            at=at,
        )
