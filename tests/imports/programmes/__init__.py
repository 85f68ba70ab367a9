"""Purchase programmes: cells, columns, lines, notices, the command, the studies opened."""
