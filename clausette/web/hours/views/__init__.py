"""Views of the hours area."""
