"""Results of closed surveys: cards, tables, pictures and files, all from what was frozen."""
