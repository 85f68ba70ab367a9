"""What the advice room refuses: figures absent or absurd, by field."""

from clausette.kernel.errors import Invalid, Refusal


class CannotCalibrate(Invalid):
    """A figure of the calculation is absent or absurd; `errors` names each field."""


class TemplateRefused(Refusal):
    """A template of a structure cannot serve; said at the field « file »."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "file")
