"""The reckoning after a trial: what the database says against what the platform has seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState, Inbox
from models.measures.measure import MeasureQuestion
from tests.faults.slack import SlackLog

ENDS = frozenset({DeliveryState.SENT, DeliveryState.HELD, DeliveryState.FAILED})


@dataclass(frozen=True)
class Reckoning:
    """Figures of a trial; all but the first two and the last two should be 0.

    `lost`: deliveries that never arrived and are not held. `doubled`: arrivals too many. `held`:
    waits for a person, since nobody can tell. `failed`: refused. `orphans`: questions without
    their message or event, and the other way round. `unfinished`: still waiting at the end.
    """

    messages: int
    events: int
    lost: int
    doubled: int
    held: int
    failed: int
    orphans: int
    unfinished: int
    look_ups: int = 0
    refused: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled, orphaned or left over."""
        return not any((self.lost, self.doubled, self.failed, self.orphans, self.unfinished))


def reckon(database: Database, log: SlackLog, answered: set[str]) -> Reckoning:
    """Counts what became of everything; `answered` are the events that Slack heard 2xx for."""
    arrived = log.arrived()
    with database.read() as session:
        rows = session.execute(select(Delivery.id, Delivery.state))
        states = {row.id: row.state for row in rows}
        keys = set(session.scalars(select(Delivery.key)))
        questions = list(session.scalars(select(MeasureQuestion.id)))
        events = set(session.scalars(select(Inbox.event)))
    kinds = Counter(states.values())
    return Reckoning(
        messages=len(states),
        events=len(events),
        lost=sum(
            state is DeliveryState.SENT and not arrived[name] for name, state in states.items()
        ),
        doubled=sum(number - 1 for number in arrived.values()) + len(set(arrived) - set(states)),
        held=kinds[DeliveryState.HELD],
        failed=kinds[DeliveryState.FAILED],
        orphans=_orphans(keys, questions, events, answered),
        unfinished=sum(state not in ENDS for state in states.values()),
        look_ups=log.look_ups(),
        refused=len(log.refused()),
    )


def _orphans(keys: set[str], questions: list[int], events: set[str], answered: set[str]) -> int:
    """What stands alone of the three that one commit carries, and answers without a reply."""
    asked = {key.split(":")[1] for key in keys if key.startswith("question:")}
    replied = {key.split(":")[2] for key in keys if key.startswith("reply:")}
    heard = {event.rpartition(":")[2] for event in events}
    return (
        len(asked ^ {str(number) for number in questions})
        + abs(len(questions) - len(events))
        + len(answered - heard)
        + len(answered - replied)
    )


def waiting(database: Database) -> int:
    """How many deliveries have not come to an end."""
    with database.read() as session:
        query = select(func.count()).select_from(Delivery).where(Delivery.state.not_in(ENDS))
        return session.scalar(query) or 0
