"""Advice before the tender, for facilitators: is a social condition due, how many hours.

What the area does not do: it keeps nothing; the figures typed are in the address of the page."""
