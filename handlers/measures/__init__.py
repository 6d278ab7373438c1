"""Measures: reporting on them, being asked about them, listing them, and why they are done."""
