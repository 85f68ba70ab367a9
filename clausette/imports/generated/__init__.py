"""A made-up hours workbook with faults planted and known: the proof of the controls, made from their pages alone.

Written from docs/reference/hours-workbook.md and control-codes.md by reading neither the rules nor the engine, and so
must it stay: a fault here is what the page says, never what the engine does. Words: a *story* is a few lines with all
that surrounds them, of which stories share nothing but calm engagements; a *near miss* is a line just within a rule.
"""
