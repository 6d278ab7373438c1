"""Which measures a list is about: a line or a button's value, as conditions and as rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from handlers.measures.places import says
from handlers.representation.scope import too_old
from handlers.representation.who import find_group
from handlers.understanding import Understanding
from handlers.understanding.line import key_of
from handlers.visit import Visit
from models.agreements import kin_of_area
from models.chain.links import without_cause, without_goal
from models.groups import Group, GroupKind
from models.measures.measure import Category, Measure, MeasureStatus, ProgressReport
from models.measures.ownership import is_ownerless, seated
from models.measures.past import as_they_were, changed_since
from models.measures.progress import Standing, standing
from models.measures.unheard import unheard
from models.measures.workload import with_reports
from models.meetings.meeting import Meeting
from models.people.organisations import DisplayPolicy, Organisation, Person
from models.places.place import District, PoliceArea

CATEGORY_WORDS = {
    "forebyggande": Category.PREVENTION,
    "brottsforebyggande": Category.PREVENTION,
    "preventiva": Category.PREVENTION,
    "preventive": Category.PREVENTION,
    "social": Category.SOCIAL,
    "sociala": Category.SOCIAL,
    "stadsmiljo": Category.ENVIRONMENT,
    "trygg stadsmiljo": Category.ENVIRONMENT,
    "safe surroundings": Category.ENVIRONMENT,
}
"""Words that ask for the measures of one category, where nothing else is left of the line."""


@dataclass(frozen=True)
class Row:
    """A measure in a list with its last report, how it stands, and whether its owner has a seat."""

    measure: Measure
    report: ProgressReport | None
    standing: Standing
    is_owned: bool


@dataclass(frozen=True)
class Filter:
    """Which measures a list is about; storable as JSON in the buttons below it.

    `place` is a neighbourhood, or words that a measure's own place or title says. `without` is
    owner, cause, goal or report: the last are the silent ones. `due` is next_meeting.
    """

    whose: str = ""
    district: str = ""
    place: str = ""
    group: str = ""
    organisation: str = ""
    party: str = ""
    person: str = ""
    status: str = ""
    without: str = ""
    due: str = ""
    area: str = ""
    category: str = ""
    promised: str = ""

    @classmethod
    def of(cls, visit: Visit, wish: Understanding) -> Filter:
        """What a line asks for."""
        named = wish.group or wish.group_code or wish.level
        group = find_group(visit, wish) if named else None
        place = _place(wish)
        category = CATEGORY_WORDS.get(key_of(place))
        return cls(
            whose=wish.whose or "",
            district=wish.district or "",
            place="" if category else place,
            category=category.value if category else "",
            group=group.code if group else "",
            organisation=wish.organisation or _unit(visit, wish.police_area),
            party=wish.party.value if wish.party else "",
            person=wish.person or _namesake(visit, wish.namesakes),
            status=wish.status.value if wish.status else "",
            without=wish.without or "",
            due=wish.due or "",
            area=wish.area or "",
            promised="yes" if wish.promised else "",
        )

    @classmethod
    def read(cls, visit: Visit, value: str) -> tuple[Filter, Mapping[str, str]]:
        """What a button's value says, and what else stands in it; refuses what it cannot read."""
        try:
            told = {str(key): str(said) for key, said in json.loads(value).items()}
        except (ValueError, AttributeError) as error:
            raise too_old(visit) from error
        known = {key: told.pop(key) for key in vars(cls()) if key in told}
        return cls(**known), told

    def as_value(self, **more: str) -> str:
        """The filter, and what else a button says, as the button's value."""
        kept = {key: value for key, value in vars(self).items() if value}
        return json.dumps({**kept, **more}, ensure_ascii=False)


def _place(wish: Understanding) -> str:
    """A neighbourhood, or the words that are left over where they cannot name a group."""
    if wish.neighbourhood or wish.group or wish.person:
        return wish.neighbourhood or ""
    return wish.unknown_place or wish.rest or ""


def _unit(visit: Visit, police_area: str | None) -> str:
    """The police unit of an area that a line names, which the registry knows without LPO."""
    if police_area is None:
        return ""
    names = (f"LPO {police_area}", police_area, f"Polisområde {police_area}")
    query = select(Organisation.name).join(PoliceArea).where(PoliceArea.name.in_(names))
    return visit.session.scalars(query.order_by(Organisation.code)).first() or police_area


def _namesake(visit: Visit, emails: tuple[str, ...]) -> str:
    """The name that several people share; their measures are shown together."""
    if not emails:
        return ""
    return visit.session.scalars(select(Person.name).where(Person.email == emails[0])).first() or ""


