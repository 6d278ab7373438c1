"""The chain from problem to measure, and both parties' approval of its links."""
