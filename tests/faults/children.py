"""The nursery's children as the harness handles them: started, killed, stopped, asked to end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

ROOT = Path(__file__).parents[2]
ROLES = "tests.faults.roles"


@dataclass(frozen=True)
class Part:
    """A child to be: its role, what it is told, where it logs, and its environment."""

    role: str
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    given: Sequence[Any] = ()


class Starter(Protocol):
    """Whatever starts and kills processes for a trial."""

    def start(self, part: Part) -> int:
        """Starts a process and returns its id."""
        ...

    def kill(self, pid: int) -> None:
        """Ends a process as a power cut would, and returns when it is gone."""
        ...

    def stop(self, pid: int) -> int:
        """Asks a process to end (SIGTERM), and returns its exit status when it has."""
        ...

    def ended(self) -> dict[int, int]:
        """The processes that ended by themselves since the last time, and their exit status."""
        ...


@dataclass
class Children:
    """The connection to a running nursery; threads take turns."""

    process: subprocess.Popen[str]
    _turn: Lock = field(default_factory=Lock)

    def start(self, part: Part) -> int:
        """Forks a child and returns its process id."""
        order = {
            "do": "start",
            "role": f"{ROLES}:{part.role}",
            "log": str(part.log),
            "environment": dict(part.environment),
            "given": list(part.given),
        }
        return int(self._order(order)["pid"])

    def kill(self, pid: int) -> None:
        """Ends a child as a power cut would (SIGKILL), and returns when it is gone."""
        self._order({"do": "kill", "pid": pid})

    def stop(self, pid: int) -> int:
        """Asks a child to end (SIGTERM), and returns its exit status when it has."""
        return int(self._order({"do": "stop", "pid": pid})["status"])

    def ended(self) -> dict[int, int]:
        """The children that ended by themselves since the last time, and their exit status."""
        found = self._order({"do": "ended"})["ended"]
        return {int(pid): status for pid, status in found.items()}

    def _order(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with self._turn:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        assert answer, "the nursery has died"
        found: dict[str, Any] = json.loads(answer)
        return found


@contextmanager
def nursery() -> Iterator[Children]:
    """A nursery of one's own; whatever it started has ended when the block does."""
    command = [sys.executable, "-m", "tests.faults.nursery"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", "the nursery did not start"
            yield Children(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
