"""Answers, approvals and forms that come eight times at once, each time as another event."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from handlers.desk import Desk
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.router import answer
from models.base import Base
from models.chain.approvals import Approval, Version
from models.database import Database
from models.delivery.outbox import Delivery
from models.groups import Group
from models.measures.measure import Measure, MeasureChange
from models.meetings.attendance import MeetingAnswer
from models.meetings.inputs import InputAnswer, InputRequest, InputRound
from models.meetings.meeting import Meeting
from models.seats.changes import SeatChange
from models.seats.requests import SeatRequest, SeatVerdict
from models.surveys.survey import Ballot
from tests.conversations.co_opting import HAMID, LINE, ROBERT, WISH, asks
from tests.conversations.talk import EVA, JONAS, KARIM, MAJA, STINA, Member, Talk, filled
from tests.handlers.conftest import met

COPIES = 8
Act = ButtonPressed | FormSubmitted


@pytest.fixture
def talk(stockholm: Database, desk: Desk) -> Talk:
    return Talk(stockholm, knowing=desk)


def pressing(member: Member, action: str, value: str) -> Act:
    return ButtonPressed(
        who=member.who, where=member.where, at=member.talk.at, event="x", action=action, value=value
    )


def filling(member: Member, **values: str) -> Act:
    form = member.form()
    return FormSubmitted(
        who=member.who,
        where=member.where,
        at=member.talk.at,
        event="x",
        form=form.name,
        values=filled(form, values),
        state=form.state,
    )


def next_meeting(talk: Talk, group: str) -> str:
    with talk.database.read() as session:
        query = select(Meeting.id).join(Group).where(Group.code == group)
        after = query.where(Meeting.starts_at > talk.at).order_by(Meeting.starts_at)
        return str(session.scalars(after).first())


def submits(talk: Talk) -> Act:
    maja = met(talk, MAJA)
    maja.says("mål FAR-M1")
    button = next(b for b in maja.buttons() if b.label == "Lämna in för godkännande")
    return pressing(maja, button.action, button.value)


def approves(talk: Talk) -> Act:
    submitted = submits(talk)
    answer(submitted.model_copy(update={"event": "submitted"}), talk.desk)
    with talk.database.read() as session:
        latest = session.scalar(select(func.max(Version.id)))
    return pressing(met(talk, STINA), "approval.approve", f"{latest}|city")


def asks_for_a_seat(talk: Talk) -> Act:
    hamid = met(talk, HAMID)
    hamid.says(LINE)
    return filling(hamid, **WISH)


def agrees_to_a_seat(talk: Talk) -> Act:
    asks(met(talk, HAMID))
    robert = met(talk, ROBERT)
    robert.opens_home()
    robert.presses("Svara: Socialförvaltningen")
    button = next(b for b in robert.buttons() if b.label == "Godkänn")
    return pressing(robert, button.action, button.value)


def appoints(talk: Talk) -> Act:
    maja = met(talk, MAJA)
    maja.sends_button("seats.menu", "FAR-STYR")
    maja.presses("Utse")
    return filling(maja, person=KARIM)


def makes_a_measure(talk: Talk) -> Act:
    maja = met(talk, MAJA)
    maja.says("ny åtgärd Farsta")
    return filling(maja, title="Bättre ljus på torget", category="environment", owner=JONAS)


def changes_a_measure(talk: Talk) -> Act:
    maja = met(talk, MAJA)
    maja.says("ändra FAR-014")
    return filling(maja, title="Ljus i gångtunneln vid torget")


def plans_a_meeting(talk: Talk) -> Act:
    maja = met(talk, MAJA)
    maja.says("nytt möte Farsta beredningsgrupp")
    return filling(maja, day="2024-09-05", starts="07:00", ends="08:00")


def answers_a_survey(talk: Talk) -> Act:
    maja = met(talk, MAJA)
    maja.sends_button("survey.answer", "E-2024-004")
    return filling(maja, q1="2", q2="4", q3="yes")


def comes(talk: Talk) -> Act:
    return pressing(met(talk, JONAS), "meeting.coming", next_meeting(talk, "FAR-BER"))


def opens_a_round(talk: Talk) -> Act:
    eva = met(talk, EVA)
    eva.sends_button("input.open", next_meeting(talk, "CEN-STYR"))
    return filling(eva, about="Unga i riskzon")


def asked_for_input(talk: Talk) -> tuple[Member, str]:
    opened = opens_a_round(talk)
    answer(opened.model_copy(update={"event": "opened"}), talk.desk)
    with talk.database.read() as session:
        query = select(InputRequest).where(InputRequest.person_id.is_not(None))
        request = session.scalars(query.order_by(InputRequest.id)).first()
        assert request is not None
        assert request.person is not None
        return met(talk, str(request.person.email)), str(request.id)


def gives_input(talk: Talk) -> Act:
    member, request = asked_for_input(talk)
    member.sends_button("input.give", request)
    return filling(member, text="Fler vuxna ute")


def has_nothing_to_add(talk: Talk) -> Act:
    member, request = asked_for_input(talk)
    return pressing(member, "input.nothing", request)


CASES: dict[str, tuple[Callable[[Talk], Act], type[Base]]] = {
    "submit": (submits, Version),
    "approve": (approves, Approval),
    "ask for a seat": (asks_for_a_seat, SeatRequest),
    "agree to a seat": (agrees_to_a_seat, SeatVerdict),
    "appoint": (appoints, SeatChange),
    "new measure": (makes_a_measure, Measure),
    "change measure": (changes_a_measure, MeasureChange),
    "new meeting": (plans_a_meeting, Meeting),
    "survey": (answers_a_survey, Ballot),
    "come": (comes, MeetingAnswer),
    "open a round": (opens_a_round, InputRound),
    "input": (gives_input, InputAnswer),
    "nothing to add": (has_nothing_to_add, InputAnswer),
}


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
@pytest.mark.parametrize("name", CASES)
def test_eight_copies_in_eight_events_have_one_effect_and_tell_nobody_twice(
    talk: Talk, name: str
) -> None:
    ready, kind = CASES[name]
    act = ready(talk)
    before = number(talk.database, kind)
    together = Barrier(COPIES)

    def once(copy: int) -> str:
        together.wait()
        found = answer(act.model_copy(update={"event": f"{name}-{copy}"}), talk.desk)
        assert not found.failed, found.reply
        return found.reply.model_dump_json()

    with ThreadPoolExecutor(COPIES) as pool:
        told = list(pool.map(once, range(COPIES)))
    assert number(talk.database, kind) - before == 1, told
    assert twice_told(talk.database) == []
    # A second press is told the same, or that it is done and how things stand now.
    assert len(set(told)) <= 2


def number(database: Database, kind: type[Base]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def twice_told(database: Database) -> list[str]:
    """The summaries that somebody was told more than once."""
    with database.read() as session:
        rows = session.scalars(select(Delivery)).all()
    told = [(row.person_id, str(row.message["summary"])) for row in rows]
    return sorted({summary for one, summary in told if told.count((one, summary)) > 1})
