"""Figures for Prometheus: true, for operators only, and of nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from httpx2 import Response
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import create_engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.metrics import Metrics
from handlers.desk import Desk
from handlers.requests import Command, Place, PlaceKind
from models.database import Database
from models.delivery.outbox import DeliveryState, Occurrence
from models.delivery.pulses import Part, Process, beat
from tests.conversations.talk import KARIM, MAJA, SECRET, Talk
from tests.handlers.delivery.test_overview import Outbox

ONLY_SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
HERE, THERE = ("127.0.0.1", 5), ("192.0.2.7", 5)
Samples = dict[tuple[str, tuple[str, ...]], float]


@dataclass
class Reader:
    """Whoever asks `/metrics`, from one machine or another."""

    metrics: Metrics

    def status(self, where: tuple[str, int], **headers: str) -> int:
        return self._ask(where, headers).status_code

    def figures(self) -> Samples:
        """The samples by name and label values."""
        families = text_string_to_metric_families(self._ask(HERE, {}).text)
        return {
            (each.name.removeprefix("samverkan_"), tuple(each.labels.values())): each.value
            for family in families
            for each in family.samples
        }

    def _ask(self, where: tuple[str, int], headers: dict[str, str]) -> Response:
        app = Starlette(routes=[self.metrics.route])
        return TestClient(app, client=where).get("/metrics", headers=headers)


def unreachable() -> Database:
    engine = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    return Database(engine, engine)


@ONLY_SQLITE
def test_sending_is_counted_as_the_database_has_it(stockholm: Database) -> None:
    talk = Talk(stockholm)
    outbox = Outbox(talk)
    outbox.holds(DeliveryState.QUEUED)
    outbox.holds(DeliveryState.SENT, to=KARIM)
    with stockholm.write() as session:
        beat(session, Process("ada", 1), Part.TICKER, "ticker", talk.at)
        day = talk.at.date()
        session.add(
            Occurrence(schedule="week:X", local_date=day, fired_at=talk.at, outcome="skipped")
        )
    found = Reader(Metrics(stockholm, lambda: talk.at)).figures()
    assert found["database_up", ()] == 1
    assert found["deliveries", ("queued",)] == 1
    assert found["deliveries", ("sent",)] == 1
    assert found["delivery_lag_seconds", ()] == 3600
    assert found["occurrences_skipped", ()] == 1
    assert found["last_sign_of_life_timestamp_seconds", ("ticker",)] == talk.at.timestamp()
    assert found["last_sign_of_life_timestamp_seconds", ("courier",)] == 0
    assert found["threads_silent", ()] == 0


@ONLY_SQLITE
def test_requests_are_timed_by_kind_and_end_and_by_nothing_else(
    stockholm: Database, desk: Desk
) -> None:
    talk = Talk(stockholm)
    metrics = Metrics(stockholm, lambda: talk.at)
    here = replace(desk, database=stockholm)
    for number, line in enumerate(["min roll", "leverans"]):
        asked = Command(
            who=talk.member(MAJA, passing=True).who,
            where=Place(kind=PlaceKind.DIRECT),
            at=talk.at,
            event=f"e{number}",
            line=line,
        )
        metrics.ask(asked, here)
    found = Reader(metrics).figures()
    assert found["request_seconds_count", ("done", "command")] == 1
    assert found["request_seconds_count", ("refused", "command")] == 1


def test_a_database_that_is_away_is_a_figure_too() -> None:
    talk = Talk(unreachable())
    assert Reader(Metrics(talk.database, lambda: talk.at)).figures()["database_up", ()] == 0


@pytest.mark.parametrize(
    ("token", "where", "headers", "status"),
    [
        ("", HERE, {}, 200),
        ("", ("::1", 5), {}, 200),
        ("", THERE, {}, 403),
        ("", ("testclient", 5), {}, 403),
        ("", HERE, {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("secret", HERE, {}, 403),
        ("secret", THERE, {"Authorization": "Bearer secret"}, 200),
        ("secret", THERE, {"Authorization": "Bearer wrong"}, 403),
        ("secret", THERE, {"Authorization": "secret"}, 403),
    ],
)
def test_only_operators_read_them(
    token: str, where: tuple[str, int], headers: dict[str, str], status: int
) -> None:
    talk = Talk(unreachable())
    reader = Reader(Metrics(talk.database, lambda: talk.at, token))
    assert reader.status(where, **headers) == status


def test_each_process_has_a_registry_of_its_own() -> None:
    talk = Talk(unreachable())
    first, second = (Metrics(talk.database, lambda: talk.at) for _ in range(2))
    assert first.registry is not second.registry
    assert SECRET.decode() not in repr(Metrics(talk.database, lambda: talk.at, SECRET.decode()))
