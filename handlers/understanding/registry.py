"""All names that the database knows, with the days on which they hold, as one frozen snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from handlers.understanding.elsewhere import NEIGHBOURS
from handlers.understanding.job_titles import Titles, has_title
from handlers.understanding.known import (
    AreaName,
    Belongs,
    DistrictName,
    GroupName,
    MeasureName,
    NeighbourhoodName,
    OrganisationName,
    PersonName,
    PoliceName,
    TitledName,
)
from handlers.understanding.names import Names
from models.agreements import PriorityArea
from models.groups import Group, GroupKind
from models.indicators.indicator import Indicator
from models.measures.measure import Measure
from models.people.merge import is_whole
from models.people.organisations import DisplayPolicy, Organisation, Person
from models.places.place import District, Neighbourhood, PoliceArea
from models.surveys.survey import Survey


@dataclass(frozen=True, repr=False)
class Registry:
    """The names as they stood when they were read; an import makes a new snapshot necessary."""

    districts: tuple[DistrictName, ...] = ()
    neighbourhoods: tuple[NeighbourhoodName, ...] = ()
    police_areas: tuple[PoliceName, ...] = ()
    organisations: tuple[OrganisationName, ...] = ()
    people: tuple[PersonName, ...] = ()
    areas: tuple[AreaName, ...] = ()
    groups: tuple[GroupName, ...] = ()
    measures: tuple[MeasureName, ...] = ()
    indicators: tuple[TitledName, ...] = ()
    surveys: tuple[TitledName, ...] = ()

    @classmethod
    def load(cls, session: Session) -> Registry:
        """Reads all names from the database."""
        return cls(
            districts=_districts(session),
            neighbourhoods=_neighbourhoods(session),
            police_areas=_police_areas(session),
            organisations=_organisations(session),
            people=_people(session),
            areas=_areas(session),
            groups=_groups(session),
            measures=_measures(session),
            indicators=_indicators(session),
            surveys=_surveys(session),
        )

    @cached_property
    def names(self) -> Names:
        """The index that lines are looked up in."""
        return Names.of(self)

    @cached_property
    def titles(self) -> Titles:
        """The titles that people have, for questions such as `kommunpolisen i Farsta`."""
        return Titles(self._spellings)

    def spellings(self, title: str) -> list[str]:
        """The titles as people have them that are the one asked for."""
        return [each for each in self._spellings if has_title(each, title)]

    @cached_property
    def _spellings(self) -> list[str]:
        return sorted({person.title for person in self.people} - {""})

    @cached_property
    def groups_with_own_words(self) -> dict[tuple[str, GroupKind], list[GroupName]]:
        """The groups that are told apart by words of their own, by district and kind."""
        found: dict[tuple[str, GroupKind], list[GroupName]] = {}
        for group in self.groups:
            home = self.district_of_code.get(group.district or "")
            if home is not None and group.own_words:
                found.setdefault((home.name, group.kind), []).append(group)
        return found

    @cached_property
    def police_of_code(self) -> dict[str, PoliceName]:
        """Police areas by their code."""
        return {area.code: area for area in self.police_areas}

    @cached_property
    def district_of_code(self) -> dict[str, DistrictName]:
        """Districts by their short code."""
        return {district.code: district for district in self.districts}

    @cached_property
    def measure_codes(self) -> frozenset[str]:
        """The short codes that measures may begin with: the districts' and the central groups'."""
        of_groups = (group.code.split("-")[0] for group in self.groups)
        return frozenset({"CEN", *self.district_of_code, *of_groups})

    def district_on(self, district: DistrictName, on: date) -> DistrictName:
        """The district itself, or what it has become by the day."""
        seen = {district.code}
        while district.valid_until is not None and district.valid_until <= on:
            successor = self.district_of_code.get(district.successor or "")
            if successor is None or successor.code in seen:
                break
            seen.add(successor.code)
            district = successor
        return district

    def home_of(self, neighbourhood: NeighbourhoodName, on: date) -> DistrictName | None:
        """The district that a neighbourhood belongs to on the day, or belonged to last."""
        belonging = neighbourhood.belonging_on(on)
        district = self.district_of_code.get(belonging.district) if belonging else None
        return self.district_on(district, on) if district else None

    def police_on(self, area: PoliceName, on: date) -> PoliceName:
        """The police area itself, or what it has become by the day."""
        seen = {area.code}
        while area.valid_until is not None and area.valid_until <= on:
            successor = self.police_of_code.get(area.successor or "")
            if successor is None or successor.code in seen:
                break
            seen.add(successor.code)
            area = successor
        return area

    def beside(self, municipality: str, on: date) -> list[str]:
        """The city's districts beside another municipality, as they are on the day."""
        by_name = {district.name: district for district in self.districts}
        named = (by_name[name] for name in NEIGHBOURS.get(municipality, ()) if name in by_name)
        return list(dict.fromkeys(self.district_on(district, on).name for district in named))

    def nearest_places(self, text: str, limit: int = 3) -> list[str]:
        """The districts and neighbourhoods whose names are most like a text."""
        return self.names.nearest_places(text, limit)

    def nearest_measures(self, code: str, owner_id: int | None = None, limit: int = 3) -> list[str]:
        """The measures whose ids are most like a text, the owner's own first."""
        return self.names.nearest_measures(code, owner_id, limit)

    def nearest_people(self, text: str, limit: int = 3) -> list[str]:
        """The people, among those who are shown, whose names are most like a text."""
        return self.names.nearest_people(text, limit)


