"""The verbs of data protection: erase, hold, purge."""
