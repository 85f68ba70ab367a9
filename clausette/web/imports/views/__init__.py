"""Views of the imports area."""
