"""Sending what was queued: never lost, and never doubled unless nobody can tell."""
