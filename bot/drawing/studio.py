"""Has pictures drawn in a process that ends, so that this one never loads what draws."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from threading import Lock
from typing import ParamSpec, TypeVar

import structlog
from anyio import CapacityLimiter, to_thread

from bot.drawing.form import Form
from models.drawings import Drawing

SECONDS = 20.0
"""How long one picture may take, and how long another may wait for its turn."""

KEPT = 64
"""So many pictures are kept at hand: the same one is often asked for again at once."""

Given = ParamSpec("Given")
Found = TypeVar("Found")

log = structlog.get_logger(__name__)


class CannotDraw(Exception):
    """The picture could not be drawn; what it shows is said by its text alternative."""


@dataclass
class Studio:
    """Draws one picture at a time, each in a process of its own; safe from any thread."""

    command: Sequence[str] = (sys.executable, "-m", "bot.drawing")
    seconds: float = SECONDS
    _known: OrderedDict[str, bytes] = field(default_factory=OrderedDict, repr=False)
    _easel: Lock = field(default_factory=Lock, repr=False)
    _door: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1), repr=False)

    def draw(self, drawing: Drawing, form: Form) -> bytes:
        """The picture in a form; raises CannotDraw when it failed or took too long."""
        told = drawing.model_dump_json().encode()
        key = f"{form}:{sha256(told).hexdigest()}"
        if not self._easel.acquire(timeout=self.seconds):
            log.warning("drawing_failed", error="Busy")
            raise CannotDraw("busy")
        try:
            if key not in self._known:
                self._known[key] = self._drawn(told, form)
            self._known.move_to_end(key)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
            return self._known[key]
        finally:
            self._easel.release()

    async def aside(
        self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs
    ) -> Found:
        """Does work that draws beside the event loop; only one of it at a time holds a thread."""
        return await to_thread.run_sync(partial(work, *given, **named), limiter=self._door)

    def _drawn(self, told: bytes, form: Form) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - the command is ours, and the drawing is no part of it.
                [*self.command, form],
                input=told,
                capture_output=True,
                timeout=self.seconds,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            log.warning("drawing_failed", code=error.returncode, error=_error(error.stderr))
            raise CannotDraw("failed") from error
        except (subprocess.TimeoutExpired, OSError) as error:
            log.warning("drawing_failed", error=type(error).__name__)
            raise CannotDraw(type(error).__name__) from error
        return done.stdout


def _error(said: bytes) -> str:
    """The name of the error that ended a process; what it says may hold what was to be drawn."""
    found = re.findall(rb"^[\w.]*(?:Error|Exception)\b", said, re.MULTILINE)
    return found[-1].decode() if found else ""
