"""The weekly digest: what it says, in whose words, and when it says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from digests import preview, preview_since_meeting, preview_week
from digests.gathering.news import grade_of
from digests.period import Period, week_until
from digests.weekly import WeeklyFacts, gather, message
from handlers.texts import language
from models.groups import GroupKind
from models.measures.measure import MeasureStatus, ProgressReport
from models.message import Actions, Button, Facts, Heading, Message, Note, Table
from models.statistics.grade import Grade
from models.surveys.published import CellKind
from tests.digests.village import MONDAY, NOW, Village, farsta_in_week_24

DAY = timedelta(days=1)
SV, EN = language("sv"), language("en")


@pytest.fixture
def farsta(session: Session) -> Village:
    return farsta_in_week_24(session)


def week_24(village: Village) -> WeeklyFacts:
    return gather(village.session, village.group, week_until(MONDAY, village.group.zone), MONDAY)


def posted(village: Village, code: str = "sv") -> Message:
    digest = message(week_24(village), language(code))
    assert digest is not None
    return digest


def figures(digest: Message) -> dict[str, str]:
    [facts] = [part for part in digest.parts if isinstance(part, Facts) and part.figures]
    return {fact.label: fact.value for fact in facts.facts}


def standing_facts(digest: Message) -> dict[str, str]:
    lines = [part for part in digest.parts if isinstance(part, Facts) and not part.figures]
    return {fact.label: fact.value for part in lines for fact in part.facts}


def rows(digest: Message) -> list[list[str]]:
    [table] = [part for part in digest.parts if isinstance(part, Table)]
    return [[cell.plain() for cell in row] for row in table.rows]


def test_farsta_in_week_24_reads_as_a_card_in_swedish(farsta: Village) -> None:
    digest = posted(farsta)
    assert [part.text for part in digest.parts if isinstance(part, (Heading, Note))] == [
        "Vecka 24 · Farsta lokala beredningsgrupp",
        "Sedan måndag 3 juni · 4 åtgärder",
    ]
    assert figures(digest) == {
        "klar": "1", "enligt plan": "1", "försenad": "1", "utan rapport": "1",
    }  # fmt: skip
    assert rows(digest) == [
        ["FAR-014 Åtgärd FAR-014 · Belysningen lyser", "✓ Klar", "Farsta stadsdelsförvaltning",
         "7 juni"],
        ["FAR-009 Åtgärd FAR-009 · 19 av 24 helger, enligt plan", "● Enligt plan", "LPO Farsta",
         "31 december"],
        ["FAR-011 Åtgärd FAR-011", "▲ Försenad 12 dagar", "Farsta stadsdelsförvaltning", "29 maj"],
        ["FAR-006 Åtgärd FAR-006", "? Aldrig rapporterad", "Ingen ansvarig", "14 juni"],
    ]  # fmt: skip


def test_what_lies_ahead_is_told_below_the_table(farsta: Village) -> None:
    farsta.seat(None)
    farsta.agreement.next_revision_on = date(2024, 11, 15)
    assert standing_facts(posted(farsta)) == {
        "Nästa möte": "tis 18 juni 13.00, Farsta torg 1",
        "Ska vara klart före mötet": "FAR-006 (14 juni)",
        "Ingen ansvarig": "FAR-006",
        "Vakanta platser": "Ledamot, Farsta stadsdelsförvaltning (sedan 1 juli 2023)",
        "Revidering av överenskommelsen": "Senast 15 november, om 5 månader",
    }


def test_a_measure_whose_owner_has_no_seat_stands_without_anybody_responsible(
    session: Session,
) -> None:
    village = Village(session)
    measure = village.measure("FAR-001", village.person("Ali Nazari", village.city))
    village.report(measure, "ongoing", DAY)
    assert rows(posted(village))[0][2] == "Ingen ansvarig"
    assert standing_facts(posted(village))["Ingen ansvarig"] == "FAR-001"


def test_a_steering_group_without_the_police_is_told_so(farsta: Village) -> None:
    farsta.group.kind = GroupKind.STEERING
    farsta.jonas.left_on = MONDAY
    told = standing_facts(posted(farsta))
    assert told["Vakanta platser"] == "Ledamot, LPO Farsta (sedan 10 juni)"
    assert told["Part som saknas"] == "Ingen sitter för lokalpolisområdet."


def test_the_summary_says_the_card_in_a_sentence(farsta: Village) -> None:
    assert posted(farsta).summary == (
        "Vecka 24 · Farsta lokala beredningsgrupp. 1 åtgärd klar, 1 försenad, 1 utan rapport, "
        "1 utan ansvarig. Nästa möte tis 18 juni 13.00."
    )


def test_an_english_channel_reads_the_same_facts_in_english(farsta: Village) -> None:
    digest = posted(farsta, "en")
    assert digest.summary.startswith("Week 24 · Farsta lokala beredningsgrupp. 1 measure done")
    assert [row[1] for row in rows(digest)] == [
        "✓ Done", "● On plan", "▲ Delayed 12 days", "? Never reported",
    ]  # fmt: skip


def test_the_buttons_lead_to_my_report_and_to_all_measures_of_the_group(farsta: Village) -> None:
    [actions] = [part for part in posted(farsta).parts if isinstance(part, Actions)]
    pressed = [(b.label, b.action, b.value) for b in actions.buttons if isinstance(b, Button)]
    told = [row[0].split()[0] for row in rows(posted(farsta))]
    assert pressed == [
        ("Rapportera mina", "report.mine", ""),
        ("Visa alla 4", "measures.group", "FAR-BER"),
        ("Jag har en fråga", "question.among", " ".join(told)),
    ]


@pytest.mark.parametrize(
    ("status", "due", "word"),
    [
        ("delayed", date(2024, 5, 29), "▲ Försenad 12 dagar"),
        ("delayed", date(2024, 9, 1), "▲ Försenad"),
        ("ongoing", date(2024, 6, 9), "▲ 1 dag över tiden"),
        ("ongoing", date(2024, 5, 29), "▲ 12 dagar över tiden"),
    ],
)
def test_a_late_measure_says_which_way_it_is_late(
    session: Session, status: str, due: date, word: str
) -> None:
    village = Village(session)
    village.report(village.measure("FAR-001", village.maja, due), status, DAY)
    assert [row[1] for row in rows(posted(village))] == [word]


def test_a_measure_that_fell_silent_this_week_says_for_how_long(session: Session) -> None:
    village = Village(session)
    measure = village.measure("FAR-001", village.maja)
    measure.cadence_days = 45
    village.report(measure, "ongoing", 47 * DAY)
    assert [row[1] for row in rows(posted(village))] == ["? Ingen rapport på 47 dagar"]


def nothing_at_all(village: Village) -> None:
    """An empty group."""


def an_old_vacancy(village: Village) -> None:
    village.seat(None)


def a_calm_measure(village: Village) -> None:
    village.report(village.measure("FAR-001", village.maja), "ongoing", 10 * DAY)


def done_last_month(village: Village) -> None:
    village.report(village.measure("FAR-001", village.maja), "done", 30 * DAY)


def long_silent(village: Village) -> None:
    village.report(village.measure("FAR-001", village.maja), "ongoing", 47 * DAY)


def long_late(village: Village) -> None:
    late = village.measure("FAR-001", village.maja, date(2024, 5, 29))
    village.report(late, "ongoing", 10 * DAY)


def nobodys_measure(village: Village) -> None:
    village.report(village.measure("FAR-001", None), "ongoing", 10 * DAY)


def a_meeting_in_autumn(village: Village) -> None:
    village.meeting(datetime(2024, 9, 3, 11, 0, tzinfo=UTC))
    village.agreement.next_revision_on = date(2024, 8, 1)


@pytest.mark.parametrize(
    "standing_fact",
    [
        nothing_at_all,
        an_old_vacancy,
        a_calm_measure,
        done_last_month,
        long_silent,
        long_late,
        nobodys_measure,
        a_meeting_in_autumn,
    ],
)
def test_standing_facts_alone_make_no_post(session: Session, standing_fact: object) -> None:
    village = Village(session)
    assert callable(standing_fact)
    standing_fact(village)
    assert message(week_24(village), SV) is None


def test_a_meeting_this_week_is_news(session: Session) -> None:
    village = Village(session)
    village.meeting(datetime(2024, 6, 14, 11, 0, tzinfo=UTC))
    assert posted(village).summary.endswith("Nästa möte fre 14 juni 13.00.")


def test_a_meeting_that_was_held_earlier_in_the_day_is_not_the_next(session: Session) -> None:
    village = Village(session)
    meeting, week = (
        village.meeting(NOW + timedelta(hours=1)),
        week_until(MONDAY, village.group.zone),
    )
    for hours, following in ((0, meeting.id), (7, None)):
        period = replace(week, until=week.until + timedelta(hours=hours))
        found = gather(session, village.group, period, MONDAY).next_meeting
        assert (found.id if found else None) == following


def test_a_report_on_the_hour_belongs_to_one_week_only(session: Session) -> None:
    village = Village(session)
    village.report(village.measure("FAR-001", village.maja), "done", timedelta(0))
    this = week_until(MONDAY, village.group.zone)
    following = week_until(MONDAY + 7 * DAY, village.group.zone)
    assert this.until == following.since == NOW
    assert not gather(session, village.group, this, MONDAY).done
    assert gather(session, village.group, following, MONDAY + 7 * DAY).done


def test_the_week_when_the_clock_changes_is_an_hour_shorter() -> None:
    spring = week_until(date(2024, 4, 1), "Europe/Stockholm")
    assert spring.until - spring.since == 7 * DAY - timedelta(hours=1)


REPORTS = st.lists(
    st.tuples(
        st.sampled_from(list(MeasureStatus)),
        st.integers(-20 * 24, 14 * 24),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=REPORTS)
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_late_run_gives_the_same_digest_as_a_punctual_one(
    session: Session, reports: list[tuple[MeasureStatus, int, bool]]
) -> None:
    with session.begin_nested() as example:
        village = Village(session)
        measure = village.measure("FAR-001", village.maja, date(2024, 6, 12))
        before = [report for report in reports if report[1] < 0]
        after = [report for report in reports if report[1] >= 0]
        add_reports(village, measure.id, before)
        punctual = message(week_24(village), SV)
        add_reports(village, measure.id, after)
        assert message(week_24(village), SV) == punctual
        example.rollback()


def add_reports(
    village: Village, measure_id: int, reports: list[tuple[MeasureStatus, int, bool]]
) -> None:
    for status, hours, undone in reports:
        at = NOW + timedelta(hours=hours)
        row = ProgressReport(measure_id=measure_id, at=at, status=status)
        village.session.add(row)
        village.session.flush()
        if undone:
            undo = ProgressReport(measure_id=measure_id, at=at, status=status, undoes_id=row.id)
            village.session.add(undo)
    village.session.flush()


def test_more_than_twenty_told_measures_are_counted_not_cut_in_silence(session: Session) -> None:
    village = Village(session)
    for number in range(23):
        village.report(village.measure(f"FAR-{number:03}", village.maja), "delayed", DAY)
    digest = posted(village)
    assert len(rows(digest)) == 20
    notes = [part.text for part in digest.parts if isinstance(part, Note)]
    assert notes[-1] == "3 åtgärder till finns i hela listan."


def test_a_long_comment_is_shown_to_be_cut(session: Session) -> None:
    village = Village(session)
    village.report(village.measure("FAR-001", village.maja), "ongoing", DAY, "å" * 900)
    assert rows(posted(village))[0][0].endswith("å…")


def test_a_member_under_protection_is_shown_by_function_only(farsta: Village) -> None:
    facts = week_24(farsta)
    assert [fact.owner for fact in facts.told] == [
        "Maja Ekvall", "Jonas Lindmark", "Maja Ekvall", None,
    ]  # fmt: skip


def test_the_preview_of_a_monday_is_what_the_channel_gets(farsta: Village) -> None:
    assert preview(farsta.session, farsta.group, MONDAY, SV) == posted(farsta)


def test_a_named_week_tells_what_happened_in_it(farsta: Village) -> None:
    digest = preview_week(farsta.session, farsta.group, "2024-W23", SV)
    assert digest is not None
    assert digest.summary.startswith("Vecka 23 · Farsta lokala beredningsgrupp. 1 åtgärd klar")


def test_the_preview_since_the_meeting_begins_with_the_last_meeting(farsta: Village) -> None:
    digest = preview_since_meeting(farsta.session, farsta.group, MONDAY, SV)
    assert digest is not None
    assert "Sedan mötet 21 maj · 4 åtgärder" in [
        part.text for part in digest.parts if isinstance(part, Note)
    ]


def test_a_period_is_half_open() -> None:
    period = Period(NOW - DAY, NOW)
    assert NOW - DAY in period
    assert NOW not in period


def test_the_group_reads_who_is_needed(farsta: Village) -> None:
    measure = farsta.measure("FAR-077", farsta.jonas)
    report = farsta.report(measure, "at_risk", DAY)
    report.obstacle, report.needed, report.needed_person_id = "Snö", "role:chair", farsta.maja.id
    farsta.session.flush()
    [row] = [row for row in rows(posted(farsta)) if "FAR-077" in row[0]]
    assert row[0].endswith("Snö (behövs: Ordförande och Maja Ekvall)")


@pytest.mark.parametrize(
    ("grades", "told"),
    [
        ([Grade.B, Grade.D, Grade.X], Grade.D),
        ([Grade.X, Grade.X2], Grade.X2),
        ([Grade.A], Grade.A),
        ([], None),
    ],
)
def test_a_result_that_shows_anything_is_never_said_to_be_hidden(
    grades: list[Grade], told: Grade | None
) -> None:
    cells = {(1, number): {(CellKind.CITY, ""): grade} for number, grade in enumerate(grades)}
    assert grade_of(cells, 1, "FAR-BER") is told
