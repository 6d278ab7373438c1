"""The keys of open surveys: made once, shared by processes, and gone for ever when destroyed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.settings import beside
from bot.survey_keys import KeysInFolder
from models.surveys.sealing import KeyGone


@pytest.fixture
def keys(tmp_path: Path) -> KeysInFolder:
    return KeysInFolder(tmp_path / "keys")


def test_a_key_is_made_once_and_found_by_every_process(keys: KeysInFolder) -> None:
    made = keys.make("a")
    assert keys.make("a") == made == KeysInFolder(keys.folder).find("a")
    assert keys.make("b") != made
    assert len(made) == 32


def test_nobody_else_on_the_machine_can_read_a_key(keys: KeysInFolder) -> None:
    keys.make("a")
    [file] = keys.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700


def test_a_destroyed_key_is_gone_and_may_be_destroyed_again(keys: KeysInFolder) -> None:
    keys.make("a")
    keys.destroy("a")
    keys.destroy("a")
    assert list(keys.folder.iterdir()) == []
    with pytest.raises(KeyGone):
        keys.find("a")


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("sqlite:///var/demo.sqlite", "var/demo.survey-keys"),
        ("postgresql://x/y", "var/survey-keys"),
    ],
)
def test_where_none_is_named_the_folder_stands_beside_the_database(
    address: str, folder: str
) -> None:
    assert beside(address) == Path(folder)
