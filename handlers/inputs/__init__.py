"""Inspel: asking the districts before a meeting, what they give, and what became of it."""
