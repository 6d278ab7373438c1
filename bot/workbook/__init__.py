"""The registrar's files: workbooks and folders of CSV in, an empty workbook out."""
