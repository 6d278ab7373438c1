"""How a seat is filled, as sign, word and tone: the same in cards, the matrix and pictures."""

from __future__ import annotations

from models.language import Language
from models.message import Status, Tone
from models.seats.occupancy import Filling, Occupancy

FILLINGS: dict[Filling, tuple[str, str, Tone]] = {
    Filling.HELD: ("●", "Held", Tone.GOOD),
    Filling.DEPUTISED: ("◐", "Deputy", Tone.PLAIN),
    Filling.VACANT: ("⚠", "Vacant", Tone.WARNING),
    Filling.IN_CONFLICT: ("‼", "Double", Tone.BAD),
}
ON_DEMAND = ("○", "When needed", Tone.PLAIN)


def filling_status(language: Language, occupancy: Occupancy) -> Status:
    """How a seat is filled; one that is held when needed only says so (rule R6)."""
    if occupancy.filling is Filling.HELD and occupancy.is_on_demand:
        sign, word, tone = ON_DEMAND
        return Status(sign=sign, word=language._(word), tone=tone)
    return filling_word(language, occupancy.filling)


def filling_word(language: Language, filling: Filling) -> Status:
    """A way in which a seat can be filled."""
    sign, word, tone = FILLINGS[filling]
    return Status(sign=sign, word=language._(word), tone=tone)
