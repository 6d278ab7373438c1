"""Taking a change of involvement back, within a day and while nothing has come after it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.representation.involvement_form import changeable
from handlers.representation.involvement_told import SET, UNDONE, area_name, district_of, tell_all
from handlers.requests import ButtonPressed
from handlers.visit import NOT_ALLOWED, Visit
from handlers.whole import whole
from models.audit import record
from models.message import Heading, Message, Reply, Text
from models.records import AuditEntry
from models.representation.involvement import Degree, Involvement
from models.representation.involvement_changes import Settled, put_back
from models.rights import Action

UNDO_FOR = timedelta(days=1)


def undo(visit: Visit, press: ButtonPressed) -> Reply:
    """Takes a change back within a day, unless something has been changed since."""
    _ = visit.language._
    visit.demand_member()
    entry = visit.session.get(AuditEntry, whole(press.value) or 0)
    if entry is None or entry.action != SET:
        raise NotFound(_("The change is not there any more."))
    district = district_of(visit, entry)
    if district.id not in {each.id for each in changeable(visit)}:
        raise NotAllowed(_(NOT_ALLOWED[Action.SET_INVOLVEMENT]))
    if visit.at - entry.at > UNDO_FOR:
        raise Refusal(_("This can be undone within a day. Make a new change instead."))
    if _is_overtaken(visit, entry):
        raise Refusal(_("It has been changed since. Make a new change instead."))
    put_back(visit.session, _settled(visit, entry))
    detail = {**entry.detail, "degree": entry.detail["before"], "before": entry.detail["degree"]}
    undone = record(visit.session, visit.person, UNDONE, entry.subject, visit.at, **detail)
    visit.session.flush()
    tell_all(visit, undone)
    visit.remember(f"uninvolved:{undone.id}")
    return recall_undone(visit, str(undone.id))


def _is_overtaken(visit: Visit, entry: AuditEntry) -> bool:
    query = select(AuditEntry).where(
        AuditEntry.action.in_((SET, UNDONE)),
        AuditEntry.subject == entry.subject,
        AuditEntry.id > entry.id,
    )
    later = visit.session.scalars(query)
    if any(each.detail["area"] == entry.detail["area"] for each in later):
        return True
    row = visit.session.get(Involvement, entry.detail["row"])
    return row is None or row.degree != entry.detail["degree"]


def _settled(visit: Visit, entry: AuditEntry) -> Settled:
    detail = entry.detail
    before, ended, until = detail["before"], detail["ended"], detail["ended_until"]
    return Settled(
        row=visit.session.get_one(Involvement, detail["row"]),
        before=Degree(before) if before else None,
        ended=visit.session.get(Involvement, ended) if ended else None,
        ended_until=date.fromisoformat(until) if until else None,
    )


def recall_undone(visit: Visit, key: str) -> Message:
    """That the change is undone, now or for the same event a second time."""
    _ = visit.language._
    entry = visit.session.get_one(AuditEntry, int(key))
    heading = _("The change is undone")
    district = district_of(visit, entry).name
    area = area_name(visit, entry, visit.language)
    text = _("{district} · {area} is as it was.", district=district, area=area)
    return Message(summary=f"{heading}. {text}", parts=(Heading(text=heading), Text(text=text)))
