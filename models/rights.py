"""Who may do what: one table of role and action; what it does not allow is forbidden."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a person is towards the thing in question.

    GUEST comes from another workspace or has no seat here. MEMBER works in an organisation of
    the cooperation. COLLEAGUE shares the group or the organisation of the measure. OWNER is the
    one responsible for it. SECRETARY and CHAIR hold that seat in the group. COORDINATOR and
    REGISTRAR are so for the whole cooperation. OPERATOR runs the installation from its console.
    """

    GUEST = "guest"
    MEMBER = "member"
    COLLEAGUE = "colleague"
    OWNER = "owner"
    SECRETARY = "secretary"
    CHAIR = "chair"
    COORDINATOR = "coordinator"
    REGISTRAR = "registrar"
    OPERATOR = "operator"


class Action(StrEnum):
    """What can be done."""

    LOOK_UP = "look_up"
    SEE_MEASURES = "see_measures"
    SEE_MEETINGS = "see_meetings"
    SEE_DIGEST = "see_digest"
    SEE_INDICATORS = "see_indicators"
    SEE_RESULT = "see_result"
    SEE_SENSITIVE_RESULT = "see_sensitive_result"
    REPORT = "report"
    UNDO_REPORT = "undo_report"
    ANSWER_SURVEY = "answer_survey"
    MAKE_SURVEY = "make_survey"
    CHANGE_OWN_SETTINGS = "change_own_settings"
    SHARE = "share"
    ASK = "ask"
    FOLLOW = "follow"
    LINK = "link"
    CHANGE_SEATS = "change_seats"
    REQUEST_SEAT = "request_seat"
    APPROVE_SEAT = "approve_seat"
    SET_INVOLVEMENT = "set_involvement"
    SEE_HISTORY = "see_history"
    SET_ABSENCE = "set_absence"
    MERGE_PEOPLE = "merge_people"
    CHANGE_CHAIN = "change_chain"
    CHANGE_MEASURES = "change_measures"
    CHANGE_MEETINGS = "change_meetings"
    WRITE_DECISIONS = "write_decisions"
    REGISTER_DECISIONS = "register_decisions"
    SEE_RESTRICTED = "see_restricted"
    TAKE_OVER = "take_over"
    DECIDE_DELIVERY = "decide_delivery"
    SEE_DELIVERIES = "see_deliveries"
    PROPOSE_SOURCE = "propose_source"
    DECIDE_SOURCE = "decide_source"
    SET_DIGEST = "set_digest"


_MEMBER = frozenset(
    {
        Action.LOOK_UP,
        Action.SEE_MEASURES,
        Action.SEE_MEETINGS,
        Action.SEE_DIGEST,
        Action.SEE_INDICATORS,
        Action.SEE_RESULT,
        Action.ANSWER_SURVEY,
        Action.CHANGE_OWN_SETTINGS,
        Action.SHARE,
        Action.ASK,
        Action.FOLLOW,
        Action.PROPOSE_SOURCE,
    }
)
_LEADING = _MEMBER | {
    Action.SEE_SENSITIVE_RESULT,
    Action.REPORT,
    Action.UNDO_REPORT,
    Action.MAKE_SURVEY,
    Action.CHANGE_SEATS,
    Action.REQUEST_SEAT,
    Action.SET_INVOLVEMENT,
    Action.SEE_HISTORY,
    Action.SET_ABSENCE,
    Action.CHANGE_CHAIN,
    Action.CHANGE_MEASURES,
    Action.CHANGE_MEETINGS,
    Action.WRITE_DECISIONS,
    Action.REGISTER_DECISIONS,
    Action.SEE_RESTRICTED,
    Action.TAKE_OVER,
    Action.DECIDE_SOURCE,
    Action.SET_DIGEST,
}

RIGHTS: dict[Role, frozenset[Action]] = {
    Role.GUEST: frozenset(),
    Role.MEMBER: _MEMBER,
    Role.COLLEAGUE: _MEMBER
    | {
        Action.REPORT,
        Action.REQUEST_SEAT,
        Action.TAKE_OVER,
        Action.SEE_SENSITIVE_RESULT,
        Action.SEE_RESTRICTED,
    },
    Role.OWNER: _MEMBER | {Action.REPORT, Action.UNDO_REPORT},
    Role.SECRETARY: _LEADING,
    Role.CHAIR: _LEADING | {Action.APPROVE_SEAT},
    Role.COORDINATOR: _LEADING
    | {Action.LINK, Action.MERGE_PEOPLE, Action.DECIDE_DELIVERY, Action.SEE_DELIVERIES},
    Role.REGISTRAR: _MEMBER
    | {
        Action.SEE_SENSITIVE_RESULT,
        Action.SEE_HISTORY,
        Action.SEE_RESTRICTED,
        Action.REGISTER_DECISIONS,
    },
    Role.OPERATOR: frozenset(
        {
            Action.LOOK_UP,
            Action.SEE_MEASURES,
            Action.SEE_MEETINGS,
            Action.SEE_DIGEST,
            Action.SEE_INDICATORS,
            Action.SEE_RESULT,
            Action.SEE_SENSITIVE_RESULT,
            Action.SEE_HISTORY,
            Action.SEE_DELIVERIES,
        }
    ),
}


def may(roles: Iterable[Role], action: Action) -> bool:
    """Whether any of the roles allows the action."""
    return any(action in RIGHTS[role] for role in roles)
