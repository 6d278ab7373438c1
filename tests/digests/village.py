"""A small cooperation to tell digests of: one district, its groups and four of its measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from models.agreements import Agreement, AgreementStatus, Level
from models.groups import Group, GroupKind, Seat, SeatRole
from models.measures.measure import Category, Measure, MeasureStatus, ProgressReport
from models.meetings.action_points import ActionPoint
from models.meetings.meeting import Decision, Meeting
from models.meetings.plans import By
from models.meetings.points import Task, write
from models.people.accounts import Account, Channel
from models.people.organisations import Organisation, OrganisationKind, Party, Person
from models.places.place import District

MONDAY = date(2024, 6, 10)
NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
"""Monday 10 June 2024 at 08:00 in Stockholm."""

YESTERYEAR = date(2023, 7, 1)


@dataclass
class Village:
    """Farsta in small; every method adds one thing and returns it."""

    session: Session
    _number: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.district = District(code="FAR", name="Farsta", valid_from=YESTERYEAR)
        self.agreement = Agreement(
            code="FAR-LOK",
            name="Farsta – LPO Farsta",
            level=Level.LOCAL,
            status=AgreementStatus.IN_FORCE,
            valid_from=YESTERYEAR,
        )
        self.session.add_all([self.district, self.agreement])
        self.city = self.organisation("Farsta stadsdelsförvaltning", Party.CITY)
        self.police = self.organisation("LPO Farsta", Party.POLICE)
        self.maja = self.person("Maja Ekvall", self.city)
        self.jonas = self.person("Jonas Lindmark", self.police)
        self.group = self.add_group("FAR-BER", GroupKind.PREPARATORY)
        self.seat(self.maja, SeatRole.SECRETARY)
        self.seat(self.jonas)

    def organisation(self, name: str, party: Party) -> Organisation:
        kind = (
            OrganisationKind.LOCAL_POLICE_AREA
            if party is Party.POLICE
            else OrganisationKind.DISTRICT_ADMINISTRATION
        )
        row = Organisation(
            code=f"ORG-{next(self._number)}",
            name=name,
            kind=kind,
            party=party,
            valid_from=YESTERYEAR,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def person(self, name: str, organisation: Organisation, language: str = "sv") -> Person:
        row = Person(
            email=f"{name.lower().replace(' ', '.')}@stockholm.example",
            name=name,
            organisation_id=organisation.id,
            language=language,
        )
        self.session.add(row)
        self.session.flush()
        account = Account(
            platform="workspace",
            workspace="stockholm",
            user=str(row.id),
            direct_channel=f"@{row.id}",
            person_id=row.id,
            linked_at=NOW,
        )
        self.session.add(account)
        return row

    def add_group(self, code: str, kind: GroupKind) -> Group:
        row = Group(
            code=code,
            name="Farsta lokala beredningsgrupp" if kind is GroupKind.PREPARATORY else code,
            kind=kind,
            level=Level.LOCAL,
            district=self.district,
            agreement=self.agreement,
            valid_from=YESTERYEAR,
        )
        self.session.add(row)
        self.session.flush()
        channel = Channel(
            platform="workspace",
            workspace="stockholm",
            channel=code,
            group_id=row.id,
            linked_at=NOW,
        )
        self.session.add(channel)
        return row

    def seat(self, person: Person | None, role: SeatRole = SeatRole.MEMBER) -> Seat:
        row = Seat(
            code=f"FAR-BER-{next(self._number)}",
            group_id=self.group.id,
            role=role,
            organisation_id=person.organisation_id if person else self.city.id,
            person_id=person.id if person else None,
            valid_from=YESTERYEAR,
            recorded_at=NOW - timedelta(days=300),
        )
        self.session.add(row)
        return row

    def measure(
        self,
        code: str,
        owner: Person | None,
        due_on: date | None = None,
        group: Group | None = None,
    ) -> Measure:
        organisation = owner.organisation if owner else self.city
        row = Measure(
            code=code,
            title=f"Åtgärd {code}",
            group_id=(group or self.group).id,
            organisation_id=organisation.id,
            party=organisation.party,
            owner_id=owner.id if owner else None,
            category=Category.PREVENTION,
            start_on=date(2024, 4, 24),
            due_on=due_on,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def report(
        self, measure: Measure, status: str, ago: timedelta, comment: str = ""
    ) -> ProgressReport:
        row = ProgressReport(
            measure_id=measure.id,
            at=NOW - ago,
            status=MeasureStatus(status),
            comment=comment,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def meeting(self, starts_at: datetime, group: Group | None = None, agenda: str = "") -> Meeting:
        row = Meeting(
            group_id=(group or self.group).id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            place="Farsta torg 1",
            agenda=agenda,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def decision(self, meeting: Meeting, number: int, text: str) -> Decision:
        row = Decision(
            meeting_id=meeting.id, number=number, text=text, organisation_id=self.city.id
        )
        self.session.add(row)
        self.session.flush()
        return row

    def point(self, owner: Person, due_on: date, meeting: Meeting | None = None) -> ActionPoint:
        held = meeting or self.meeting(NOW - timedelta(days=20 + next(self._number)))
        task = Task("Ring ledningsägaren", owner, due_on)
        return write(self.session, ActionPoint(meeting=held), task, By(None, held.ends_at))


def farsta_in_week_24(session: Session) -> Village:
    """The village with one measure done, one on plan, one late and one silent and ownerless."""
    village = Village(session)
    day = timedelta(days=1)
    lit = village.measure("FAR-014", village.maja, date(2024, 6, 30))
    village.report(lit, "done", 3 * day, "Belysningen lyser")
    weekends = village.measure("FAR-009", village.jonas, date(2024, 12, 31))
    village.report(weekends, "ongoing", 2 * day, "19 av 24 helger, enligt plan")
    field_work = village.measure("FAR-011", village.maja, date(2024, 5, 29))
    village.report(field_work, "delayed", 10 * day)
    village.measure("FAR-006", None, date(2024, 6, 14))
    village.meeting(datetime(2024, 5, 21, 11, 0, tzinfo=UTC))
    village.meeting(datetime(2024, 6, 18, 11, 0, tzinfo=UTC), agenda="Lägesbild för maj")
    return village
