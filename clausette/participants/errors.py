"""What the participants room refuses."""

from clausette.kernel.errors import Refusal


class CategoryNotStored(Refusal):
    """This category may not be written for a person: an authorised prescriber's opinion is written
    instead."""
