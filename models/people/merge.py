"""Two records of one person made one: what pointed to the merged points to the kept.

The merged record is left standing, for the audit log and so that its e-mail is recognised. It is
the same person, so rows are changed in place: a seat's history names the kept record on all days,
also as it was known on an earlier one, since nothing about the facts has been corrected.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session, aliased, joinedload

from models.audit import record
from models.delivery.outbox import Delivery, DeliveryState
from models.digest_settings import DigestSetting
from models.groups import Group, Seat
from models.measures.measure import Follow
from models.people.accounts import Account
from models.people.organisations import DisplayPolicy, Person, PersonMerge, Standing
from models.records import Post, Reading
from models.registry_version import names_have_changed
from models.surveys.box import pass_on_answers
from models.surveys.sealing import SurveyKeys
from models.surveys.survey import Invitation, NamedAnswer, Survey
from models.tables import METADATA

STAYS = {
    "audit_entry.person_id": "the audit log is append-only and says which record acted",
    "person_merge.merged_id": "it says which record was merged",
}
"""The references that a merge leaves as they are, and why; every other one follows."""

ONCE_EACH = frozenset(
    {
        "digest_setting.person_id",
        "follow.person_id",
        "invitation.person_id",
        "named_answer.person_id",
        "reading.person_id",
    }
)
"""The references of which a person may have one for each thing: both records may have theirs."""


class CannotMerge(Exception):
    """The two records cannot be made one."""


class SamePerson(CannotMerge):
    """It is one record, named twice."""


class MergedAlready(CannotMerge):
    """One of the records was merged into another before."""


class BothHaveAnswered(CannotMerge):
    """Both records have answered the same survey, which is still open."""

    def __init__(self, survey: Survey) -> None:
        super().__init__(survey.code)
        self.survey = survey


@dataclass(frozen=True)
class Pair:
    """The record that is kept and the one that is merged into it."""

    kept: Person
    merged: Person

    @property
    def display_policy(self) -> DisplayPolicy:
        """The stricter of the two protections."""
        order = list(DisplayPolicy)
        return max(self.kept.display_policy, self.merged.display_policy, key=order.index)


def references() -> list[Column[Any]]:
    """Every column of every table that points to a person."""
    home = METADATA.tables["person"].c.id
    return [
        column
        for table in METADATA.sorted_tables
        for column in table.columns
        if any(key.column is home for key in column.foreign_keys)
    ]


def is_whole() -> ColumnElement[bool]:
    """The records of people that have not been merged into another."""
    return Person.id.not_in(select(PersonMerge.merged_id))


def kept_of(session: Session, person: Person) -> Person:
    """The record itself, or the one that it was merged into."""
    merge = session.get(PersonMerge, person.id)
    return person if merge is None else merge.kept


def person_of_email(session: Session, email: str) -> Person | None:
    """Whoever has the e-mail, or had it before two records were made one."""
    found = aliased(Person)
    query = (
        select(Person)
        .select_from(found)
        .outerjoin(PersonMerge, PersonMerge.merged_id == found.id)
        .join(Person, Person.id == func.coalesce(PersonMerge.kept_id, found.id))
        .where(found.email == email.strip().lower())
        .options(joinedload(Person.organisation))
    )
    return session.scalars(query).first()


def belongings(session: Session, person: Person) -> dict[str, int]:
    """How many rows of each table point to a person and would follow in a merge, by table.

    Of the seats only what is believed now is counted.
    """
    found: dict[str, int] = {}
    for column in references():
        if str(column) in STAYS:
            continue
        query = select(func.count()).select_from(column.table).where(column == person.id)
        if column.table.name == Seat.__tablename__:
            query = query.where(Seat.superseded_at.is_(None))
        number = session.scalar(query) or 0
        if number:
            found[column.table.name] = found.get(column.table.name, 0) + number
    return found


def shared_groups(session: Session, pair: Pair, on: date) -> list[Group]:
    """The groups in which both have a seat from the day on, which then are one person's two."""
    later = select(Seat.group_id).where(
        Seat.superseded_at.is_(None), (Seat.valid_until.is_(None)) | (Seat.valid_until > on)
    )
    ids = [later.where(Seat.person_id == person.id) for person in (pair.kept, pair.merged)]
    query = select(Group).where(Group.id.in_(ids[0]), Group.id.in_(ids[1])).order_by(Group.code)
    return list(session.scalars(query))


def check(session: Session, pair: Pair) -> None:
    """Raises `CannotMerge` where the two cannot be made one."""
    ids = (pair.kept.id, pair.merged.id)
    if ids[0] == ids[1]:
        raise SamePerson
    if session.scalars(select(PersonMerge).where(PersonMerge.merged_id.in_(ids))).first():
        raise MergedAlready
    twice = (
        select(Survey)
        .join(Invitation, Invitation.survey_id == Survey.id)
        .where(
            Invitation.person_id.in_(ids), Invitation.answered.is_(True), Survey.closed_at.is_(None)
        )
        .group_by(Survey.id)
        .having(func.count() > 1)
    )
    survey = session.scalars(twice).first()
    if survey is not None:
        raise BothHaveAnswered(survey)


