"""Every command, form and button stands here with what it may do, so that none comes unnoticed."""

from __future__ import annotations

import pytest

from handlers.services import BUTTONS, COMMANDS, FORMS, RECALL
from handlers.understanding import Intent
from tests.conversations.talk import Talk

READS, WRITES = False, True
EXPECTED_COMMANDS = {
    Intent.HOME: READS,
    Intent.HELP: READS,
    Intent.REPRESENTATION: READS,
    Intent.COVERAGE: READS,
    Intent.MY_ROLE: READS,
    Intent.MEASURES: READS,
    Intent.REPORT: WRITES,
    Intent.FOLLOW: WRITES,
    Intent.QUESTION: WRITES,
    Intent.TIMELINE: READS,
    Intent.MEASURE_NEW: READS,
    Intent.MEASURE_CHANGE: READS,
    Intent.FUNDING: READS,
    Intent.WHY: READS,
    Intent.PLAN: READS,
    Intent.MEETINGS: READS,
    Intent.DECISIONS: READS,
    Intent.DECISION_NEW: READS,
    Intent.ACTION_POINTS: READS,
    Intent.POINT_NEW: READS,
    Intent.DIGEST: READS,
    Intent.SURVEY: READS,
    Intent.SURVEY_RESULT: READS,
    Intent.INDICATOR: READS,
    Intent.SETTINGS: WRITES,
    Intent.ABSENCE: WRITES,
    Intent.LINK: WRITES,
    Intent.APPOINT: READS,
    Intent.REPLACE_SEAT: READS,
    Intent.END_SEAT: READS,
    Intent.DEPUTISE: READS,
    Intent.CO_OPT: READS,
    Intent.SEAT_CHANGES: READS,
    Intent.INVOLVEMENT: READS,
    Intent.MERGE: READS,
    Intent.CHAIN: READS,
    Intent.APPROVALS: READS,
    Intent.DELIVERIES: READS,
    Intent.UNKNOWN: READS,
    Intent.MEETING_NEW: READS,
    Intent.MEETING_CHANGE: READS,
    Intent.INPUTS: READS,
    Intent.CALENDAR: WRITES,
    Intent.YEAR: READS,
    Intent.DATA_SOURCES: WRITES,
}
EXPECTED_FORMS = {
    "mail.resume": WRITES,
    "mail.withdraw": WRITES,
    "decision.write": WRITES,
    "decision.correct": WRITES,
    "decision.register": WRITES,
    "decision.ask": WRITES,
    "decision.answer": WRITES,
    "point.ask": WRITES,
    "point.answer": WRITES,
    "point.write": WRITES,
    "point.change": WRITES,
    "point.later": WRITES,
    "settings.hour": WRITES,
    "digest.set": WRITES,
    "absence.set": WRITES,
    "report": WRITES,
    "measure.make": WRITES,
    "measure.basics": WRITES,
    "measure.more": WRITES,
    "measure.owner": WRITES,
    "question.ask": WRITES,
    "question.answer": WRITES,
    "survey.answer": WRITES,
    "survey.make": WRITES,
    "involvement.set": WRITES,
    "merge.choose": READS,
    "merge.confirm": WRITES,
    "co_opt.ask": WRITES,
    "co_opt.decline": WRITES,
    "seats.appoint": WRITES,
    "seats.replace": WRITES,
    "seats.end": WRITES,
    "seats.deputise": WRITES,
    "approval.propose": WRITES,
    "chain.save": WRITES,
    "chain.link": WRITES,
    "chain.remove": WRITES,
    "checkin.hindered": WRITES,
    "checkin.later": WRITES,
    "checkin.hand_on": WRITES,
    "checkin.week": WRITES,
    "meeting.note": WRITES,
    "input.open": WRITES,
    "input.give": WRITES,
    "input.note": WRITES,
    "input.settle": WRITES,
    "meeting.plan": WRITES,
    "meeting.change": WRITES,
    "survey.question": WRITES,
    "source.propose": WRITES,
    "source.describe": WRITES,
    "source.decide": WRITES,
}
EXPECTED_BUTTONS = {
    "mail.resume": READS,
    "mail.withdraw": READS,
    "decision.ask": READS,
    "decision.answer": READS,
    "decision.concerning": READS,
    "decision.correct": READS,
    "decision.register": READS,
    "decision.show": READS,
    "decision.write": READS,
    "point.ask": READS,
    "point.answer": READS,
    "point.change": READS,
    "point.done": WRITES,
    "point.drop": WRITES,
    "point.keep": WRITES,
    "point.later": READS,
    "point.list": READS,
    "point.reopen": WRITES,
    "point.show": READS,
    "point.take": WRITES,
    "point.write": READS,
    "report.mine": READS,
    "report.open": READS,
    "report.among": READS,
    "question.ask": READS,
    "question.among": READS,
    "question.answer": READS,
    "follow.start": WRITES,
    "follow.stop": WRITES,
    "follow.list": READS,
    "timeline.page": READS,
    "report.correct": READS,
    "report.undo": WRITES,
    "who.group": READS,
    "who.person": READS,
    "who.seats": READS,
    "representation.page": READS,
    "representation.picture": READS,
    "representation.file": READS,
    "seats.files": READS,
    "seats.file": READS,
    "measure.show": READS,
    "measure.new": READS,
    "measure.change": READS,
    "measure.more": READS,
    "measure.owner": READS,
    "measure.undo": WRITES,
    "funding.page": READS,
    "funding.file": READS,
    "measures.page": READS,
    "measures.group": READS,
    "measures.timeline": READS,
    "measures.grid": READS,
    "measures.plan": READS,
    "measures.files": READS,
    "measures.file": READS,
    "why": READS,
    "chain.page": READS,
    "chain.show": READS,
    "chain.form": READS,
    "chain.link": READS,
    "chain.remove": READS,
    "approval.list": READS,
    "approval.show": READS,
    "approval.history": READS,
    "approval.submit": WRITES,
    "approval.approve": WRITES,
    "approval.propose": WRITES,
    "survey.answer": READS,
    "deliveries.reach": READS,
    "survey.make": READS,
    "survey.result": READS,
    "settings.change": WRITES,
    "letters.change": WRITES,
    "settings.hour": READS,
    "digest.open": READS,
    "digest.mine": READS,
    "digest.group": READS,
    "absence.open": READS,
    "absence.off": WRITES,
    "involvement.page": READS,
    "involvement.change": READS,
    "involvement.undo": WRITES,
    "co_opt.list": READS,
    "co_opt.prolong": READS,
    "co_opt.show": READS,
    "co_opt.approve": WRITES,
    "co_opt.decline": READS,
    "co_opt.withdraw": WRITES,
    "held.send": WRITES,
    "held.drop": WRITES,
    "held.all.send": WRITES,
    "held.all.drop": WRITES,
    "choice.none": READS,
    "seats.menu": READS,
    "seats.open": READS,
    "seats.changes": READS,
    "seats.undo": WRITES,
    "checkin.on_plan": WRITES,
    "checkin.delayed": READS,
    "checkin.done": WRITES,
    "checkin.help": READS,
    "checkin.later": READS,
    "checkin.hand_on": READS,
    "checkin.week": READS,
    "meeting.show": READS,
    "meeting.new": READS,
    "meeting.change": READS,
    "meeting.cancel": WRITES,
    "meeting.cancel_series": WRITES,
    "input.open": READS,
    "input.show": READS,
    "input.give": READS,
    "input.nothing": WRITES,
    "input.note": READS,
    "input.settle": READS,
    "meeting.coming": WRITES,
    "meeting.absent": WRITES,
    "meeting.deputy": WRITES,
    "meeting.note": READS,
    "meeting.reinstate": WRITES,
    "calendar.open": WRITES,
    "calendar.year": WRITES,
    "year.show": READS,
    "year.turn": READS,
    "year.which": READS,
    "calendar.renew": WRITES,
    "calendar.stop": WRITES,
    "survey.manage": READS,
    "survey.names": READS,
    "survey.question": READS,
    "survey.end": WRITES,
    "result.method": READS,
    "result.table": READS,
    "result.file": READS,
    "result.picture": READS,
    "indicator.series": READS,
    "indicator.places": READS,
    "indicator.picture": READS,
    "indicator.model": READS,
    "indicator.theme": READS,
    "indicator.method": READS,
    "indicator.file": READS,
    "source.list": READS,
    "source.show": READS,
    "source.file": READS,
    "source.propose": READS,
    "source.describe": READS,
    "source.decide": READS,
}


