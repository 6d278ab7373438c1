"""Back-ups are whole, hold nothing that must not be copied, and never make a message come twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from bot.delivery.sending import drain
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.outgoing import Errand, queue
from models.groups import Group
from models.message import Message, Text
from models.people.addresses import Address
from models.people.organisations import Organisation
from models.records import AuditEntry, SmallFact
from models.storage.backups import Backup, NoBackup, back_up, examine
from models.storage.copying import NotEmpty, copied_tables, tally
from models.storage.moving import Moved, demand_unmoved, move
from models.storage.restoring import begin_anew, restore
from models.storage.schema import newest, upgrade
from models.surveys.sealing import KeysInMemory
from models.surveys.survey import Answer, Ballot, Invitation, Question, Survey
from tests.bot.sender import FakeSender
from tests.stores import Store, copied

NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEYS = KeysInMemory()
ONLY_SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
ONLY_POSTGRES = pytest.mark.parametrize("store", ["postgresql"], indirect=True)


@pytest.fixture
def other(request: pytest.FixtureRequest, store: Store) -> Iterator[Database]:
    """An empty database of the other kind, with its tables."""
    name = "postgres_store" if type(store).__name__ == "SqliteStore" else "sqlite_store"
    found: Store = request.getfixturevalue(name)
    with copied(found, "migrated", upgrade, f"other_{uuid4().hex[:8]}") as made:
        yield made


@pytest.fixture(scope="module")
def small_backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A back-up of a database in which one fact stands."""
    folder = tmp_path_factory.mktemp("small")
    with Database.connect(f"sqlite:///{folder / 'a.sqlite'}") as small:
        upgrade(small)
        with small.write() as session:
            session.add(SmallFact(name="from", value="here"))
        return backed_up(small, folder)


def silent(_table: str, _done: int, _all: int) -> None:
    """Hears of progress."""


def backed_up(database: Database, folder: Path, name: str = "backup.sqlite") -> Path:
    back_up(database, folder / name, NOW, silent)
    return folder / name


def contents(database: Database) -> dict[str, str]:
    with database.reader.connect() as connection:
        tables = (table for table in copied_tables() if table.name != "small_fact")
        return {table.name: str(tally(connection, table)) for table in tables}


def said(database: Database, key: str, *, due_at: datetime = NOW, purpose: str = "checkin") -> str:
    message = Message(summary=key, parts=(Text(text=key),))
    with database.write() as session:
        errand = Errand(purpose, key, due_at)
        return queue(session, message, Address("fake", "T1", "C1"), errand).id


def test_every_row_comes_back_also_in_the_other_kind_of_database(
    stockholm: Database, other: Database, tmp_path: Path
) -> None:
    place = backed_up(stockholm, tmp_path)
    restored = restore(place, other, KEYS, NOW + HOUR)
    assert contents(other) == contents(stockholm)
    assert restored.backup == Backup(NOW, str(newest()), restored.backup.rows)
    assert restored.backup.rows > 1000
    assert place.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [place]


def test_what_is_written_meanwhile_is_left_out_whole(stockholm: Database, tmp_path: Path) -> None:
    written: list[str] = []

    def writes(_table: str, _done: int, _all: int) -> None:
        if not written:
            written.append("once")
            with stockholm.write() as session:
                session.add(AuditEntry(at=NOW, action="test", subject="late"))

    back_up(stockholm, tmp_path / "b", NOW, writes)
    with closing(sqlite3.connect(tmp_path / "b")) as copy:
        late = "SELECT count(*) FROM audit_entry WHERE subject = 'late'"
        assert copy.execute(late).fetchone() == (0,)
    assert written
    examine(tmp_path / "b")


@ONLY_SQLITE
def test_answers_that_a_key_ties_to_a_member_are_not_copied(
    stockholm: Database, other: Database, tmp_path: Path
) -> None:
    with stockholm.write() as session:
        question = session.scalars(
            select(Question).join(Survey).where(Survey.closed_at.is_(None)).limit(1)
        ).one()
        session.add(Answer(id="a" * 32, question_id=question.id, link="secret-link", value="4"))
        invited = select(Invitation).where(Invitation.survey_id == question.survey_id).limit(1)
        session.scalars(invited).one().answered = True
        survey = question.survey_id
    place = backed_up(stockholm, tmp_path)
    assert b"secret-link" not in place.read_bytes()
    restore(place, other, KEYS, NOW + HOUR)
    with other.read() as session:
        asked = select(Invitation.answered).where(Invitation.survey_id == survey)
        assert set(session.scalars(asked)) == {False}
        linked = select(func.count()).select_from(Answer).where(Answer.link.is_not(None))
        assert session.scalar(linked) == 0
        assert session.scalars(select(Answer).limit(1)).one().link is None


@ONLY_SQLITE
def test_ballots_come_back_while_their_key_is_here_and_are_asked_for_anew_once_it_is_gone(
    stockholm: Database, other: Database, tmp_path: Path
) -> None:
    keys = KeysInMemory()
    with stockholm.write() as session:
        survey = session.scalars(select(Survey).where(Survey.closed_at.is_(None)).limit(1)).one()
        survey.opened_at, survey.key_name = NOW, "its-key"
        keys.make("its-key")
        session.add(Ballot(link="member", survey_id=survey.id, sealed="noise"))
        invited = select(Invitation).where(Invitation.survey_id == survey.id).limit(1)
        session.scalars(invited).one().answered = True
    place = backed_up(stockholm, tmp_path)
    assert restore(place, other, keys, NOW + HOUR).surveys_anew == 0
    with other.write() as session:
        assert session.get_one(Ballot, "member").sealed == "noise"
        keys.destroy("its-key")
        assert begin_anew(session.connection(), keys) == 1
        assert session.scalars(select(Ballot)).all() == []
        answered = select(Invitation.answered).where(Invitation.survey_id == survey.id)
        assert set(session.scalars(answered)) == {False}


