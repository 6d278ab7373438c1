"""Files to keep: rows as CSV, workbook and JSON, and mandates as a calendar."""
