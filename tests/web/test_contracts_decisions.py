"""What the market decided of a phase is proposed to its engagement; hours worked are read with few queries."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.commitments.enums import CommitmentKind, PartStatus, VersionReason
from clausette.commitments.models import CommitmentPart, CommitmentVersion
from clausette.commitments.operations import PartEntry, Terms, create_commitment
from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.procurement.enums import PhaseKind
from clausette.procurement.operations import PhaseEntry, decide_phase, plan_phase
from clausette.procurement.queries import contract_sheet
from tests.commitments.builders import commitment
from tests.files.builders import TEXT
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
START, END, LATER = date(2026, 1, 1), date(2026, 12, 31), date(2027, 6, 30)
TRANCHE = date(2027, 1, 1)
PARTS = (
    PartEntry("Base", PartStatus.FIRM, START, END, Decimal(300)),
    PartEntry("Logements", PartStatus.CONDITIONAL, TRANCHE, LATER, Decimal(100)),
)


@pytest.fixture
def people() -> Cast:
    return opened()


def _decided(
    people: Cast, market: UUID, *, confirmed: bool = True, kind: PhaseKind = PhaseKind.OPTIONAL_TRANCHE
) -> UUID:
    with acting(people.pilot) as actor:
        phase = plan_phase(actor=actor, contract_uid=market, entry=PhaseEntry(kind, 1, TRANCHE, LATER))
        paper = store_file(actor=actor, name="os.txt", data=TEXT, purpose=Purpose.EVIDENCE)
        decide_phase(
            actor=actor, uid=phase, confirmed=confirmed, on=date(2026, 11, 2), reason="Décision du conseil",
            document_uid=paper,
        )  # fmt: skip
    return phase


def _owed(people: Cast, market: UUID, parts: tuple[PartEntry, ...] = PARTS) -> UUID:
    hours = sum((part.hours for part in parts), Decimal(0))
    return commitment(
        people, market, kind=CommitmentKind.FIXED, terms=Terms(minimum_hours=hours), parts=parts, starts_on=START,
        ends_on=END,
    )  # fmt: skip


def test_the_page_proposes_the_decision_taken_on_the_market_and_keeps_its_paper(people: Cast) -> None:
    market = contract(people)
    uid, pilot = _owed(people, market), Browser(people.pilot)
    path = f"engagements/{uid}/parties/"
    assert "Décidé sur le marché" not in pilot.get(path).text
    phase = _decided(people, market)
    page = pilot.get(path).text
    assert "Décidé sur le marché le 2 novembre 2026 : Tranche optionnelle 1 : affermie." in page
    for shown in ("checked", 'value="2026-11-02"', "Décision du conseil", '<option value="confirmation" selected>'):
        assert shown in page
    contract_page = pilot.get(f"marches/{market}/").text
    assert f"engagements/{uid}/parties/?phase={phase}" in contract_page
    sent = pilot.post(f"{path}?phase={phase}", ranks="1", reason="confirmation", on="2026-11-02")
    assert sent.status == 302
    assert "Adapter l" in contract_page
    assert "Adapter l" not in pilot.get(f"marches/{market}/").text  # the schedule tells it already
    with as_owner():
        part = CommitmentPart.objects.select_related("phase").get(version__number=2, label="Logements")
        version = CommitmentVersion.objects.get(number=2)
    assert part.phase is not None
    assert (part.status, part.phase.uid) == (PartStatus.FIRM, phase)
    assert version.document_id is not None
    again = pilot.get(f"engagements/{uid}/version/?phase={phase}").text
    assert "L'échéancier a déjà cette partie." in again
    assert 'value="Tranche optionnelle 1"' not in again
    values = {"reason": "amendment", "effective_on": "2026-11-10", "ends_on": "2027-06-30", "after": "2", "rows": "3"}
    parts = (("Base", START, END, "310"), ("Logements", TRANCHE, LATER, "100"))
    for rank, (label, first, last, hours) in enumerate(parts):
        values |= {f"part{rank}_label": label, f"part{rank}_status": "firm", f"part{rank}_hours": hours}
        values |= {f"part{rank}_starts_on": str(first), f"part{rank}_ends_on": str(last)}
    assert pilot.post(f"engagements/{uid}/version/", minimum_hours="410", **values).status == 302
    with as_owner():
        kept = CommitmentPart.objects.select_related("phase").get(version__number=3, label="Logements")
    assert kept.phase is not None  # typed again, still tied
    assert kept.phase.uid == phase


def test_another_choice_than_the_one_proposed_takes_neither_its_paper_nor_its_phase(people: Cast) -> None:
    market = contract(people)
    uid = _owed(people, market)
    _decided(people, market, confirmed=False)
    pilot = Browser(people.pilot)
    page = pilot.get(f"engagements/{uid}/parties/").text
    assert '<option value="not_renewed" selected>' in page
    assert pilot.post(f"engagements/{uid}/parties/", ranks="1", reason="confirmation", on="2026-11-03").status == 302
    with as_owner():
        version = CommitmentVersion.objects.get(number=2)
        part = CommitmentPart.objects.get(version=version, label="Logements")
    assert (version.document_id, part.phase_id, version.reason) == (None, None, VersionReason.CONFIRMATION)


def test_a_new_version_proposes_the_part_that_the_engagement_does_not_have_yet(people: Cast) -> None:
    market = contract(people)
    uid, pilot = _owed(people, market, PARTS[:1]), Browser(people.pilot)
    phase = _decided(people, market, kind=PhaseKind.RENEWAL)
    assert f"engagements/{uid}/version/?phase={phase}" in pilot.get(f"marches/{market}/").text
    page = pilot.get(f"engagements/{uid}/version/?phase={phase}").text
    for shown in ("Reconduction 1 : reconduite", 'value="Reconduction 1"', 'value="2027-06-30"', 'value="2026-11-02"'):
        assert shown in page
    assert '<option value="renewal" selected>' in page
    plain = pilot.get(f"engagements/{uid}/version/").text
    assert "Reconduction 1" not in plain
    foreign = pilot.get(f"engagements/{uid}/version/?phase=charabia")
    assert (foreign.status, "Décidé sur le marché" in foreign.text) == (200, False)


def test_the_page_of_hours_worked_asks_fifteen_queries_at_most(people: Cast) -> None:
    market = contract(people, lots=1)
    with acting(people.pilot) as actor:
        lot = contract_sheet(actor=actor, uid=market).lots[0].uid
        uid = create_commitment(
            actor=actor, contract_uid=market, contractor_uid=people.uid("firm"), kind=CommitmentKind.SHARE_OF_HOURS,
            starts_on=START, ends_on=END, on=TODAY, lot_uid=lot,
            terms=Terms(hours_share=Decimal("0.05"), estimated_base=Decimal(36_500)),
        )  # fmt: skip
    firm = Browser(people.firm)
    with CaptureQueriesContext(connection) as asked:
        page = firm.get(f"engagements/{uid}/heures-travaillees/")
    assert (page.status, "provisoire" in page.text) == (200, True)
    assert len(asked) <= 15, [one["sql"][:90] for one in asked.captured_queries]
