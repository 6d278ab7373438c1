"""New figures in a digest: told with how sure they are, once, and only to those entitled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from digests.decided import for_everybody, gather_after, message_after
from digests.meeting import gather_before, message_before
from digests.period import week_until
from digests.weekly import gather, message
from handlers.texts import language
from models.database import Database
from models.groups import Group
from models.indicators.indicator import Indicator, Observation
from models.meetings.meeting import Meeting
from models.message import Facts, Message
from models.surveys.survey import Sensitivity
from tests.bot.workbook.files import bring_in, faults, village, write

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

SV = language("sv")
DAY = timedelta(days=1)
LAST, NEXT = datetime(2024, 5, 21, 11, tzinfo=UTC), datetime(2024, 6, 18, 11, tzinfo=UTC)
MONDAY, BEFORE = date(2024, 6, 10), date(2024, 6, 14)
NOW = datetime(2024, 6, 10, 6, tzinfo=UTC)

HEADINGS = "indicator,place,period,value,n,low,high"
OLD = "TRYGG,FAR,2021,49,412,44,54"
NEW, LATE = "TRYGG,FAR,2023,52,398,47,57", "TRYGG,FAR,2022,50,405,45,55"

TOLD = "Trygg kväll 2023: 52 % (47–57 %) (B – ganska säker)"

Imports = Callable[[Sequence[str], datetime], None]


@pytest.fixture
def imports(database: Database, tmp_path: Path) -> Imports:
    """Imports Farsta's series as it is known at a moment, as an operator does."""

    def bring(lines: Sequence[str], at: datetime) -> None:
        sheets = village(observations=[HEADINGS, *lines])
        assert faults(bring_in(database, write(tmp_path / "in", sheets), at=at)) == []

    return bring


@pytest.fixture
def farsta(database: Database, imports: Imports) -> Database:
    """Farsta between two meetings, with a figure that was known before the last one."""
    imports([OLD], LAST - 30 * DAY)
    with database.write() as session:
        group = session.scalars(select(Group)).one()
        there = {"ends_at": NEXT + DAY / 12, "place": "Farsta", "agenda": "Lägesbild"}
        session.add(Meeting(group=group, starts_at=NEXT, **there))
    return database


def told(digest: Message | None) -> str:
    """What a digest says of new figures."""
    parts = [part for part in digest.parts if isinstance(part, Facts)] if digest else []
    facts = [fact for part in parts for fact in part.facts if fact.label == "Nya siffror"]
    return "; ".join(fact.value for fact in facts)


def weekly(database: Database, on: date) -> str:
    with database.read() as session:
        group = session.scalars(select(Group)).one()
        return told(message(gather(session, group, week_until(on, group.zone), on), SV))


def before(database: Database, on: date = BEFORE) -> str:
    with database.read() as session:
        coming = session.scalars(select(Meeting).where(Meeting.starts_at == NEXT)).one()
        return told(message_before(gather_before(session, coming, on), SV))


def test_an_imported_figure_is_told_with_its_grade_before_the_meeting_and_in_its_week_alone(
    farsta: Database, imports: Imports
) -> None:
    imports([OLD, NEW], NOW - 3 * DAY)
    assert before(farsta) == TOLD
    assert [weekly(farsta, MONDAY + days) for days in (-7 * DAY, 0 * DAY, 7 * DAY)] == [
        "",
        TOLD,
        "",
    ]


def test_a_late_figure_is_news_when_it_came_in_and_an_old_digest_reads_as_before(
    farsta: Database, imports: Imports
) -> None:
    imports([OLD], NOW - 3 * DAY)
    earlier = weekly(farsta, MONDAY), before(farsta, MONDAY)
    imports([OLD, LATE], NOW + 2 * DAY)
    assert (weekly(farsta, MONDAY), before(farsta, MONDAY)) == earlier == ("", "")
    assert "Trygg kväll 2022" in weekly(farsta, MONDAY + 7 * DAY)
    assert "Trygg kväll 2022" in before(farsta)


def test_a_figure_whose_coming_nobody_noted_is_never_news(
    farsta: Database, imports: Imports
) -> None:
    imports([OLD, NEW], NOW - 3 * DAY)
    with farsta.write() as session:
        session.execute(update(Observation).values(recorded_at=None))
    assert (weekly(farsta, MONDAY), before(farsta)) == ("", "")


def test_a_sensitive_figure_reaches_the_members_and_neither_channel_nor_bystander(
    farsta: Database, imports: Imports
) -> None:
    imports([OLD, NEW], NOW - 3 * DAY)
    with farsta.write() as session:
        session.execute(update(Indicator).values(sensitivity=Sensitivity.SENSITIVE))
    assert before(farsta) == TOLD
    assert weekly(farsta, MONDAY) == ""
    with farsta.read() as session:
        coming = session.scalars(select(Meeting).where(Meeting.starts_at == NEXT)).one()
        facts = gather_before(session, coming, BEFORE, restricted=False)
        assert told(message_before(facts, SV)) == ""
        held = session.scalars(select(Meeting).where(Meeting.starts_at == LAST)).one()
        after = gather_after(session, held, MONDAY)
        assert told(message_after(after, SV)) == TOLD
        assert told(message_after(for_everybody(after), SV)) == ""
