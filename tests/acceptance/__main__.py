"""Run by `make acceptance`: prints each figure beside its goal; ends with 1 if one is missed."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tests.acceptance.figure import Size
from tests.acceptance.parts import PARTS


def main(
    small: Annotated[bool, typer.Option(help="As little as in the tests.")] = False,
    only: Annotated[str, typer.Option(help="One part by its name.")] = "",
) -> None:
    """Measure the statistics' acceptance figures by enumeration and simulation."""
    console, missed = Console(), 0
    table = Table("Figure", "Value", "Goal", "Reached", title="Acceptance figures")
    for name, measure in PARTS.items():
        if only in ("", name):
            console.print(f"Measuring {name} …")
            for figure in measure(Size.SMALL if small else Size.FULL):
                missed += not figure.is_reached
                reached = "yes" if figure.is_reached else "NO"
                table.add_row(figure.name, f"{figure.value:.4g}", figure.goal, reached)
    console.print(table)
    raise typer.Exit(int(missed > 0))


if __name__ == "__main__":
    typer.run(main)
