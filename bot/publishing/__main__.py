"""`python -m bot.publishing`: a line of facts about a closed survey in, a line of tables out."""

from __future__ import annotations

import sys

from bot.publishing.counting import count
from models.survey_facts import WaveFacts


def main() -> int:
    """Counts survey after survey until there are no more lines."""
    for line in sys.stdin.buffer:
        tables = count(WaveFacts.model_validate_json(line))
        sys.stdout.buffer.write(tables.model_dump_json().encode() + b"\n")
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
