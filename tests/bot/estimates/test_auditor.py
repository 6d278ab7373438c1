"""Audits are done in a process that ends, and what goes wrong there says nothing of answers."""

import sys

import pytest
from structlog.testing import capture_logs

from bot.estimates.auditor import ProcessAuditor
from models.statistics.bands import Coarseness
from models.statistics.disclosure import Atom, CannotAudit, Cell, Figures, Order, Release
from models.statistics.telling import YES_NO
from models.surveys import Sensitivity

FARSTA = "district:farsta"
CELL = Cell(1, FARSTA)
ORDER = Order(
    YES_NO,
    Sensitivity.INTERNAL,
    (Atom(frozenset({FARSTA}), frozenset({1}), 9),),
    (Figures(CELL, (4, 5)),),
)


def test_an_audit_in_another_process_answers_each_order() -> None:
    released = ProcessAuditor().audit([ORDER, ORDER])
    assert released == ((Release(CELL, Coarseness.EXACT),),) * 2


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("import sys; sys.exit('4 of 9 said no')", "CalledProcessError"),
        ("import time; time.sleep(60)", "TimeoutExpired"),
    ],
)
def test_an_audit_that_fails_publishes_nothing_and_tells_no_answers(code: str, error: str) -> None:
    auditor = ProcessAuditor((sys.executable, "-c", code), seconds=0.5)
    with capture_logs() as logged, pytest.raises(CannotAudit):
        auditor.audit([ORDER])
    assert logged == [{"event": "audit_failed", "error": error, "log_level": "warning"}]
