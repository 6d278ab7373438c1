"""A report asks the database a few times, however long the history of its measure is."""

from __future__ import annotations

from datetime import timedelta

from models.database import Database
from tests.benchmarks.history import CONTROL, MOST_STATEMENTS, reporting
from tests.conversations.talk import JONAS, MAJA, STINA, Member, Talk
from tests.handlers.test_number_of_queries import counted


def test_a_report_by_command_takes_eight_statements_also_after_a_thousand_reports(
    stockholm: Database,
) -> None:
    found = reporting(stockholm, times=1)
    for cost in (found.young, found.old):
        assert cost.reads + cost.writes <= MOST_STATEMENTS
    assert (found.old.reads, found.old.writes) == (found.young.reads, found.young.writes)


def statements(member: Member, line: str) -> int:
    """How many statements a report takes that is kept, reading and writing taken together."""
    with counted(member.talk.database) as sent:
        assert "är uppdaterad" in member.says(line)
    return sum(not each.startswith(CONTROL) for each in sent)


def test_nor_does_it_take_more_of_somebody_else_or_right_after_somebody_else(talk: Talk) -> None:
    # The owner, a colleague, and a secretary of the group from the other party, minutes apart.
    jonas, stina, maja = (talk.member(email) for email in (JONAS, STINA, MAJA))
    for member in (jonas, stina, maja):
        member.says("hjälp")
    for member, code in ((stina, "FAR-011"), (maja, "FAR-011"), (maja, "FAR-009")):
        talk.at += timedelta(minutes=3)
        assert statements(member, f"rapportera {code} pågår Nya tider") <= MOST_STATEMENTS
    talk.at += timedelta(minutes=3)
    assert statements(jonas, "rapportera FAR-009 klar") <= MOST_STATEMENTS
    talk.at += timedelta(minutes=3)
    assert statements(maja, "rapportera FAR-009 klar Tack") <= MOST_STATEMENTS
    assert "Jonas Lindmark rapporterade Klar för 3 minuter sedan" in str(maja.message().parts)
