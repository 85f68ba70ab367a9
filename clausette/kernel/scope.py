"""The one way a query restricts its rows to the actor.

The row-level policies of the database say the same thing again. Tests replace `apply` by identity to prove that
the database holds alone, and switch the policies off to prove that this holds alone.
"""

from typing import TypeVar

from django.db.models import Exists, Func, Model, Q, QuerySet

Condition = Q | Exists | Func
M = TypeVar("M", bound=Model)


def apply(queryset: QuerySet[M], condition: Condition) -> QuerySet[M]:
    """Filter for good. Replaced in the isolation tests; never called by rooms."""
    return queryset.filter(condition)


def narrow(queryset: QuerySet[M], condition: Condition) -> QuerySet[M]:
    """Keep the rows of `queryset` that the condition (built from the actor) lets through."""
    return apply(queryset, condition)
