"""How a district is represented, in signs and words: cells, names of groups, and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.representation.fillings import FILLINGS, ON_DEMAND
from models.agreements import Level
from models.drawings import Mark
from models.groups import Group, GroupKind
from models.language import Language
from models.message import Cell, Status, Tone
from models.people.organisations import Organisation
from models.places.place import District
from models.representation.coverage import (
    Beside,
    Breach,
    Coverage,
    Representation,
    SeatOnDay,
    Share,
    Voice,
)
from models.representation.forums import Forum
from models.seats.occupancy import Filling

MARKS: dict[Mark, tuple[str, Tone]] = {
    Mark.HELD: ("Own voice", Tone.GOOD),
    Mark.DEPUTISED: FILLINGS[Filling.DEPUTISED][1:],
    Mark.VACANT: FILLINGS[Filling.VACANT][1:],
    Mark.IN_CONFLICT: FILLINGS[Filling.IN_CONFLICT][1:],
    Mark.ON_DEMAND: ON_DEMAND[1:],
    Mark.VIA: ("Through another", Tone.PLAIN),
    Mark.NONE: ("No voice", Tone.WARNING),
    Mark.OUTSIDE: ("Not concerned", Tone.PLAIN),
}
"""What each mark says in words, and how it should feel; the signs are the drawing's."""

MEANINGS: dict[Mark, str] = {
    Mark.HELD: "own voice: a seat of its own that is held",
    Mark.DEPUTISED: "own voice through a deputy",
    Mark.ON_DEMAND: "own voice when needed",
    Mark.VIA: "spoken for by somebody else",
    Mark.VACANT: "its own seat is vacant",
    Mark.IN_CONFLICT: "its own seat has two holders",
    Mark.NONE: "no voice",
    Mark.OUTSIDE: "not concerned",
}
"""What each mark means, for a legend, in the order in which it is read."""

FORUMS: dict[tuple[Level, GroupKind], str] = {
    (Level.CENTRAL, GroupKind.STEERING): "Central steering group",
    (Level.CENTRAL, GroupKind.PREPARATORY): "Central preparatory group",
    (Level.LOCAL, GroupKind.STEERING): "Local steering groups",
    (Level.LOCAL, GroupKind.PREPARATORY): "Local preparatory groups",
}

BREACHES: dict[Breach, str] = {
    Breach.NO_AGREEMENT: "{group} belongs to no agreement of its level",
    Breach.NO_ADMINISTRATION: "{group} has nobody from the district administration",
    Breach.NO_POLICE: "{group} has nobody from the local police area",
}
"""What is said of a group that breaks rule R1 or R2."""


def mark_word(language: Language, mark: Mark) -> str:
    """A mark in a word or two."""
    return language._(MARKS[mark][0])


def via_word(language: Language, voice: Voice) -> str:
    """Through whom a district is spoken for: via Farsta."""
    names = list(dict.fromkeys(short_name(seat.row.organisation) for seat in voice.via))
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return language._("via {name}", name=names[0]) + more if names else ""


def short_name(organisation: Organisation) -> str:
    """A district organisation by its district, another by its name or, where long, its code."""
    if organisation.district is not None:
        return organisation.district.name
    return organisation.name if len(organisation.name) <= 28 else organisation.code[:28]


def voice_status(language: Language, voice: Voice) -> Status:
    """How a district is represented, as sign, word and tone."""
    word = mark_word(language, voice.mark)
    if voice.via and voice.share is Share.VIA:
        via = via_word(language, voice)
        word = _capital(via) if voice.mark is Mark.VIA else f"{word}, {via}"
    return Status(sign=voice.mark.sign, word=word[:75], tone=MARKS[voice.mark][1])


def names_of(voice: Voice, most: int = 1) -> str:
    """Those who give a district its voice, protected people as they may be shown."""
    if voice.share in (Share.OUTSIDE, Share.MISSING):
        return ""
    people = list(dict.fromkeys(shown(seat) for seat in voice.seats if seat.people))
    more = f" +{len(people) - most}" if len(people) > most else ""
    return ", ".join(people[:most]) + more


