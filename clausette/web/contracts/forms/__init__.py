"""Forms of the contracts area: the shape of what is typed, read the French way."""
