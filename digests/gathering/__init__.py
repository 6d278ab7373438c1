"""Reading what digests tell: for one group or a thousand with the same few questions."""

from digests.gathering.groups import gather_group, gather_groups, gather_standing

__all__ = ["gather_group", "gather_groups", "gather_standing"]
