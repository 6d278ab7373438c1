"""A year of a group's life: every digest that it gets, read sentence by sentence.

`year.txt` holds them as they were read. A change of words shows there: read it aloud, then write
it anew with `python -m tests.digests.test_year`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.console import as_text
from bot.occasions import meetings, weeks
from bot.occasions.occasion import Occasion, claimed
from models.database import Database
from models.delivery.outbox import Delivery
from models.measures.changes import Made, change
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.meetings.decisions import Numbers, Wording, write
from models.meetings.plans import By, MeetingFacts, cancel
from models.meetings.plans import change as move
from models.message import Message
from models.people.organisations import Person
from tests.digests.village import Village
from tests.stores import Store

GOLDEN = Path(__file__).with_name("year.txt")
DAY = timedelta(days=1)
FIRST, LAST = datetime(2024, 8, 11, 7, tzinfo=UTC), datetime(2025, 8, 12, 7, tzinfo=UTC)

AGENDA = "Information: Lägesbild\nBeslut: Höstens plan"

Deed = Callable[["Life", datetime], object]


class Life:
    """The group's measures, meetings and members, and what happens to them when."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.village = Village(session)
        maja, jonas = self.village.maja, self.village.jonas
        for code, title, owner, start, due in (
            ("FAR-001", "Belysning gångtunneln", maja, date(2024, 8, 1), date(2024, 11, 29)),
            ("FAR-002", "Fältarbete Larsboda", jonas, date(2024, 8, 1), date(2025, 6, 13)),
            ("FAR-003", "Trygghetsvandring Farsta strand", maja, date(2024, 9, 2), None),
        ):
            row = self.village.measure(code, owner, due)
            row.title, row.start_on, row.cadence_days = title, start, 60
        self.meetings = [
            self.village.meeting(at, agenda=agenda)
            for at, agenda in (
                (
                    datetime(2024, 9, 10, 11, tzinfo=UTC),
                    AGENDA,
                ),
                (datetime(2024, 12, 3, 12, tzinfo=UTC), "Uppföljning"),
                (datetime(2025, 4, 1, 11, tzinfo=UTC), "Beslut: Ny mätning av otrygghet"),
                (datetime(2025, 6, 3, 11, tzinfo=UTC), ""),
            )
        ]
        session.flush()

    def report(self, code: str, status: str, words: str) -> Deed:
        def act(_: Life, at: datetime) -> None:
            measure = self.measure(code)
            row = ProgressReport(measure_id=measure.id, at=at, status=MeasureStatus(status))
            row.comment = words
            self.session.add(row)

        return act

    def measure(self, code: str) -> Measure:
        return self.session.scalars(select(Measure).where(Measure.code == code)).one()

    def happens(self) -> list[tuple[datetime, Deed]]:
        """What happens in the year, in order."""
        return [
            (at(2024, 8, 27, 9), self.report("FAR-001", "ongoing", "Armaturerna är beställda")),
            (at(2024, 9, 10, 12), lambda life, now: life.decide(0, "Höstens plan gäller.", now)),
            (at(2024, 10, 24, 9), self.report("FAR-002", "at_risk", "En tjänst är vakant")),
            (at(2024, 10, 28, 9), self.report("FAR-001", "delayed", "Leveransen är sen")),
            (at(2024, 11, 20, 9), lambda life, now: life.postpone(now)),
            (at(2024, 11, 26, 9), lambda life, now: life.move(1, date(2024, 12, 10), now)),
            (at(2025, 1, 15, 9), self.report("FAR-001", "done", "Det lyser")),
            (at(2025, 3, 27, 9), self.report("FAR-003", "ongoing", "Vandringen är planerad")),
            (at(2025, 4, 16, 9), self.report("FAR-002", "ongoing", "Tjänsten är tillsatt")),
            (at(2025, 5, 20, 9), lambda life, now: life.call_off(3, now)),
            (at(2025, 7, 8, 9), self.report("FAR-002", "done", "Sommarens fältarbete är slut")),
        ]

    def decide(self, number: int, text: str, now: datetime) -> None:
        write(
            self.session,
            self.meetings[number],
            Numbers(1),
            Wording(text),
            By(self.village.maja, now),
        )

    def postpone(self, now: datetime) -> None:
        made = Made(self.village.maja, now)
        change(self.session, self.measure("FAR-001"), {"due_on": date(2025, 1, 31)}, made)

    def move(self, number: int, day: date, now: datetime) -> None:
        facts = MeetingFacts(
            day=day, starts=time(13), ends=time(15),
            place="Farsta torg 1", agenda="Uppföljning",
        )  # fmt: skip
        move(self.session, self.meetings[number], facts, By(self.village.maja, now))

    def call_off(self, number: int, now: datetime) -> None:
        cancel(self.session, self.meetings[number], By(self.village.maja, now))


def at(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def lived(database: Database) -> str:
    """Every digest of the year as text, in the order in which they came."""
    database.create_all()
    with database.write() as session:
        life = Life(session)
        coming = life.happens()
        told: list[str] = []
        now = FIRST
        while now < LAST:
            while coming and coming[0][0] <= now:
                moment, deed = coming.pop(0)
                deed(life, moment)
                session.flush()
            told += _told(session, now)
            now += timedelta(hours=1 if now.hour == 6 else 23)
    return "\n\n".join(told) + "\n"


def _told(session: Session, now: datetime) -> Iterator[str]:
    """What falls due at a moment, with when it came, to whom, and what it said."""
    found: list[Occasion] = [*weeks.due(session, FIRST, now), *meetings.due(session, FIRST, now)]
    for occasion in found:
        if now - occasion.at > DAY / 24:
            continue
        outcome = occasion.act(session, occasion)
        session.flush()
        assert claimed(session, occasion.schedule, occasion.day, occasion.at, outcome)
        head = f"##### {occasion.day} {occasion.at:%H:%M} UTC · {occasion.schedule} · {outcome}"
        texts = [as_text(message) for message in _messages(session, occasion)]
        yield "\n\n".join([head, *texts])


def _messages(session: Session, occasion: Occasion) -> Iterator[Message]:
    """What was queued: the channel's post, or what Maja reads."""
    maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
    query = select(Delivery).where(Delivery.key.startswith(f"{occasion.schedule}:{occasion.day}"))
    for row in session.scalars(query.order_by(Delivery.key)):
        if row.person_id in (None, maja.id):
            yield Message.model_validate(row.message)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_every_digest_of_a_year_reads_as_it_was_read_aloud(store: Store) -> None:
    database = store.fresh("year", Database.create_all)
    assert lived(database) == GOLDEN.read_text(encoding="utf-8")


def test_both_nights_of_the_clock_leave_the_digest_at_eight() -> None:
    heads = [line for line in GOLDEN.read_text(encoding="utf-8").split("\n") if "week:" in line]
    hours = {line.split()[1]: line.split()[2] for line in heads}
    assert (hours["2024-10-21"], hours["2024-10-28"]) == ("06:00", "07:00")
    assert (hours["2025-03-24"], hours["2025-03-31"]) == ("07:00", "06:00")


if __name__ == "__main__":
    with TemporaryDirectory() as folder, Database.connect(f"sqlite:///{folder}/year") as empty:
        GOLDEN.write_text(lived(empty), encoding="utf-8")
