"""Those outside chat are invited to a survey by a letter of its own where the week's has gone."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from bot.timetable import tick, tick_through
from models.database import Database
from models.delivery.outgoing import Errand, queue
from models.message import Message, Text
from models.people.accounts import Account
from models.people.addresses import Address, switch_mail
from models.people.organisations import Person
from models.surveys.survey import Invitation
from tests.bot.test_timetable import DAY, HOUR, add_survey, deliveries, farsta
from tests.digests.village import NOW

__all__ = ["farsta"]

TOLD = Message(summary="Veckans fråga", parts=(Text(text="Hej"),))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_who_reads_by_email_alone_is_invited_when_a_survey_opens_after_the_weeks_letter(
    farsta: Database,
) -> None:
    with farsta.write() as session:
        switch_mail(session, on=True)
        maja, jonas = session.scalars(select(Person).order_by(Person.id)).all()
        session.execute(delete(Account).where(Account.person_id == jonas.id))
        for person in (maja, jonas):
            queue(
                session, TOLD, Address("test", "T"), Errand("asking", person.name, NOW, person.id)
            )
    tick(farsta, NOW)
    add_survey(farsta, NOW + 4 * HOUR, open_for=2 * DAY)
    tick_through(farsta, NOW, NOW + 4 * DAY)
    [_maja, _jonas, letter] = deliveries(farsta, "asking")
    assert (letter.platform, letter.due_at) == ("email", NOW + 4 * HOUR)
    assert letter.message["summary"] == "Väntar på dig: enkäten Läget i Farsta."
    with farsta.read() as session:
        times = dict(session.execute(select(Invitation.person_id, Invitation.times_asked)).all())
    assert times == {maja.id: 0, jonas.id: 1}