def test_every_command_is_known_and_so_is_whether_it_writes() -> None:
    assert {intent: service.writes for intent, service in COMMANDS.items()} == EXPECTED_COMMANDS


def test_every_intent_has_a_command() -> None:
    assert set(COMMANDS) == set(Intent)


def test_every_form_is_known_and_so_is_whether_it_writes() -> None:
    assert {name: service.writes for name, service in FORMS.items()} == EXPECTED_FORMS


def test_every_button_is_known_and_so_is_whether_it_writes() -> None:
    assert {name: service.writes for name, service in BUTTONS.items()} == EXPECTED_BUTTONS


def test_only_the_answers_of_surveys_are_private() -> None:
    assert [name for name, service in FORMS.items() if service.private] == ["survey.answer"]


RESULTS = """
report undo question follow unfollow answer measure_changed measure_removed survey made
letters letters_on settings absence absence_off linked involved uninvolved merged seat_request
seat_verdict decision_registered
seat_withdrawn chain chain_link chain_removed approval proposal version seats seats_undone
held held_all snooze handed_on hindered week worded ended meeting input inputs
meeting_answer calendar source source_step decision decision_corrected decision_question
decision_answer point point_question point_answer links_withdrawn digest
"""


def test_every_kind_of_result_can_be_told_again() -> None:
    assert set(RECALL) == set(RESULTS.split())


@pytest.mark.parametrize("action", [*EXPECTED_BUTTONS, "say", "share"])
def test_no_button_answers_a_stranger(shared_talk: Talk, action: str) -> None:
    stranger = shared_talk.member("nobody@example.com", passing=True)
    assert "Vi har inte setts förut" in stranger.sends_button(action, "FAR-011")


@pytest.mark.parametrize(
    "action", [name for name, writes in EXPECTED_BUTTONS.items() if writes is WRITES]
)
def test_no_writing_button_acts_for_the_operator(shared_talk: Talk, action: str) -> None:
    operator = shared_talk.member(None, operator=True, passing=True)
    told = operator.sends_button(action, "FAR-011" if action != "report.undo" else "1")
    assert "--as" in told
