"""Has closed surveys counted in a process of its own, which the web process never becomes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from signal import SIGHUP, SIGINT, SIGTERM
from threading import Event, Timer
from typing import Protocol

from models.surveys.facts import Tables, WaveFacts

SECONDS = 600.0
"""How long one survey may take; its audit's work is limited to some minutes, also where slow."""

READY = b"ready\n"
"""What the process says when it has loaded all it needs; what fails before is no survey's fault."""

ENDED_BY_SOMEBODY = (-SIGTERM, -SIGINT, -SIGHUP)
"""What a process that is stopped with the whole service ends with."""

Counting = Callable[[WaveFacts], Tables]


class CannotCount(Exception):
    """The survey could not be counted now; it is tried again at the next look."""


class GivenUp(CannotCount):
    """Counting this survey was given up; it may be so each time."""


class TookTooLong(GivenUp):
    """The survey was counted for as long as it may take, and the process was ended."""


class Crashed(GivenUp):
    """The process that counted the survey ended, and nobody had ended it."""


class Press(Protocol):
    """Counts and audits closed surveys, one after the other, while it is open."""

    def open(self) -> AbstractContextManager[Counting]:
        """What counts one survey; it raises `CannotCount`, or `TookTooLong`, when that failed."""
        ...


@dataclass
class _Child:
    """The process; `is_ready` when it has said that it is."""

    process: subprocess.Popen[bytes]
    is_ready: bool = False

    def answer(self, facts: WaveFacts) -> bytes:
        """The line that it answers, which is no whole line where it has ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.is_ready = self.is_ready or self.process.stdout.readline() == READY
        if not self.is_ready:
            return b""
        try:
            self.process.stdin.write(facts.model_dump_json().encode() + b"\n")
            self.process.stdin.flush()
        except OSError:
            return b""
        return self.process.stdout.readline()

    def end(self) -> int:
        """Ends it, if it has not ended by itself; returns its code."""
        self.process.kill()
        code = self.process.wait()
        for pipe in filter(None, (self.process.stdin, self.process.stdout)):
            with suppress(OSError):
                pipe.close()
        return code


@dataclass
class ChildPress:
    """Counts in a process that lives as long as it is open."""

    command: Sequence[str] = (sys.executable, "-m", "bot.publishing")
    seconds: float = SECONDS
    _child: _Child | None = field(default=None, repr=False)

    @contextmanager
    def open(self) -> Iterator[Counting]:
        """Starts the process; what it says of errors may hold answers, so nobody reads it."""
        try:
            process = subprocess.Popen(  # noqa: S603 - the command is ours, and no fact is part of it.
                list(self.command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise CannotCount(type(error).__name__) from error
        child = self._child = _Child(process)
        try:
            yield lambda facts: self._counted(child, facts)
        finally:
            self._child = None
            child.end()

    def stop(self) -> None:
        """Ends the counting that is under way; what was not published is counted again later."""
        child, self._child = self._child, None
        if child is not None:
            child.process.kill()

    def _counted(self, child: _Child, facts: WaveFacts) -> Tables:
        is_late = Event()

        def lose_patience() -> None:
            is_late.set()
            child.process.kill()

        patience = Timer(self.seconds, lose_patience)
        patience.start()
        try:
            line = child.answer(facts)
        finally:
            patience.cancel()
        if line.endswith(b"\n"):
            return Tables.model_validate_json(line)
        if is_late.is_set():
            raise TookTooLong(f"ended after {self.seconds:.0f} seconds")
        raise self._ended(child)

    def _ended(self, child: _Child) -> CannotCount:
        """What its end means: that it crashed only where it was counting and nobody ended it."""
        code = child.process.wait()
        is_stopped = self._child is not child or code in ENDED_BY_SOMEBODY
        kind = Crashed if child.is_ready and not is_stopped else CannotCount
        return kind(f"the process ended with code {code}")
