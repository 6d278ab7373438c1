"""`python -m bot.drawing png|svg`: a drawing as JSON on standard input, a picture on the output."""

from __future__ import annotations

import sys

from pydantic import TypeAdapter

from bot.drawing.form import FORMS, Form
from bot.drawing.kinds import draw
from models.drawings import Drawing


def main(arguments: list[str]) -> int:
    """Draws what was handed in; the exit code is 2 where the form is not one that can be drawn."""
    form: Form | None = next((known for known in FORMS if [known] == arguments), None)
    if form is None:
        sys.stderr.write(f"Usage: python -m bot.drawing {'|'.join(FORMS)} < drawing.json\n")
        return 2
    drawing: Drawing = TypeAdapter(Drawing).validate_json(sys.stdin.buffer.read())
    sys.stdout.buffer.write(draw(drawing, form))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
