"""Has closed surveys counted in a process of its own, which the web process never becomes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Timer
from typing import IO, Protocol

import structlog

from models.surveys.facts import Tables, WaveFacts

SECONDS = 600.0
"""How long one survey may take; its audit's work is limited to some minutes, also where slow."""

log = structlog.get_logger(__name__)

Counting = Callable[[WaveFacts], Tables]


class CannotCount(Exception):
    """The survey could not be counted now; it is tried again at the next look."""


class TookTooLong(CannotCount):
    """The survey was counted for as long as it may take, and the process was ended."""


class Press(Protocol):
    """Counts and audits closed surveys, one after the other, while it is open."""

    def open(self) -> AbstractContextManager[Counting]:
        """What counts one survey; it raises `CannotCount`, or `TookTooLong`, when that failed."""
        ...


@dataclass
class ChildPress:
    """Counts in a process that lives as long as it is open."""

    command: Sequence[str] = (sys.executable, "-m", "bot.publishing")
    seconds: float = SECONDS
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @contextmanager
    def open(self) -> Iterator[Counting]:
        """Starts the process; what it says of errors may hold answers, so nobody reads it."""
        try:
            child = subprocess.Popen(  # noqa: S603 - the command is ours, and no fact is part of it.
                list(self.command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise CannotCount(type(error).__name__) from error
        assert child.stdin is not None
        assert child.stdout is not None
        pipes = child.stdin, child.stdout
        self._child = child
        try:
            yield lambda facts: self._counted(child, pipes, facts)
        finally:
            self._child = None
            child.kill()
            child.wait()
            for pipe in pipes:
                with suppress(OSError):
                    pipe.close()

    def stop(self) -> None:
        """Ends the counting that is under way; what was not published is counted again later."""
        child = self._child
        if child is not None:
            child.kill()

    def _counted(
        self, child: subprocess.Popen[bytes], pipes: tuple[IO[bytes], IO[bytes]], facts: WaveFacts
    ) -> Tables:
        is_late = Event()

        def lose_patience() -> None:
            is_late.set()
            child.kill()

        patience = Timer(self.seconds, lose_patience)
        patience.start()
        try:
            pipes[0].write(facts.model_dump_json().encode() + b"\n")
            pipes[0].flush()
            line = pipes[1].readline()
        except OSError as error:
            raise CannotCount(type(error).__name__) from error
        finally:
            patience.cancel()
        if not line and is_late.is_set():
            raise TookTooLong(f"ended after {self.seconds:.0f} seconds")
        if not line:
            raise CannotCount(f"the process ended with code {child.wait()}")
        return Tables.model_validate_json(line)
