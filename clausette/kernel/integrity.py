"""From a constraint broken in the database to the French sentence of that constraint."""

from django.apps import apps
from django.db import IntegrityError

_declared: dict[str, str] = {}

GENERIC = "Cette saisie contredit une donnée déjà enregistrée."


def declare_sentence(constraint: str, sentence: str) -> None:
    """Give the sentence of a constraint made in plain SQL (composite foreign key, trigger), by its name."""
    _declared[constraint] = sentence


def violated_constraint(exc: IntegrityError) -> str:
    """Return the name of the broken constraint, "" when the database gives none."""
    diag = getattr(exc.__cause__, "diag", None)
    return str(getattr(diag, "constraint_name", None) or "")


def sentence_of(exc: IntegrityError) -> str:
    """Return the French sentence of the broken constraint, a generic one when it has none of its own."""
    name = violated_constraint(exc)
    if name in _declared:
        return _declared[name]
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.violation_error_message or GENERIC)
    return GENERIC
