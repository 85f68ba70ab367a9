"""What the placements room refuses."""

from clausette.kernel.errors import Refusal


class DatesImpossible(Refusal):
    """The dates of a work contract cannot stand together."""


class AlreadyEmployed(Refusal):
    """The person already worked for the firm: refused unless a reason is given."""


class SplitImpossible(Refusal):
    """The shares of a work contract over engagements do not make 100 %."""


class NotAdmitted(Refusal):
    """The engagement does not admit this way of working, or only on an approval that is not given."""


# What is held by plain SQL (triggers): constraint → sentence.
SENTENCES = {
    "placements_allocation_withdrawn": "Une mise à l'emploi se retire avec ses mises à disposition.",
}
