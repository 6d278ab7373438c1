"""Pictures and files as words of a message: complete, storable, and never a way to do harm."""

from __future__ import annotations

import pytest

from models.drawings import Mark, Matrix, MatrixCell, MatrixRow
from models.message import FILE_BYTES, File, Image, Message

CELL = MatrixCell(mark=Mark.VIA, word="via Farsta")
MATRIX = Matrix(
    title="Representation",
    columns=("Farsta", "Järva"),
    rows=(MatrixRow(label="Centrala styrgruppen", cells=(CELL, CELL)),),
    legend=((Mark.VIA, "företräds av någon annan"),),
)


def test_a_message_with_a_picture_and_a_file_is_the_same_when_it_is_read_back() -> None:
    picture = Image(drawing=MATRIX, alt="Farsta talar för alla", name="tackning-2024-06-10")
    file = File.holding("plats;läge".encode(), label="Som tabell", name="täckning 1.csv")
    message = Message(summary="Täckning", parts=(picture, file))
    assert Message.model_validate_json(message.model_dump_json()) == message
    assert Message.model_validate(message.model_dump(mode="json")) == message


@pytest.mark.parametrize("content", [b"a", b"ab", b"abc", b"a" * 1499])
def test_a_file_knows_its_content_its_size_and_its_type(content: bytes) -> None:
    file = File.holding(content, label="Möten", name="moten.ics")
    assert (file.content, file.size, file.kilobytes) == (content, len(content), 1)
    assert file.media_type == "text/calendar"
    assert "data" not in repr(file)


@pytest.mark.parametrize(
    "name", ["../a.csv", "a/b.csv", ".csv", "a.exe", "a.csv\n", "a\\b.csv", "a", "-.exe", "a.CSV"]
)
def test_a_name_that_is_no_plain_name_of_a_known_kind_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="File"):
        File.holding(b"a", label="Tabell", name=name)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [("aGVq", "text/html"), ("no base64", "text/csv"), ("", "text/csv"), ("a", "text/csv")],
)
def test_content_of_another_kind_than_the_name_says_is_refused(data: str, media_type: str) -> None:
    with pytest.raises(ValueError, match="File"):
        File(label="Tabell", name="a.csv", media_type=media_type, data=data)


def test_a_file_over_its_limit_is_refused() -> None:
    assert File.holding(b"a" * FILE_BYTES, label="Tabell", name="a.csv").size == FILE_BYTES
    with pytest.raises(ValueError, match="data"):
        File.holding(b"a" * (FILE_BYTES + 3), label="Tabell", name="a.csv")


def test_a_row_of_another_width_than_the_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Matrix(title="Sned", columns=("Farsta",), rows=MATRIX.rows)


def test_every_mark_has_a_sign_of_its_own() -> None:
    assert len({mark.sign for mark in Mark}) == len(Mark)
