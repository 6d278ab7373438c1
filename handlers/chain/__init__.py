"""The chain from problem to measure, and both parties' approval of what it says."""
