"""Views of the files of hours."""
