"""Who reads which document, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.kernel.errors import Absent
from clausette.reports.operations import issue_certificate
from clausette.reports.queries import (
    ReportFilters,
    draft_certificate,
    issued_for,
    latest_reports,
    list_reports,
    report_content,
)
from tests.agenda.builders import filled
from tests.hats import TODAY, acting
from tests.hours.builders import World, party
from tests.world import body, member

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 10, 31)


def _issue(w: World, times: int = 1) -> list[object]:
    with acting(w.pilot) as pilot:
        return [
            issue_certificate(actor=pilot, commitment_uid=w.commitment.uid, as_of=AS_OF, on=TODAY)
            for _ in range(times)
        ]


def test_structures_buyer_and_titulaire_read_it_and_nobody_else() -> None:
    w = filled()
    associated = member(body("Structure associée", "facilitator"), "lou@associee.example")
    party(w.contract, associated, "copilot")
    (uid,) = _issue(w)
    read = {}
    for who in (w.pilot, associated, w.buyer, w.firm, w.etti, w.stranger):
        with acting(who) as actor:
            try:
                read[who.account_name] = bool(report_content(actor=actor, uid=uid))  # type: ignore[arg-type]  # uid
            except Absent:
                read[who.account_name] = False
            assert bool(list_reports(actor=actor).total) is read[who.account_name]
    assert read == {"Ana": True, "Lou": True, "Max": True, "Zoe": True, "Ugo": False, "Bob": False}


def test_lists_are_filtered_and_cost_the_same() -> None:
    w = filled()
    counts = []
    for _ in range(2):
        _issue(w)
        with acting(w.pilot) as pilot, CaptureQueriesContext(connection) as captured:
            page = list_reports(actor=pilot, filters=ReportFilters(words="bati ouche"))
        counts.append(len(captured))
    with acting(w.pilot) as pilot:
        assert list_reports(actor=pilot, filters=ReportFilters(words="0002")).total == 1
        assert list_reports(actor=pilot, filters=ReportFilters(words="piscine")).total == 0
        many = ReportFilters(words="bati ouche att 2026 0002 bati ouche att")  # each word is one condition more
        assert list_reports(actor=pilot, filters=many).total == 1
        assert [row.number for row in issued_for(actor=pilot, commitment_uid=w.commitment.uid)] == [
            "ATT-2026-0002", "ATT-2026-0001",
        ]  # fmt: skip
        assert len(latest_reports(actor=pilot, limit=1)) == 1
    assert page.total == 2
    assert counts[0] == counts[1]


def test_a_draft_tells_what_is_missing() -> None:
    w = filled()
    with acting(w.pilot) as pilot:
        draft = draft_certificate(actor=pilot, commitment_uid=w.commitment.uid, as_of=AS_OF, on=TODAY)
    assert draft.missing_months == (date(2026, 7, 1), date(2026, 8, 1))
    assert draft.pending_months == (date(2026, 10, 1),)
    assert draft.contradictions == ()
