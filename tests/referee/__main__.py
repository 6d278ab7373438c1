"""`python -m tests.referee FILE`: how many of a file's cases hold, and what is not covered."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from tests.referee.adapter import FUNCTIONS
from tests.referee.not_covered import WHY
from tests.referee.verdict import Verdict, judge

CASES = Path(__file__).with_name("cases.json")


def main(
    file: Annotated[Path, typer.Argument(help="Cases as JSON: the file's own are cases.json.")],
) -> None:
    """Hold the statistics to cases from elsewhere; the exit code is 1 where one does not hold."""
    verdicts = [judge(case, FUNCTIONS) for case in read(file)]
    for line in report(verdicts):
        typer.echo(line)
    raise typer.Exit(int(any(each.is_covered and not each.holds for each in verdicts)))


def read(file: Path) -> list[dict[str, Any]]:
    """A file's cases; ends with a sentence where it is none."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        cases: list[dict[str, Any]] = found["cases"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        typer.echo(f"{file} is no file of referee cases: {error}.", err=True)
        raise typer.Exit(2) from error
    return cases


def report(verdicts: list[Verdict]) -> list[str]:
    """The topics with how many hold of those covered, what does not hold, and what is left out."""
    covered = [each for each in verdicts if each.is_covered]
    held = Counter(each.case["topic"] for each in covered if each.holds)
    lines = [
        f"{topic}: {held[topic]} of {number} hold"
        for topic, number in sorted(Counter(each.case["topic"] for each in covered).items())
    ]
    lines += [
        f"Does not hold: {each.name}: {'; '.join(each.faults)}" for each in covered if each.faults
    ]
    lines += [_left_out(each) for each in verdicts if not each.is_covered]
    lines.append(
        f"{held.total()} of {len(covered)} covered cases hold; "
        f"{len(verdicts) - len(covered)} of {len(verdicts)} are not covered."
    )
    return lines


def _left_out(verdict: Verdict) -> str:
    why = WHY.get(verdict.case["function"], "")
    return f"Not covered: {verdict.name}{f', since {why}' if why else ''}"


if __name__ == "__main__":
    typer.run(main)
