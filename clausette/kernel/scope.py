"""The one way a query restricts its rows to the actor.

The row-level policies of the database say the same thing again. Tests replace `apply` by identity to prove that
the database holds alone, and switch the policies off to prove that this holds alone.
"""

from typing import TypeVar

from django.db.models import BooleanField, Exists, F, Func, Model, Q, QuerySet

Condition = Q | Exists | Func
M = TypeVar("M", bound=Model)


class GivenBy(Func):
    """« The column is one of the numbers that this function of rights gives », read once whatever the rows.

    `function`: the call as we write it, « mandates_used() »; never made of what somebody typed.
    """

    output_field = BooleanField()
    template = "%(expressions)s = ANY ((SELECT sec.%(function)s)::bigint[])"

    def __init__(self, column: str, function: str) -> None:
        super().__init__(F(column), function=function)


def apply(queryset: QuerySet[M], condition: Condition) -> QuerySet[M]:
    """Filter for good. Replaced in the isolation tests; never called by rooms."""
    return queryset.filter(condition)


def narrow(queryset: QuerySet[M], condition: Condition) -> QuerySet[M]:
    """Keep the rows of `queryset` that the condition (built from the actor) lets through."""
    return apply(queryset, condition)