def shown(seat: SeatOnDay) -> str:
    """Who acts in a seat, as they may be shown."""
    return " / ".join(person.reached_as() for person in seat.people)


NOTHING_BESIDE = Beside()


def voice_cell(language: Language, voice: Voice, found: Beside = NOTHING_BESIDE) -> Cell:
    """A cell of the matrix: how a district is represented, by whom, and what is there beside."""
    words = [f"{sign} {word}" for sign, word in beside_words(language, found)]
    told = [names_of(voice), *words]
    return Cell(
        text=" · ".join(each for each in told if each), status=voice_status(language, voice)
    )


def beside_words(language: Language, found: Beside) -> list[tuple[str, str]]:
    """What a group has beside its members, each as sign and word: ⚠ 2 vakanta."""
    n = language.n
    words = [
        ("⚠", found.vacant, n("{number} vacant", "{number} vacant", found.vacant)),
        ("◐", found.deputies, n("{number} deputy", "{number} deputies", found.deputies)),
        ("○", found.on_demand, n("{number} when needed", "{number} when needed", found.on_demand)),
    ]
    return [(sign, word) for sign, number, word in words if number]


def heading_of(language: Language, facts: Representation, forum: Forum) -> str:
    """What a forum is called above a column, where there is little room: an area by its name."""
    if forum.kind is GroupKind.WORKING and forum.area and not forum.is_one_group:
        return facts.area_name(forum.area, language.code)
    return forum_name(language, facts, forum)


def forum_name(language: Language, facts: Representation, forum: Forum) -> str:
    """What a forum is called: its group's name, its kind, or its area."""
    if forum.is_one_group:
        return forum.groups[0].name
    if forum.kind is not GroupKind.WORKING:
        return language._(FORUMS[forum.level, forum.kind])
    if forum.is_local_focus:
        return language._("Working groups with a local theme")
    area = facts.area_name(forum.area, language.code)
    return language._("Working groups: {area}", area=area)


def sentence(language: Language, coverage: Coverage) -> str:
    """The figure of coverage: 9 of 11 have a voice of their own, 2 are spoken for, 0 have none."""
    told = language._(
        "{own} of {total} districts have a voice of their own, {others} are represented by "
        "somebody else, {missing} have none.",
        own=len(coverage.own),
        total=coverage.total,
        others=len(coverage.via),
        missing=len(coverage.missing),
    )
    if not coverage.outside:
        return told
    aside = language.n(
        "{number} is not concerned.", "{number} are not concerned.", len(coverage.outside)
    )
    return f"{told} {aside}"


def holes(
    language: Language, voices: Sequence[tuple[District, Voice]], *, short: bool = False
) -> str:
    """The districts without a voice by name, empty where there are none: a vacant seat is said."""
    missing = [(each, voice) for each, voice in voices if voice.share is Share.MISSING]
    if not missing:
        return ""
    empty = [each.name for each, voice in missing if voice.mark is not Mark.NONE]
    heard = [each.name for each, voice in voices if voice.share in (Share.OWN, Share.VIA)]
    if short and len(missing) > len(heard):
        told = _all_but(language, len(missing), heard)
        vacant = language._("Seat without a holder: {names}.", names=language.join(empty))
        return f"{told} {vacant}" if empty else told
    names = [_hole(language, each, voice) for each, voice in missing]
    return language._("No voice: {names}.", names=language.join(names))


def _all_but(language: Language, missing: int, heard: list[str]) -> str:
    if not heard:
        return language._("No voice: all {number}.", number=missing)
    names = language.join(heard)
    return language._("No voice: all {number} but {names}.", number=missing, names=names)


def _hole(language: Language, district: District, voice: Voice) -> str:
    if voice.mark not in (Mark.VACANT, Mark.IN_CONFLICT):
        return district.name
    return f"{district.name} ({mark_word(language, voice.mark).lower()})"


def breach_lines(language: Language, facts: Representation, groups: Iterable[Group]) -> list[str]:
    """What groups lack by the rules R1 and R2, a line for each."""
    return [
        language._(BREACHES[breach], group=group.name)
        for group in groups
        for breach in facts.breaches(group)
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
