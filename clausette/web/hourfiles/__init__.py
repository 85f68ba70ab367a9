"""Pages of the files of hours."""
