"""The hours workbook (docs/reference/hours-workbook.md): lines of hours with all that surrounds them, controlled alone.

Words: a *table* is a sheet read, column by column; a *remark* is what reading says of a cell or a line (codes of the
2xx); a *finding* is what the controls say. No account, no table: only dated values come from outside.
"""
