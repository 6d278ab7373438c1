"""A measure's timeline: everything that happened, newest first, a page at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from models.measures.changes import Made, change
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.people.organisations import Person
from tests.conversations.talk import JONAS, KARIM, MONDAY_MORNING, STINA, Member, Talk
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
    assert "Maja Ekvall: rättade rapporten mån 10 juni 08.05" in told
    assert "Karim Haddad: ✓ Klar, 100 %, för Maja Ekvalls räkning" in told
    order = [
        "Ansvarig: Maja",
        "En kollega saknas",
        "rättade rapporten",
        "Personalen saknas",
        "✓ Klar",
    ]
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    assert "rättad" in told[told.index("rättade rapporten") + 20 : told.index("Personalen saknas")]
    assert "ångra" not in told.replace("[Ångra", "")
    assert "öppnad igen" in told


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
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


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_measure_without_history_and_one_that_is_not_there(maja: Member) -> None:
    assert "Säg vilken åtgärd" in maja.says("historik")
    assert "Det finns ingen åtgärd FAR-099. Närmast" in maja.says("tidslinje FAR-099")
    assert "Historik för FAR-011" in maja.sends_button("timeline.page", "FAR-011|99999")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("place", ["historik FAR-011", "FAR-011"])
def test_a_fresh_report_is_taken_back_also_when_its_receipt_is_gone(
    talk: Talk, maja: Member, place: str
) -> None:
    assert "[Ångra rapporten]" not in maja.says(place)
    maja.says("rapportera FAR-011 klar")
    stina = met(talk, STINA)
    assert "[Ångra rapporten]" not in stina.says(place)
    talk.later(hours=23)
    assert "[Rätta rapporten]  [Ångra rapporten]" in maja.says(place)
    assert "Rätta FAR-011" in maja.presses("Rätta rapporten")
    maja.says(place)
    assert "Rapporten om FAR-011 är ångrad" in maja.presses("Ångra rapporten")
    maja.says("rapportera FAR-011 pågår")
    talk.later(hours=25)
    assert "[Ångra rapporten]" not in maja.says(place)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_who_is_needed_stands_on_the_card_in_the_list_and_in_the_history(
    talk: Talk, maja: Member
) -> None:
    maja.sends_button("checkin.help", "FAR-011")
    maja.fills(obstacle="Lokal saknas", needed="role:chair", person=JONAS)
    for line in ("FAR-011", "historik FAR-011"):
        assert "Behövs: Ordförande och Jonas Lindmark" in " ".join(maja.says(line).split()), line
    assert "Lokal saknas (behövs: Ordförande och Jonas Lindmark)" in maja.says("mina")
    assert queries(maja, "mina") <= 14


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_happened_in_another_year_says_which(reader: Member) -> None:
    reader.talk.at, before = datetime(2025, 1, 8, 8, tzinfo=UTC), reader.talk.at
    try:
        assert "fre 7 juni 2024 15.10 Jonas Lindmark: ● Pågår" in reader.says("historik FAR-009")
        assert "fre 7 juni 2024 15.10 (för 215 dagar sedan)" in reader.says("FAR-009")
    finally:
        reader.talk.at = before
