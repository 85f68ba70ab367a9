"""From the cell to the validated line."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.hours.operations import submit_statement, validate_statement
from clausette.hours.queries import progress_of
from tests.hats import TODAY, acting, noon
from tests.hours.builders import OCT, world

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


def test_hours_typed_handed_over_and_validated_count_in_the_progress() -> None:
    w = world()
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "121.5"), w.entry(w.diallo, "100"))
        ref = submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
        before = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
        ref = validate_statement(
            actor=pilot, uid=ref.uid, version=ref.version, justifications={"W104": "Feuilles vues au bureau."}, at=AT,
            on=TODAY,
        )  # fmt: skip
        after = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
    assert (before.declared, before.validated) == (Decimal("221.50"), Decimal(0))
    assert (after.declared, after.validated) == (Decimal(0), Decimal("221.50"))
    assert after.missing_months == (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))
    assert after.last_statement == OCT
