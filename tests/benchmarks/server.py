"""A server in a process of its own, on one core, that tells how much processor time it has had."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import uvicorn

HOST = "127.0.0.1"
PATH = "/slack/events"
SECONDS_TO_STOP = 10

MakesApp = Callable[..., Any]
"""Makes an ASGI app; it is called in the new process, so it must be a module's own function."""


@dataclass(frozen=True)
class Server:
    """A running server, as the process that measures sees it."""

    url: str
    _line: Connection

    def cpu_seconds(self) -> float:
        """User and system time of the server's process so far, all threads, as the OS counts it."""
        self._line.send("cpu")
        seconds: float = self._line.recv()
        return seconds


@contextmanager
def one_core_kept() -> Iterator[int | None]:
    """Leaves the last core to the servers: this process, which makes the load, moves off it.

    There is nothing to give where there is one core, or a system that does not let us choose.
    """
    if sys.platform != "linux" or len(ours := os.sched_getaffinity(0)) < 2:
        yield None
        return
    core = max(ours)
    os.sched_setaffinity(0, ours - {core})
    try:
        yield core
    finally:
        os.sched_setaffinity(0, ours)


@contextmanager
def running(core: int | None, make: MakesApp, *given: str) -> Iterator[Server]:
    """Serves an app on this machine alone, on one core, until the block ends."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(there, core, make, given), daemon=True
    )
    process.start()
    there.close()
    try:
        yield Server(f"http://{HOST}:{here.recv()}{PATH}", here)
        here.send("stop")
    finally:
        process.join(SECONDS_TO_STOP)
        process.kill()
        here.close()


def _serve(line: Connection, core: int | None, make: MakesApp, given: tuple[str, ...]) -> None:
    """The server's process: uvicorn, with the fastest of its loops and parsers."""
    if core is not None and sys.platform == "linux":
        os.sched_setaffinity(0, {core})
    config = uvicorn.Config(
        make(*given),
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
    )
    server = uvicorn.Server(config)
    listening = socket.create_server((HOST, 0))
    threading.Thread(target=_attend, args=(line, server), daemon=True).start()
    line.send(listening.getsockname()[1])
    server.run(sockets=[listening])


def _attend(line: Connection, server: uvicorn.Server) -> None:
    """Answers the process that measures, until it says stop."""
    while line.recv() == "cpu":
        line.send(time.process_time())
    server.should_exit = True
