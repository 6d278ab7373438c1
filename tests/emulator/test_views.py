"""Forms and homes that the product builds, opened and published in somebody else's Slack.

The emulator differs from Slack in this: it takes any blocks and any length, and has nobody who
fills in a form, so the tests send `view_submission` with the view as the emulator gave it back.
Its triggers are single-use and last three seconds, and it checks who may update which view.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.measures.measure import Measure
from models.measures.progress import current_reports
from models.surveys.survey import Survey
from tests.emulator.emulator import Json
from tests.emulator.stage import Stage

pytestmark = [
    pytest.mark.emulator,
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
]

AS_BUILT = ("type", "callback_id", "private_metadata", "title", "submit", "close", "blocks")


def opened(stage: Stage) -> Json:
    """The one form that was opened, as the emulator gave it back."""
    call = stage.door.called("views.open", 1)[-1]
    assert call.answer["ok"], call.answer
    view: Json = call.answer["view"]
    assert {name: view[name] for name in AS_BUILT} == {
        name: call.args["view"][name] for name in AS_BUILT
    }
    return view


def comment_of(stage: Stage, code: str) -> str:
    """What the measure's current report says."""
    with stage.bot.database.read() as session:
        measure = session.scalars(select(Measure).where(Measure.code == code)).one()
        return str(current_reports(session, [measure.id])[measure.id].comment)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("rapportera", "Maja Ekvall"),
        ("rapportera FAR-011", "Maja Ekvall"),
        ("report", "Eva Nordin"),
    ],
)
def test_the_form_for_a_report_opens_from_a_line(installed: Stage, line: str, name: str) -> None:
    installed.member(name).commands(line)
    assert opened(installed)["callback_id"] == "report"


@pytest.mark.parametrize(
    ("name", "action", "value"),
    [
        ("Maja Ekvall", "report.mine", ""),
        ("Maja Ekvall", "report.open", "FAR-011"),
        ("Karim Haddad", "checkin.delayed", "FAR-014"),
        ("Karim Haddad", "checkin.help", "FAR-014"),
        ("Eva Nordin", "survey.make", ""),
    ],
)
def test_a_button_opens_its_form(installed: Stage, name: str, action: str, value: str) -> None:
    installed.member(name).presses(action, value)
    assert opened(installed)["blocks"]


def test_every_open_survey_opens_as_a_form(installed: Stage) -> None:
    maja = installed.member("Maja Ekvall")
    with installed.bot.database.read() as session:
        codes = session.scalars(select(Survey.code)).all()
    for code in codes:
        maja.presses("survey.answer", code)
    opened(installed)
    assert all(call.answer["ok"] for call in installed.door.called("views.open"))


def test_a_filled_in_form_comes_back_and_its_confirmation_is_for_the_member_alone(
    installed: Stage,
) -> None:
    karim = installed.member("Karim Haddad")
    karim.presses("checkin.delayed", "FAR-014")
    obstacle = {"obstacle": {"obstacle": {"type": "plain_text_input", "value": "Stolparna dröjer"}}}
    assert karim.sends(opened(installed), obstacle) == {"response_action": "clear"}
    with installed.bot.database.read() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-014")).one()
        assert current_reports(session, [measure.id])[measure.id].obstacle == "Stolparna dröjer"
    told = installed.door.called("chat.postEphemeral", 1)[0]
    assert (told.args["user"], told.args["channel"]) == (karim.user, installed.channel)
    assert told.answer["ok"]


def test_a_trigger_opens_one_form_and_a_second_says_that_it_came_too_late(
    installed: Stage,
) -> None:
    maja = installed.member("Maja Ekvall")
    trigger = maja.trigger()
    assert maja.commands("rapportera", trigger) == {}
    assert "hann inte öppnas" in str(maja.commands("rapportera", trigger))
    errors = [call.answer.get("error") for call in installed.door.called("views.open")]
    assert errors == [None, "exchanged_trigger_id"]


@pytest.mark.parametrize("name", ["Maja Ekvall", "Karim Haddad", "Eva Nordin", "Nils Okänd"])
def test_a_home_is_published_and_published_again_in_the_same_place(
    installed: Stage, name: str
) -> None:
    member = installed.member(name)
    for _ in range(2):
        member.event("app_home_opened", tab="home", channel="D1")
    first, again = installed.door.called("views.publish", 2)
    assert first.answer["ok"]
    assert first.answer["view"]["blocks"] == first.args["view"]["blocks"]
    assert first.answer["view"]["id"] == again.answer["view"]["id"]
    assert first.answer["view"]["hash"] != again.answer["view"]["hash"]


def test_the_home_shows_what_a_report_has_changed(installed: Stage) -> None:
    karim = installed.member("Karim Haddad")
    karim.event("app_home_opened", tab="home", channel="D1")
    karim.commands("rapportera JAR-005 pågår Belysningen är beställd")
    karim.event("app_home_opened", tab="home", channel="D1")
    before, after = installed.door.called("views.publish", 2)
    assert comment_of(installed, "JAR-005") == "Belysningen är beställd"
    assert before.answer["view"]["blocks"] != after.answer["view"]["blocks"]
