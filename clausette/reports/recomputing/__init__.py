"""An issued act computed again from the journal and the dated rules, without the rows that hold the figures.

`replay` turns what the journal tells into rows as they were; `known` counts them with the rules of the rooms; what is
found is compared, byte for byte, with what was given out.
"""
