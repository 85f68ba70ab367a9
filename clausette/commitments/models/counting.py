"""Constraints of the counting rules, the same on an engagement and on the defaults of a structure."""

from django.db.models import CheckConstraint, Q


def counting_constraints(table: str) -> tuple[CheckConstraint, ...]:
    """Return the constraints of `cdi_months`, `training_cap` and `validity_months` of a table."""
    return (
        CheckConstraint(
            name=f"{table}_months",
            condition=(Q(cdi_months=None) | Q(cdi_months__gte=1, cdi_months__lte=120))
            & (Q(validity_months=None) | Q(validity_months__gte=1, validity_months__lte=120)),
            violation_error_message="Les mois comptés vont de 1 à 120.",
        ),
        CheckConstraint(
            name=f"{table}_training_cap",
            condition=Q(training_cap=None) | Q(training_cap__gte=0, training_cap__lte=1),
            violation_error_message="La part des heures de formation va de 0 % à 100 %.",
        ),
    )
