"""Reading reports: which one counts, and how a measure stands on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from models.groups import GroupKind
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.measures.progress import (
    Light,
    Standing,
    current_reports,
    lights,
    measures_of,
    standing,
    standings,
)
from models.measures.workload import open_measures
from tests.digests.village import MONDAY, NOW, Village

DAY = timedelta(days=1)


@pytest.fixture
def village(session: Session) -> Village:
    return Village(session)


def undo(village: Village, report: ProgressReport, ago: timedelta) -> None:
    row = ProgressReport(
        measure_id=report.measure_id, at=NOW - ago, status=report.status, undoes_id=report.id
    )
    village.session.add(row)
    village.session.flush()


def counting(village: Village, measure: Measure) -> ProgressReport | None:
    return current_reports(village.session, [measure.id]).get(measure.id)


def test_the_last_report_counts(village: Village) -> None:
    measure = village.measure("FAR-001", village.maja)
    village.report(measure, "delayed", 3 * DAY)
    last = village.report(measure, "ongoing", DAY)
    assert counting(village, measure) is last


def test_an_undone_report_leaves_the_one_before(village: Village) -> None:
    measure = village.measure("FAR-001", village.maja)
    first = village.report(measure, "ongoing", 3 * DAY)
    undo(village, village.report(measure, "done", 2 * DAY), DAY)
    assert counting(village, measure) is first


def test_what_was_known_before_ignores_later_reports_and_later_undoings(village: Village) -> None:
    measure = village.measure("FAR-001", village.maja)
    known = village.report(measure, "done", 3 * DAY)
    undo(village, known, DAY)
    village.report(measure, "delayed", DAY)
    then = current_reports(village.session, [measure.id], NOW - 2 * DAY)
    assert then == {measure.id: known}


def _read_from_the_beginning(
    village: Village, measure: Measure, before: datetime | None
) -> ProgressReport | None:
    """The report that counts, found the long way: through all reports, oldest first."""
    rows = list(
        village.session.scalars(
            select(ProgressReport)
            .where(ProgressReport.measure_id == measure.id)
            .order_by(ProgressReport.at, ProgressReport.id)
        )
    )
    known = [row for row in rows if before is None or row.at < before]
    undone = {row.undoes_id for row in known}
    counting = [row for row in known if row.undoes_id is None and row.id not in undone]
    return counting[-1] if counting else None


@pytest.mark.parametrize("before", [None, NOW - 40 * DAY, NOW - 200 * DAY, NOW - 999 * DAY])
def test_of_many_reports_with_many_undone_the_same_counts_as_when_all_are_read(
    village: Village, before: datetime | None
) -> None:
    chance = Random(14)
    measures = [village.measure(f"FAR-{number:03}", village.maja) for number in range(6)]
    rows = []
    for _ in range(300):
        ago = chance.randrange(1, 400) * DAY
        rows.append(
            village.report(chance.choice(measures), chance.choice(list(MeasureStatus)), ago)
        )
    for row in chance.sample(rows, 120):
        undo(village, row, chance.randrange(1, 400) * DAY)
    found = current_reports(village.session, [each.id for each in measures], before)
    for each in measures:
        assert found.get(each.id) is _read_from_the_beginning(village, each, before)


def test_of_a_long_history_only_the_report_that_counts_is_read(village: Village) -> None:
    measure = village.measure("FAR-001", village.maja)
    for number in range(50):
        last = village.report(measure, "ongoing", (50 - number) * DAY)
    village.session.expunge_all()
    found = current_reports(village.session, [measure.id])
    assert found[measure.id].id == last.id
    held = [each for each in village.session if isinstance(each, ProgressReport)]
    assert [each.id for each in held] == [last.id]


def test_the_reports_of_many_measures_are_one_query(village: Village) -> None:
    measures = [village.measure(f"FAR-{number:03}", village.maja) for number in range(30)]
    for measure in measures:
        village.report(measure, "ongoing", DAY)
    asked: list[str] = []
    engine = village.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert len(standings(village.session, measures, MONDAY)) == 30
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("status", "ago", "due", "light"),
    [
        ("done", 90, date(2024, 5, 1), Light.DONE),
        ("cancelled", 90, date(2024, 5, 1), Light.CANCELLED),
        ("delayed", 1, date(2024, 12, 1), Light.LATE),
        ("ongoing", 1, date(2024, 6, 9), Light.LATE),
        ("ongoing", 1, date(2024, 6, 10), Light.ON_PLAN),
        ("ongoing", 30, None, Light.ON_PLAN),
        ("ongoing", 31, None, Light.SILENT),
        ("delayed", 60, date(2024, 5, 1), Light.LATE),
        ("at_risk", 1, None, Light.AT_RISK),
        ("not_started", 1, None, Light.NOT_STARTED),
    ],
)
def test_a_measure_stands_in_the_first_light_that_fits(
    village: Village, status: str, ago: int, due: date | None, light: Light
) -> None:
    measure = village.measure("FAR-001", village.maja, due)
    village.report(measure, status, ago * DAY)
    assert standings(village.session, [measure], MONDAY)[measure.id].light is light


def test_days_late_count_from_the_date_and_days_silent_from_the_last_report(
    village: Village,
) -> None:
    measure = village.measure("FAR-011", village.maja, date(2024, 5, 29))
    report = village.report(measure, "delayed", 10 * DAY)
    how = standing(measure, report, MONDAY)
    assert how == Standing(MeasureStatus.DELAYED, days_late=12, days_silent=10)


def test_a_measure_without_reports_is_silent_since_its_start(village: Village) -> None:
    how = standing(village.measure("FAR-006", None), None, MONDAY)
    assert (how.days_silent, how.light, how.never_reported) == (47, Light.SILENT, True)


def test_help_wanted_is_a_risk_even_when_it_goes_on(village: Village) -> None:
    assert Standing(MeasureStatus.ONGOING, help_wanted=True).light is Light.AT_RISK


def test_open_measures_leave_out_what_is_done_or_cancelled(village: Village) -> None:
    for code, status in (("FAR-001", "done"), ("FAR-002", "cancelled"), ("FAR-003", "ongoing")):
        village.report(village.measure(code, village.maja), status, DAY)
    village.measure("FAR-004", village.maja)
    village.measure("FAR-005", village.jonas)
    found = open_measures(village.session, Measure.owner_id == village.maja.id)
    assert [measure.code for measure in found] == ["FAR-003", "FAR-004"]


def test_a_preparatory_group_follows_its_district_and_a_working_group_its_own(
    village: Village,
) -> None:
    working = village.add_group("FAR-ARB", GroupKind.WORKING)
    village.measure("FAR-001", village.maja)
    village.measure("FAR-002", village.maja, group=working)
    follows = {
        group.code: [row.code for row in village.session.scalars(measures_of(group))]
        for group in (village.group, working)
    }
    assert follows == {"FAR-BER": ["FAR-001", "FAR-002"], "FAR-ARB": ["FAR-002"]}


def test_lights_are_counted() -> None:
    calm, late = Standing(MeasureStatus.ONGOING), Standing(MeasureStatus.DELAYED)
    assert lights([calm, late, calm]) == {Light.ON_PLAN: 2, Light.LATE: 1}
