"""The demo's own folder is the format's best example: it has no faults, and it is fast."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import FACT
from bot.demo import seed
from bot.workbook import importing
from bot.workbook.faults import told
from handlers.texts import language
from models.base import held_on
from models.database import Database
from models.groups import Group, Seat, SeatRole
from models.people.accounts import Account, Channel
from models.people.organisations import Person
from models.records import Post, SmallFact
from models.representation.involvement import degrees
from models.surveys import box as survey_box
from models.surveys import closing as survey_closing
from models.surveys.sealing import KeysInMemory
from models.surveys.survey import Survey, SurveyResult
from tests.presses import PressHere, published

SIX_WEEKS = timedelta(weeks=6)
AREAS = (
    "destructive_youth",
    "criminal_environments",
    "vulnerable_victims",
    "systemic_crime",
    "unsafe_places",
)


def test_the_demo_is_imported_without_a_fault_and_the_second_time_changes_nothing(
    database: Database,
) -> None:
    draft = importing.read([seed.FOLDER])
    first = importing.bring_in(draft, database, seed.STARTS_AT)
    assert [told(fault, language("en")) for fault in first.faults] == []
    again = importing.bring_in(
        importing.read([seed.FOLDER]), database, seed.STARTS_AT + timedelta(minutes=1)
    )
    assert (again.counts.new, again.counts.changed) == (0, 0)
    assert again.counts.same == draft.size > 1000


def test_everybody_has_a_place_on_the_page_and_every_present_group_a_channel(
    stockholm: Database,
) -> None:
    with stockholm.read() as session:
        people = session.scalar(select(func.count()).select_from(Person))
        accounts = session.scalars(select(Account)).all()
        present = session.scalars(
            select(Group.code).where(held_on(Group, seed.STARTS_AT.date()))
        ).all()
        channels = session.scalars(select(Channel.channel)).all()
    assert people is not None
    assert len(accounts) == people - len(seed.OUTSIDE_CHAT)
    assert all(account.user == str(account.person_id) for account in accounts)
    assert sorted(channels) == sorted(present)


def test_the_demo_begins_on_its_monday_and_loading_again_leaves_it(stockholm: Database) -> None:
    with stockholm.write() as session:
        session.get_one(SmallFact, FACT).value = "2024-06-17T06:00:00+00:00"
    seed.load(stockholm, PressHere())
    with stockholm.read() as session:
        assert session.get_one(SmallFact, FACT).value == "2024-06-17T06:00:00+00:00"


def test_what_closed_before_the_demo_began_is_not_news(stockholm: Database) -> None:
    with stockholm.read() as session:
        over = session.scalars(select(Survey).where(Survey.closes_at <= seed.STARTS_AT)).all()
        results = session.scalar(select(func.count()).select_from(SurveyResult))
        assert all(survey.closed_at == survey.closes_at for survey in over)
        assert results == len(over) > 0
        assert session.scalar(select(func.count()).select_from(Post)) == 0


def test_every_file_of_the_demo_is_one_of_the_sheets() -> None:
    from bot.workbook.sheets import SHEETS

    names = sorted(path.name for path in Path(seed.FOLDER).glob("*.csv"))
    assert names == sorted(f"{sheet.name}.csv" for sheet in SHEETS)


def test_the_demo_has_a_stand_in_a_mandate_about_to_end_and_districts_not_placed(
    stockholm_session: Session,
) -> None:
    on = seed.STARTS_AT.date()
    seats = stockholm_session.scalars(select(Seat).where(held_on(Seat, on))).all()
    (stand_in,) = [seat for seat in seats if seat.stands_in]
    assert stand_in.deputy_for is not None
    assert (stand_in.deputy_for.code, stand_in.role) == ("SOD-STYR-02", SeatRole.DEPUTY)
    soon = [seat for seat in seats if seat.valid_until and seat.valid_until <= on + SIX_WEEKS]
    assert {seat.code for seat in soon} == {"FAR-ARB-05", "SOD-STYR-06"}
    placed = {area: len(degrees(stockholm_session, area, on)) for area in AREAS}
    assert placed == dict(zip(AREAS, (11, 11, 10, 9, 11), strict=True))


def test_the_demos_open_survey_has_answers_from_those_whom_nobody_is(stockholm: Database) -> None:
    keys = KeysInMemory()
    seed.enliven(stockholm, keys)
    with stockholm.read() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-2024-004")).one()
        assert survey_box.responses(session, survey) == (6, 9)
    seed.enliven(stockholm, keys)
    with stockholm.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-2024-004")).one()
        survey_closing.end(session, survey, survey.closes_at)
    assert published(stockholm, survey.closes_at, keys) == 1
    with stockholm.read() as session:
        assert session.get_one(SurveyResult, survey.id).table["answered"] == 6
