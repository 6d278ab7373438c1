"""Text can be read: the stylesheet's colours keep WCAG AA's contrast, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).parents[3] / "bot/workspace/static/workspace.css").read_text("utf-8")
LIGHT = dict(re.findall(r"--([\w-]+): (#\w{6});", STYLE.split("@media (prefers-color-scheme")[0]))
DARK = LIGHT | dict(
    re.findall(
        r"--([\w-]+): (#\w{6});",
        STYLE.split("@media (prefers-color-scheme")[1].split("*, *::before")[0],
    )
)
TEXTS = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink", "accent-soft"),
    ("ink-soft", "paper"),
    ("ink-soft", "ground"),
    ("ink-soft", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("accent", "paper"),
    ("accent", "ground"),
    ("accent", "accent-soft"),
    ("good", "good-soft"),
    ("warning", "warning-soft"),
    ("bad", "bad-soft"),
    ("bad", "paper"),
    ("unknown", "unknown-soft"),
    ("side-ink", "side"),
    ("side-ink", "side-current"),
    ("side-soft", "side"),
    ("on-badge", "badge"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_every_text_stands_out_from_its_ground(
    tokens: dict[str, str], text: str, ground: str
) -> None:
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "ground"])
def test_the_focus_can_be_seen(tokens: dict[str, str], ground: str) -> None:
    assert contrast(tokens["focus"], tokens[ground]) >= 3


def test_every_colour_is_a_token() -> None:
    rules = STYLE.split("*, *::before", 1)[1]
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", rules)) <= {"#1c4f91", "#ffffff"}
