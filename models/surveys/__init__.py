"""Surveys: whom they ask, the two boxes, the close, and what was published."""