@ONLY_SQLITE
def test_nothing_goes_out_again_that_the_platform_has(
    database: Database, other: Database, tmp_path: Path
) -> None:
    sender = FakeSender()
    _stamp(database)
    said(database, "sent before")
    drain(database, {"fake": sender}, NOW)
    said(database, "waits")
    said(database, "never sent", due_at=NOW + 3 * HOUR)
    place = backed_up(database, tmp_path)
    said(database, "monday digest", due_at=NOW + HOUR, purpose="digest")
    drain(database, {"fake": sender}, NOW + HOUR)

    restored = restore(place, other, KEYS, NOW + 2 * HOUR)
    assert restored.doubtful == 2
    said(other, "monday digest", due_at=NOW + HOUR, purpose="digest")
    said(other, "something new", due_at=NOW + 2.5 * HOUR)
    for hours in (2, 3, 4):
        drain(other, {"fake": sender}, NOW + hours * HOUR)
    assert sorted(each.message.summary for each in sender.sent) == [
        "monday digest",
        "never sent",
        "sent before",
        "something new",
        "waits",
    ]
    assert len(sender.looked_for) == 3


@ONLY_SQLITE
def test_where_history_cannot_tell_a_restored_message_waits_for_a_person(
    database: Database, other: Database, tmp_path: Path
) -> None:
    sender = FakeSender(keeps_history=False)
    _stamp(database)
    waits = said(database, "waits")
    restore(backed_up(database, tmp_path), other, KEYS, NOW + HOUR)
    digest = said(other, "monday digest", due_at=NOW + HOUR / 2, purpose="digest")
    drain(other, {"fake": sender}, NOW + HOUR)
    with other.read() as session:
        states = {key: session.get_one(Delivery, key).state for key in (waits, digest)}
    assert set(states.values()) == {DeliveryState.HELD}
    assert sender.sent == []


@ONLY_SQLITE
def test_a_back_up_of_an_earlier_release_is_brought_up_to_date(
    tmp_path: Path, other: Database
) -> None:
    with Database.connect(f"sqlite:///{tmp_path / 'old.sqlite'}") as old:
        upgrade(old, "0004")
        with old.write() as session:
            session.add(SmallFact(name="from", value="earlier"))
        place = backed_up(old, tmp_path)
    restore(place, other, KEYS, NOW)
    with other.read() as session:
        assert session.get_one(SmallFact, "from").value == "earlier"


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE small_fact SET value = 'other'", "small_fact differ"),
        ("DROP TABLE meeting", "meeting differ"),
        ("UPDATE backup SET value = 'x' WHERE name = 'format'", "another release"),
        ("UPDATE backup SET value = '9999' WHERE name = 'revision'", "newer release"),
        ("DROP TABLE backup", "no back-up"),
    ],
)
def test_a_back_up_that_is_not_whole_is_refused(
    small_backup: Path, tmp_path: Path, damage: str, sentence: str
) -> None:
    place = tmp_path / "damaged.sqlite"
    copyfile(small_backup, place)
    with closing(sqlite3.connect(place)) as copy, copy:
        copy.execute("PRAGMA foreign_keys = OFF")
        copy.execute(damage)
    with pytest.raises(NoBackup, match=sentence):
        examine(place)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Hej!" * 2000, encoding="utf-8")
    with pytest.raises(NoBackup, match="no back-up of Samverkansbot"):
        examine(tmp_path / "letter")
    with pytest.raises(FileNotFoundError):
        examine(tmp_path / "missing")


@ONLY_SQLITE
def test_neither_a_file_nor_a_database_is_overwritten(stockholm: Database, tmp_path: Path) -> None:
    place = backed_up(stockholm, tmp_path)
    with pytest.raises(FileExistsError):
        backed_up(stockholm, tmp_path)
    before = contents(stockholm)
    with pytest.raises(NotEmpty):
        restore(place, stockholm, KEYS, NOW)
    assert contents(stockholm) == before


@ONLY_SQLITE
def test_a_move_takes_every_row_and_numbers_go_on(stockholm: Database, other: Database) -> None:
    move(stockholm, other, NOW, silent)
    assert contents(other) == contents(stockholm)
    with other.write() as session:
        session.add(AuditEntry(at=NOW, action="test", subject="new"))
        group = session.scalars(select(Group).limit(1)).one()
        session.add(
            Organisation(
                code="NEW",
                name="Ny",
                kind="external",
                party="external",
                valid_from=group.valid_from,
            )
        )
        demand_unmoved(session)
    with pytest.raises(NotEmpty):
        move(stockholm, other, NOW, silent)
    with stockholm.read() as session, pytest.raises(Moved, match="2024-06-10"):
        demand_unmoved(session)


@ONLY_SQLITE
def test_a_move_that_breaks_off_leaves_nothing_and_can_be_begun_again(
    stockholm: Database, other: Database
) -> None:
    bad = AuditEntry(at=NOW, action="test", subject="no PostgreSQL takes a \0 in a text")
    with stockholm.write() as session:
        session.add(bad)
    with pytest.raises(DBAPIError):
        move(stockholm, other, NOW, silent)
    with other.read() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0
    with stockholm.write() as session:
        session.delete(session.get_one(AuditEntry, bad.id))
        demand_unmoved(session)
    assert move(stockholm, other, NOW, silent)["person"].rows > 50


def _stamp(database: Database) -> None:
    """Lets tables that were made without migrations know their revision."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num TEXT)")
        connection.exec_driver_sql("DELETE FROM alembic_version")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{newest()}')")
