"""What the advice room refuses: figures absent or absurd, by field."""

from clausette.kernel.errors import Invalid


class CannotCalibrate(Invalid):
    """A figure of the calculation is absent or absurd; `errors` names each field."""
