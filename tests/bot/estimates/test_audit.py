"""The audit finds what subtraction would give away, and coarsens no more than that."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.estimates.attacker import Attacker
from bot.estimates.audit import audit
from bot.estimates.effort import WAVE, Effort
from bot.estimates.program import Impossible, Program
from bot.estimates.space import Goal
from models.statistics.bands import Coarseness
from models.statistics.disclosure import (
    Atom,
    Cell,
    Figures,
    Order,
    Statement,
    statements,
    tale_of,
)
from models.statistics.telling import LIKERT, YES_NO, Frame, options
from models.surveys.survey import Sensitivity

FARSTA, BROMMA = "district:farsta", "district:bromma"


def atom(size: int, *waves: int, mark: str = FARSTA) -> Atom:
    return Atom(frozenset({mark}), frozenset(waves), size)


def order(
    atoms: tuple[Atom, ...],
    *figures: Figures,
    earlier: tuple[Statement, ...] = (),
    frame: Frame = YES_NO,
) -> Order:
    return Order(frame, Sensitivity.INTERNAL, atoms, figures, earlier)


def published(figures: Figures, frame: Frame = YES_NO) -> tuple[Statement, ...]:
    """What a cell told in an earlier wave, as finely as it may alone."""
    alone = Order(frame, Sensitivity.INTERNAL, (), (figures,))
    return statements(frame, figures, tale_of(alone, figures, Coarseness.EXACT))


def steps(audited: Order) -> list[Coarseness]:
    return [release.coarseness for release in audit(audited).releases]


def test_one_who_joined_between_two_waves_is_not_told_by_the_difference() -> None:
    earlier = published(Figures(Cell(1, FARSTA), (4, 4)))
    atoms = (atom(8, 1, 2), atom(1, 2))
    joined = order(atoms, Figures(Cell(2, FARSTA), (4, 5)), earlier=earlier)
    assert steps(joined) == [Coarseness.THIRDS]


def test_one_who_left_between_two_waves_is_not_told_either() -> None:
    earlier = published(Figures(Cell(1, FARSTA), (4, 5)))
    left = order((atom(8, 1, 2), atom(1, 1)), Figures(Cell(2, FARSTA), (4, 4)), earlier=earlier)
    assert steps(left) == [Coarseness.THIRDS]


def test_the_same_persons_twice_are_told_twice() -> None:
    earlier = published(Figures(Cell(1, FARSTA), (4, 4)))
    again = order((atom(8, 1, 2),), Figures(Cell(2, FARSTA), (4, 4)), earlier=earlier)
    assert steps(again) == [Coarseness.EXACT]


def test_answers_that_changed_are_held_against_the_waves_that_still_fit() -> None:
    earlier = published(Figures(Cell(1, FARSTA), (3, 5)))
    changed = order((atom(8, 1, 2),), Figures(Cell(2, FARSTA), (5, 3)), earlier=earlier)
    assert steps(changed) == [Coarseness.EXACT]


def test_a_small_district_is_not_told_by_the_city_less_the_others() -> None:
    atoms = (atom(2, 1), atom(9, 1, mark=BROMMA))
    figures = (
        Figures(Cell(1, FARSTA), (0, 2)),
        Figures(Cell(1, BROMMA), (5, 4)),
        Figures(Cell(1), (5, 6), rank=1),
    )
    assert steps(order(atoms, *figures)) == [Coarseness.EXACT, Coarseness.HIDDEN, Coarseness.EXACT]


def test_a_member_who_knows_the_own_answer_does_not_learn_the_neighbours() -> None:
    earlier = published(Figures(Cell(1, FARSTA), (4, 4)))
    two_joined = order(
        (atom(8, 1, 2), atom(2, 2)), Figures(Cell(2, FARSTA), (5, 5)), earlier=earlier
    )
    outside = Attacker.of(two_joined.atoms, [], _goals(two_joined.atoms), 2, Effort(WAVE))
    assert outside.unreached((*earlier, *published(two_joined.figures[0]))) == frozenset()
    assert steps(two_joined) == [Coarseness.THIRDS]


def test_answers_that_changed_before_do_not_stop_the_audit_of_what_a_member_learns() -> None:
    earlier = (
        *published(Figures(Cell(1, FARSTA), (4, 4))),
        *published(Figures(Cell(2, FARSTA), (5, 3))),
        *published(Figures(Cell(2, BROMMA), (4, 4))),
    )
    atoms = (atom(8, 1, 2, 3), atom(8, 2, 3, mark=BROMMA), atom(2, 3, mark=BROMMA))
    figures = (Figures(Cell(3, FARSTA), (4, 4)), Figures(Cell(3, BROMMA), (5, 5)))
    changed = order(atoms, *figures, earlier=earlier)
    assert steps(changed) == [Coarseness.EXACT, Coarseness.THIRDS]


def test_open_facts_are_not_confidential() -> None:
    alike = Order(YES_NO, Sensitivity.OPEN, (atom(3, 1),), (Figures(Cell(1, FARSTA), (0, 3)),))
    assert steps(alike) == [Coarseness.EXACT]


def _goals(atoms: tuple[Atom, ...]) -> list[Goal]:
    return [Goal(each, frozenset({1}), not_all) for each in atoms for not_all in (False, True)]


def test_a_mean_that_says_that_all_agree_is_left_out() -> None:
    unanimous = order((atom(12, 1),), Figures(Cell(1, FARSTA), (0, 0, 0, 0, 12)), frame=LIKERT)
    assert steps(unanimous) == [Coarseness.SHARE]


def test_a_mean_that_gives_nobody_away_stays() -> None:
    mixed = order((atom(12, 1),), Figures(Cell(1, FARSTA), (1, 2, 3, 4, 2)), frame=LIKERT)
    assert steps(mixed) == [Coarseness.EXACT]


def test_who_gave_no_answer_is_room_for_doubt_and_is_counted() -> None:
    earlier = published(Figures(Cell(1, FARSTA), (4, 4)))
    atoms = (atom(8, 1, 2), atom(2, 2))
    silent = order(atoms, Figures(Cell(2, FARSTA), (4, 5), unanswered=1), earlier=earlier)
    assert steps(silent) == [Coarseness.HIDDEN]


def test_what_was_given_away_before_does_not_hide_the_new_wave() -> None:
    joined = Statement(Cell(2, FARSTA), (0, 1), 5, 5)
    earlier = (*published(Figures(Cell(1, FARSTA), (4, 4))), joined)
    atoms = (atom(8, 1, 2, 3), atom(1, 2, 3))
    after = order(atoms, Figures(Cell(3, FARSTA), (4, 5)), earlier=earlier)
    assert steps(after) == [Coarseness.EXACT]


def test_a_choice_is_audited_by_option() -> None:
    earlier = published(Figures(Cell(1, FARSTA), (4, 4, 4)), options(3))
    atoms = (atom(12, 1, 2), atom(1, 2))
    joined = order(atoms, Figures(Cell(2, FARSTA), (4, 5, 4)), earlier=earlier, frame=options(3))
    assert steps(joined) != [Coarseness.EXACT]


ATOMS = st.lists(
    st.tuples(st.sampled_from([FARSTA, BROMMA]), st.sampled_from([(1,), (2,), (1, 2)])),
    min_size=1,
    max_size=5,
    unique=True,
)


@settings(max_examples=40, deadline=None)
@given(ATOMS, st.sampled_from([2, 3]), st.data())
def test_the_program_agrees_with_trying_everything(
    kinds: list[tuple[str, tuple[int, ...]]], answers: int, data: st.DataObject
) -> None:
    sizes = st.integers(1, 3 if answers == 2 else 2)
    atoms = [atom(data.draw(sizes), *waves, mark=mark) for mark, waves in kinds]
    cells = [Cell(wave, mark) for wave in (1, 2) for mark in (FARSTA, BROMMA, "")]
    told = [
        Statement(cell, (*(0,) * (answers - 1), 1), least, least + data.draw(st.integers(0, 1)))
        for cell in data.draw(st.lists(st.sampled_from(cells), unique=True))
        for least in [data.draw(st.integers(0, sum(a.size for a in atoms if cell.holds(a))))]
    ]
    last = frozenset({answers - 1})
    goals = {Goal(each, last, not_all) for each in atoms for not_all in (False, True)}
    try:
        found = Program.of(atoms, told, answers).never(goals)
    except Impossible:
        assert list(_fitting(atoms, told)) == []
        return
    fitting = list(_fitting(atoms, told))
    for goal in goals:
        place, size = atoms.index(goal.atom), goal.atom.size
        reached = {(size - counts[place]) if goal.not_all else counts[place] for counts in fitting}
        assert (max(reached) == 0) == (goal in found)


def _fitting(atoms: list[Atom], told: list[Statement]) -> list[tuple[int, ...]]:
    """Every way in which the atoms' persons may have given the last answer."""
    ways = product(*(range(each.size + 1) for each in atoms))
    return [
        way
        for way in ways
        if all(
            s.least <= sum(n for n, a in zip(way, atoms, strict=True) if s.cell.holds(a)) <= s.most
            for s in told
        )
    ]


@pytest.mark.parametrize("sensitivity", list(Sensitivity))
def test_the_same_order_has_the_same_answer(sensitivity: Sensitivity) -> None:
    atoms = (atom(2, 1), atom(9, 1, mark=BROMMA))
    figures = (Figures(Cell(1, BROMMA), (5, 4)), Figures(Cell(1), (5, 6), rank=1))
    asked = Order(YES_NO, sensitivity, atoms, figures)
    assert audit(asked) == audit(asked)


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (WAVE, [Coarseness.EXACT, Coarseness.EXACT]),
        (0, [Coarseness.HIDDEN, Coarseness.HIDDEN]),
    ],
    ids=["with work enough", "without any"],
)
def test_what_was_not_looked_at_is_not_told(work: int, told: list[Coarseness]) -> None:
    figures = (Figures(Cell(1, FARSTA), (5, 4)), Figures(Cell(1), (5, 4), rank=1))
    outcome = audit(order((atom(9, 1),), *figures), work)
    assert [release.coarseness for release in outcome.releases] == told
    assert outcome.is_cut_short == (work == 0)
