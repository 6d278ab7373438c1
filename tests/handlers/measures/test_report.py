"""Reporting by a line: what is saved, what is asked for, what is refused."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.measures.progress import current_reports
from models.message import Form, TextField
from models.records import AuditEntry
from tests.conversations.talk import EVA, JONAS, KARIM, MAJA, STINA, Member, Talk
from tests.handlers.conftest import met


def reports(talk: Talk, code: str = "FAR-011") -> list[ProgressReport]:
    """What has been said since the story began, the oldest first."""
    with talk.database.read() as session:
        query = select(ProgressReport).join(Measure, ProgressReport.measure_id == Measure.id)
        since = ProgressReport.source == "test"
        return list(
            session.scalars(query.where(Measure.code == code, since).order_by(ProgressReport.id))
        )


def stands(talk: Talk, code: str) -> ProgressReport:
    """The report that counts."""
    with talk.database.read() as session:
        measure = session.scalars(select(Measure).where(Measure.code == code)).one()
        return current_reports(session, [measure.id])[measure.id]


@pytest.mark.parametrize(
    ("line", "status", "percent", "comment"),
    [
        ("rapportera FAR-011 klar", MeasureStatus.DONE, 100, ""),
        ("report FAR-011 done", MeasureStatus.DONE, 100, ""),
        ("rapportera FAR-011 pågår", MeasureStatus.ONGOING, 65, ""),
        ("FAR-011 försenad personalen saknas", MeasureStatus.DELAYED, 65, "personalen saknas"),
        ("report FAR-011 delayed no staff", MeasureStatus.DELAYED, 65, "no staff"),
        ("rapportera far11 ej påbörjad", MeasureStatus.NOT_STARTED, 65, ""),
        ("rapportera FAR 11 avbruten", MeasureStatus.CANCELLED, 65, ""),
        ("rapportera FAR-011 behöver hjälp", MeasureStatus.AT_RISK, 65, ""),
        ("rapportera FAR-011 80 %", MeasureStatus.DELAYED, 80, ""),
    ],
)
def test_a_line_says_all_of_a_report(
    talk: Talk, line: str, status: MeasureStatus, percent: int, comment: str
) -> None:
    told = met(talk, MAJA).says(line)
    (row,) = reports(talk)
    assert (row.status, row.percent, row.comment) == (status, percent, comment)
    assert "FAR-011 är uppdaterad" in told


def test_the_confirmation_says_what_is_next(maja: Member) -> None:
    told = maja.says("rapportera FAR-011 pågår Tredje kvällen är igång")
    assert "Fältarbete Larsboda" in told
    assert "Klar senast:          29 maj" in told
    assert "Nästa rapport senast: 8 juli" in told
    assert "| Tredje kvällen är igång" in told
    assert [button.label for button in maja.buttons()] == ["Ångra", "Rätta", "Rapportera en till"]


def test_what_is_done_waits_for_nothing_more(maja: Member) -> None:
    assert "Nästa rapport" not in maja.says("rapportera FAR-011 klar")


def test_help_that_is_wanted_is_shown_to_the_group(talk: Talk, maja: Member) -> None:
    assert "Gruppen ser att hjälp behövs" in maja.says("rapportera FAR-011 behöver hjälp")
    assert reports(talk)[0].help_wanted


def test_a_report_for_somebody_else_says_so(talk: Talk, maja: Member) -> None:
    assert "Rapporterat för Jonas Lindmarks räkning" in maja.says("rapportera FAR-009 pågår")
    (row,) = reports(talk, "FAR-009")
    assert row.on_behalf_of_id is not None
    assert row.on_behalf_of_id != row.reporter_id


def test_a_measure_that_goes_on_is_not_all_done_any_more(talk: Talk, maja: Member) -> None:
    maja.says("rapportera FAR-011 klar")
    maja.says("rapportera FAR-011 pågår ett hål återstår")
    assert "100 %" not in maja.fills()
    assert stands(talk, "FAR-011").percent is None


@pytest.mark.parametrize("status", ["pågår", "ej påbörjad", "försenad", "behöver hjälp", "70 %"])
def test_a_closed_measure_asks_before_it_is_opened_again(
    talk: Talk, maja: Member, status: str
) -> None:
    maja.says("rapportera FAR-011 klar")
    asked = maja.says(f"rapportera FAR-011 {status}")
    assert "FAR-011 rapporterades som klar den 10 juni. Öppna igen?" in asked
    assert (maja.form().submit, len(reports(talk))) == ("Öppna igen", 1)
    assert "är uppdaterad" in maja.fills(status="ongoing")
    assert stands(talk, "FAR-011").status is MeasureStatus.ONGOING


def test_what_has_ended_may_end_otherwise_without_a_question(talk: Talk, maja: Member) -> None:
    maja.says("rapportera FAR-011 klar")
    assert "är uppdaterad" in maja.says("rapportera FAR-011 avbruten")


def test_a_form_that_was_open_while_the_measure_was_closed_asks_too(
    talk: Talk, maja: Member
) -> None:
    maja.says("rapportera FAR-011")
    other = met(talk, STINA)
    other.says("rapportera FAR-011 klar")
    assert "Öppna igen?" in maja.fills(status="ongoing", comment="Vi fortsätter")
    told = maja.fills()
    assert "Stina Hallgren rapporterade Klar alldeles nyss. Din rapport gäller nu." in told
    assert reports(talk)[-1].comment == "Vi fortsätter"


def test_less_than_all_of_an_ended_measure_means_that_it_goes_on(talk: Talk, maja: Member) -> None:
    maja.says("rapportera FAR-011 klar")
    maja.says("rapportera FAR-011 70 %")
    maja.fills(status="ongoing")
    assert stands(talk, "FAR-011").status is MeasureStatus.ONGOING


@pytest.mark.parametrize("line", ["rapportera BRO-001 klar", "rapportera JAR-001 80 %"])
def test_a_measure_of_others_is_refused_with_whom_to_ask(talk: Talk, line: str) -> None:
    told = met(talk, JONAS).says(line)
    assert "Be gruppens sekreterare" in told
    assert reports(talk, "BRO-001") == reports(talk, "JAR-001") == []


@pytest.mark.parametrize(
    ("email", "why"), [(STINA, "chair"), (EVA, "coordinator"), (KARIM, "member of the group")]
)
def test_who_answers_for_the_group_may_report_for_it(talk: Talk, email: str, why: str) -> None:
    code = "FAR-009" if email != STINA else "FAR-011"
    assert f"{code} är uppdaterad" in met(talk, email).says(f"rapportera {code} pågår"), why


@pytest.mark.parametrize("code", ["FAR-019", "FAR-099"])
def test_an_unknown_id_is_told_with_the_nearest_mine_first(
    talk: Talk, maja: Member, code: str
) -> None:
    told = maja.says(f"rapportera {code} klar")
    assert f"Det finns ingen åtgärd {code}. Närmast: FAR-0" in told
    assert maja.last is not None
    assert maja.last.declined


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("rapportera FAR-011 Fältgruppen är tillbaka", "Fältgruppen är tillbaka"),
        ("rapportera FAR-011", ""),
        ("rapportera FAR-011 pågår 101 %", ""),
        ("rapportera FAR-011 klar " + "å" * 1001, "å" * 1001),
    ],
    ids=["only a comment", "only an id", "more than all", "too long"],
)
def test_what_is_missing_or_wrong_is_asked_for_in_the_form(
    talk: Talk, maja: Member, line: str, kept: str
) -> None:
    maja.says(line)
    form = maja.reply()
    assert isinstance(form, Form)
    comment = next(field for field in form.fields if field.name == "comment")
    assert isinstance(comment, TextField)
    assert comment.initial == kept
    assert reports(talk) == []


def test_a_second_press_is_no_second_report(talk: Talk, maja: Member) -> None:
    for event in ("press-1", "press-2"):
        assert "är uppdaterad" in maja.says("rapportera FAR-011 klar", event=event)
    assert len(reports(talk)) == 1


def test_the_same_words_later_are_a_new_report(talk: Talk, maja: Member) -> None:
    maja.says("rapportera FAR-011 pågår")
    talk.later(days=7)
    maja.says("rapportera FAR-011 pågår")
    assert len(reports(talk)) == 2


def test_every_report_leaves_a_trace_without_its_words(talk: Talk, maja: Member) -> None:
    maja.says("rapportera FAR-011 pågår Fältgruppen är tillbaka")
    with talk.database.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "report")).one()
    assert entry.subject == "measure:FAR-011"
    assert "Fältgruppen" not in str(entry.detail)


def test_what_hinders_is_seen_by_whoever_asks_about_the_measure(talk: Talk) -> None:
    jonas, maja = talk.member(JONAS), talk.member(MAJA)
    jonas.says("rapportera FAR-009")
    jonas.fills(status="delayed", obstacle="Vi väntar på skolorna")
    assert "Vi väntar på skolorna" in maja.says("FAR-009")
    assert "Vi väntar på skolorna" in maja.says("åtgärder Farsta")
    assert "Vi väntar på skolorna" in maja.says("veckan Farsta")


def test_words_without_a_status_open_the_form_and_say_so(talk: Talk) -> None:
    shown = talk.member(MAJA).says("rapportera FAR-011 blaj hej")
    assert "Jag hittade inget läge i det du skrev" in shown
    assert "Vad har hänt? blaj hej" in shown


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("line", "typed", "kept"),
    [
        ("FAR-011 140 %", "140 %", ""),
        ("FAR-011 -5 %", "-5 %", ""),
        ("rapportera FAR-011 -5 % väntar", "-5 %", "väntar"),
        ("rapportera FAR-011 pågår 50,5 % ungefär", "50,5 %", "ungefär"),
        ("report FAR-011 ongoing 120% complete", "120% complete", ""),
    ],
)
def test_a_percentage_that_cannot_be_is_told_and_nothing_is_saved(
    talk: Talk, maja: Member, line: str, typed: str, kept: str
) -> None:
    told = maja.says(line)
    assert f"Du skrev {typed}. Skriv ett heltal från 0 till 100." in told
    fields = {field.name: getattr(field, "initial", None) for field in maja.form().fields}
    assert (fields["percent"], fields["comment"]) == (None, kept)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_all_that_is_done_asks_whether_it_is_done(talk: Talk, maja: Member) -> None:
    assert "Är åtgärden klar nu när 100 % är genomfört?" in maja.says("FAR-011 100 %")
    assert "> done = ✓ Klar" in maja.says("FAR-011 100 %")
    assert "✓ Klar" in maja.fills()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_unknown_id_offers_mine_first_and_keeps_what_was_written(
    talk: Talk, maja: Member
) -> None:
    told = maja.says("rapportera FAR-999 försenad Snö i hela veckan")
    assert "Det finns ingen åtgärd FAR-999. Närmast: FAR-003, FAR-010, FAR-009." in told
    assert "Vad har hänt? Snö i hela veckan" in told
    assert "▲ Försenad" in maja.fills(measure="FAR-010")
    stina = talk.member(STINA)
    assert "Närmast: FAR-009" in stina.says("rapportera FAR-999 försenad")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_status_without_an_id_is_kept_in_the_form(talk: Talk, maja: Member) -> None:
    assert "> done = ✓ Klar" in maja.says("rapportera klar")
    assert "FAR-010 är uppdaterad" in maja.fills(measure="FAR-010")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("line", "question"),
    [("FAR-011 försenad", "Vad hindrar?"), ("FAR-011 behöver hjälp", "Vad behöver ni hjälp med?")],
)
def test_a_line_that_only_says_that_something_hinders_is_asked_what(
    talk: Talk, maja: Member, line: str, question: str
) -> None:
    maja.says(line)
    assert question in maja.presses("Säg vad som hindrar")
    assert "Hinder: Snö" in " ".join(maja.fills(obstacle="Snö").split())
    assert "Säg vad som hindrar" not in maja.says(f"{line} Snö i hela veckan")
    assert "Säg vad som hindrar" not in maja.says("FAR-011 pågår")
