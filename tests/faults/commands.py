"""The commands themselves, each started as an operator starts it: slow to start, so few kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.children import Part

SAMVERKAN = Path(sys.executable).with_name("samverkan")


@dataclass
class Commands:
    """Starts `samverkan web` and `samverkan worker` as processes of their own."""

    _running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, part: Part) -> int:
        """Starts a command and returns its process id."""
        with part.log.open("ab") as log:
            process = subprocess.Popen(
                [SAMVERKAN, part.role],
                env={**os.environ, **part.environment},
                cwd=part.log.parent,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._running[process.pid] = process
        return process.pid

    def kill(self, pid: int) -> None:
        """Ends a process as a power cut would."""
        process = self._running.pop(pid)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self, pid: int) -> int:
        """Asks a process to end, and returns its exit status when it has."""
        process = self._running.pop(pid)
        process.terminate()
        return process.wait()

    def ended(self) -> dict[int, int]:
        """The processes that ended by themselves since the last time, and their exit status."""
        found = {pid: process.poll() for pid, process in self._running.items()}
        gone = {pid: status for pid, status in found.items() if status is not None}
        for pid in gone:
            del self._running[pid]
        return gone


@contextmanager
def commands() -> Iterator[Commands]:
    """Commands to start; none runs when the block has ended."""
    started = Commands()
    try:
        yield started
    finally:
        for pid in list(started._running):
            started.kill(pid)
