"""Which handler answers what: commands by intent, forms by name, buttons by action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from handlers import absence, choices, digest, digest_settings, home, letters, link, merge, settings
from handlers.chain import (
    approving,
    card,
    linked,
    linking,
    making,
    removing,
    saving,
    submitting,
    waiting,
)
from handlers.decisions import answers as decided
from handlers.decisions import listing as decision_listing
from handlers.decisions import point_list, point_writing
from handlers.decisions import writing as decision_writing
from handlers.delivery import held, letters_off, mail
from handlers.delivery.overview import deliveries, reach_page
from handlers.files import command as files
from handlers.help import help_, not_understood
from handlers.indicators import card as indicator_card
from handlers.indicators import file as indicator_file
from handlers.indicators import method as indicator_method
from handlers.indicators import model as indicator_model
from handlers.indicators import overview as indicator_overview
from handlers.indicators import theme as indicator_theme
from handlers.inputs import collecting as input_collecting
from handlers.inputs import giving as input_giving
from handlers.inputs import noting as input_noting
from handlers.inputs import opening as input_opening
from handlers.inputs import settling as input_settling
from handlers.measures import change as measure_change
from handlers.measures import change_owner as measure_owner
from handlers.measures import change_undo as measure_undo
from handlers.measures import (
    checkin,
    follow,
    listing,
    question,
    report,
    report_form,
    timeline,
    undo,
    why,
)
from handlers.measures import files as measure_files
from handlers.measures import funding as measure_funding
from handlers.measures import funding_file as measure_funding_file
from handlers.measures import make as measure_make
from handlers.measures import plan as measure_plan
from handlers.measures.over_time import show_timeline
from handlers.measures.status_grid import show_grid
from handlers.meetings import attending as meeting_attending
from handlers.meetings import card as meeting_card
from handlers.meetings import changing as meeting_changing
from handlers.meetings import feed as meeting_feed
from handlers.meetings import listing as meetings
from handlers.meetings import noting as meeting_noting
from handlers.meetings import planning as meeting_planning
from handlers.representation import (
    coverage,
    involvement,
    involvement_form,
    involvement_told,
    involvement_undo,
    matrix_picture,
    my_role,
    who,
)
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.results import chart as result_chart
from handlers.results import finding as result_finding
from handlers.results import method as result_method
from handlers.results import table as result_table
from handlers.seats import changes as seat_changes
from handlers.seats import co_opt, co_opt_answer, co_opt_list
from handlers.seats import menu as seat_menu
from handlers.seats import opening as seat_opening
from handlers.seats import saving as seat_saving
from handlers.seats import undoing as seat_undoing
from handlers.sources import catalogue as source_catalogue
from handlers.sources import deciding as source_deciding
from handlers.sources import file as source_file
from handlers.sources import proposing as source_proposing
from handlers.surveys import answer as survey
from handlers.surveys import make as survey_make
from handlers.surveys import manage as survey_manage
from handlers.surveys import names as survey_names
from handlers.understanding import Intent, Understanding
from handlers.visit import Visit
from handlers.year import view as year_view
from models.message import Reply
from models.seats.changes import ChangeKind

Asked = TypeVar("Asked", Understanding, FormSubmitted, ButtonPressed)


@dataclass(frozen=True)
class Service(Generic[Asked]):
    """A handler, whether it may change something, and whether its contents leave no hash."""

    handler: Callable[[Visit, Asked], Reply]
    writes: bool = False
    private: bool = False


COMMANDS: dict[Intent, Service[Understanding]] = {
    Intent.HOME: Service(home.home),
    Intent.HELP: Service(help_),
    Intent.REPRESENTATION: Service(who.who),
    Intent.COVERAGE: Service(coverage.coverage),
    Intent.MY_ROLE: Service(my_role.my_role),
    Intent.MEASURES: Service(listing.measures),
    Intent.REPORT: Service(report.report, writes=True),
    Intent.FOLLOW: Service(follow.follow, writes=True),
    Intent.QUESTION: Service(question.question, writes=True),
    Intent.TIMELINE: Service(timeline.timeline),
    Intent.MEASURE_NEW: Service(measure_make.make),
    Intent.MEASURE_CHANGE: Service(measure_change.change),
    Intent.FUNDING: Service(measure_funding.funding),
    Intent.WHY: Service(why.why),
    Intent.PLAN: Service(measure_plan.plan),
    Intent.MEETINGS: Service(meetings.meetings),
    Intent.MEETING_NEW: Service(meeting_planning.plan_meeting),
    Intent.MEETING_CHANGE: Service(meeting_changing.change_meeting),
    Intent.INPUTS: Service(input_giving.inputs),
    Intent.CALENDAR: Service(meeting_feed.subscribe, writes=True),
    Intent.YEAR: Service(year_view.year),
    Intent.DECISIONS: Service(decision_listing.decisions),
    Intent.DECISION_NEW: Service(decision_writing.write_decision),
    Intent.ACTION_POINTS: Service(point_list.action_points),
    Intent.POINT_NEW: Service(point_writing.write_point),
    Intent.DIGEST: Service(digest.digest),
    Intent.SURVEY: Service(survey.survey),
    Intent.SURVEY_RESULT: Service(result_finding.survey_result),
    Intent.INDICATOR: Service(indicator_card.indicator),
    Intent.DATA_SOURCES: Service(source_catalogue.data_sources, writes=True),
    Intent.SETTINGS: Service(settings.settings, writes=True),
    Intent.ABSENCE: Service(absence.absence, writes=True),
    Intent.LINK: Service(link.link, writes=True),
    Intent.APPOINT: Service(seat_opening.opening(ChangeKind.APPOINTED)),
    Intent.REPLACE_SEAT: Service(seat_opening.opening(ChangeKind.REPLACED)),
    Intent.END_SEAT: Service(seat_opening.opening(ChangeKind.ENDED)),
    Intent.DEPUTISE: Service(seat_opening.opening(ChangeKind.DEPUTY_NAMED)),
    Intent.CO_OPT: Service(co_opt.co_opt),
    Intent.SEAT_CHANGES: Service(seat_changes.seat_changes),
    Intent.INVOLVEMENT: Service(involvement.involvement),
    Intent.MERGE: Service(merge.merge_people),
    Intent.CHAIN: Service(card.chain),
    Intent.APPROVALS: Service(waiting.approvals),
    Intent.DELIVERIES: Service(deliveries),
    Intent.UNKNOWN: Service(not_understood),
}

FORMS: dict[str, Service[FormSubmitted]] = {
    "settings.hour": Service(settings.set_hour, writes=True),
    "digest.set": Service(digest_settings.submitted, writes=True),
    "absence.set": Service(absence.submitted, writes=True),
    "report": Service(report.report_submitted, writes=True),
    "meeting.note": Service(meeting_noting.noted, writes=True),
    "input.open": Service(input_opening.opened, writes=True),
    "input.give": Service(input_giving.given, writes=True),
    "input.note": Service(input_noting.noted, writes=True),
    "input.settle": Service(input_settling.settled, writes=True),
    "meeting.plan": Service(meeting_planning.planned, writes=True),
    "meeting.change": Service(meeting_changing.changed, writes=True),
    "measure.make": Service(measure_make.made, writes=True),
    "measure.basics": Service(measure_change.saving("measure.basics"), writes=True),
    "measure.more": Service(measure_change.saving("measure.more"), writes=True),
    "measure.owner": Service(measure_owner.taken_over, writes=True),
    "question.ask": Service(question.question_asked, writes=True),
    "question.answer": Service(question.answer_given, writes=True),
    "survey.answer": Service(survey.answer_submitted, writes=True, private=True),
    "survey.make": Service(survey_make.survey_made, writes=True),
    "survey.question": Service(survey_manage.question_changed, writes=True),
    "involvement.set": Service(involvement_form.submitted, writes=True),
    "merge.choose": Service(merge.chosen),
    "merge.confirm": Service(merge.confirmed, writes=True),
    "co_opt.ask": Service(co_opt.asked, writes=True),
    "co_opt.decline": Service(co_opt_answer.declined, writes=True),
    "seats.appoint": Service(seat_saving.saving(ChangeKind.APPOINTED), writes=True),
    "seats.replace": Service(seat_saving.saving(ChangeKind.REPLACED), writes=True),
    "seats.end": Service(seat_saving.saving(ChangeKind.ENDED), writes=True),
    "seats.deputise": Service(seat_saving.saving(ChangeKind.DEPUTY_NAMED), writes=True),
    "approval.propose": Service(approving.proposed, writes=True),
    "chain.save": Service(saving.saved, writes=True),
    "chain.link": Service(linked.links_saved, writes=True),
    "source.propose": Service(source_proposing.proposal_submitted, writes=True),
    "source.describe": Service(source_proposing.described, writes=True),
    "source.decide": Service(source_deciding.decision_submitted, writes=True),
    "mail.withdraw": Service(mail.withdrawn, writes=True),
    "mail.resume": Service(letters_off.resumed, writes=True),
    "chain.remove": Service(removing.submitted, writes=True),
    **{name: Service(handler, writes=True) for name, handler in checkin.FORMS.items()},
    **{name: Service(handler, writes=True) for name, handler in decided.FORMS.items()},
}

BUTTONS: dict[str, Service[ButtonPressed]] = {
    choices.TAKEN_BACK: Service(choices.taken_back),
    "report.mine": Service(report_form.open_mine),
    "report.open": Service(report_form.open_one),
    "report.among": Service(listing.report_among),
    "question.ask": Service(question.open_question),
    "question.among": Service(question.open_among),
    "question.answer": Service(question.open_answer),
    "follow.start": Service(follow.start, writes=True),
    "follow.stop": Service(follow.stop, writes=True),
    "follow.list": Service(follow.show_list),
    "timeline.page": Service(timeline.timeline_page),
    "report.correct": Service(undo.correct_report),
    "report.undo": Service(undo.undo_report, writes=True),
    "who.group": Service(who.who_group),
    "who.person": Service(who.who_person),
    "who.seats": Service(who.who_seats),
    "representation.page": Service(coverage.coverage_page),
    "representation.picture": Service(matrix_picture.show_picture),
    "representation.file": Service(files.representation_file),
    "seats.files": Service(files.files_menu),
    "seats.file": Service(files.seats_file),
    "measure.show": Service(measure_change.show),
    "measure.new": Service(measure_make.open_new),
    "measure.change": Service(measure_change.open_change),
    "measure.more": Service(measure_change.open_more),
    "measure.owner": Service(measure_owner.who_takes_over),
    "measure.undo": Service(measure_undo.undo_change, writes=True),
    "funding.page": Service(measure_funding.funding_page),
    "funding.file": Service(measure_funding_file.funding_file),
    "measures.page": Service(listing.measures_page),
    "measures.group": Service(listing.measures_of_group),
    "measures.timeline": Service(show_timeline),
    "measures.grid": Service(show_grid),
    "measures.plan": Service(measure_plan.plan_button),
    "measures.files": Service(measure_files.files_menu),
    "measures.file": Service(measure_files.measures_file),
    "why": Service(why.why_button),
    "chain.page": Service(card.chain_page),
    "chain.show": Service(card.chain_card),
    "chain.form": Service(making.open_form),
    "chain.link": Service(linking.open_link),
    "chain.remove": Service(removing.open_removal),
    "meeting.show": Service(meeting_card.show),
    "meeting.new": Service(meeting_planning.open_plan),
    "meeting.change": Service(meeting_changing.open_change),
    "meeting.cancel": Service(meeting_changing.cancelled, writes=True),
    "meeting.cancel_series": Service(meeting_changing.series_cancelled, writes=True),
    "input.open": Service(input_opening.open_form),
    "input.show": Service(input_collecting.show),
    "input.give": Service(input_giving.open_give),
    "input.nothing": Service(input_giving.nothing, writes=True),
    "input.note": Service(input_noting.open_note),
    "input.settle": Service(input_settling.open_settle),
    "meeting.coming": Service(meeting_attending.coming, writes=True),
    "meeting.absent": Service(meeting_attending.absent, writes=True),
    "meeting.deputy": Service(meeting_attending.deputy, writes=True),
    "meeting.note": Service(meeting_noting.open_note),
    "meeting.reinstate": Service(meeting_changing.reinstated, writes=True),
    "calendar.open": Service(meeting_feed.open_calendar, writes=True),
    "calendar.year": Service(meeting_feed.open_year, writes=True),
    "year.show": Service(year_view.show),
    "year.turn": Service(year_view.turn),
    "year.which": Service(year_view.which),
    "calendar.renew": Service(meeting_feed.renew, writes=True),
    "calendar.stop": Service(meeting_feed.stop, writes=True),
    "approval.list": Service(waiting.waiting_page),
    "approval.show": Service(waiting.show),
    "approval.history": Service(waiting.show_history),
    "approval.submit": Service(submitting.submit_thing, writes=True),
    "approval.approve": Service(approving.approve_version, writes=True),
    "approval.propose": Service(approving.propose, writes=True),
    "deliveries.reach": Service(reach_page),
    "survey.answer": Service(survey.open_answer),
    "survey.make": Service(survey_make.make_survey),
    "survey.manage": Service(survey_manage.manage),
    "survey.names": Service(survey_names.names),
    "survey.question": Service(survey_manage.open_question),
    "survey.end": Service(survey_manage.end_series, writes=True),
    "survey.result": Service(result_finding.result_button),
    "result.method": Service(result_method.show_method),
    "result.table": Service(result_table.show_table),
    "result.file": Service(result_table.result_file),
    "result.picture": Service(result_chart.show_picture),
    "indicator.series": Service(indicator_card.show_series),
    "indicator.places": Service(indicator_overview.show_places),
    "indicator.picture": Service(indicator_overview.show_picture),
    "indicator.model": Service(indicator_model.show_model),
    "indicator.theme": Service(indicator_theme.show_theme),
    "indicator.method": Service(indicator_method.show_method),
    "indicator.file": Service(indicator_file.indicator_file),
    "source.list": Service(source_catalogue.list_page),
    "source.show": Service(source_catalogue.show),
    "source.file": Service(source_file.sources_file),
    "source.propose": Service(source_proposing.open_proposal),
    "source.describe": Service(source_proposing.open_description),
    "source.decide": Service(source_deciding.open_decision),
    "settings.change": Service(settings.change, writes=True),
    "letters.change": Service(letters.change, writes=True),
    "settings.hour": Service(settings.open_hour),
    "digest.open": Service(digest_settings.open_form),
    "digest.mine": Service(digest_settings.open_own),
    "digest.group": Service(digest_settings.open_group),
    "absence.open": Service(absence.open_form),
    "absence.off": Service(absence.off, writes=True),
    "involvement.page": Service(involvement.involvement_page),
    "involvement.change": Service(involvement_form.open_change),
    "involvement.undo": Service(involvement_undo.undo, writes=True),
    "co_opt.list": Service(co_opt_list.show_page),
    "co_opt.prolong": Service(co_opt.prolong),
    "co_opt.show": Service(co_opt_answer.show),
    "co_opt.approve": Service(co_opt_answer.approve, writes=True),
    "co_opt.decline": Service(co_opt_answer.decline),
    "co_opt.withdraw": Service(co_opt_answer.take_back, writes=True),
    "held.send": Service(held.send_held, writes=True),
    "held.drop": Service(held.drop_held, writes=True),
    "held.all.send": Service(held.send_all_held, writes=True),
    "held.all.drop": Service(held.drop_all_held, writes=True),
    "mail.withdraw": Service(mail.open_withdrawal),
    "mail.resume": Service(letters_off.open_form),
    "seats.menu": Service(seat_menu.seats_menu),
    "seats.open": Service(seat_opening.open_change),
    "seats.changes": Service(seat_changes.changes_button),
    "seats.undo": Service(seat_undoing.undo_change, writes=True),
    **{
        name: Service(handler, writes=name not in checkin.READING)
        for name, handler in checkin.BUTTONS.items()
    },
    **{
        name: Service(handler, writes=name in decided.WRITING)
        for name, handler in decided.BUTTONS.items()
    },
}

RECALL: dict[str, Callable[[Visit, str], Reply]] = {
    "report": report.recall_report,
    "undo": undo.recall_undo,
    "question": question.recall_question,
    "follow": follow.recall_follow,
    "unfollow": follow.recall_unfollow,
    "answer": question.recall_answer,
    "measure_changed": measure_undo.recall_changed,
    "measure_removed": measure_undo.recall_removed,
    "survey": survey.recall_answer,
    "made": survey_make.recall_made,
    "worded": survey_manage.recall_changed,
    "ended": survey_manage.recall_ended,
    "settings": settings.recall,
    "letters": letters.recall,
    "digest": digest_settings.recall,
    "meeting": meeting_planning.recall,
    "input": input_giving.recall,
    "inputs": input_collecting.recall,
    "meeting_answer": meeting_attending.recall,
    "calendar": meeting_feed.recall,
    "absence": absence.recall,
    "absence_off": absence.recall_off,
    "linked": link.recall,
    "involved": involvement_told.recall,
    "uninvolved": involvement_undo.recall_undone,
    "merged": merge.recall,
    "source": source_proposing.recall_source,
    "source_step": source_deciding.recall_decision,
    "seat_request": co_opt.recall_request,
    "seat_verdict": co_opt_answer.recall_answer,
    "seat_withdrawn": co_opt_answer.recall_withdrawal,
    "chain": saving.recall_saved,
    "chain_link": linked.recall_links,
    "chain_removed": removing.gone,
    "approval": approving.recall_approval,
    "proposal": approving.recall_proposal,
    "version": submitting.recall_version,
    "seats": seat_undoing.recall_change,
    "seats_undone": seat_undoing.recall_undone,
    "held": held.recall_decision,
    "held_all": held.recall_decisions,
    "links_withdrawn": mail.recall,
    "letters_on": letters_off.recall,
    **checkin.RECALL,
    **decided.RECALL,
}
"""How the reply to an event that was handled before is made again."""
