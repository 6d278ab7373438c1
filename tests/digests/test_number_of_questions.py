"""The fullest digest asks ten times at most, and each of its lines leads on, on Slack too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from bot.slack.blocks import payloads
from bot.slack.buttons import pressed_of
from digests.decided import Reader, gather_after, message_after
from digests.meeting import gather_before, message_before
from digests.period import week_until
from digests.weekly import gather, message
from handlers.texts import language
from models.chain.approvals import Approvable, Version
from models.groups import GroupKind, SeatRole
from models.indicators.indicator import Direction, Indicator, Observation
from models.measures.changes import Made, change
from models.measures.measure import Measure
from models.meetings import decisions, points
from models.meetings.action_points import ActionPoint
from models.meetings.decisions import Numbers, Wording
from models.meetings.inputs import InputRequest, InputRound
from models.meetings.meeting import Meeting
from models.meetings.plans import By
from models.message import Fact, Facts, Lines, Message, Table
from models.surveys.survey import Sensitivity, Survey, SurveyResult
from tests.digests.village import MONDAY, NOW, Village, farsta_in_week_24
from tests.slack.payloads import check_message

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST = 10
SV = language("sv")


@pytest.fixture
def full(session: Session) -> Village:
    """The village in a week in which everything happens that a digest can tell of."""
    village = farsta_in_week_24(session)
    village.agreement.next_revision_on = date(2024, 8, 1)
    village.seat(None, SeatRole.CHAIR)
    rewrite(village)
    agree(village)
    publish(village)
    session.flush()
    return village


def rewrite(village: Village) -> None:
    """Changes whose names no measure says any more, and a wording that waits for approval."""
    former = village.person("Eva Gammal", village.organisation("Gamla nämnden", village.city.party))
    moved = village.measure(
        "FAR-020", former, date(2024, 7, 1), village.add_group("FAR-X", WORKING)
    )
    owner, organisation, group = village.maja, village.city, village.group
    made = Made(village.maja, NOW - DAY)
    changed = {"owner": owner, "organisation": organisation, "group": group}
    change(village.session, moved, changed, made)
    version = Version(
        kind=Approvable.MEASURE, subject="FAR-014", number=1, wording="Lys upp", at=NOW - DAY
    )
    village.session.add(version)


WORKING = GroupKind.WORKING


def agree(village: Village) -> None:
    """Decisions, one corrected, and points of which one became a measure, of the last meeting."""
    last, by = meeting_of(village, 5, 21), By(village.maja, NOW - 2 * DAY)
    for number, text in enumerate(("Tunneln stängs", "Torget lyses upp"), 1):
        wording = Wording(text, village.police, ("FAR",))
        written = decisions.write(village.session, last, Numbers(number), wording, by)
    decisions.correct(village.session, written, Wording("Torget släcks"), "Fel", by)
    measure = village.session.scalars(select(Measure).where(Measure.code == "FAR-009")).one()
    for became in (None, measure):
        task = points.Task("Ring", village.jonas, date(2024, 6, 14))
        points.write(village.session, ActionPoint(meeting=last, measure=became), task, by)
    round_ = InputRound(meeting=meeting_of(village, 6, 18), opened_at=NOW - DAY, due_at=NOW + DAY)
    request = InputRequest(round=round_, district=village.district, person=village.maja)
    village.session.add(request)


def publish(village: Village) -> None:
    """The result of a survey, and a new figure of an indicator."""
    times = {"opens_at": NOW - 5 * DAY, "closes_at": NOW - 2 * DAY}
    survey = Survey(code="E-9", title_sv="Trygghet", group_id=village.group.id, **times)
    survey.sensitivity = Sensitivity.OPEN
    shown = Indicator(
        code="I-1",
        name_sv="Otrygga",
        name_en="Unsafe",
        unit="%",
        direction=Direction.LOWER,
        source="Polisen",
    )
    village.session.add_all([survey, shown])
    village.session.flush()
    table = {"answered": 9, "asked": 9}
    village.session.add(SurveyResult(survey_id=survey.id, frozen_at=NOW - DAY, table=table))
    for period, days in (("2023", 200), ("2024", 1)):
        row = Observation(indicator_id=shown.id, place="FAR", period=period, value=20.0, n=500)
        row.district_id, row.recorded_at = village.district.id, NOW - days * DAY
        village.session.add(row)


def meeting_of(village: Village, month: int, day: int) -> Meeting:
    starts = datetime(2024, month, day, 11, tzinfo=UTC)
    return village.session.scalars(select(Meeting).where(Meeting.starts_at == starts)).one()


def weekly(village: Village) -> Message | None:
    week = week_until(MONDAY, village.group.zone)
    return message(gather(village.session, village.group, week, MONDAY), SV)


def before(village: Village) -> Message | None:
    facts = gather_before(village.session, meeting_of(village, 6, 18), MONDAY)
    return message_before(facts, SV, village.maja.id)


def after(village: Village) -> Message | None:
    facts = gather_after(village.session, meeting_of(village, 5, 21), MONDAY)
    return message_after(facts, SV, Reader(village.maja))


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


Digest = Callable[[Village], Message | None]

TOLD: dict[Digest, tuple[str, ...]] = {
    weekly: (
        "FAR-020",
        "Torget släcks",
        "Ring",
        "Trygghet",
        "Otrygga",
        "Väntar på godkännande",
        "Revidering",
    ),
    before: ("FAR-020", "Ring", "Trygghet", "Otrygga", "Inspel", "Revidering"),
    after: ("Torget släcks", "LPO Farsta", "Ring", "FAR-009", "Otrygga"),
}
"""What the fullest digest of each kind names, so that it is known to have been read."""


@pytest.mark.parametrize("digest", TOLD, ids=lambda digest: digest.__name__)
def test_the_fullest_digest_asks_ten_times_at_most_for_four_measures_and_for_204(
    full: Village, digest: Digest
) -> None:
    few = asked(full, digest)
    for number in range(200):
        measure = full.measure(f"FAR-{100 + number}", full.maja)
        full.report(measure, "ongoing", number * HOUR, "Ord")
    assert asked(full, digest) == few
    assert few <= MOST


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("digest", TOLD, ids=lambda digest: digest.__name__)
def test_every_line_of_the_fullest_digest_leads_on_and_slack_takes_it(
    full: Village, digest: Digest
) -> None:
    for number in range(30):
        measure = full.measure(f"FAR-{100 + number}", full.maja if number % 3 else None)
        full.report(measure, "delayed" if number % 2 else "done", number * HOUR, "Ord " * 70)
    last, by = meeting_of(full, 5, 21), By(full.maja, NOW - 2 * DAY)
    for _ in range(12):
        task = points.Task("Ring alla " * 14, full.jonas, date(2024, 6, 14))
        points.write(full.session, ActionPoint(meeting=last), task, by)
    said = digest(full)
    assert said is not None
    assert [part.label for part in leading_nowhere(said)] == []
    for page in payloads(said):
        check_message(page)
    offered = {(button.action, button.value) for button in said.buttons()}
    named = {words for page in payloads(said) for words in pressed(page["blocks"])}
    assert offered == named


def leading_nowhere(said: Message) -> list[Fact]:
    """The lines, also rows and points, that lead to nothing."""
    tables = [part for part in said.parts if isinstance(part, Table)]
    assert all(way is not None for table in tables for way in table.ways)
    assert all(len(table.ways) == len(table.rows) for table in tables)
    lines = [line for part in said.parts if isinstance(part, Lines) for line in part.lines]
    assert all(line.way for line in lines if "till" not in line.text)
    facts = [part for part in said.parts if isinstance(part, Facts) and not part.figures]
    return [fact for part in facts for fact in part.facts if not fact.ways]


def pressed(shown: object) -> Iterator[tuple[str, str]]:
    """What can be pressed or chosen in blocks, as the action and the value that come back."""
    if isinstance(shown, list):
        for each in shown:
            yield from pressed(each)
    elif isinstance(shown, dict):
        if shown.get("type") == "static_select":
            for option in shown["options"]:
                yield pressed_of({"type": "static_select", "selected_option": option})
        elif shown.get("type") == "button":
            yield pressed_of(shown)
        else:
            yield from pressed(list(shown.values()))


def asked(village: Village, digest: Digest) -> int:
    """How many statements a digest takes of a database of which nothing is at hand but its group.

    The meeting itself is found by whoever calls for its digest: that question is not counted.
    """
    session = village.session
    session.flush()
    session.expunge_all()
    village.group, village.maja = session.merge(village.group), session.merge(village.maja)
    with counted(session) as sent:
        said = str(digest(village))
    assert [word for word in TOLD[digest] if word not in said] == []
    return sum("FROM meeting \nWHERE meeting.starts_at = " not in each for each in sent)
