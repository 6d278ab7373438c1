"""A matcher that has stolen everything but the keys: database, files, logs and back-ups.

For each person who has answered it names an answer to one question, by every way of tying rows
together that it knows. Where nothing ties, it can only guess.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b, md5, sha1, sha256
from typing import Any

Row = Mapping[str, Any]
Guess = dict[int, str]
"""The answer of each person, by the person's number."""


@dataclass(frozen=True)
class Loot:
    """What was stolen: tables in the order in which they lie, file contents, log lines, secrets.

    `earlier` is a back-up of the tables made while the survey was open.
    """

    tables: Mapping[str, Sequence[Row]]
    earlier: Mapping[str, Sequence[Row]]
    files: Mapping[str, bytes] = field(repr=False)
    logs: str = field(repr=False)
    secrets: Sequence[bytes] = field(repr=False)
    values: frozenset[str] = frozenset({"yes", "no"})

    def answered(self) -> list[int]:
        """The persons who have answered, in the order in which the audit log has them."""
        rows = [row for row in self.tables["audit_entry"] if row["action"] == "answer_survey"]
        return [row["person_id"] for row in sorted(rows, key=lambda row: (row["at"], row["id"]))]


def guesses(loot: Loot) -> dict[str, Guess]:
    """What each way of tying rows together says, by its name; only those that tie something."""
    found = {}
    for tables in (loot.tables, loot.earlier):
        for way in WAYS:
            guess = way(loot, tables)
            if guess:
                found[f"{way.__name__}, {'now' if tables is loot.tables else 'then'}"] = guess
    return found


def by_order(loot: Loot, tables: Mapping[str, Sequence[Row]]) -> Guess:
    """The first answer in a table belongs to the first who answered, and so on."""
    found: Guess = {}
    people = loot.answered()
    for rows in tables.values():
        answers = [value for row in rows if (value := _answer_in(row, loot.values)) is not None]
        if len(answers) >= len(people) > 0:
            found.update(zip(people, answers, strict=False))
    return found


def by_same_row(loot: Loot, tables: Mapping[str, Sequence[Row]]) -> Guess:
    """A row with an answer names its person."""
    found: Guess = {}
    for rows in tables.values():
        for row in rows:
            value = _answer_in(row, loot.values)
            if value is not None and isinstance(row.get("person_id"), int):
                found[row["person_id"]] = value
    return found


def by_same_transaction(loot: Loot, tables: Mapping[str, Sequence[Row]]) -> Guess:
    """What was written in one transaction belongs together (PostgreSQL says so of each row)."""
    audit = {row["xmin"]: row["person_id"] for row in tables["audit_entry"] if "xmin" in row}
    found: Guess = {}
    for rows in tables.values():
        for row in rows:
            value = _answer_in(row, loot.values)
            if value is not None and row.get("xmin") in audit:
                found[audit[row["xmin"]]] = value
    return found


def by_hash(loot: Loot, tables: Mapping[str, Sequence[Row]]) -> Guess:
    """A link is some hash of the person's number, perhaps keyed with a secret that was stolen."""
    links = {digest: person for person in loot.answered() for digest in _digests(loot, person)}
    found: Guess = {}
    for rows in tables.values():
        for row in rows:
            words = (cell for cell in row.values() if isinstance(cell, str))
            person = next((links[word] for word in words if word in links), None)
            value = _answer_in(row, loot.values)
            if person is not None and value is not None:
                found[person] = value
    return found


def by_length(loot: Loot, tables: Mapping[str, Sequence[Row]]) -> Guess:
    """Sealed ballots of two lengths are of two answers: the shorter is the shorter word."""
    sizes = [len(row["sealed"]) for row in tables.get("ballot", ())]
    if len(set(sizes)) < 2:
        return {}
    short, *_, long = sorted(loot.values, key=len)
    middle = (min(sizes) + max(sizes)) / 2
    words = [short if size < middle else long for size in sizes]
    return dict(zip(loot.answered(), words, strict=False))


def by_bytes(loot: Loot, _tables: Mapping[str, Sequence[Row]]) -> Guess:
    """Answers that lie open in files, free pages, write-ahead logs or log lines, in their order."""
    found: Guess = {}
    people = loot.answered()
    for content in (*loot.files.values(), loot.logs.encode()):
        open_answers = [match[1].decode() for match in re.finditer(OPEN, content)]
        answers = [each for each in open_answers if each in loot.values]
        if len(answers) >= len(people) > 0:
            found.update(zip(people, answers, strict=False))
    return found


OPEN = rb'"1": ?"(\w{1,5})"'
"""A ballot as it looks before it is sealed."""

WAYS: tuple[Callable[[Loot, Mapping[str, Sequence[Row]]], Guess], ...] = (
    by_order,
    by_same_row,
    by_same_transaction,
    by_hash,
    by_length,
    by_bytes,
)


def _answer_in(row: Row, values: frozenset[str]) -> str | None:
    """The answer that stands open in a row, be it in JSON."""
    for cell in row.values():
        if isinstance(cell, str) and cell in values:
            return cell
        if isinstance(cell, str) and cell.startswith("{"):
            try:
                inside = json.loads(cell)
            except ValueError:
                continue
            if isinstance(inside, dict) and inside.get("1") in values:
                return str(inside["1"])
    return None


def _digests(loot: Loot, person: int) -> Iterator[str]:
    mine = (row["email"] for row in loot.tables["person"] if row["id"] == person)
    texts = [str(person), *map(str, mine), f"survey:1:{person}", f"1:{person}"]
    for text in texts:
        for kind in (md5, sha1, sha256, blake2b):
            yield kind(text.encode()).hexdigest()
        for secret in loot.secrets:
            yield hmac.new(secret, text.encode(), sha256).hexdigest()
            own = hmac.new(secret, b"survey:1", sha256).digest()
            yield hmac.new(own, text.encode(), sha256).hexdigest()
