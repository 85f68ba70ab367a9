"""What the hours room refuses."""

from collections.abc import Sequence

from clausette.kernel.errors import Refusal


class StatementIncomplete(Refusal):
    """The statement cannot be handed over yet; `missing`: what it lacks, one French sentence each."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = tuple(missing)


class ErrorsRemain(Refusal):
    """The statement holds findings that stop its validation."""


class CorrectionImpossible(Refusal):
    """This line cannot be corrected so."""
