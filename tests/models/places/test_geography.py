"""Which police area answers for a place on a day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.places.geography import (
    PoliceShare,
    districts_of_police,
    districts_on,
    neighbourhoods_of,
    police_of,
    police_shares,
)
from models.places.place import District, PoliceArea

ON = date(2024, 6, 10)


def district(session: Session, code: str) -> District:
    """A district by its code."""
    return session.scalars(select(District).where(District.code == code)).one()


def shares(session: Session, code: str, on: date = ON) -> list[PoliceShare]:
    """The police areas of a district."""
    return police_shares(session, district(session, code).id, on)


@pytest.mark.parametrize(
    ("code", "neighbourhood", "areas"),
    [
        ("EAV", "Rågsved", ["LPO Farsta"]),
        ("EAV", "Bandhagen", ["LPO Farsta"]),
        ("EAV", "Årsta", ["LPO Globen"]),
        ("EAV", None, ["LPO Globen", "LPO Farsta"]),
        ("FAR", "Hökarängen", ["LPO Farsta"]),
        ("FAR", None, ["LPO Farsta"]),
        ("HAL", "Solberga", ["LPO Globen"]),
        ("HAL", "Fruängen", ["LPO Skärholmen"]),
    ],
)
def test_a_split_district_answers_by_neighbourhood(
    stockholm_session: Session, code: str, neighbourhood: str | None, areas: list[str]
) -> None:
    found = police_of(shares(stockholm_session, code), neighbourhood)
    assert [area.name for area in found] == areas


def test_the_area_for_most_of_a_district_stands_first(stockholm_session: Session) -> None:
    first, second = shares(stockholm_session, "EAV")
    assert (first.rest, "Rågsved" in first.neighbourhoods) == (True, False)
    assert (second.rest, "Rågsved" in second.neighbourhoods) == (False, True)


@pytest.mark.parametrize("on", [date(2019, 9, 1), date(2021, 1, 1), ON])
def test_every_district_of_a_day_has_a_police_area_that_day(
    stockholm_session: Session, on: date
) -> None:
    for each in districts_on(stockholm_session, on):
        found = police_shares(stockholm_session, each.id, on)
        assert found, each.name
        assert sum(share.rest for share in found) == 1, each.name


@pytest.mark.parametrize(
    ("on", "number"),
    [
        (date(2019, 9, 1), 14),
        (date(2020, 6, 30), 14),
        (date(2020, 7, 1), 13),
        (date(2023, 6, 30), 13),
        (date(2023, 7, 1), 11),
    ],
)
def test_the_city_had_so_many_districts(stockholm_session: Session, on: date, number: int) -> None:
    assert len(districts_on(stockholm_session, on)) == number


@pytest.mark.parametrize(
    ("code", "on", "is_there"),
    [
        ("RIK", date(2023, 6, 30), True),
        ("RIK", date(2023, 7, 1), False),
        ("JAR", date(2023, 7, 1), True),
    ],
)
def test_a_neighbourhood_belongs_where_it_did_on_the_day(
    stockholm_session: Session, code: str, on: date, is_there: bool
) -> None:
    names = neighbourhoods_of(stockholm_session, district(stockholm_session, code), on)
    assert ("Kista" in names) == is_there


def test_a_police_area_covers_whole_districts_and_parts(stockholm_session: Session) -> None:
    query = select(PoliceArea).where(PoliceArea.name == "LPO Farsta")
    area = next(each for each in stockholm_session.scalars(query) if each.holds_on(ON))
    rows = districts_of_police(stockholm_session, area, ON)
    whole = [row.district.name for row in rows if row.neighbourhood is None]
    parts = {row.neighbourhood.name for row in rows if row.neighbourhood is not None}
    assert whole == ["Farsta"]
    assert "Rågsved" in parts
