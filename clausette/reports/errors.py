"""What stops a document from being issued."""

from clausette.kernel.errors import Refusal, WrongState


class DateRefused(Refusal):
    """The day on which the figures are taken does not fit the engagement."""


class AlreadyReplaced(WrongState):
    """The document to replace is no longer the last one of its kind."""


class FiguresContradict(WrongState):
    """The figures do not add up: nothing is printed from them."""
