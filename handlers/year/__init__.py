"""The year of groups (årshjul): what falls when, as a list, a file and a calendar feed."""
