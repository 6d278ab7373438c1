"""The demo's approvals: two wordings of Järva that hold, and one that waits for the police."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.chain.things import find_approved, wording
from models.chain.approvals import Approvable, Subject, approve, submit
from models.people.organisations import Party, Person

SECRETARY = "abdi.nuur@jarva.stockholm.example"
CHAIRS = {
    Party.CITY: "lars-erik.boforsson@jarva.stockholm.example",
    Party.POLICE: "katarina.wennerbeck@polisen.example",
}
SUBMITTED: tuple[tuple[Subject, int, tuple[Party, ...]], ...] = (
    (Subject(Approvable.DIRECTION, "JAR-I1"), 40, (Party.CITY, Party.POLICE)),
    (Subject(Approvable.GOAL, "JAR-M1"), 40, (Party.CITY, Party.POLICE)),
    (Subject(Approvable.GOAL, "JAR-M2"), 4, (Party.CITY,)),
)
"""What was submitted how many days before the demo begins, and who has approved it."""


def approve_some(session: Session, at: datetime) -> None:
    """Submits and approves what the demo shows as approved or waiting."""
    people = {person.email: person for person in session.scalars(select(Person))}
    for subject, days, parties in SUBMITTED:
        thing = find_approved(session, subject)
        if thing is None:
            continue
        then = at - timedelta(days=days)
        version = submit(session, subject, wording(thing), people[SECRETARY], then)
        for hours, party in enumerate(parties, start=1):
            approve(session, version, party, people[CHAIRS[party]], then + timedelta(hours=hours))