@dataclass(frozen=True)
class Selection:
    """The measures that fit a filter on the visit's day, in one reading.

    With `known_at` they say what they and their reports said before that moment.
    """

    visit: Visit
    wanted: Filter
    known_at: datetime | None = None

    @cached_property
    def rows(self) -> list[Row]:
        """All rows, the most urgent first."""
        visit = self.visit
        pairs = self._pairs()
        owners = {each.owner_id for each, _ in pairs if each.owner_id is not None}
        active = seated(visit.session, owners, visit.on)
        asked = [each for each, _ in pairs] if self.known_at is None else []
        why = unheard(visit.session, asked, visit.on)
        rows = [
            Row(
                each,
                report,
                standing(each, report, visit.on, why.get(each.id)),
                each.owner_id in active,
            )
            for each, report in pairs
        ]
        return sorted((row for row in rows if self._fits(row)), key=_urgency)

    def _pairs(self) -> list[tuple[Measure, ProgressReport | None]]:
        """The measures with the reports that count, or counted at the moment that is asked of."""
        session, before = self.visit.session, self.known_at
        conditions = _conditions(self.visit, self.wanted)
        if before is None:
            return with_reports(session, *conditions)
        # What fits now may not have fitted then, and the other way round.
        fits = and_(true(), *conditions)
        changed = Measure.id.in_(changed_since(before))
        pairs = with_reports(session, or_(fits, changed), before=before)
        fitting = set(session.scalars(select(Measure.id).where(fits)))
        then = {each.id for each in as_they_were(session, [each for each, _ in pairs], before)}
        return [pair for pair in pairs if pair[0].id in then and self._fitted(pair[0], fitting)]

    def _fitted(self, measure: Measure, fitting: set[int]) -> bool:
        """Whether a measure as it was belongs to the group and area of the list."""
        wanted, session = self.wanted, self.visit.session
        if wanted.area and measure.area not in kin_of_area(session, wanted.area):
            return False
        if wanted.group:
            return measure.group_id in self._groups
        return bool(wanted.area) or measure.id in fitting

    @cached_property
    def _groups(self) -> list[int]:
        return group_scope(self.visit.session, self.wanted.group)

    @cached_property
    def group(self) -> Group | None:
        """The group whose list it is, where it is one group's."""
        if not self.wanted.group:
            return None
        query = select(Group).where(Group.code == self.wanted.group)
        return self.visit.session.scalars(query).first()

    @cached_property
    def meetings(self) -> dict[int, datetime]:
        """When each group meets next, by its id."""
        query = (
            select(Meeting.group_id, func.min(Meeting.starts_at))
            .where(
                Meeting.starts_at >= (self.known_at or self.visit.at), Meeting.cancelled.is_(False)
            )
            .group_by(Meeting.group_id)
        )
        return {row[0]: row[1] for row in self.visit.session.execute(query)}

    def next_meeting(self, measure: Measure) -> datetime | None:
        """When the group that asks, or else the measure's own, meets next."""
        group_id = self.group.id if self.group else measure.group_id
        return self.meetings.get(group_id)

    def _fits(self, row: Row) -> bool:
        """Delayed means reported so or past its date; open lists leave out what is closed."""
        wanted, stands = self.wanted, row.standing
        if wanted.place and not says(row.measure, wanted.place):
            return False
        if wanted.due and not self._is_due(row):
            return False
        if wanted.without == "report" and not stands.is_silent:
            return False
        if wanted.status:
            is_late = wanted.status == MeasureStatus.DELAYED
            return stands.is_late if is_late else stands.status.value == wanted.status
        is_open_list = wanted.whose or wanted.without or wanted.person
        return not (is_open_list and stands.status.is_closed)

    def _is_due(self, row: Row) -> bool:
        """Whether an open measure's date comes no later than the day of the meeting."""
        meets, due = self.next_meeting(row.measure), row.measure.due_on
        if meets is None or due is None or row.standing.status.is_closed:
            return False
        return due <= self.visit.language.local(meets).date()


def _conditions(visit: Visit, wanted: Filter) -> list[ColumnElement[bool]]:
    return [*_of_people(visit, wanted), *_of_groups(visit, wanted), *_of_measures(visit, wanted)]


def _of_people(visit: Visit, wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """Whose the measures are: a person's, an organisation's, a party's."""
    if wanted.whose == "mine":
        yield Measure.owner_id == visit.person.id
    if wanted.whose == "organisation":
        yield Measure.organisation_id == visit.person.organisation_id
    if wanted.organisation:
        named = select(Organisation.id).where(Organisation.name == wanted.organisation)
        yield Measure.organisation_id.in_(named)
    if wanted.party:
        yield Measure.party == wanted.party
    if wanted.person:
        people = select(Person.id).where(
            Person.name == wanted.person, Person.display_policy == DisplayPolicy.SHOWN
        )
        yield Measure.owner_id.in_(people)


def _of_groups(visit: Visit, wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """Which groups follow them: a group's own, or those of a district."""
    if wanted.group:
        yield Measure.group_id.in_(group_scope(visit.session, wanted.group))
    elif wanted.district:
        within = select(Group.id).join(District).where(District.name == wanted.district)
        yield Measure.group_id.in_(within)


def _of_measures(visit: Visit, wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """What they are about, and what they lack."""
    if wanted.without == "owner":
        yield is_ownerless(visit.on)
    if wanted.without == "cause":
        yield without_cause()
    if wanted.without == "goal":
        yield without_goal()
    if wanted.promised:
        yield Measure.promised.is_not(None)
    if wanted.area:
        yield Measure.area.in_(kin_of_area(visit.session, wanted.area))
    if wanted.category:
        yield Measure.category == wanted.category


def group_scope(session: Session, code: str) -> list[int]:
    """By id the groups whose measures a group follows.

    A working group's own measures; for the others all of the district's, or the central.
    """
    group = session.scalars(select(Group).where(Group.code == code)).first()
    if group is None:
        return []
    if group.kind is GroupKind.WORKING:
        return [group.id]
    return list(
        session.scalars(
            select(Group.id).where(
                Group.level == group.level,
                Group.district_id.is_not_distinct_from(group.district_id),
            )
        )
    )


def _urgency(row: Row) -> tuple[bool, bool, bool, date, str]:
    stands = row.standing
    due = row.measure.due_on or date.max
    return (
        stands.status.is_closed,
        not stands.is_late,
        not (stands.is_late or stands.is_silent),
        due,
        row.measure.code,
    )
