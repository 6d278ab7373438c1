"""`python -m bot.publishing`: a line that all is ready, then facts in and tables out."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

from bot.publishing.counting import count
from bot.publishing.press import READY
from models.surveys.facts import WaveFacts


def main() -> int:
    """Counts survey after survey until there are no more lines."""
    with _answers() as answers:
        # All that is needed is loaded: what ends this process from now on is the counting.
        answers.write(READY)
        answers.flush()
        for line in sys.stdin.buffer:
            tables = count(WaveFacts.model_validate_json(line))
            answers.write(tables.model_dump_json().encode() + b"\n")
            answers.flush()
    return 0


def _answers() -> BinaryIO:
    """The standard output, from now on for tables alone: the solver writes remarks to it."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


if __name__ == "__main__":
    sys.exit(main())
