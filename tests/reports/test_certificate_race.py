"""Several people issue at once: the numbers follow each other all the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from clausette.reports.models import Report
from clausette.reports.operations import issue_certificate
from tests.agenda.builders import filled
from tests.hats import TODAY, acting, as_owner

pytestmark = pytest.mark.django_db(transaction=True)


def test_numbers_have_no_gap_and_no_twin_when_several_issue_at_once() -> None:
    w = filled()

    def one(_: int) -> None:
        try:
            with acting(w.pilot) as pilot:
                issue_certificate(
                    actor=pilot, commitment_uid=w.commitment.uid, as_of=date(2026, 10, 31), on=TODAY
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(one, range(3)))
    with as_owner():
        numbers = sorted(Report.objects.values_list("number", flat=True).order_by("id"))
    assert numbers == ["ATT-2026-0001", "ATT-2026-0002", "ATT-2026-0003"]
