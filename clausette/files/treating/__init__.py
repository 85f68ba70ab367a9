"""Pieces made fit to be kept: images drawn again, PDF written again without what acts or tells, numbers painted over.

A process of its own does it (`child`), bounded in memory and time; `run` starts it and understands its answer."""
