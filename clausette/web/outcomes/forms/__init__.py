"""Forms of the area, a file for each thing."""
