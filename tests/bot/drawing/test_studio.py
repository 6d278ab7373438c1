"""Pictures come from a process of their own, and a failure there is a named situation."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.drawing.studio import CannotDraw, Studio
from models.drawings import Mark
from tests.bot.drawing.matrices import alone, matrix


def python(program: str) -> tuple[str, ...]:
    """A command that runs a program in place of what draws."""
    return (sys.executable, "-c", program)


def test_a_picture_is_drawn_by_a_process_and_kept_at_hand() -> None:
    studio = Studio()
    drawn = studio.draw(matrix(), "png")
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    studio.command = python("raise SystemExit(1)")
    assert studio.draw(matrix(), "png") is drawn
    with pytest.raises(CannotDraw):
        studio.draw(matrix(), "svg")


@pytest.mark.parametrize(
    ("command", "seconds", "why"),
    [
        (python("raise ValueError('Farsta')"), 10, "ValueError"),
        (python("import time; time.sleep(60)"), 0.2, "TimeoutExpired"),
        (("no-such-program",), 10, "FileNotFoundError"),
    ],
)
def test_what_goes_wrong_is_logged_without_what_was_to_be_drawn(
    command: tuple[str, ...], seconds: float, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CannotDraw):
        Studio(command, seconds).draw(alone(Mark.HELD), "png")
    said = "".join(capsys.readouterr())
    assert why in said
    assert "Farsta" not in said


def test_old_pictures_give_way_to_new_ones() -> None:
    studio = Studio(python("import sys; sys.stdout.write(sys.stdin.read())"))
    studio._known.update((str(number), b"") for number in range(64))
    studio.draw(alone(Mark.VIA), "svg")
    assert len(studio._known) == 64
    assert "0" not in studio._known


def test_an_unknown_form_is_wrong_usage() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.drawing", "gif"], capture_output=True, input=b"", check=False
    )
    assert done.returncode == 2
    assert b"png|svg" in done.stderr
