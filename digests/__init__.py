"""What happened in a period, who is told, and the templates that tell it."""

from digests.shown import as_posted, preview, preview_since_meeting, preview_week

__all__ = ["as_posted", "preview", "preview_since_meeting", "preview_week"]
