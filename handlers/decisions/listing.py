"""Decisions that were taken: of a place, a group or mine, and those of others that concern it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, String, cast, or_, select

from handlers.decisions.card import sees_restricted
from handlers.errors import NotFound
from handlers.meetings.listing import scope_of
from handlers.requests import ButtonPressed, PlaceKind
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group
from models.meetings.decisions import Decided, DecisionWording, decisions_where
from models.meetings.meeting import Decision, Meeting
from models.meetings.words import mark, registered
from models.message import Actions, Button, Heading, Message, Part, Text, paragraphs
from models.places.place import District
from models.rights import Action
from models.schedule import instant

MOST_DECISIONS = 10
IN_A_ROW = 5
DAY = timedelta(days=1)


def decisions(visit: Visit, wish: Understanding) -> Message:
    """Answers `beslut …`: the last decisions of the place or group, the newest meeting first."""
    visit.demand(Action.SEE_MEETINGS)
    which = scope_of(visit, wish) & (Meeting.starts_at < _until(visit, wish))
    found = decisions_where(visit.session, which, MOST_DECISIONS)
    district = _district(visit, wish.district)
    more = [_concerning(visit, district)] if district and wish.group is None else []
    return _listed(visit, visit.language._("Decisions"), found, more)


def concerning(visit: Visit, press: ButtonPressed) -> Message:
    """Other groups' decisions that concern the district that a button names."""
    visit.demand(Action.SEE_MEETINGS)
    query = select(District).where(District.code == press.value)
    district = visit.session.scalars(query).first()
    if district is None:
        raise NotFound(visit.language._("The district is not there any more."))
    which = _concerns(district) & (Meeting.starts_at < visit.at)
    found = decisions_where(visit.session, which, MOST_DECISIONS)
    heading = visit.language._("Decisions that concern {district}", district=district.name)
    return _listed(visit, heading, found, [])


def _concerns(district: District) -> ColumnElement[bool]:
    worded = select(DecisionWording.decision_id).where(
        cast(DecisionWording.districts, String).contains(f'"{district.code}"', autoescape=True)
    )
    own = Group.district_id.is_not_distinct_from(district.id)
    brought = Decision.affects.any(District.id == district.id)
    return ~own & or_(brought, Decision.id.in_(worded))


def _district(visit: Visit, name: str | None) -> District | None:
    """The district that is named, as it was last; else that of the asker's organisation."""
    if name is None:
        return visit.asker.organisation.district if visit.asker else None
    query = select(District).where(District.name == name).order_by(District.valid_from.desc())
    return visit.session.scalars(query).first()


def _concerning(visit: Visit, district: District) -> Button:
    label = visit.language._("Others' that concern {district}", district=district.name)
    return Button(label=_short(label), action="decision.concerning", value=district.code)


def _listed(
    visit: Visit, heading: str, found: Sequence[Decided], more: Sequence[Button]
) -> Message:
    parts: list[Part] = [Heading(text=heading[:150])]
    rows = [Actions(buttons=tuple(more))] if more else []
    if not found:
        sentence = visit.language._("No decisions are written down.")
        return Message(summary=sentence, parts=(*parts, Text(text=sentence), *rows))
    spoken = _line(visit, found[0]).removeprefix("- ")
    shown = []
    for meeting, taken in groupby(found, key=lambda each: each.decision.meeting):
        day = visit.language.day(visit.language.local(meeting.starts_at).date())
        of_it = list(taken)
        lines = [f"**{meeting.group.name}, {day}**", *(_line(visit, each) for each in of_it)]
        parts.extend(paragraphs(lines))
        shown += [each for each in of_it if _may_read(visit, each)]
    rows = [*_cards(shown[:IN_A_ROW]), *rows]
    return Message(summary=f"{heading}: {spoken}"[:1000], parts=(*parts, *rows))


def _cards(shown: Sequence[Decided]) -> list[Actions]:
    """A button to the card of each of the first, which are of the newest meetings."""
    buttons = tuple(
        Button(
            label=_short(f"{each.decision.meeting.group.code} § {each.number}"),
            action="decision.show",
            value=str(each.decision.id),
        )
        for each in shown
    )
    return [Actions(buttons=buttons)] if buttons else []


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39]}…"


def _until(visit: Visit, wish: Understanding) -> datetime:
    """Until now; with a named day, until the end of that day."""
    if wish.on is None:
        return visit.at
    return min(visit.at, instant(wish.on + DAY, time(), visit.language.zone))


def _may_read(visit: Visit, decided: Decided) -> bool:
    """Whether a decision may be read here: a restricted one by its group, and in no channel."""
    if not decided.is_restricted:
        return True
    in_channel = visit.where.kind is PlaceKind.CHANNEL
    return not in_channel and sees_restricted(visit, decided.decision.meeting)


def _line(visit: Visit, decided: Decided) -> str:
    if not _may_read(visit, decided):
        hidden = visit.language._("restricted to the group")
        return f"- § {decided.number} ({hidden})"
    who = decided.wording.organisation
    more = [who.name] if who else []
    more += [registered(visit.language, decided)] if decided.registry else []
    said = f"- § {decided.number} {decided.wording.text}"
    said += f" ({', '.join(more)})" if more else ""
    status = mark(visit.language, decided, visit.on)
    return f"{said} ({status})" if status else said
