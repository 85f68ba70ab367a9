"""What the reference room refuses."""

from clausette.kernel.errors import Refusal


class NoValueAtDate(Refusal):
    """No row of a dated table covers the day asked."""
