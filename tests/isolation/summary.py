"""What tests count and print at the end of the run, whatever the verbosity."""

LINES: list[tuple[str, str]] = []


def say(line: str, section: str = "isolation") -> None:
    """Keep a line for the end, under the title of its section."""
    LINES.append((section, line))
