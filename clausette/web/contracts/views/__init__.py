"""Views of the contracts area."""
