"""Sets a paper in its formats: tagged PDF, workbook, editable text."""
