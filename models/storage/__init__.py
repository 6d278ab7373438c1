"""Keeping what is stored: the schema's revisions, back-ups, restoring and moving."""
