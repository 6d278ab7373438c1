"""Every sentence that a member can meet stands in the Swedish catalogue, with the same values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from handlers import digest_settings, digest_words
from handlers.chain import approval_words, listing, making, tables, words
from handlers.decisions import form as decision_form
from handlers.decisions import point_card
from handlers.delivery import words as delivery_words
from handlers.files import extracts
from handlers.indicators import method, model, picture, trend_words
from handlers.inputs import words as input_words
from handlers.meetings import attending as meeting_attending
from handlers.meetings import form as meeting_form
from handlers.meetings import roll as meeting_roll
from handlers.meetings import told as meeting_told
from handlers.representation import scope, voices
from handlers.representation.fillings import FILLINGS, ON_DEMAND
from handlers.results import method as result_method
from handlers.results import table as result_table
from handlers.results import words as result_words
from handlers.sources import words as source_words
from handlers.surveys import fields as survey_fields
from handlers.surveys import promise as survey_promise
from handlers.texts import LOCALE
from handlers.understanding.verbs import VERBS
from handlers.visit import NOT_ALLOWED
from handlers.year import words as year_words
from models import wording
from models.figures import grade_words
from models.figures import words as figure_words
from models.meetings import words as meeting_words

DIGESTS = (digest_words.SECTIONS, digest_settings.PLACES, wording.LAMPS)
ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "handlers", "digests", "models")
CALLS = {"_": 1, "gettext": 1, "n": 2, "ngettext": 2}
VALUE = re.compile(r"{(\w+)}")


@pytest.fixture(scope="module")
def swedish() -> Catalog:
    with (LOCALE / "sv" / "LC_MESSAGES" / "messages.po").open("rb") as lines:
        return read_po(lines, locale="sv")


def _called(file: Path) -> Iterator[str]:
    """The literal first arguments of translating calls, and those of both branches of a choice."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func)
        for argument in node.args[: min(CALLS.get(name, 0), 1)]:
            yield from _literals(argument)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _in_templates() -> Iterator[str]:
    for file in (ROOT / "digests").rglob("*.j2"):
        for _, message, _, _ in extract_from_file("jinja2.ext:babel_extract", str(file)):
            yield message if isinstance(message, str) else message[0]


def _in_tables() -> Iterator[str]:
    yield from (verb.sentence for verb in VERBS)
    yield from NOT_ALLOWED.values()
    yield from (word for _, word, _ in (*wording.STATUSES.values(), *FILLINGS.values(), ON_DEMAND))
    yield from (word for word, _ in voices.MARKS.values())
    for named in (voices.MEANINGS, voices.FORUMS, voices.BREACHES, scope.NAMES, extracts.BASES):
        yield from named.values()
    for signed in (source_words.STATUSES, point_card.STATES):
        yield from (word for _, word, _ in signed.values())
    yield from (word for _, word, _ in (*grade_words.GRADES.values(), *figure_words.SURE.values()))
    yield from (model.LABEL, picture.MODEL, *model.REFUSALS.values())
    yield from (figure_words.FEW, method.CHANGES, *method.HOW.values())
    yield from (result_words.CENSUS, *result_method.STEPS)
    for worded in (result_table.CELLS, result_table.METHODS, result_table.SHOWN):
        yield from (str(word) for word in worded.values())
    yield from (*trend_words.ACCORDS.values(), *trend_words.REACHED.values())
    yield from (*source_words.KINDS.values(), *dict(source_words.FACTS).values())
    yield from (text for texts in delivery_words.TROUBLES.values() for text in texts)
    yield from (*delivery_words.STATES.values(), *delivery_words.SCHEDULES.values())
    yield from (*delivery_words.NOBODY.values(), *delivery_words.SENDINGS.values())
    for chained in (
        words.NOUNS,
        words.LEGS,
        words.FACTS,
        approval_words.HALFWAY,
        listing.TITLES,
        making.NEW,
    ):
        yield from chained.values()
    yield from (column for listed in tables.LISTS.values() for column in listed.columns)
    for asked in (survey_fields.SCALES, survey_fields.EVERY_GROUP, survey_promise.PROMISES):
        yield from asked.values()
    yield from survey_fields.PAUSES.values()
    yield from _of_meetings()
    for table in (wording.ROLES, wording.KINDS, wording.LEVELS, wording.PARTIES, *DIGESTS):
        yield from table.values()


def _of_meetings() -> Iterator[str]:
    yield from meeting_roll.LABELS.values()
    yield from (*meeting_told.HEADINGS.values(), *meeting_words.KINDS.values())
    yield from meeting_attending.SAID.values()
    yield from (decision_form.RESTRICTED, *point_card.SAID.values())
    yield meeting_attending.NOT_TOLD
    yield from (*year_words.TERTIALS.values(), *year_words.NAMED_SURVEY.values())
    yield from year_words.PLAIN_SURVEY.values()
    yield from input_words.STATES.values()
    yield from (*meeting_form.RHYTHMS.values(), meeting_form.AGENDA_HINT)


def _every_text() -> list[str]:
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    called = {text for file in files for text in _called(file)}
    return sorted({*called, *_in_templates(), *_in_tables()} - {""})


def test_every_text_is_translated(swedish: Catalog) -> None:
    missing = [text for text in _every_text() if not _translated(swedish, text)]
    assert missing == []


def _translated(catalogue: Catalog, text: str) -> bool:
    message = catalogue.get(text)
    return message is not None and all(_strings(message))


def _strings(message: Message) -> tuple[str, ...]:
    """What a message says in Swedish: one string, or one for each number."""
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(message.string or ())


def test_every_translation_uses_values_that_the_text_has(swedish: Catalog) -> None:
    for message in swedish:
        ids = (message.id,) if isinstance(message.id, str) else message.id
        known = {value for text in ids for value in VALUE.findall(text)}
        for string in _strings(message) if message.id else ():
            assert set(VALUE.findall(string)) <= known, message.id


def test_the_catalogue_holds_nothing_that_nobody_says(swedish: Catalog) -> None:
    sources = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in FOLDERS
        for kind in ("*.py", "*.j2", "*.html")
        for file in (ROOT / folder).rglob(kind)
    )
    said = set(re.findall(r"\w+", sources))
    for message in swedish:
        text = message.id if isinstance(message.id, str) else message.id[0]
        assert set(re.findall(r"\w+", text)) <= said, text
