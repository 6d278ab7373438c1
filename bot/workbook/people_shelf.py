"""People leave, and are merged: what is kept of both beside what their sheet says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from bot.workbook.columns import Row
from bot.workbook.shelf import Held, Shelf
from models.people.merge import is_whole
from models.people.organisations import Person, PersonMerge

if TYPE_CHECKING:
    from bot.workbook.stored import Stored


class PeopleShelf(Shelf):
    """A merged record is no row any more, but its e-mail still names the one that was kept."""

    def query(self) -> Select[Any]:
        return super().query().where(is_whole())

    def others(self, session: Session) -> Iterable[tuple[str, Any]]:
        merges = select(PersonMerge).options(
            joinedload(PersonMerge.merged), joinedload(PersonMerge.kept)
        )
        return [(merge.merged.email, merge.kept) for merge in session.scalars(merges)]

    def change(self, held: Held, row: Row, names: list[str], stored: Stored) -> None:
        """Of somebody who was thought to stay it is noted since when the leaving was known."""
        person: Person = held.record
        stayed = person.left_on is None
        super().change(held, row, names, stored)
        if person.left_on is None:
            person.leaving_known_at = None
        elif stayed:
            person.leaving_known_at = stored.at
