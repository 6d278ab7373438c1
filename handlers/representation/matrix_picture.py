"""The matrix as a picture: groups by districts, with a text alternative that lists every hole."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.representation.pages import chunks
from handlers.representation.scope import (
    Scope,
    columns,
    days_told,
    facts_of,
    forums_of,
    scope_name,
)
from handlers.representation.voices import (
    MEANINGS,
    beside_words,
    forum_name,
    holes,
    sentence,
    via_word,
)
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.drawings import MOST_COLUMNS, Mark, Matrix, MatrixCell, MatrixRow
from models.language import Language
from models.message import Image, Message, Note
from models.places.place import District
from models.representation.coverage import Beside, Representation, Share, Voice, coverage
from models.representation.forums import Forum, areas_without_groups, beside_in, voice_in
from models.rights import Action

ALT_LENGTH = 2000
WORD_LENGTH = 40
NOTE_LENGTH = 500
MOST_OWN = 5
"""So many districts with a voice of their own are named beside those that are spoken for."""

Voices = list[tuple[District, Voice]]


def show_picture(visit: Visit, press: ButtonPressed) -> Message:
    """The picture that a button asks for."""
    visit.demand(Action.LOOK_UP)
    return picture_message(visit, Scope.read(visit, press.value))


def picture_message(visit: Visit, scope: Scope) -> Message:
    """The matrix of a scope as pictures, each with all that it shows in words."""
    facts = facts_of(visit, scope, central_too=scope.is_a_district)
    title = picture_title(visit, scope, facts)
    images = pictures(visit.language, facts, scope, title)
    note = days_told(visit.language, scope, facts)
    return Message(
        summary=images[0].alt[:1000],
        parts=(*images, Note(text=note)),
    )


def picture_title(visit: Visit, scope: Scope, facts: Representation) -> str:
    """What the picture is called: what it is about, and the day."""
    name = scope_name(visit, scope, facts)
    day = visit.language.day(scope.day)
    return visit.language._("Coverage, {scope}, {day}", scope=name, day=day)


def pictures(
    language: Language, facts: Representation, scope: Scope, title: str
) -> tuple[Image, ...]:
    """As few pictures as their text alternatives have room in, of all rows and columns."""
    rows = forums_of(scope, facts)
    return tuple(
        Image(drawing=_drawn(language, facts, some, seen, title), alt=alt, name=_name(scope))
        for seen in chunks(columns(facts, scope), MOST_COLUMNS)
        for some, alt in _told(language, facts, rows, seen, title)
    )


def _name(scope: Scope) -> str:
    return f"representation-{scope.on}"


def _told(
    language: Language,
    facts: Representation,
    rows: Sequence[Forum],
    seen: Sequence[District],
    title: str,
) -> list[tuple[list[Forum], str]]:
    """The rows with their text alternatives, parted where even the short ones are too long."""
    for short in (False, True):
        told = [(forum, _alt(language, facts, forum, seen, short=short)) for forum in rows]
        alt = " ".join([f"{title}.", *(words for _, words in told)])
        if len(alt) <= ALT_LENGTH:
            return [(list(rows), alt)]
    return _parted(told, title)


def _parted(told: Sequence[tuple[Forum, str]], title: str) -> list[tuple[list[Forum], str]]:
    found: list[tuple[list[Forum], str]] = []
    for forum, words in told:
        if found and len(found[-1][1]) + len(words) < ALT_LENGTH:
            some, alt = found[-1]
            found[-1] = ([*some, forum], f"{alt} {words}")
        else:
            found.append(([forum], f"{title}. {words}"))
    return found


def _alt(
    language: Language,
    facts: Representation,
    forum: Forum,
    seen: Sequence[District],
    *,
    short: bool,
) -> str:
    """A row in words: its figures, whose voice is whose, and every hole by name."""
    voices = _voices(facts, forum, seen)
    figure = coverage(voices)
    own = [each.name for each in figure.own] if figure.via and len(figure.own) <= MOST_OWN else []
    words = [
        f"{_label(language, facts, forum)}:",
        language._("own voice {own} of {total}", own=len(figure.own), total=figure.total)
        + (f" ({language.join(own)})." if own else "."),
        *_borrowed(language, voices),
        holes(language, voices, short=short),
        _vacant(language, facts, forum, seen),
    ]
    if figure.outside:
        words.append(
            language.n(
                "{number} is not concerned.", "{number} are not concerned.", len(figure.outside)
            )
        )
    return " ".join(word for word in words if word)


def _vacant(
    language: Language, facts: Representation, forum: Forum, seen: Sequence[District]
) -> str:
    """The districts in whose groups seats are vacant, with how many."""
    found = [(each.name, beside_in(facts, forum, each).vacant) for each in seen]
    names = [f"{name} ({number})" for name, number in found if number]
    return language._("Vacant seats: {names}.", names=language.join(names)) if names else ""


def _borrowed(language: Language, voices: Voices) -> list[str]:
    """Through whom districts are spoken for, and which of them have a seat that is empty."""
    via: dict[str, int] = {}
    empty = []
    for district, voice in voices:
        if voice.share is Share.VIA:
            word = via_word(language, voice)
            via[word] = via.get(word, 0) + 1
            empty += [district.name] if voice.mark is not Mark.VIA else []
    words = [f"{number} {word}." for word, number in via.items()]
    if empty:
        words.append(language._("Spoken for only: {names}.", names=language.join(empty)))
    return words


def _voices(facts: Representation, forum: Forum, seen: Sequence[District]) -> Voices:
    return [(district, voice_in(facts, forum, district)) for district in seen]


def _label(language: Language, facts: Representation, forum: Forum) -> str:
    name = forum_name(language, facts, forum)
    return name if forum.groups else language._("{group} (does not exist)", group=name)


def _drawn(
    language: Language,
    facts: Representation,
    rows: Sequence[Forum],
    seen: Sequence[District],
    title: str,
) -> Matrix:
    voices = [_voices(facts, forum, seen) for forum in rows]
    marks = {voice.mark for row in voices for _, voice in row}
    return Matrix(
        title=title[:150],
        columns=tuple(each.name[:80] for each in seen),
        rows=tuple(
            MatrixRow(
                label=_label(language, facts, forum)[:120],
                cells=tuple(
                    _cell(language, voice, beside_in(facts, forum, district))
                    for district, voice in row
                ),
            )
            for forum, row in zip(rows, voices, strict=True)
        ),
        legend=tuple((m, language._(words)) for m, words in MEANINGS.items() if m in marks),
        note=_note(language, facts, rows[0], voices[0])[:NOTE_LENGTH],
    )


def _cell(language: Language, voice: Voice, beside: Beside) -> MatrixCell:
    """A mark, through whom a district is spoken for, and what its group has beside its members."""
    words = [via_word(language, voice)] if voice.share is Share.VIA else []
    words += [word for _, word in beside_words(language, beside)]
    word = ", ".join(words)
    return MatrixCell(mark=voice.mark, word=word[:WORD_LENGTH])


def _note(language: Language, facts: Representation, first: Forum, voices: Voices) -> str:
    """What the first row says in a figure, and what no row can show."""
    _ = language._
    figure = sentence(language, coverage(voices))
    if not facts.groups:
        none = _("There are no cooperation groups on {day}.", day=language.day(facts.on))
        return f"{none} {figure}"
    words = [f"{forum_name(language, facts, first)}: {figure}"]
    areas = [facts.area_name(area, language.code) for area in areas_without_groups(facts)]
    if areas and len({group.kind for group in facts.groups}) > 1:
        names = language.join(areas)
        words.append(_("Priority areas without a working group: {names}.", names=names))
    return " ".join(words)
