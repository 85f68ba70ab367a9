"""Imports on screen: send an official file, see what each record would bring, decide, apply.

Words: a *tab* is a view of the records by fate. What the area does not do: it judges nothing, `clausette.imports` does.
"""
