"""The same event many times at once, as Slack and impatient networks send it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import aiohttp
from sqlalchemy import func, select

from models.database import Database
from models.delivery.outbox import Delivery, Inbox
from models.measures.measure import MeasureQuestion
from tests.faults.calling import JSON, PATH, question, signed
from tests.faults.killing import Ground, Trial, await_answer, running_herd
from tests.faults.slack import Weather, running_slack

COPIES = 8
AT_ONCE = 3
"""Events under way at the same time, each in all its copies."""


@dataclass(frozen=True)
class Effects:
    """What the events had for effects; each figure should be the number of events."""

    events: int
    kept: int
    questions: int
    told: int
    replied: int
    statuses: dict[int, int]

    @property
    def is_exact(self) -> bool:
        """Whether each event had each effect once."""
        return {self.kept, self.questions, self.told, self.replied} == {self.events}


def send_copies(ground: Ground, events: int) -> Effects:
    """Sends each event in eight copies at once, to a real web process, and counts the effects."""
    calm = Weather(drops=0, errors=0)
    with (
        running_slack(ground.folder, ground.clock, calm) as log,
        Database.connect(ground.address) as database,
        running_herd(ground, log, Trial(kills=0, messages=0, workers=0)) as herd,
    ):
        herd.start()
        await_answer(ground.url)
        statuses = asyncio.run(_send_all(ground, events))
        return _effects(database, events, statuses)


async def _send_all(ground: Ground, events: int) -> Counter[int]:
    waiting = iter(range(events))
    statuses: Counter[int] = Counter()
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as senders:
        for _ in range(AT_ONCE):
            senders.create_task(_send_some(session, ground, waiting, statuses))
    return statuses


async def _send_some(
    session: aiohttp.ClientSession, ground: Ground, waiting: Iterator[int], statuses: Counter[int]
) -> None:
    for number in waiting:
        copies = [_send_one(session, ground, number) for _ in range(COPIES)]
        for tries in await asyncio.gather(*copies):
            statuses.update(tries)


async def _send_one(session: aiohttp.ClientSession, ground: Ground, number: int) -> list[int]:
    """Sends one copy, again until it is answered with 2xx; the statuses in order."""
    body, statuses = json.dumps(question(number)).encode(), []
    for retry in range(50):
        headers = signed(body, JSON, ground.clock, retry)
        try:
            async with session.post(f"{ground.url}{PATH}", data=body, headers=headers) as answer:
                statuses.append(answer.status)
        except (aiohttp.ClientError, TimeoutError):
            statuses.append(0)
        if statuses[-1] == 200:
            break
    return statuses


def _effects(database: Database, events: int, statuses: Counter[int]) -> Effects:
    told = select(func.count()).where(Delivery.key.like("question:%"))
    replied = select(func.count()).where(Delivery.key.like("reply:%"))
    with database.read() as session:
        return Effects(
            events=events,
            kept=session.scalar(select(func.count(Inbox.id))) or 0,
            questions=session.scalar(select(func.count(MeasureQuestion.id))) or 0,
            told=session.scalar(told) or 0,
            replied=session.scalar(replied) or 0,
            statuses=dict(statuses),
        )
