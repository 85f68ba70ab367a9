"""Pages of hours: the grid, the firm's month, statements, their validation, lines behind a number, pieces."""
