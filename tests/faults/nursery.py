"""Where the processes that are killed come from: one that has imported everything, and forks.

`python -m tests.faults.nursery` reads orders from its standard input, a line of JSON each, and
answers with a line. A child is `samverkan web` or `samverkan worker` itself, called after the
imports: starting Python and importing would cost a second of processor time for each kill. The
only thing that differs is the clock, which runs faster. When standard input ends, or the nursery
dies, all children die.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

Order = dict[str, Any]


class Nursery:
    """Forks children, kills them, and knows which are alive."""

    def __init__(self) -> None:
        self.alive: set[int] = set()
        # Only the nursery holds the writing end: when it is gone, the children read its end.
        self.lifeline = os.pipe()

    def start(self, order: Order) -> Order:
        """Forks a child that calls `order["role"]` in an environment of its own."""
        pid = os.fork()
        if pid == 0:
            self._be(order)
        self.alive.add(pid)
        return {"pid": pid}

    def kill(self, order: Order) -> Order:
        """Kills a child and waits until it is gone."""
        pid = order["pid"]
        if pid in self.alive:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            self.alive.discard(pid)
        return {}

    def stop(self, order: Order) -> Order:
        """Asks a child to end, and tells how it did."""
        pid = order["pid"]
        os.kill(pid, signal.SIGTERM)
        _, status = os.waitpid(pid, 0)
        self.alive.discard(pid)
        return {"status": os.waitstatus_to_exitcode(status)}

    def ended(self, _: Order) -> Order:
        """The children that have ended by themselves since the last time, with their status."""
        found = {}
        for pid in list(self.alive):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                found[pid] = os.waitstatus_to_exitcode(status)
                self.alive.discard(pid)
        return {"ended": found}

    def close(self) -> None:
        """Kills what is left."""
        for pid in self.alive:
            os.kill(pid, signal.SIGKILL)
        for pid in self.alive:
            os.waitpid(pid, 0)

    def _be(self, order: Order) -> None:
        """The child's whole life; it never returns into the nursery's loop."""
        status = 1
        try:
            os.close(self.lifeline[1])
            log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            nothing = os.open(os.devnull, os.O_RDONLY)
            for number, target in enumerate((nothing, log, log)):
                os.dup2(target, number)
            threading.Thread(target=self._watch, name="lifeline", daemon=True).start()
            os.environ.update(order["environment"])
            os.chdir(Path(order["log"]).parent)
            _role(order["role"])(*order["given"])
            status = 0
        except SystemExit as ending:
            status = ending.code if isinstance(ending.code, int) else 1
        except BaseException:  # noqa: BLE001 - the child ends here, and its log says why.
            traceback.print_exc()
        finally:
            os._exit(status)

    def _watch(self) -> None:
        os.read(self.lifeline[0], 1)
        os._exit(1)


def _role(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


def main() -> None:
    """Takes orders until there are no more."""
    from tests.faults import roles

    roles.warm()
    # What is here by now is never looked through for garbage, neither here nor in any child.
    gc.collect()
    gc.freeze()
    nursery = Nursery()
    orders = {name: getattr(nursery, name) for name in ("start", "kill", "stop", "ended")}
    print("ready", flush=True)  # noqa: T201 - the harness reads what is printed.
    try:
        for line in sys.stdin:
            order = json.loads(line)
            print(json.dumps(orders[order["do"]](order)), flush=True)  # noqa: T201
    finally:
        nursery.close()


if __name__ == "__main__":
    main()
