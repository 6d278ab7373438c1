"""My role: the seats I hold, what my organisation answers for, and my district's place."""

from __future__ import annotations

from sqlalchemy import func, select

from handlers.representation.knowledge import AsOf
from handlers.representation.who_else import seats_of
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.geography import police_shares
from models.measures import Measure
from models.message import Fact, Facts, Message
from models.rights import Action


def my_role(visit: Visit, wish: Understanding) -> Message:
    """Answers `min roll` for whoever asks."""
    visit.demand(Action.LOOK_UP)
    person = visit.person
    _ = visit.language._
    card = seats_of(visit, person, at=AsOf(visit.on), heading=_("Your role"))
    district = person.organisation.district
    counted = select(func.count()).select_from(Measure)
    owned = visit.session.scalar(counted.where(Measure.owner_id == person.id)) or 0
    theirs = visit.session.scalar(counted.where(Measure.organisation_id == person.organisation_id))
    facts = [
        Fact(label=_("Organisation"), value=person.organisation.name),
        Fact(label=_("Measures you own"), value=str(owned)),
        Fact(label=_("Your organisation's measures"), value=str(theirs or 0)),
    ]
    if district is not None:
        areas = [share.area.name for share in police_shares(visit.session, district.id, visit.on)]
        facts.append(Fact(label=_("District"), value=district.name))
        if areas:
            facts.append(Fact(label=_("Police area"), value=visit.language.join(areas)))
    heading, *rest = card.parts
    return card.model_copy(update={"parts": (heading, Facts(facts=tuple(facts)), *rest)})
