"""Several people at once: nobody's words are lost and nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from handlers.desk import Desk
from models.database import Database
from models.delivery.outbox import Inbox
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.measures.progress import current_reports
from models.records import AuditEntry
from tests.conversations.talk import EVA, KARIM, MAJA, STINA, Member, Talk
from tests.stores import BOTH_STORES

HERE = ProgressReport.source == "test"


@pytest.fixture
def talk(stockholm: Database, desk: Desk) -> Talk:
    """Stockholm's cooperation."""
    return Talk(stockholm, knowing=desk)


def at_once(*turns: Callable[[], str]) -> list[str]:
    """Starts them all together; returns what each was told."""
    with ThreadPoolExecutor(len(turns)) as pool:
        return [turn.result(30) for turn in [pool.submit(turn) for turn in turns]]


def reported(talk: Talk) -> list[ProgressReport]:
    """The reports of this story."""
    with talk.database.read() as session:
        return list(session.scalars(select(ProgressReport).where(HERE)))


def known(talk: Talk, email: str) -> Member:
    """A member whose first contact is over."""
    member = talk.member(email)
    member.says("hjälp")
    return member


@BOTH_STORES
def test_two_who_report_at_once_are_both_kept(talk: Talk) -> None:
    eva, karim = known(talk, EVA), known(talk, KARIM)
    told = at_once(
        lambda: eva.says("rapportera JAR-005 försenad Väntar på kabel"),
        lambda: karim.says("rapportera JAR-005 behöver hjälp Stolparna saknas"),
    )
    assert all("JAR-005 är uppdaterad" in each for each in told)
    rows = reported(talk)
    assert {row.comment for row in rows} == {"Väntar på kabel", "Stolparna saknas"}
    first, second = sorted(rows, key=lambda row: row.id)
    with talk.database.read() as session:
        assert current_reports(session, [first.measure_id])[first.measure_id].id == second.id
    informed = [each for each in told if "Din rapport gäller nu." in each]
    assert len(informed) == 1, told
    assert f"alldeles nyss: {first.comment}." in informed[0]
    assert "[Ångra min]" in informed[0]


@pytest.mark.parametrize("copies", [2, 4])
@BOTH_STORES
def test_copies_of_one_event_at_once_are_one_report(talk: Talk, copies: int) -> None:
    # Each copy comes as its own request, as from a platform that did not hear the first answer.
    known(talk, MAJA)
    members = [talk.member(MAJA) for _ in range(copies)]
    line = "rapportera FAR-011 pågår Fältgruppen är tillbaka"
    turns = [lambda each=each: each.says(line, event="E1") for each in members]
    told = at_once(*turns)
    assert len(set(told)) == 1
    assert len(reported(talk)) == 1
    with talk.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Inbox)) == 1
        audit = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "report")
        assert session.scalar(audit) == 1


@BOTH_STORES
def test_two_who_undo_at_once_undo_once(talk: Talk) -> None:
    maja, eva = known(talk, MAJA), known(talk, EVA)
    maja.says("rapportera FAR-011 klar")
    button = maja.buttons()[0]
    told = at_once(
        lambda: maja.sends_button(button.action, button.value),
        lambda: eva.sends_button(button.action, button.value),
    )
    assert all("är ångrad" in each for each in told)
    assert sum(row.undoes_id is not None for row in reported(talk)) == 1


@BOTH_STORES
def test_two_tabs_of_a_new_member_link_one_account(talk: Talk) -> None:
    tabs = [talk.member(STINA) for _ in range(2)]
    told = at_once(*[lambda tab=tab: tab.says("vem Farsta styrgrupp") for tab in tabs])
    assert all("Farsta lokala styrgrupp" in each for each in told)


@BOTH_STORES
def test_many_who_ask_while_some_report_all_get_an_answer(talk: Talk) -> None:
    askers = [known(talk, email) for email in (MAJA, KARIM, EVA, STINA)]
    lines = [
        "rapportera FAR-011 pågår",
        "rapportera JAR-005 pågår",
        "vem Farsta",
        "åtgärder Farsta",
    ]
    turns = [
        lambda who=who, line=line: who.says(line) for who, line in zip(askers, lines, strict=True)
    ]
    told = at_once(*turns)
    assert "FAR-011 är uppdaterad" in told[0]
    assert "JAR-005 är uppdaterad" in told[1]
    assert "Stina Hallgren" in told[2]
    assert "(14 åtgärder" in told[3]


@BOTH_STORES
def test_the_last_word_counts(talk: Talk) -> None:
    maja = known(talk, MAJA)
    for status in ("pågår", "försenad", "klar"):
        maja.says(f"rapportera FAR-011 {status}")
    with talk.database.read() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-011")).one()
        assert measure.reports[-1].status is MeasureStatus.DONE
