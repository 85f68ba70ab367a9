"""What the web does with its memory: the objects of the program are set aside, those of requests are looked at less."""

import gc

OBJECTS = 20_000
"""New objects between two rounds of the collector: 700 by default, thirty rounds for one large page."""


def settle() -> None:
    """Call once everything is loaded: rounds of the collector no longer go through the program itself."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, 20, 20)
