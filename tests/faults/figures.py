"""The last measured figures, and the README's table that is made of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FIGURES = HERE / "figures.json"
README = HERE.parents[1] / "README.md"
BEGIN, END = "<!-- figures of make faults: begin -->", "<!-- figures of make faults: end -->"
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

Figures = Mapping[str, Mapping[str, Any]]
"""By trial what it came to, as numbers."""


@dataclass(frozen=True)
class Promise:
    """What is promised, the test of it (a file below `tests/` and a function), how it is told."""

    sentence: str
    test: str
    tell: Callable[[Figures], str]


def _of_kills(figures: Figures, *names: str) -> str:
    told = []
    for trial, where in (
        ("kills_sqlite", "SQLite"),
        ("kills_postgresql", "PostgreSQL"),
        ("replica_kills", "3 replicas"),
        ("commands_sqlite", "real commands, SQLite"),
        ("commands_postgresql", "real commands, PostgreSQL"),
    ):
        if found := figures.get(trial):
            words = ", ".join(f"{found[name]:,} {name.replace('_', ' ')}" for name in names)
            told.append(f"{where}: {words}")
    return "; ".join(told)


def _of_orphans(figures: Figures) -> str:
    return _of_kills(figures, "events", "orphans")


def _of_copies(figures: Figures) -> str:
    return "; ".join(
        f"{where}: {found['events']:,} × 8 copies, {found['questions']:,} effects"
        for kind, where in KINDS.items()
        if (found := figures.get(f"copies_{kind}"))
    )


def _of_year(figures: Figures) -> str:
    found = figures["year"]
    return (
        f"{found['schedules']:,} schedules in all zones × {found['weeks']} weeks: "
        f"{found['missed']} missed, {found['doubled']} doubled"
    )


def _of_ticks(figures: Figures) -> str:
    return "; ".join(
        f"{where}: {found['kills']} kills, all down {found['all_down']} times, "
        f"{found['fan_out']} of {found['expected']} digests, "
        f"{found['missed']} missed, {found['doubled']} doubled"
        for kind, where in KINDS.items()
        if (found := figures.get(f"ticks_{kind}"))
    )


def _of_pace(figures: Figures) -> str:
    found = figures["paced"]
    return (
        f"{found['messages']} messages by {found['workers']} workers at {found['rate']:.1f}/s: "
        f"{found['refused']} refusals, smallest gap in a channel {found['gap']:.2f} s"
    )


def _of_refusals(figures: Figures) -> str:
    found = figures["slowed"]
    return (
        f"{found['messages']} messages by {found['workers']} workers, "
        f"{found['refusals_of_channels']} refusals for channels and "
        f"{found['refusals_of_workspaces']} for the workspace: "
        f"{found['in_pause']} more before a pause ended"
    )


def _of_stops(figures: Figures) -> str:
    found = figures["paced"]
    return (
        f"a worker stopped among {found['messages']} messages ended with {found['status']}, "
        f"and {found['look_ups']} had to be looked for"
    )


def _of_crashes(figures: Figures) -> str:
    found = figures["crash"]
    return (
        f"{found['crashes']} crashes: {found['plain']} plain answers, "
        f"{found['sent_back']} events sent back, well again within {found['recovery']:.1f} s, "
        f"{found['lost']} lost, {found['doubled']} doubled of {found['messages']:,}"
    )


def _of_soak(figures: Figures) -> str:
    return "; ".join(
        f"{where}: {found['messages']:,} messages, 99 of 100 within {found['lag']:.1f} s, "
        + ", ".join(
            f"{found['before'][n]} → {found['after'][n]} {word}" for n, word in HELD.items()
        )
        for kind, where in KINDS.items()
        if (found := figures.get(f"soak_{kind}"))
    )


def _of_twins(figures: Figures) -> str:
    found = figures["twins"]
    return (
        f"{found['sequences']:,} sequences, {found['requests']:,} requests, "
        f"{found['changes']:,} changes: {found['differences']} differences in answers and in "
        f"{found['rows']:,} rows"
    )


def _of_calls(figures: Figures) -> str:
    return "; ".join(
        f"{where}: {found['calls']} calls broken one by one, {found['orphans']} orphans"
        for kind, where in KINDS.items()
        if (found := figures.get(f"nth_{kind}"))
    )


HELD = {
    "handles": "handles",
    "threads": "threads",
    "memory": "MB",
    "connections": "connections",
    "rows": "passing rows",
}
"""What a long run counts, and how it is told."""

EACH_TIME = "in each `make test`"

PACED = (
    "faults/test_limits.py::"
    "test_workers_share_a_pace_and_one_that_is_stopped_finishes_what_it_holds"
)
KILLED = "faults/test_killing.py::test_kill_9_loses_and_doubles_nothing_and_leaves_no_orphan"

PROMISES = (
    Promise(
        "No message is lost when a process is killed",
        KILLED,
        lambda found: _of_kills(found, "kills", "messages", "lost"),
    ),
    Promise(
        "None comes twice, and what nobody can tell is held",
        KILLED,
        lambda found: _of_kills(found, "doubled", "held", "look_ups"),
    ),
    Promise("A change and its messages are kept together or not at all", KILLED, _of_orphans),
    Promise(
        "An event has its effect once, however often it comes",
        "faults/test_copying.py::test_eight_copies_of_an_event_at_once_have_one_effect",
        _of_copies,
    ),
    Promise(
        "What is weekly happens once a week, in every zone, whatever clocks do",
        "faults/test_year.py::test_each_week_of_a_year_fires_once_in_many_zones",
        _of_year,
    ),
    Promise(
        "Replicas miss nothing and fire nothing twice",
        "faults/test_replicas.py::test_replicas_that_are_killed_miss_nothing_and_fire_nothing_twice",
        _of_ticks,
    ),
    Promise(
        "Slack's limits are kept, without being told by refusals",
        PACED,
        _of_pace,
    ),
    Promise(
        "After a refusal only what was under way is tried before its Retry-After ends",
        "bot/test_slowed.py::test_after_a_refusal_only_what_was_under_way_comes_before_its_end",
        _of_refusals,
    ),
    Promise("A stop (SIGTERM) finishes what is under way", PACED, _of_stops),
    Promise(
        "A database that crashes loses nothing, and members are told",
        "faults/test_crashing.py::test_a_crash_of_the_database_server_loses_nothing_and_members_are_told",
        _of_crashes,
    ),
    Promise(
        "Any statement, commit or call may fail",
        "faults/test_nth_call.py::test_a_report_and_a_question_are_kept_once_whatever_call_fails",
        _of_calls,
    ),
    Promise(
        "A long run holds on to nothing, and nothing waits beyond the pace",
        "faults/test_soak.py::test_rounds_of_sending_leave_no_handle_thread_or_row_behind",
        _of_soak,
    ),
    Promise(
        "SQLite and PostgreSQL answer and keep the same",
        "faults/test_twins.py::"
        "test_random_conversations_leave_the_same_answers_and_rows_on_both_databases",
        _of_twins,
    ),
    Promise(
        "The same key with other contents is refused",
        "handlers/test_router.py::test_another_body_under_the_same_event_is_refused_and_logged",
        lambda _: EACH_TIME,
    ),
    Promise(
        "A restored back-up says nothing again that Slack has got",
        "conversations/test_restored.py::"
        "test_what_slack_has_got_since_the_back_up_is_not_said_again",
        lambda _: EACH_TIME,
    ),
)
"""The promises in the order of the README's table."""


def read() -> dict[str, Any]:
    """The figures as they were last written, with the day."""
    found: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return found


def keep(figures: Figures, machine: str, day: date) -> None:
    """Adds figures to those that are kept, and writes the README's table anew."""
    known = read()["figures"] if FIGURES.exists() else {}
    kept = {"day": str(day), "machine": machine, "figures": {**known, **figures}}
    FIGURES.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{table(kept)}{END}{after}", encoding="utf-8")


def table(kept: Mapping[str, Any]) -> str:
    """The table in Markdown: each promise, its test, and the last measured figures."""
    rows = [(each.sentence, f"`{each.test}`", _told(each, kept)) for each in PROMISES]
    heads = ("what we promise", "its test in `tests/`", "last measured")
    lines = ["| " + " | ".join(row) + " |" for row in (heads, ("---",) * 3, *rows)]
    when = f"Measured by `make faults` on {kept['day']}, {kept['machine']}."
    return "\n".join([*lines, "", when, ""])


def _told(promise: Promise, kept: Mapping[str, Any]) -> str:
    try:
        return promise.tell(kept["figures"]) or NOT_RUN
    except KeyError:
        return NOT_RUN


NOT_RUN = "not yet measured"
