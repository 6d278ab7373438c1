"""What happened in a period, who is told, and the templates that tell it."""

from digests.shown import preview, preview_week

__all__ = ["preview", "preview_week"]
