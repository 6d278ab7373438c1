"""A measure's timeline: everything that happened, newest first, a page at a time."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from models.measure_changes import Made, change
from models.measures import Measure, MeasureStatus, ProgressReport
from models.organisations import Person
from tests.conversations.talk import KARIM, MONDAY_MORNING, Member, Talk
from tests.handlers.conftest import met
from tests.handlers.test_number_of_queries import queries


def test_corrections_undoings_and_changes_all_stand_there(talk: Talk, maja: Member) -> None:
    karim = met(talk, KARIM)
    karim.says("rapportera FAR-011 klar")
    talk.later(minutes=5)
    maja.says("rapportera FAR-011 försenad Personalen saknas")
    maja.fills()
    maja.presses("Rätta")
    talk.later(minutes=5)
    maja.fills(comment="En kollega saknas")
    with talk.database.write() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-011")).one()
        owner = session.scalars(select(Person).where(Person.email == KARIM)).one()
        values = {"owner": owner, "due_on": date(2024, 9, 1)}
        change(session, measure, values, Made(owner, talk.at + timedelta(hours=1), "workspace"))
    told = maja.says("historik FAR-011")
    assert "Historik för FAR-011" in told
    assert "Karim Haddad: ändrade åtgärden, från arbetsytan" in told
    assert "1 september" in told
    assert "mån 10 juni 08.05** Maja Ekvall: ▲ Försenad, öppnad igen" not in told
    assert "Maja Ekvall: ångrade rapporten mån 10 juni 08.05" in told
    assert "Karim Haddad: ✓ Klar, 100 %, för Maja Ekvalls räkning" in told
    order = [
        "Ansvarig: Maja",
        "En kollega saknas",
        "ångrade rapporten",
        "Personalen saknas",
        "✓ Klar",
    ]
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    assert "ångrad" in told[told.index("ångrade rapporten") + 20 : told.index("Personalen saknas")]
    assert "öppnad igen" in told


def test_a_thousand_reports_are_paged_and_take_no_more_questions(talk: Talk, maja: Member) -> None:
    few = queries(maja, "historik FAR-011")
    with talk.database.write() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-011")).one()
        session.add_all(
            ProgressReport(
                measure_id=measure.id,
                reporter_id=measure.owner_id,
                at=MONDAY_MORNING - timedelta(hours=number),
                status=MeasureStatus.ONGOING,
                comment=f"Rapport {number}",
                obstacle="Väntar",
            )
            for number in range(1000)
        )
    assert queries(maja, "historik FAR-011") <= few
    assert few <= 10
    seen = {maja.says("historik FAR-011")}
    assert "sida 1 av 12" in next(iter(seen))
    while "Äldre" in [button.label for button in maja.buttons()]:
        seen.add(maja.presses("Äldre"))
    assert {f"Rapport {number}" for number in range(1000)} <= {
        line.strip("| ") for told in seen for line in told.splitlines()
    }


def test_a_measure_without_history_and_one_that_is_not_there(maja: Member) -> None:
    assert "Säg vilken åtgärd" in maja.says("historik")
    assert "Det finns ingen åtgärd FAR-099. Närmast" in maja.says("tidslinje FAR-099")
    assert "Historik för FAR-011" in maja.sends_button("timeline.page", "FAR-011|99999")
