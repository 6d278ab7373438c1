"""Indicators with their observations, and where figures come from."""
