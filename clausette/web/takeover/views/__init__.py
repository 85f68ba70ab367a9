"""Views of the takeover area."""
