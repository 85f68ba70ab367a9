"""Files of hours of payroll or temporary-work software: read, matched with the people at work, compared.

Words: a *record* is the hours of one cell of the file (one person, one month); a *subject* is who and where it
speaks of, as the file writes it; a *post* is one person at work on one engagement; a *match* says which post a record
means and how sure that is; a *fate* is what becomes of it. Pure: no table, no clock. Workbooks are opened, and their
columns recognised, by the same means as the takeover and the purchase programmes.
"""
