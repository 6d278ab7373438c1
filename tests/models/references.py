"""A row of everything that can point to a person, and a survey to point from."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.chain.approvals import Approvable, Approval, ChangeProposal, Version
from models.delivery.mail_links import MailLink
from models.delivery.outbox import Delivery, FanOut
from models.groups import SeatRole
from models.indicators.sources import SourceKind, propose
from models.measures.measure import (
    Follow,
    Measure,
    MeasureChange,
    MeasureEvent,
    MeasureQuestion,
    Prompt,
)
from models.meetings.action_points import ActionPoint, ActionPointStep, PointEvent
from models.meetings.attendance import Attending, MeetingAnswer
from models.meetings.calendar_feeds import CalendarFeed
from models.meetings.decisions import DecisionWording
from models.meetings.inputs import InputAnswer, InputOutcome, InputRequest, InputRound
from models.meetings.meeting import Decision, Meeting, MeetingChange, MeetingEvent
from models.meetings.point_questions import PointQuestion
from models.meetings.questions import DecisionQuestion
from models.meetings.registrations import Registration
from models.people.accounts import OneTimeKey
from models.people.organisations import Absence, Party, Person, PersonMerge
from models.places.place import District
from models.records import Post, Reading
from models.seats.changes import ChangeKind, Ledger
from models.seats.requests import SeatRequest, SeatVerdict
from models.surveys.survey import (
    Invitation,
    NamedAnswer,
    Question,
    Scale,
    Sensitivity,
    Survey,
    Wording,
)
from tests.digests.village import MONDAY, NOW, Village


def fill_every_reference(village: Village, person: Person, other: Person) -> None:
    """One row at least of everything that can point to a person points to this one."""
    session, group = village.session, village.group
    measure = village.measure("FAR-014", person)
    report = village.report(measure, "ongoing", timedelta(days=1))
    report.reporter_id = report.on_behalf_of_id = report.needed_person_id = person.id
    fill_the_references_of_measures(session, measure, person)
    seat = village.seat(person, SeatRole.CHAIR)
    ledger = Ledger.open(session, ChangeKind.APPOINTED, group, person, NOW)
    ledger.revise(seat, remark="x")
    asked = SeatRequest(
        group_id=group.id,
        organisation_id=person.organisation_id,
        person_id=person.id,
        reason="x",
        valid_from=MONDAY,
        valid_until=MONDAY + timedelta(days=9),
        asked_by_id=person.id,
        asked_at=NOW,
    )
    session.add(asked)
    session.flush()
    survey = an_open_survey(village, author=person, invited=[person])
    answered_by_name(session, survey, person)
    session.add_all(
        [
            SeatVerdict(
                request_id=asked.id, party=Party.CITY, person_id=person.id, approves=True, at=NOW
            ),
            OneTimeKey(purpose="x", digest="x", person_id=person.id, ends_at=NOW),
            Reading(person_id=person.id, channel=f"@{person.id}", post_id=9),
            Post(channel=f"@{person.id}", author_id=person.id, only_for_id=person.id, at=NOW),
            PersonMerge(merged_id=other.id, kept_id=person.id, by_id=person.id, at=NOW),
        ]
    )
    fill_the_references_of_deliveries(session, person)
    fill_the_references_of_meetings(village, person)
    propose(session, person, {"name": "x"}, SourceKind.SOURCE, NOW)
    session.flush()
    assert survey.author_id == person.id


def fill_the_references_of_deliveries(session: Session, person: Person) -> None:
    """One row of everything that points from an outgoing message to a person."""
    by = person.id
    delivery = Delivery(
        id="1", key="1", platform="workspace", workspace="stockholm", purpose="x", user=str(by),
        person_id=by, decided_by_id=by, message={}, due_at=NOW,
    )  # fmt: skip
    large = FanOut(key="x", kind="x", day=MONDAY, at=NOW, audience=[by], author_id=by)
    session.add(_link(person))
    session.add_all([delivery, large])


def fill_the_references_of_meetings(village: Village, person: Person) -> None:
    """One row of everything that points from a meeting to a person."""
    session, by = village.session, person.id
    meeting = Meeting(group=village.group, starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    district = District(code="X", name="X", valid_from=MONDAY)
    session.add_all([meeting, district, CalendarFeed(person_id=by, made_at=NOW)])
    session.flush()
    request = InputRequest(district=district, person_id=by)
    around = InputRound(meeting=meeting, opened_by_id=by, opened_at=NOW, due_at=NOW)
    around.requests.append(request)
    session.add(around)
    session.flush()
    about = {"request_id": request.id, "person_id": by, "text": "x", "at": NOW}
    session.add_all(
        [
            InputAnswer(**about),
            InputOutcome(**about),
            MeetingAnswer(
                meeting_id=meeting.id, person_id=by, deputy_id=by, by_id=by,
                answer=Attending.DEPUTY, starts_at=NOW, at=NOW,
            ),
            MeetingChange(
                meeting_id=meeting.id, person_id=by, at=NOW, event=MeetingEvent.PLANNED,
                before={}, after={},
            ),
        ]
    )  # fmt: skip
    fill_the_references_of_decisions(session, meeting, by)


def fill_the_references_of_decisions(session: Session, meeting: Meeting, by: int) -> None:
    """One row of everything that points from what a meeting agreed to a person."""
    decision = Decision(meeting=meeting, number=1, text="x")
    point = ActionPoint(meeting=meeting, at=NOW)
    session.add_all([decision, point])
    session.flush()
    session.add_all(
        [
            DecisionWording(decision=decision, number=1, text="x", person_id=by, at=NOW),
            Registration(decision=decision, number="x", person_id=by, at=NOW),
            ActionPointStep(
                point=point, event=PointEvent.WRITTEN, text="x", owner_id=by, due_on=MONDAY,
                person_id=by, at=NOW,
            ),
            DecisionQuestion(
                decision=decision, asker_id=by, asked_id=by, answered_by_id=by, text="x", at=NOW
            ),
            PointQuestion(
                point=point, asker_id=by, asked_id=by, answered_by_id=by, text="x", at=NOW
            ),
        ]
    )  # fmt: skip


def fill_the_references_of_measures(session: Session, measure: Measure, person: Person) -> None:
    """One row of everything that points from a measure to a person."""
    by = person.id
    about = {"measure_id": measure.id, "person_id": by}
    version = Version(
        kind=Approvable.MEASURE,
        subject=measure.code,
        number=1,
        wording="x",
        by_id=person.id,
        at=NOW,
    )
    session.add(version)
    session.flush()
    session.add_all(
        [
            MeasureChange(event=MeasureEvent.CREATED, at=NOW, **about),
            Follow(since=NOW, **about),
            Prompt(asked_at=NOW, **about),
            MeasureQuestion(
                measure_id=measure.id, asker_id=person.id, asked_id=person.id, text="x", at=NOW,
                answered_by_id=person.id,
            ),
            Approval(version_id=version.id, party=Party.CITY, person_id=person.id, at=NOW),
            ChangeProposal(version_id=version.id, person_id=person.id, text="x", at=NOW),
            Absence(
                person_id=person.id, set_by_id=person.id, set_at=NOW,
                valid_from=MONDAY, valid_until=MONDAY + timedelta(days=1),
            ),
        ]
    )  # fmt: skip


def an_open_survey(village: Village, author: Person, invited: list[Person]) -> Survey:
    """A survey of one question that is open."""
    survey = Survey(
        code=f"E-{village.session.scalar(select(func.count()).select_from(Survey))}",
        title_sv="Läget",
        group_id=village.group.id,
        author_id=author.id,
        sensitivity=Sensitivity.INTERNAL,
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=7),
    )
    village.session.add(survey)
    village.session.flush()
    said = {"wording_sv": "?", "scale": Scale.YES_NO}
    question = Question(survey_id=survey.id, position=1, key=survey.code, **said)
    wording = Wording(key=survey.code, by_id=author.id, at=NOW, **said)
    village.session.add_all(
        [
            question,
            wording,
            *(Invitation(survey_id=survey.id, person_id=each.id) for each in invited),
        ]
    )
    village.session.flush()
    return survey


def answered_by_name(session: Session, survey: Survey, person: Person) -> None:
    """The person has answered the survey, which is not anonymous."""
    question = survey.questions[0]
    session.add(NamedAnswer(question_id=question.id, person_id=person.id, value="yes"))
    session.flush()


def _link(person: Person) -> MailLink:
    return MailLink(
        digest=f"link {person.id}",
        person_id=person.id,
        action="meeting.coming",
        label="x",
        made_at=NOW,
        ends_at=NOW,
    )
