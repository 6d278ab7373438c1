"""`samverkan digest`: what was sent on a day is printed again, and whose it is is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from models.database import Database
from models.delivery.outbox import Occurrence
from models.digest_settings import Setting, Wanted, set_wanted
from models.groups import Group
from models.meetings.meeting import Meeting
from models.meetings.usefulness import before_name
from models.people.organisations import Person
from models.records import AuditEntry
from tests.bot.test_commands import MAJA, MONDAY, Run, bare, samverkan
from tests.digests.village import NOW

__all__ = ["bare", "samverkan"]

ON_18_JUNE = Meeting.starts_at.between(
    datetime(2024, 6, 18, tzinfo=UTC), datetime(2024, 6, 19, tzinfo=UTC)
)
DAYS = ("2024-06-05", "2024-06-12")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_a_digest_is_previewed_in_three_forms(samverkan: Run, form: str) -> None:
    ended = samverkan("digest", "FAR-BER", *MONDAY, "--format", form)
    assert ended.code == 0
    assert "FAR-014" in ended.out


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_digest_of_a_day_to_come_says_so(samverkan: Run) -> None:
    assert "2124-06-12 has not come yet" in samverkan("digest", "FAR-BER", "--on", "2124-06-12").err
    assert "not come" not in samverkan("digest", "FAR-BER", *MONDAY).err


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_digest_of_a_member_is_shown_as_theirs_and_written_down(
    samverkan: Run, stockholm: Database
) -> None:
    asked = ("digest", "FAR-BER", "--kind", "before", "--on", "2024-06-14")
    everyones, hers = samverkan(*asked), samverkan(*asked, "--as", MAJA)
    assert "[Jag kommer]" not in everyones.out
    assert "Left out: what is restricted" in everyones.err
    assert "[Jag kommer]" in hers.out
    assert "Så som Maja Ekvall fick den" in hers.out
    assert "for Maja Ekvall alone" in hers.err
    with stockholm.write() as session:
        [meeting] = session.scalars(
            select(Meeting).join(Meeting.group).where(Group.code == "FAR-BER", ON_18_JUNE)
        )
        name = before_name(meeting.id)
        day = date(2024, 6, 14)
        session.add(Occurrence(schedule=name, local_date=day, fired_at=NOW, outcome="queued 8"))
    assert "but not to Maja Ekvall, who had paused" in samverkan(*asked, "--as", MAJA).err
    with stockholm.read() as session:
        query = select(AuditEntry.detail).where(AuditEntry.action == "digest_read_as")
        assert session.scalars(query).all() == [{"group": "FAR-BER", "day": "2024-06-14"}] * 2


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_members_own_week_is_shown_as_it_was_wanted_then_and_written_down(
    samverkan: Run, stockholm: Database
) -> None:
    with stockholm.write() as session:
        maja = session.scalars(select(Person).where(Person.email == MAJA)).one()
        wednesdays = Setting(Wanted(weekday=2, hour=9), maja, datetime(2024, 5, 1, tzinfo=UTC))
        set_wanted(session, maja, wednesdays)
        off = replace(wednesdays.wanted, is_on=False)
        set_wanted(session, maja, Setting(off, maja, datetime(2024, 6, 9, tzinfo=UTC)))
    due, later = (samverkan("digest", "--person", MAJA, "--on", on) for on in DAYS)
    assert "This fell due on 2024-06-05" in due.err
    assert "Bara för Maja Ekvall. Sprid den inte vidare." in due.out
    assert "FAR-014" in due.out
    assert "None fell due on 2024-06-12" in later.err
    with stockholm.read() as session:
        query = select(AuditEntry.detail).where(AuditEntry.action == "digest_read_as")
        assert session.scalars(query).all() == [{"day": on} for on in DAYS]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--as", MAJA), "same for all in its channel"),
        (("--kind", "before", "--as", "nobody@x.example"), "Nobody has the e-mail"),
    ],
)
def test_a_digest_that_nobody_got_is_refused(
    samverkan: Run, words: tuple[str, ...], why: str
) -> None:
    ended = samverkan("digest", "FAR-BER", *MONDAY, *words)
    assert (ended.code, ended.out) == (1, "")
    assert why in ended.err
