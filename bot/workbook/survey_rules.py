"""What must hold of a survey and its questions: whom it asks, when it comes, what has answers."""

from __future__ import annotations

from collections.abc import Iterator

from bot.workbook.columns import Row, folded
from bot.workbook.faults import Fault
from bot.workbook.known import Known
from models.groups import GroupKind, SeatRole
from models.surveys.question_bank import bank_question
from models.surveys.target import EVERY

ASKED = ("wording_sv", "wording_en", "scale", "choices_sv", "choices_en")
"""What a question asks, which nobody changes once somebody has answered it."""


def survey_faults(row: Row, known: Known) -> Iterator[Fault]:
    """The target is there, the waves fit, and counts from elsewhere come in pairs."""
    yield from _target(row, known)
    weeks, waves = row.values.get("repeat_weeks"), row.values.get("waves")
    if isinstance(weeks, int) and isinstance(waves, int) and (weeks > 0) != (waves > 1):
        yield Fault(row.at("waves"), "more than one wave where weeks lie between, else one")
    asked, answered = row.values.get("asked"), row.values.get("answered")
    if (asked is None) != (answered is None):
        column = "asked" if asked is None else "answered"
        yield Fault(row.at(column), "how many were asked and how many answered, or neither")
    elif isinstance(asked, int) and isinstance(answered, int) and answered > asked:
        yield Fault(row.at("answered"), "no more than were asked", str(answered))


def _target(row: Row, known: Known) -> Iterator[Fault]:
    every = {f"{EVERY}{kind.value}" for kind in GroupKind}
    for code in _words(row, "target_groups"):
        if code not in every and known.canonical("groups", code) is None:
            near = known.nearest("groups", code)
            yield Fault(row.at("target_groups"), "the code of a group", code, near)
    roles = {role.value for role in SeatRole}
    for role in _words(row, "target_roles"):
        if role not in roles:
            yield Fault(
                row.at("target_roles"),
                "one of {words}",
                role,
                values={"words": ", ".join(sorted(roles))},
            )


def _words(row: Row, column: str) -> tuple[str, ...]:
    found = row.values.get(column)
    return found if isinstance(found, tuple) else ()


def question_faults(row: Row, known: Known) -> Iterator[Fault]:
    """A question of the bank is one; and what has answers is asked as it was."""
    bank = row.values.get("bank")
    if isinstance(bank, str) and bank and bank_question(bank) is None:
        yield Fault(row.at("bank"), "the key of a question of the bank, or nothing", bank)
    held = known.stored.held("questions").get(row.key)
    if held is None or not _has_answers(row, known):
        return
    for column in ASKED:
        if column in row.values and row.values[column] != held.values[column]:
            yield Fault(
                row.at(column),
                "what was asked, since there are answers; word it anew in a wave that comes",
                str(row.values[column] or ""),
            )


def _has_answers(row: Row, known: Known) -> bool:
    survey = folded(row.values.get("survey"))
    return any(
        key[0] == survey and one.values["answered"]
        for key, one in known.stored.held("invitations").items()
    )
