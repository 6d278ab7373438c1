"""Measures: what is reported, changed, asked and promised, and who answers for them."""
