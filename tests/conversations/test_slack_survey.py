"""Answering a short survey on Slack, and when its results are shown."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.publishing.closing import Closing
from bot.timetable import begin, tick
from models.surveys.survey import Invitation, Survey
from tests.conversations.slack_stage import MONDAY, Bot
from tests.presses import PressHere
from tests.slack.fake import FakeSlack, Person, Room
from tests.slack.records import View
from tests.stores import BOTH_STORES

TITLE = "Läget i Farsta inför sommaren"


def filled(form: View) -> dict[str, str]:
    """An answer to every question: the first choice, or the number three."""
    answers = {}
    for block in form.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        options = element.get("options")
        answers[block["label"]["text"]] = options[0]["text"]["text"] if options else "3"
    return answers


@BOTH_STORES
def test_a_survey_is_answered_in_a_form_once_for_each_member(
    bot: Bot, maja: Person, farsta: Room
) -> None:
    waiting = maja.command("/samverkan", "enkät", farsta).message
    assert TITLE in waiting.plain
    form = maja.presses("Svara", waiting).view
    done = maja.fills(form, filled(form)).submit()
    assert done.closed
    assert "sparat" in done.message.plain
    again = maja.command("/samverkan", "enkät", farsta)
    assert "Ingen enkät väntar på ditt svar." in again.text
    assert "Svara" not in again.message.buttons
    assert "Ändra mitt svar" in again.message.buttons
    with bot.database.read() as session:
        invited = session.scalars(
            select(Invitation).join(Survey).where(Survey.title_sv == TITLE)
        ).all()
    assert [one.answered for one in invited].count(True) >= 1


def test_an_answer_can_be_changed_until_the_survey_closes(bot: Bot, maja: Person) -> None:
    form = maja.presses("Svara", maja.command("/samverkan", "enkät").message).view
    thanks = maja.fills(form, filled(form)).submit().message
    again = maja.presses("Ändra mitt svar", thanks).view
    assert maja.fills(again, filled(again)).submit().closed


def test_nothing_is_shown_while_the_survey_is_open(bot: Bot, maja: Person) -> None:
    text = maja.command("/samverkan", f"resultat {TITLE}").text
    assert "%" not in text
    assert " av de " not in text


def test_a_survey_that_has_closed_takes_no_more_answers(bot: Bot, maja: Person) -> None:
    form = maja.presses("Svara", maja.command("/samverkan", "enkät").message).view
    answers = filled(form)
    bot.clock.move(timedelta(days=14))
    done = maja.fills(form, answers).submit()
    assert "stängt" in " ".join(done.errors.values())


def test_a_survey_that_waits_is_asked_in_a_direct_message(
    bot: Bot, slack: FakeSlack, maja: Person, farsta: Room
) -> None:
    maja.command("/samverkan", "min roll", farsta)
    begin(bot.database, MONDAY - timedelta(hours=1))
    tick(bot.database, bot.clock.now())
    bot.courier.wake()

    def asked() -> bool:
        posts = [post for post in slack.posts if post.channel == maja.dm.channel_id]
        return any(TITLE in post.plain and "Svara" in post.buttons for post in posts)

    assert slack.bell.wait(asked, 8)


def test_a_survey_is_made_in_slack_answered_closed_and_shown(
    bot: Bot, maja: Person, karim: Person
) -> None:
    form = maja.presses("Ny enkät", maja.command("/samverkan", "enkät").message).view
    made = maja.fills(
        form,
        {
            "Grupp": "Farsta lokala beredningsgrupp",
            "Vad handlar den om?": "Inför hösten",
            "Frågor": ["Vi har resurser för att genomföra våra åtgärder i tid."],
            "Sista dag att svara": "2024-06-17",
        },
    ).submit()
    assert "Enkäten E-2024-005 skickas ut" in made.message.plain
    begin(bot.database, bot.clock.now() - timedelta(minutes=1))
    tick(bot.database, bot.clock.now())

    waiting = karim.command("/samverkan", "enkät E-2024-005").message
    answer = karim.presses("Svara", waiting).view
    assert "Svaren är anonyma." in str(answer.blocks)
    assert karim.fills(answer, filled(answer)).submit().closed

    bot.clock.move(timedelta(days=8))
    tick(bot.database, bot.clock.now())
    Closing(bot.database, bot.desk.keys, PressHere()).publish_due(bot.clock.now())
    shown = maja.command("/samverkan", "resultat E-2024-005").message.plain
    assert "1 av 9 svarade." in shown
    assert "färre än 5 svar" in shown