def _districts(session: Session) -> tuple[DistrictName, ...]:
    return tuple(
        DistrictName(
            code=row.code,
            name=row.name,
            aliases=tuple(row.aliases),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            successor=row.successor.code if row.successor else None,
        )
        for row in session.scalars(select(District).order_by(District.id)).all()
    )


def _neighbourhoods(session: Session) -> tuple[NeighbourhoodName, ...]:
    codes = dict(session.execute(select(District.id, District.code)).all())
    query = select(Neighbourhood).options(selectinload(Neighbourhood.belongings))
    return tuple(
        NeighbourhoodName(
            name=row.name,
            aliases=tuple(row.aliases),
            belongings=tuple(
                Belongs(codes[belonging.district_id], belonging.valid_from, belonging.valid_until)
                for belonging in sorted(row.belongings, key=lambda each: each.valid_from)
            ),
        )
        for row in session.scalars(query.order_by(Neighbourhood.id))
    )


def _police_areas(session: Session) -> tuple[PoliceName, ...]:
    rows = session.scalars(select(PoliceArea).order_by(PoliceArea.id)).all()
    codes = {row.id: row.code for row in rows}
    return tuple(
        PoliceName(
            code=row.code,
            name=row.name,
            kind=row.kind,
            aliases=tuple(row.aliases),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            successor=codes.get(row.successor_id) if row.successor_id else None,
        )
        for row in rows
    )


def _organisations(session: Session) -> tuple[OrganisationName, ...]:
    query = select(Organisation).options(joinedload(Organisation.district))
    return tuple(
        OrganisationName(
            code=row.code,
            name=row.name,
            kind=row.kind,
            party=row.party,
            aliases=tuple(row.aliases),
            district=row.district.code if row.district else None,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in session.scalars(query.order_by(Organisation.id))
    )


def _people(session: Session) -> tuple[PersonName, ...]:
    """All but those who are protected, so that a line about one reads as one about a stranger."""
    query = select(Person).where(is_whole(), Person.display_policy != DisplayPolicy.PROTECTED)
    return tuple(
        PersonName(
            email=row.email,
            name=row.name,
            is_shown=row.display_policy is DisplayPolicy.SHOWN,
            left_on=row.left_on,
            title=row.title,
        )
        for row in session.scalars(query.order_by(Person.id))
    )


def _areas(session: Session) -> tuple[AreaName, ...]:
    return tuple(
        AreaName(
            code=row.code,
            names=(row.name_sv, row.name_en, row.code.replace("_", " "), *row.aliases),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in session.scalars(select(PriorityArea).order_by(PriorityArea.id))
    )


def _groups(session: Session) -> tuple[GroupName, ...]:
    query = select(Group).options(joinedload(Group.district))
    return tuple(
        GroupName(
            code=row.code,
            name=row.name,
            kind=row.kind,
            level=row.level,
            district=row.district.code if row.district else None,
        )
        for row in session.scalars(query.order_by(Group.id))
    )


def _measures(session: Session) -> tuple[MeasureName, ...]:
    rows = session.execute(
        select(Measure.code, Measure.title, Measure.owner_id).order_by(Measure.code)
    )
    return tuple(MeasureName(code, title, owner_id) for code, title, owner_id in rows)


def _indicators(session: Session) -> tuple[TitledName, ...]:
    return tuple(
        TitledName(row.code, (row.code, row.name_sv, row.name_en, *row.aliases))
        for row in session.scalars(select(Indicator).order_by(Indicator.id))
    )


def _surveys(session: Session) -> tuple[TitledName, ...]:
    return tuple(
        TitledName(
            row.code, tuple(title for title in (row.code, row.title_sv, row.title_en) if title)
        )
        for row in session.scalars(select(Survey).order_by(Survey.id))
    )
