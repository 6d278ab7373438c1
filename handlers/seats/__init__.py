"""Changing who sits where: appointing, replacing, ending, standing in, and co-opting."""
