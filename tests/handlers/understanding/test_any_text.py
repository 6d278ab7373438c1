"""What holds for every text, also for those that nobody has thought of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.understanding import Intent, Registry, Understanding, understand
from tests.handlers.understanding.utterances import utterances

ON = date(2024, 5, 15)
ACTING = ("measure", "status", "percent", "comment", "language")
WORDS = sorted({word for each in utterances() for word in each.line.split()})
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
relaxed = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(text=TEXTS)
def test_any_text_is_understood_or_not_but_never_an_error(registry: Registry, text: str) -> None:
    assert isinstance(understand(text, registry, ON), Understanding)


@relaxed
@given(text=TEXTS)
def test_what_is_not_understood_carries_nothing_that_acts(registry: Registry, text: str) -> None:
    wish = understand(text, registry, ON)
    if wish.intent is Intent.UNKNOWN:
        assert wish.explain() == {"intent": "unknown"}
    if wish.intent is not Intent.REPORT:
        assert wish.percent is None
        assert wish.comment is None


@relaxed
@given(text=TEXTS, blank=st.sampled_from([" ", "\n", "\u00a0", "\u2009"]))
def test_blanks_around_a_line_change_nothing(registry: Registry, text: str, blank: str) -> None:
    assert understand(blank + text + blank, registry, ON) == understand(text, registry, ON)


@relaxed
@given(text=TEXTS)
def test_an_explanation_says_only_what_is_there(registry: Registry, text: str) -> None:
    told = understand(text, registry, ON).explain()
    assert None not in told.values()
    assert not set(told) & Understanding.UNEXPLAINED


@relaxed
@given(prose=st.lists(st.sampled_from(["igår", "sa", "någon"]), min_size=2, max_size=5))
def test_an_id_in_the_middle_of_prose_reports_nothing(registry: Registry, prose: list[str]) -> None:
    line = " ".join([*prose, "BRO-003", "var", "klar"])
    assert understand(line, registry, ON).intent is not Intent.REPORT
