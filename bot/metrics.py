"""What Prometheus reads at `/metrics`: this process's requests, and sending as the database has it.

Every process has a registry of its own, and nothing in it says who or what a request was about.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from time import perf_counter

import anyio.to_thread
import structlog
from anyio import CapacityLimiter
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from handlers import router
from handlers.desk import Desk
from handlers.requests import AnyRequest
from models.database import Database
from models.delivery.overview import counts, oldest_due, sent_since, skipped
from models.delivery.pulses import Part, pulses, silent

MINUTE = timedelta(minutes=1)
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 10.0)
"""Seconds; Slack waits three."""

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
FORBIDDEN = (
    "Figures are for operators: ask from the same machine, or set METRICS_TOKEN and send it as "
    "`Authorization: Bearer …`.\n"
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, eq=False)
class SendingFigures(Collector):
    """How sending stands, read from the database whenever somebody asks."""

    database: Database
    clock: Callable[[], datetime]

    def collect(self) -> Iterator[Metric]:
        """The figures; where the database is away only that."""
        try:
            with self.database.read() as session:
                found = list(_figures(session, self.clock()))
        except SQLAlchemyError:
            log.warning("metrics_lost_database")
            found = []
        yield _gauge("database_up", "Whether the database answers.", float(bool(found)))
        yield from found

    def describe(self) -> Iterator[Metric]:
        """Nothing, so that registering asks no database."""
        return iter(())


def _figures(session: Session, at: datetime) -> Iterator[Metric]:
    states = GaugeMetricFamily(
        "samverkan_deliveries",
        "Messages in each state; those that are over of the last seven days.",
        labels=["state"],
    )
    for state, number in counts(session, at).items():
        states.add_metric([state.value], number)
    yield states
    oldest = oldest_due(session, at)
    lag = (at - oldest).total_seconds() if oldest else 0.0
    yield _gauge("delivery_lag_seconds", "For how long the oldest message has been due.", lag)
    due = oldest.timestamp() if oldest else 0.0
    yield _gauge("delivery_oldest_due_timestamp_seconds", "When it fell due; 0 for none.", due)
    rate = sent_since(session, at - MINUTE) / MINUTE.total_seconds()
    yield _gauge("delivery_sends_per_second", "Messages sent in the last minute.", rate)
    number = len(skipped(session, at))
    yield _gauge("occurrences_skipped", "What was skipped in the last seven days.", number)
    yield from _signs_of_life(session, at)


def _signs_of_life(session: Session, at: datetime) -> Iterator[Metric]:
    found = pulses(session)
    last = GaugeMetricFamily(
        "samverkan_last_sign_of_life_timestamp_seconds",
        "When the last sender (courier) and the last look at the timetable (ticker) lived.",
        labels=["part"],
    )
    for part in Part:
        times = [each.beat_at.timestamp() for each in found if each.part == part.value]
        last.add_metric([part.value], max(times, default=0.0))
    yield last
    number = len(silent(found, at))
    yield _gauge("threads_silent", "Threads that hang, or were stopped hard.", number)


def _gauge(name: str, sentence: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"samverkan_{name}", sentence, value=value)


@dataclass
class Metrics:
    """The figures of one process, and the address at which operators read them.

    With a `token` whoever has it may read; without one only whoever is on the same machine.
    """

    database: Database
    clock: Callable[[], datetime]
    token: str = field(default="", repr=False)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    seconds: Histogram = field(init=False)
    _threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))

    def __post_init__(self) -> None:
        self.registry.register(SendingFigures(self.database, self.clock))
        self.seconds = Histogram(
            "samverkan_request_seconds",
            "How long members' requests took to answer, by kind and how it ended.",
            ["kind", "ended"],
            buckets=BUCKETS,
            registry=self.registry,
        )

    def ask(self, request: AnyRequest, desk: Desk) -> router.Answer:
        """The router's answer, and how long it took."""
        began = perf_counter()
        answer = router.answer(request, desk)
        self.seconds.labels(request.kind, _ended(answer)).observe(perf_counter() - began)
        return answer

    @property
    def route(self) -> Route:
        """The address."""
        return Route("/metrics", self.read)

    async def read(self, request: Request) -> Response:
        """All figures as Prometheus wants them; 403 for anybody but operators."""
        if not self._may_read(request):
            return PlainTextResponse(FORBIDDEN, 403)
        text = await anyio.to_thread.run_sync(generate_latest, self.registry, limiter=self._threads)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    def _may_read(self, request: Request) -> bool:
        if self.token:
            given = request.headers.get("authorization", "").encode()
            return hmac.compare_digest(given, f"Bearer {self.token}".encode())
        # Behind a proxy on this machine everybody seems to be on it.
        is_forwarded = any(name in request.headers for name in FORWARDED)
        return not is_forwarded and request.client is not None and _is_here(request.client.host)


def _ended(answer: router.Answer) -> str:
    if answer.failed:
        return "failed"
    return "refused" if answer.refused or answer.declined else "done"


def _is_here(host: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
