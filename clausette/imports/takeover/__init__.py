"""Starting with running work: a workbook of marchés, people, work contracts and hours, read and compared.

Words: a *sheet plan* says what each column of a sheet is; a *record* is what one line brings; a *finding* is a coded
sentence about a line; a *fate* is what becomes of a record. Nothing here touches a table.
"""
