"""Closed surveys counted, audited and published; the counting is done in a process that ends."""
