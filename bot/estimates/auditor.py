"""Has audits done in a process that ends, so that this one never loads what calculates."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.estimates.wire import ORDERS, RELEASES
from models.statistics.disclosure import CannotAudit, Order, Release

SECONDS = 300.0
"""How long a wave's audit may take; a whole city's takes a few seconds."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ProcessAuditor:
    """Audits in a process of its own; safe from any thread. Call it outside any transaction."""

    command: Sequence[str] = (sys.executable, "-m", "bot.estimates")
    seconds: float = SECONDS

    def audit(self, orders: Sequence[Order]) -> tuple[tuple[Release, ...], ...]:
        """One release for each order's figures; raises CannotAudit when it failed or was slow."""
        try:
            done = subprocess.run(  # noqa: S603 - the command is ours, and the orders no part of it.
                list(self.command),
                input=ORDERS.dump_json(tuple(orders)),
                capture_output=True,
                timeout=self.seconds,
                check=True,
            )
        except (subprocess.SubprocessError, OSError) as error:
            # What the process said may hold what was answered, so only the error's name is told.
            log.warning("audit_failed", error=type(error).__name__)
            raise CannotAudit(type(error).__name__) from error
        return RELEASES.validate_json(done.stdout)
