"""`python -m bot.estimates`: orders as JSON on standard input, what may be told on the output."""

from __future__ import annotations

import sys

from bot.estimates.audit import audit
from bot.estimates.wire import ORDERS, RELEASES


def main() -> int:
    """Audits what was handed in, one question after the other."""
    orders = ORDERS.validate_json(sys.stdin.buffer.read())
    sys.stdout.buffer.write(RELEASES.dump_json(tuple(audit(order) for order in orders)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
