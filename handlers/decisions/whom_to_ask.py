"""Who answers for what a group's meetings agreed: the first who leads it and can be reached."""

from __future__ import annotations

from handlers.seats.telling import is_reached
from handlers.visit import Visit
from models.groups import Group
from models.meetings.questions import who_answers
from models.people.absences import away
from models.people.organisations import Person
from models.rights import Action, may


def answering(visit: Visit, group: Group) -> Person | None:
    """The secretary, else a chair, else a coordinator: the first who is reached and not away."""
    every = who_answers(visit.session, group, visit.on)
    others = [each for each in every if each.id != visit.person.id]
    absent = away(visit.session, [each.id for each in others], visit.on)
    reached = [each for each in others if is_reached(visit.session, each, visit.at)]
    here = [each for each in reached if each.id not in absent]
    return next(iter((*here, *reached, *others)), None)


def may_answer(visit: Visit, asked_id: int | None, group: Group) -> bool:
    """Whether the asker answers a question: whoever was asked, and those who lead the group."""
    leads = may(visit.roles(group_id=group.id), Action.WRITE_DECISIONS)
    return asked_id == visit.person.id or leads
