"""Signs of life: who runs the bot is told that something hangs, and a clean stop is no alarm."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, current_thread

import pytest
from sqlalchemy import create_engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import health
from bot.clock import SystemClock
from bot.delivery import pacing
from bot.delivery.courier import Courier
from bot.delivery.port import Outgoing
from bot.health import Health, faults
from bot.heart import BEAT_EVERY, Heart
from bot.processes import House
from bot.settings import Settings
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.pulses import SILENT_AFTER, Part, Process, pulses, silent
from tests.bot.sender import FakeSender
from tests.bot.test_delivery import queued
from tests.conversations.talk import SECRET

NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
ONLY_SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@dataclass
class Standing:
    """A clock that stands until it is moved."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class Life:
    """A machine on which only the process 7 lives."""

    database: Database
    clock: Standing = field(default_factory=Standing)

    def heart(self, pid: int = 7, host: str = "ada") -> Heart:
        process = Process(host, pid)
        return Heart(self.database, self.clock.now, process, runs=lambda pid: pid == 7)

    def lanes(self) -> dict[tuple[str, int, str], datetime]:
        with self.database.read() as session:
            return {(row.host, row.pid, row.lane): row.beat_at for row in pulses(session)}


def test_a_thread_says_that_it_lives_and_not_at_each_message(database: Database) -> None:
    life = Life(database)
    heart, lane = life.heart(), ("ada", 7, current_thread().name)
    heart.beat(Part.COURIER)
    life.clock.at += BEAT_EVERY / 2
    heart.beat(Part.COURIER)
    assert life.lanes() == {lane: NOW}
    life.clock.at += BEAT_EVERY
    heart.beat(Part.COURIER)
    assert life.lanes() == {lane: life.clock.at}


@ONLY_SQLITE
def test_who_is_silent_for_too_long_is_seen_and_who_said_goodbye_is_not(database: Database) -> None:
    life = Life(database)
    hanging, stopped = life.heart(7, "ada"), life.heart(7, "bo")
    hanging.beat(Part.TICKER)
    stopped.beat(Part.TICKER)
    stopped.stop()
    with database.read() as session:
        late = NOW + SILENT_AFTER + timedelta(seconds=1)
        assert [row.host for row in silent(pulses(session), late)] == ["ada"]


@ONLY_SQLITE
def test_a_start_forgets_who_was_killed_here_and_keeps_who_hangs_elsewhere(
    database: Database,
) -> None:
    life = Life(database)
    for pid, host in ((7, "ada"), (8, "ada"), (8, "bo")):
        life.heart(pid, host).beat(Part.TICKER)
    life.heart(9, "ada").start()
    assert set(life.lanes()) == {("ada", 7, "ticker"), ("bo", 8, "ticker")}
    life.clock.at += timedelta(days=2)
    life.heart(9, "ada").start()
    assert life.lanes() == {}


def test_a_database_that_is_away_stops_no_heart() -> None:
    heart = Heart(unreachable(), lambda: NOW)
    heart.beat(Part.COURIER)
    heart.stop()


@ONLY_SQLITE
def test_ready_is_who_has_a_courier_and_a_ticker_that_live(stockholm: Database) -> None:
    life = Life(stockholm)
    assert [each.part for each in faults(stockholm, NOW)] == ["courier", "ticker"]
    for part in Part:
        life.heart().beat(part)
    assert faults(stockholm, NOW) == []
    found = faults(stockholm, NOW + SILENT_AFTER * 2)
    assert "samverkan web" in found[0].sentence


def test_what_is_not_ready_says_what_to_do(tmp_path: Path) -> None:
    with Database.connect(f"sqlite:///{tmp_path / 'empty.sqlite'}") as behind:
        assert "samverkan migrate" in faults(behind, NOW)[0].sentence
    away = unreachable()
    answer = asked(Health(away, lambda: NOW), "/readyz")
    told = [{"part": "database", "sentence": health.AWAY}]
    assert answer == (503, {"ready": False, "faults": told})
    assert asked(Health(away, lambda: NOW), "/healthz")[0] == 200


@ONLY_SQLITE
def test_a_database_that_does_not_answer_is_not_waited_for(
    stockholm: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = Event()
    monkeypatch.setattr(health, "SECONDS", 0.01)
    monkeypatch.setattr(health, "faults", lambda *_: ended.wait(10))
    status, told = asked(Health(stockholm, lambda: NOW), "/readyz")
    ended.set()
    assert (status, told["faults"][0]["part"]) == (503, "database")


class Hanging(FakeSender):
    """Never returns from its first send until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go, self._first = Event(), True

    def send(self, outgoing: Outgoing) -> str:
        hangs, self._first = self._first, False
        if hangs:
            self.let_go.wait(30)
        return super().send(outgoing)


@ONLY_SQLITE
def test_a_thread_that_hangs_is_seen_and_its_workspace_is_served_on(database: Database) -> None:
    life, sender = Life(database), Hanging()
    names = [queued(database, f"m{number}", channel=f"C{number}") for number in range(3)]
    crew = Courier(
        database, {"fake": sender}, life.clock.now, 2, life.heart(), patience=0, name="fake:T1"
    )
    crew.stop_within = 0.01
    pacing.PACES["fake"] = pacing.Pace(timedelta(0), timedelta(0))
    try:
        crew.run_until_idle()
    finally:
        del pacing.PACES["fake"]
    ((_, _, lane),) = life.lanes()
    assert lane in {"fake:T1-1", "fake:T1-2"}
    assert len(sender.counts()) == len(names) - 1
    sender.let_go.set()


@dataclass
class LoopSender:
    """A sender that needs the web's event loop for as long as it sends, as Slack's does."""

    loop: asyncio.AbstractEventLoop
    began: asyncio.Event = field(default_factory=asyncio.Event)
    platform: str = "fake"

    def send(self, _: Outgoing) -> str:
        self.loop.call_soon_threadsafe(self.began.set)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.05), self.loop).result(5)
        return "received"

    def change(self, outgoing: Outgoing) -> str:
        return outgoing.replaces

    def find(self, _: Outgoing) -> str | None:
        return None


@ONLY_SQLITE
async def test_a_web_process_that_stops_finishes_the_message_that_it_holds(
    stockholm: Database,
) -> None:
    house = House(
        Settings.read({"SECRET_KEY": SECRET.decode(), "DATABASE_URL": "sqlite:///unused"}),
        stockholm,
        SystemClock(),
    )
    sender = LoopSender(asyncio.get_running_loop())
    house.courier.senders = {"fake": sender}
    delivery_id = queued(stockholm)
    async with house.application().router.lifespan_context(house.application()):
        await asyncio.wait_for(sender.began.wait(), 5)
    with stockholm.read() as session:
        assert session.get_one(Delivery, delivery_id).state is DeliveryState.SENT
        assert pulses(session) == []


def asked(here: Health, path: str) -> tuple[int, dict[str, list[dict[str, str]]]]:
    answer = TestClient(Starlette(routes=list(here.routes))).get(path)
    return answer.status_code, answer.json() if path == "/readyz" else {}


def unreachable() -> Database:
    engine = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    return Database(engine, engine)
