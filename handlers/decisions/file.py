"""Decisions as rows to keep: for the register, for the archive, for a program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Session

from handlers.decisions.card import sees_restricted
from handlers.files.extracts import Extract, Field, Term, Value
from handlers.visit import Visit
from models.groups import Group
from models.intervals import A_DAY
from models.language import Language
from models.meetings.decisions import Decided, decisions_between, district_names, history_of
from models.meetings.meeting import Meeting
from models.schedule import ZONE, instant, local_day
from models.wording import PARTIES


def decisions_extract(
    visit: Visit, group: str, first: date | None, last: date | None, known_at: datetime
) -> Extract:
    """One row for each decision of the meetings between two days, as it read before a moment.

    Without a group those of all. What is restricted has a row, but no words for those who may not
    read them.
    """
    which = _held(first, last)
    if group:
        which &= Meeting.group.has(Group.code == group)
    found = decisions_between(visit.session, which, None, known_at, restricted=True)
    names = district_names(visit.session, [each.wording for each in found])
    meetings = dict.fromkeys(
        each.decision.meeting for each in found if each.is_restricted or each.version > 1
    )
    sees = {meeting: sees_restricted(visit, meeting) for meeting in meetings}
    rows = tuple(
        (*_row(visit.language, each, names, sees), _earlier(visit.session, each, sees))
        for each in found
    )
    name = f"decisions-{group or 'all'}-{visit.on.isoformat()}"
    return Extract(name, visit.language._("Decisions"), _fields(visit.language), rows)


def without_number(extract: Extract) -> int:
    """How many of the rows have no registry number."""
    at = [field.name for field in extract.fields].index("registry_number")
    return sum(not row[at] for row in extract.rows)


def _held(first: date | None, last: date | None) -> ColumnElement[bool]:
    held: ColumnElement[bool] = true()
    if first is not None:
        held &= Meeting.starts_at >= instant(first, datetime.min.time(), ZONE)
    if last is not None:
        held &= Meeting.starts_at < instant(last + A_DAY, datetime.min.time(), ZONE)
    return held


def _row(
    language: Language, decided: Decided, names: Mapping[str, str], sees: Mapping[Meeting, bool]
) -> tuple[Value, ...]:
    decision, wording = decided.decision, decided.wording
    meeting = decision.meeting
    hides = decided.is_restricted and not sees[meeting]
    is_corrected = decided.is_corrected
    about = (
        decided.registry,
        language._("restricted to the group") if hides else wording.text,
        wording.organisation.name if wording.organisation and not hides else "",
        "" if hides else "; ".join(names.get(code, code) for code in wording.districts),
        "" if hides else "; ".join(language._(PARTIES[each]) for each in wording.parties),
        "" if hides else wording.item,
    )
    return (
        meeting.group.code,
        meeting.group.name,
        local_day(meeting.starts_at, meeting.group.zone),
        decision.number,
        *about,
        Term("restricted", language._("Restricted")) if decided.is_restricted else None,
        local_day(decided.known_at, meeting.group.zone) if is_corrected else None,
        decided.reason if is_corrected and not hides else "",
    )


def _earlier(session: Session, decided: Decided, sees: Mapping[Meeting, bool]) -> str:
    """How a corrected decision read before, the first wording first, for those who may read it."""
    if not decided.is_corrected:
        return ""
    open_to_all = sees[decided.decision.meeting]
    return " / ".join(
        each.wording.text
        for each in history_of(session, decided.decision)
        if each.version < decided.version and (open_to_all or not each.is_restricted)
    )


def _fields(language: Language) -> tuple[Field, ...]:
    _ = language._
    return (
        Field("group", _("Group code")),
        Field("group_name", _("Group")),
        Field("held_on", _("Meeting")),
        Field("number", "§"),
        Field("registry_number", _("Registry number")),
        Field("text", _("Decision")),
        Field("organisation", _("Carried out by")),
        Field("districts", _("Districts concerned")),
        Field("parties", _("Parties concerned")),
        Field("item", _("Item of the agenda")),
        Field("restricted", _("Restricted")),
        Field("corrected_on", _("Corrected")),
        Field("reason", _("Reason")),
        Field("earlier", _("Read before")),
    )
