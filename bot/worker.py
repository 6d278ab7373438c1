"""The worker's process: it looks at the timetable and sends, until it is told to stop."""

from __future__ import annotations

import gc
import signal
from threading import Event
from types import FrameType
from typing import Protocol


class Background(Protocol):
    """What runs beside the web: the senders and the timetable."""

    def start_background(self) -> None:
        """Starts them."""
        ...

    def stop_background(self) -> None:
        """Stops them; what is being sent is finished first."""
        ...


def keep_loaded() -> None:
    """Spares the collector what a process has loaded: it stays for as long as the process does.

    Else it is looked through again and again, a fifth of all the time that digests take.
    """
    gc.collect()
    gc.freeze()


def run_worker(house: Background) -> None:
    """Works until the process is asked to end (SIGTERM or Ctrl+C)."""
    told_to_stop = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    work(house, told_to_stop)


def work(house: Background, told_to_stop: Event) -> None:
    """Works until told to stop, and lets what is under way be finished."""
    house.start_background()
    try:
        told_to_stop.wait()
    finally:
        house.stop_background()