def merge(session: Session, pair: Pair, by: Person | None, at: datetime, keys: SurveyKeys) -> None:
    """Makes the two records one; raises `CannotMerge` where it cannot.

    `keys` are those with which survey answers are sealed while a survey is open.
    """
    ids = [pair.kept.id, pair.merged.id]
    # Of two merges at once the second waits here, and then sees what the first has done.
    session.scalars(
        select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update()
    ).all()
    check(session, pair)
    moved = belongings(session, pair.merged)
    _join_invitations(session, pair, keys)
    _join_conversations(session, pair)
    _join_follows(session, pair)
    _join_digest_settings(session, pair)
    _leave_own_address(session, pair, at)
    for column in references():
        if str(column) not in STAYS:
            _move(session, column, pair)
    _agree(pair, at)
    session.add(PersonMerge(merged_id=ids[1], kept_id=ids[0], by_id=by.id if by else None, at=at))
    record(session, by, "merge_people", f"person:{ids[0]}", at, merged=ids[1], rows=moved)
    names_have_changed(session)
    session.flush()
    # The rows were moved past the session's memory of them.
    session.expire_all()


def _move(session: Session, column: Column[Any], pair: Pair) -> None:
    query = update(column.table).where(column == pair.merged.id)
    if str(column) == "invitation.person_id":
        # In a closed survey two were asked and counted, and what was counted stays counted.
        theirs = select(Invitation.survey_id).where(Invitation.person_id == pair.kept.id)
        query = query.where(column.table.c.survey_id.not_in(theirs))
    if str(column) == "named_answer.person_id":
        theirs = select(NamedAnswer.question_id).where(NamedAnswer.person_id == pair.kept.id)
        query = query.where(column.table.c.question_id.not_in(theirs))
    session.execute(query.values({column.name: pair.kept.id}))


def _join_invitations(session: Session, pair: Pair, keys: SurveyKeys) -> None:
    """In each open survey one invitation remains, with the answers that either has given.

    In a closed one whose ballots are still sealed two that were asked stay two.
    """
    is_sealed = Survey.closed_at.is_(None) | (Survey.key_name != "")
    rows = session.scalars(
        select(Invitation)
        .join(Invitation.survey)
        .where(Invitation.person_id == pair.merged.id, is_sealed)
    ).all()
    for row in rows:
        own = session.scalars(
            select(Invitation).where(
                Invitation.survey_id == row.survey_id, Invitation.person_id == pair.kept.id
            )
        ).first()
        is_over = row.survey.closed_at is not None
        if own is not None and is_over:
            continue
        if row.answered:
            pass_on_answers(session, row, pair.kept, keys)
        if own is not None:
            own.answered = own.answered or row.answered
            session.delete(row)
    session.flush()


def _join_conversations(session: Session, pair: Pair) -> None:
    """The direct conversations on the page become one, read as far as either has been read."""
    before, after = f"@{pair.merged.id}", f"@{pair.kept.id}"
    session.execute(update(Post).where(Post.channel == before).values(channel=after))
    rows = session.scalars(select(Reading).where(Reading.person_id == pair.merged.id)).all()
    for row in rows:
        channel = after if row.channel == before else row.channel
        own = session.get(Reading, (pair.kept.id, channel))
        if own is None:
            session.add(Reading(person_id=pair.kept.id, channel=channel, post_id=row.post_id))
        else:
            own.post_id = max(own.post_id, row.post_id)
    session.execute(delete(Reading).where(Reading.person_id == pair.merged.id))
    session.flush()


def _join_follows(session: Session, pair: Pair) -> None:
    """A measure that both follow is followed once."""
    followed = select(Follow.measure_id).where(Follow.person_id == pair.kept.id)
    session.execute(
        delete(Follow).where(Follow.person_id == pair.merged.id, Follow.measure_id.in_(followed))
    )


def _join_digest_settings(session: Session, pair: Pair) -> None:
    """How the kept record wants the weekly digest counts, where it has said so."""
    said = select(DigestSetting.id).where(DigestSetting.person_id == pair.kept.id)
    if session.scalars(said).first() is not None:
        query = delete(DigestSetting).where(DigestSetting.person_id == pair.merged.id)
        session.execute(query)


def _leave_own_address(session: Session, pair: Pair, at: datetime) -> None:
    """The page knows a member by the record's number: what waits there goes to the kept one's."""
    before, after = str(pair.merged.id), str(pair.kept.id)
    session.execute(
        update(Account)
        .where(Account.person_id == pair.merged.id, Account.user == before)
        .values(gone_at=at)
    )
    waiting = (Delivery.person_id == pair.merged.id) & (Delivery.state != DeliveryState.SENT)
    for column, old, new in (
        (Delivery.user, before, after),
        (Delivery.channel, f"@{before}", f"@{after}"),
    ):
        session.execute(update(Delivery).where(waiting, column == old).values({column: new}))


def _agree(pair: Pair, at: datetime) -> None:
    """What the kept record says from now on, and that the merged is nobody any more.

    The name, the work and the standing are the kept one's own: a merge gives nobody more rights.
    """
    kept, merged = pair.kept, pair.merged
    kept.display_policy = merged.display_policy = pair.display_policy
    kept.left_on, kept.leaving_known_at = _leaving(pair)
    noticed = (person.noticed_at for person in (kept, merged))
    kept.noticed_at = min(filter(None, noticed), default=None)
    paused = (person.paused_until for person in (kept, merged))
    kept.paused_until = max(filter(None, paused), default=None)
    merged.standing = Standing.MEMBER
    merged.left_on = min(filter(None, (merged.left_on, at.date())))
    merged.leaving_known_at = merged.leaving_known_at or at


def _leaving(pair: Pair) -> tuple[date | None, datetime | None]:
    """Who still works here by either record does; else the later last day is the last."""
    kept, merged = pair.kept, pair.merged
    if kept.left_on is None or merged.left_on is None:
        return None, None
    last = max(pair.kept, pair.merged, key=lambda person: person.left_on or date.min)
    return last.left_on, last.leaving_known_at
