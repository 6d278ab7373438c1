"""An SQLite file is for one process of one machine: what else wants it is told what to do."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

MOUNTS = Path("/proc/mounts")
BOOT = Path("/proc/sys/kernel/random/boot_id")
BEAT_EVERY = timedelta(seconds=10)
GONE_AFTER = timedelta(seconds=30)
"""A machine that has not written for so long has stopped, and another may take the file."""

NETWORK = frozenset(
    {
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs"),
        *("lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb", "smb2", "smb3", "smbfs"),
        *("vboxsf", "vmhgfs", "fuse.ceph", "fuse.cifs", "fuse.curlftpfs", "fuse.davfs"),
        *("fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.goofys", "fuse.httpdirfs"),
        *("fuse.mountpoint-s3", "fuse.nfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs"),
        *("fuse.sshfs", "fuse.vmhgfs-fuse"),
    }
)
"""The kinds of file systems that another machine may write to at the same time."""


class OnNetworkShare(Exception):
    """SQLite's locks do not hold on a network share, and the file breaks."""

    def __init__(self, place: Path, kind: str) -> None:
        super().__init__(
            f"{place} is on a network share ({kind}), where SQLite loses data: name a file on a "
            "disk of this machine in DATABASE_URL, or use PostgreSQL."
        )


class InUse(Exception):
    """Another process has the file."""

    def __init__(self, place: Path, holder: Holder | None) -> None:
        who = f"process {holder.pid} on {holder.host}" if holder else "another process"
        super().__init__(
            f"{place} is in use by {who}, and SQLite is for one process: stop that one first, or "
            "use PostgreSQL for several (`samverkan move` takes everything there)."
        )


def demand_own_disk(place: Path, mounts: Path = MOUNTS) -> None:
    """Raises `OnNetworkShare` where the file lies, or would lie, on one.

    Nothing is known on machines without /proc.
    """
    kind = kind_of_disk(place, mounts)
    if kind in NETWORK:
        raise OnNetworkShare(place, kind)


def kind_of_disk(place: Path, mounts: Path = MOUNTS) -> str:
    """The kind of file system that a path is on; nothing where that cannot be known."""
    where, best, kind = place.resolve(), Path(), ""
    with suppress(OSError):
        for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
            named = line.split()
            point = Path(named[1].encode().decode("unicode_escape"))
            # Of two at one place the later lies over the earlier.
            if where.is_relative_to(point) and len(point.parts) >= len(best.parts):
                best, kind = point, named[2]
    return kind


@dataclass(frozen=True)
class Machine:
    """A machine by its name and its start: containers of one machine share the latter."""

    host: str
    boot: str

    @classmethod
    def here(cls) -> Machine:
        """The one that we run on."""
        boot = ""
        with suppress(OSError):
            boot = BOOT.read_text(encoding="ascii").strip()
        return cls(socket.gethostname(), boot)


@dataclass(frozen=True)
class Holder:
    """Who has the file, and when they last said so."""

    host: str
    boot: str
    pid: int
    at: datetime

    def is_elsewhere(self, machine: Machine, now: datetime) -> bool:
        """Whether it is another machine that still writes."""
        known = machine.host == self.host or (machine.boot == self.boot and machine.boot != "")
        return not known and now - self.at < GONE_AFTER


def _real_time() -> datetime:
    return datetime.now(UTC)


@dataclass
class FileClaim:
    """The claim of one process on one SQLite file, written beside it.

    On one machine the kernel's lock decides, which ends with the process however that ends. A
    machine whose kernel does not share its locks is known by what it wrote.
    """

    place: Path
    machine: Machine = field(default_factory=Machine.here)
    clock: Callable[[], datetime] = _real_time
    _file: int = -1
    _beaten_at: datetime | None = None

    @property
    def beside(self) -> Path:
        """The file that says who has the database."""
        return self.place.with_name(f"{self.place.name}.lock")

    def take(self) -> None:
        """Takes the file; raises `InUse`."""
        self.demand_this_machine()
        self.beside.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self.beside, os.O_RDWR | os.O_CREAT, 0o600)
        if not _locked(self._file):
            os.close(self._file)
            self._file = -1
            raise InUse(self.place, self.holder())
        self.beat()

    def demand_this_machine(self) -> None:
        """Raises `InUse` where another machine has the file; a process of ours may share it."""
        holder = self.holder()
        if holder is not None and holder.is_elsewhere(self.machine, self.clock()):
            raise InUse(self.place, holder)

    def beat(self) -> None:
        """Says that we still have it, at most every `BEAT_EVERY`."""
        now = self.clock()
        late = self._beaten_at is None or now - self._beaten_at >= BEAT_EVERY
        if self._file < 0 or not late:
            return
        self._beaten_at = now
        told = {"host": self.machine.host, "boot": self.machine.boot, "pid": os.getpid()}
        line = json.dumps(told | {"at": now.isoformat()}).encode()
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, line)
        os.ftruncate(self._file, len(line))

    def release(self) -> None:
        """Leaves the file to whoever comes next."""
        if self._file >= 0:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = -1

    def holder(self) -> Holder | None:
        """Who says that they have it; nobody where nothing can be read."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads(self.beside.read_text(encoding="utf-8"))
            at = datetime.fromisoformat(told["at"])
            return Holder(str(told["host"]), str(told["boot"]), int(told["pid"]), at)
        return None


def _locked(file: int) -> bool:
    """Whether the kernel's lock is ours now; where there is none, what was written decides."""
    if sys.platform == "win32":
        return True
    from fcntl import LOCK_EX, LOCK_NB, flock

    try:
        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True
