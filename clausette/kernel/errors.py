"""What can be refused to a person, and how it is told."""

from collections.abc import Mapping


class Refusal(Exception):
    """An anticipated « no »: a French sentence and, if it concerns one, the form field. Shown with status 400."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refusal):
    """This person may not do this, whatever the moment (403)."""


class WrongState(Refusal):
    """Not the right moment: the object is in a state where this cannot be done."""


class Conflict(Refusal):
    """Somebody else was first (409); `theirs` is what they wrote, to be shown beside what was typed."""

    def __init__(self, message: str, theirs: object | None = None, field: str = "") -> None:
        super().__init__(message, field)
        self.theirs = theirs


class Invalid(Refusal):
    """Several fields are wrong at once: field name → French sentence ("" for the whole form)."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        first = next(iter(errors.items()), ("", "Saisie incomplète."))
        super().__init__(first[1], first[0])
        self.errors = dict(errors)


class Absent(Exception):
    """The thing does not exist for this person: the same 404 whether it exists for others or not."""
