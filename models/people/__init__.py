"""The parties' people: organisations, accounts, addresses, absences, and merging two records."""
