"""Purchase programmes: a buyer's workbook, contract notices (eForms) or official records, read line by line.

Pure: no database, no clock, no network. Whatever the bytes hold, a file comes back with its lines or with the reason
why it has none; a faulty cell is told with its line and its column, the other lines are kept. Workbooks are opened, and
their columns recognised, by the same means as the takeover.
"""
