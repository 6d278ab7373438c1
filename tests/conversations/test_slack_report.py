"""Reporting progress on Slack: a line, a form, a button, a shortcut, and undoing it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.delivery.outbox import Delivery
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.measures.progress import current_reports
from tests.conversations.slack_stage import Bot
from tests.slack.fake import FakeSlack, Person, Room
from tests.slack.forms import FormIncomplete
from tests.stores import BOTH_STORES

LINE = "rapportera JAR-005 pågår Belysningen är beställd, montage v. 32"


def stands(bot: Bot, code: str) -> ProgressReport:
    """What the measure's current report says."""
    with bot.database.read() as session:
        measure = session.scalars(select(Measure).where(Measure.code == code)).one()
        return current_reports(session, [measure.id])[measure.id]


@BOTH_STORES
def test_a_line_is_a_report_with_a_confirmation_that_can_be_undone(
    bot: Bot, slack: FakeSlack, karim: Person, farsta: Room
) -> None:
    before = stands(bot, "JAR-005")
    seen = karim.command("/samverkan", LINE, farsta)
    assert seen.message.ephemeral
    assert "JAR-005 är uppdaterad" in seen.text
    assert "Belysningen är beställd, montage v. 32" in seen.text
    report = stands(bot, "JAR-005")
    assert (report.status, report.source) == (MeasureStatus.ONGOING, "slack")

    karim.presses("Ångra", seen.message)
    assert "ångrad" in slack.ephemerals[-1].plain
    assert stands(bot, "JAR-005").id == before.id


def test_the_form_opens_with_my_measures_and_what_is_wrong_stands_beside_its_field(
    bot: Bot, maja: Person, farsta: Room
) -> None:
    form = maja.command("/samverkan", "rapportera", farsta).view
    answers = {
        "Åtgärd": "FAR-011 Fältarbete Larsboda",
        "Hur går det?": "◆ Riskerar försening",
        "Vad har hänt?": "Ring 811228-9874",
    }
    refused = maja.fills(form, answers).submit()
    assert list(refused.errors) == ["comment"]
    assert "personnummer" in refused.errors["comment"]
    assert stands(bot, "FAR-011").status is not MeasureStatus.AT_RISK

    done = maja.fills(form, {**answers, "Vad har hänt?": "Fältarna är för få"}).submit()
    assert done.closed
    assert (done.message.ephemeral, done.message.channel) == (True, farsta.channel_id)
    report = stands(bot, "FAR-011")
    assert (report.status, report.comment) == (MeasureStatus.AT_RISK, "Fältarna är för få")


def test_a_form_without_its_required_answers_is_stopped_by_slack_itself(
    bot: Bot, maja: Person
) -> None:
    form = maja.command("/samverkan", "rapportera FAR-011").view
    with pytest.raises(FormIncomplete):
        maja.fills(form, {"Vad har hänt?": "Läget är oförändrat"}).submit()


def test_a_personal_number_in_a_line_is_handed_back_and_kept_nowhere(
    bot: Bot, karim: Person
) -> None:
    reply = karim.writes_dm("rapportera FAR-014 pågår 811228-9874 har flyttat").reply()
    assert "sparade inte" in reply.plain
    with bot.database.read() as session:
        kept = [str(row.message) for row in session.scalars(select(Delivery))]
        comments = session.scalars(select(ProgressReport.comment)).all()
    assert not [text for text in (*kept, *comments) if "811228" in text]


def test_the_shortcut_on_a_message_carries_its_words_into_the_form(
    bot: Bot, maja: Person, karim: Person, farsta: Room
) -> None:
    message = karim.writes(farsta, "Entreprenören börjar den 5 augusti")
    form = maja.uses_shortcut("report", message).view
    assert form.title.startswith("Rapportera")
    comment = next(block for block in form.blocks if block.get("block_id") == "comment")
    assert comment["element"]["initial_value"] == "Entreprenören börjar den 5 augusti"


def test_a_direct_message_offers_the_form_as_a_button(bot: Bot, karim: Person) -> None:
    offer = karim.writes_dm("rapportera FAR-014").reply()
    form = karim.presses("Öppna formuläret", offer).view
    done = karim.fills(form, {"Hur går det?": "✓ Klar"}).submit()
    assert "FAR-014 är uppdaterad" in done.message.plain
    assert stands(bot, "FAR-014").status is MeasureStatus.DONE


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("rapportera FAR-999 klar", "FAR-999"),
        ("rapportera XYZ-001 klar", "XYZ-001"),
    ],
)
def test_an_unknown_measure_is_told_with_the_nearest(
    bot: Bot, karim: Person, line: str, told: str
) -> None:
    text = karim.command("/samverkan", line).text
    assert told in text
    assert "FAR-" in text or "hjälp" in text


def test_a_comment_that_is_too_long_opens_the_form_with_all_of_it(bot: Bot, karim: Person) -> None:
    words = "Lampan är bytt. " * 80
    form = karim.command("/samverkan", f"rapportera JAR-005 pågår {words}").view
    assert "Skriv högst 1000" in str(form.blocks)
    comment = next(block for block in form.blocks if block.get("block_id") == "comment")
    assert comment["element"]["initial_value"] == words.strip()
    refused = karim.fills(form, {}).submit()
    assert refused.errors == {"comment": "Skriv högst 1000 tecken."}
    done = karim.fills(form, {"Vad har hänt?": words[:900]}).submit()
    assert "JAR-005 är uppdaterad" in done.message.plain
    offer = karim.writes_dm(f"rapportera JAR-005 pågår {words}").reply()
    assert "Skriv högst 1000" in offer.plain
    assert "Skriv högst 1000" in str(karim.presses("Öppna formuläret", offer).view.blocks)
    endless = karim.command("/samverkan", f"rapportera JAR-005 pågår {words * 3}").view
    assert "De första 3000 tecknen står nedan." in str(endless.blocks)
