"""Changes of a measure: written down with before and after, and taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.groups import GroupKind
from models.measures.changes import (
    ChangedSince,
    InUse,
    Made,
    change,
    create,
    history,
    next_code,
    remove,
    undo,
)
from models.measures.measure import Category, Horizon, Measure, MeasureEvent
from models.people.organisations import Party
from tests.digests.village import MONDAY, NOW, Village

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def village(session: Session) -> Village:
    """Farsta in small."""
    return Village(session)


def lights(village: Village, **values: object) -> Measure:
    """A measure that is not there yet."""
    said = {"category": Category.ENVIRONMENT, "party": Party.CITY, "start_on": MONDAY, **values}
    return Measure(title="Lights", group=village.group, organisation=village.city, **said)


def test_a_change_says_what_was_before_and_its_undoing_brings_all_of_it_back(
    village: Village,
) -> None:
    session = village.session
    measure = village.measure("FAR-014", village.maja)
    measure.snoozed_until = MONDAY
    working = village.add_group("FAR-ARB", GroupKind.WORKING)
    values = {
        "owner": village.jonas,
        "group": working,
        "due_on": date(2024, 9, 30),
        "horizon": Horizon.LONG,
        "contributors": [village.police],
        "title": measure.title,
    }
    before = measure.due_on and measure.due_on.isoformat()
    row = change(session, measure, values, Made(village.maja, NOW, "test"))
    assert row is not None
    assert row.event is MeasureEvent.MOVED
    assert row.fields == {
        "owner": [village.maja.id, village.jonas.id],
        "group": ["FAR-BER", "FAR-ARB"],
        "due_on": [before, "2024-09-30"],
        "horizon": ["short", "long"],
        "contributors": [[], [village.police.code]],
    }
    assert not session.get_one(Measure, measure.id).snoozed_until
    assert change(session, measure, values, Made(village.maja, LATER)) is None

    undone = undo(session, row, Made(village.jonas, LATER))
    assert undone.undoes_id == row.id
    assert (measure.owner, measure.group.code) == (village.maja, "FAR-BER")
    assert (measure.horizon, measure.contributors) == (Horizon.SHORT, [])
    with pytest.raises(ChangedSince):
        undo(session, row, Made(village.jonas, LATER))
    assert list(history(session, measure)) == [row, undone]


def test_an_id_is_the_next_of_its_short_code_and_is_not_used_twice(village: Village) -> None:
    session = village.session
    assert next_code(session, village.group) == "FAR-001"
    village.measure("FAR-014", village.maja)
    made = lights(village)
    create(session, made, Made(village.maja, NOW))
    assert made.code == "FAR-015"
    remove(session, made, Made(village.maja, LATER))
    assert session.get(Measure, made.id) is None
    assert next_code(session, village.group) == "FAR-016"


def test_a_measure_of_which_something_was_said_is_not_taken_away(village: Village) -> None:
    made = lights(village)
    create(village.session, made, Made(village.maja, NOW))
    village.report(made, "ongoing", timedelta(0))
    with pytest.raises(InUse):
        remove(village.session, made, Made(village.maja, LATER))
