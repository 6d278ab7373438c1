"""Indicators: a figure for a place, all districts side by side, several sources on one theme."""
