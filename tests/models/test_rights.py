"""The table of role and action, written out once more so that no right comes unnoticed."""

import pytest

from models.rights import RIGHTS, Action, Role, may

READING = {
    Action.LOOK_UP,
    Action.SEE_MEASURES,
    Action.SEE_MEETINGS,
    Action.SEE_DIGEST,
    Action.SEE_INDICATORS,
    Action.SEE_RESULT,
}
MEMBER = READING | {
    Action.ANSWER_SURVEY,
    Action.CHANGE_OWN_SETTINGS,
    Action.SHARE,
    Action.ASK,
    Action.FOLLOW,
    Action.PROPOSE_SOURCE,
}
SEATS = {Action.CHANGE_SEATS, Action.REQUEST_SEAT, Action.SET_INVOLVEMENT, Action.SEE_HISTORY}
CHAIN = {Action.CHANGE_CHAIN, Action.CHANGE_MEASURES, Action.TAKE_OVER}
SENSITIVE = Action.SEE_SENSITIVE_RESULT
LEADING = MEMBER | {Action.REPORT, Action.UNDO_REPORT, Action.MAKE_SURVEY} | SEATS | CHAIN
LEADING |= {SENSITIVE, Action.CHANGE_MEETINGS, Action.SET_ABSENCE, Action.DECIDE_SOURCE}
LEADING |= {
    Action.WRITE_DECISIONS,
    Action.REGISTER_DECISIONS,
    Action.SEE_RESTRICTED,
    Action.SET_DIGEST,
}
EXPECTED = {
    Role.GUEST: set(),
    Role.MEMBER: MEMBER,
    Role.COLLEAGUE: MEMBER
    | {Action.REPORT, Action.REQUEST_SEAT, Action.TAKE_OVER, SENSITIVE, Action.SEE_RESTRICTED},
    Role.OWNER: MEMBER | {Action.REPORT, Action.UNDO_REPORT},
    Role.SECRETARY: LEADING,
    Role.CHAIR: LEADING | {Action.APPROVE_SEAT},
    Role.COORDINATOR: LEADING
    | {Action.LINK, Action.MERGE_PEOPLE, Action.DECIDE_DELIVERY, Action.SEE_DELIVERIES},
    Role.REGISTRAR: MEMBER
    | {Action.SEE_HISTORY, SENSITIVE, Action.SEE_RESTRICTED, Action.REGISTER_DECISIONS},
    Role.OPERATOR: READING | {Action.SEE_HISTORY, Action.SEE_DELIVERIES, SENSITIVE},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_every_role_may_what_the_table_says_and_no_more(role: Role, action: Action) -> None:
    assert may({role}, action) == (action in EXPECTED[role])


def test_nobody_at_all_may_nothing() -> None:
    assert not any(may(set(), action) for action in Action)


def test_the_table_names_every_role() -> None:
    assert set(RIGHTS) == set(Role)
