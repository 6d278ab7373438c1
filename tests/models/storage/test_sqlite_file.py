"""SQLite is for one process on one machine: everything else is told what to do instead."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.database import Database
from models.storage import sqlite_file
from models.storage.sqlite_file import (
    GONE_AFTER,
    FileClaim,
    InUse,
    Machine,
    OnNetworkShare,
    demand_own_disk,
    kind_of_disk,
)

NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
MOUNTS = """\
/dev/vda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /srv/share nfs4 rw 0 0
/dev/vdb1 /srv/share/local xfs rw 0 0
//nas/data /mnt/with\\040space cifs rw 0 0
me@host: /home/me/far fuse.sshfs rw 0 0
/dev/vdc1 /over ext4 rw 0 0
host /over 9p rw 0 0
"""
ADA, BO = Machine("ada", "boot-1"), Machine("bo", "boot-2")


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    place = tmp_path / "mounts"
    place.write_text(MOUNTS, encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/data/samverkan.sqlite", "ext4"),
        ("/srv/share/samverkan.sqlite", "nfs4"),
        ("/srv/share/local/samverkan.sqlite", "xfs"),
        ("/srv/shared/samverkan.sqlite", "ext4"),
        ("/mnt/with space/samverkan.sqlite", "cifs"),
        ("/home/me/far/samverkan.sqlite", "fuse.sshfs"),
        ("/over/samverkan.sqlite", "9p"),
    ],
)
def test_the_disk_of_a_path_is_the_nearest_mount_above_it(
    mounts: Path, place: str, kind: str
) -> None:
    assert kind_of_disk(Path(place), mounts) == kind
    if kind in ("ext4", "xfs"):
        demand_own_disk(Path(place), mounts)
    else:
        with pytest.raises(OnNetworkShare, match=r"DATABASE_URL.*PostgreSQL"):
            demand_own_disk(Path(place), mounts)


def test_a_machine_that_tells_nothing_of_its_disks_is_not_in_the_way(tmp_path: Path) -> None:
    demand_own_disk(tmp_path / "x.sqlite", tmp_path / "missing")


def test_a_database_on_a_share_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = tmp_path / "mounts"
    shares.write_text(f"server:/x {tmp_path} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(sqlite_file.demand_own_disk, "__defaults__", (shares,))
    monkeypatch.setattr(sqlite_file.kind_of_disk, "__defaults__", (shares,))
    with pytest.raises(OnNetworkShare):
        Database.connect(f"sqlite:///{tmp_path / 'deep' / 'x.sqlite'}")
    assert not (tmp_path / "deep").exists()


def claim(place: Path, machine: Machine = ADA, at: datetime = NOW) -> FileClaim:
    return FileClaim(place, machine, lambda: at)


def test_a_second_process_is_told_who_has_the_file_until_it_is_let_go(tmp_path: Path) -> None:
    place = tmp_path / "x.sqlite"
    first, second = claim(place), claim(place)
    first.take()
    with pytest.raises(InUse, match=f"process {os.getpid()} on ada.*samverkan move"):
        second.take()
    second.demand_this_machine()
    first.release()
    second.take()
    second.release()


def test_a_process_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    place = tmp_path / "x.sqlite"
    killed = claim(place)
    killed.take()
    os.close(killed._file)  # The kernel closes it, whatever the process wanted.
    again = claim(place, at=NOW + timedelta(seconds=1))
    again.take()
    again.release()


@pytest.mark.parametrize(
    ("machine", "seconds", "is_refused"),
    [
        (BO, 5, True),
        (BO, GONE_AFTER.total_seconds() + 1, False),
        (Machine("container-2", "boot-1"), 5, False),
        (Machine("ada", "boot-after-restart"), 5, False),
    ],
)
def test_a_second_machine_is_refused_while_the_first_one_writes(
    tmp_path: Path, machine: Machine, seconds: float, is_refused: bool
) -> None:
    place = tmp_path / "x.sqlite"
    killed = claim(place)
    killed.take()
    os.close(killed._file)  # Another machine does not see this kernel's lock.
    other = claim(place, machine, NOW + timedelta(seconds=seconds))
    if is_refused:
        with pytest.raises(InUse, match="on ada"):
            other.demand_this_machine()
    else:
        other.take()
        other.release()


def test_whoever_has_the_file_says_so_again_and_again(tmp_path: Path) -> None:
    later = NOW + timedelta(seconds=11)
    place, times = tmp_path / "x.sqlite", [later, NOW, NOW]
    held = FileClaim(place, ADA, times.pop)
    held.take()
    held.beat()
    held.beat()
    assert json.loads(held.beside.read_text())["at"] == "2024-06-10T06:00:11+00:00"
    held.release()


@pytest.mark.parametrize("written", ["", "[]", "{", '{"host": "ada"}'])
def test_a_broken_note_counts_as_none(tmp_path: Path, written: str) -> None:
    place = tmp_path / "x.sqlite"
    held = claim(place, BO)
    held.beside.write_text(written, encoding="utf-8")
    held.take()
    held.release()
