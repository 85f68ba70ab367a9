"""Pages of the life of an engagement: suspended, decided, declared, moved, transferred, globalised, compared."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clausette.commitments.enums import AmountBase, CommitmentKind, PartStatus
from clausette.commitments.models import BaseHours, Commitment, CommitmentAct, CommitmentVersion, GroupShare
from clausette.commitments.operations import PartEntry, Terms, close_commitment
from clausette.procurement.enums import PartyRole
from clausette.procurement.operations import admit_party, award
from tests.commitments.builders import commitment
from tests.files.builders import TEXT
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
START, END = date(2026, 1, 1), date(2026, 12, 31)
FIXED = Terms(minimum_hours=Decimal(365))


@pytest.fixture
def people() -> Cast:
    return opened()


def _owed(people: Cast, market: UUID, **values: Any) -> UUID:
    given = {"kind": CommitmentKind.FIXED, "terms": FIXED, "starts_on": START, "ends_on": END, **values}
    return commitment(people, market, **given)


def _act(**values: str) -> dict[str, Any]:
    paper = SimpleUploadedFile("acte.txt", TEXT, "text/plain")
    return {"signed_on": "2026-11-02", "reason": "Avenant 3", "document": paper, **values}


PAGES = ("suspension", "reprise", "versions")


@pytest.mark.parametrize("name", PAGES)
def test_who_opens_the_pages(people: Cast, name: str) -> None:
    path = f"engagements/{_owed(people, contract(people))}/{name}/"
    reader = 200 if name == "versions" else 403
    answers = [Browser(who).get(path).status for who in (people.pilot, people.stranger, people.firm, people.buyer)]
    assert answers == [200, 404, reader, reader]


def test_suspended_then_taken_up_and_compared(people: Cast) -> None:
    uid, pilot = _owed(people, contract(people)), Browser(people.pilot)
    base = f"engagements/{uid}/"
    assert pilot.post(base + "suspension/", on="2026-03-01").status == 400  # no reason
    assert pilot.post(base + "suspension/", on="2026-03-01", comment="Chantier arrêté", after="1").status == 302
    assert "Engagement suspendu depuis le 1er mars 2026" in pilot.get(base).text
    late = pilot.post(base + "reprise/", on="2026-02-01", comment="Reprise")
    assert late.status == 400
    assert "avant la précédente" in late.text
    assert pilot.post(base + "reprise/", on="2026-04-01", comment="Reprise", ends_on="2027-01-31").status == 302
    told = pilot.get(base + "versions/").text
    assert "31 décembre 2026 → 31 janvier 2027" in told
    assert told.index("Version 3 · Reprise") < told.index("Version 2 · Suspension") < told.index("Version initiale")


def test_a_version_read_by_two_is_written_once(people: Cast) -> None:
    uid, pilot = _owed(people, contract(people)), Browser(people.pilot)
    assert pilot.post(f"engagements/{uid}/suspension/", on="2026-03-01", comment="Arrêt", after="1").status == 302
    second = pilot.post(f"engagements/{uid}/reprise/", on="2026-04-01", comment="Reprise", after="1")
    assert second.status in (400, 409)
    with as_owner():
        assert CommitmentVersion.objects.count() == 2


def test_conditional_parts_are_decided(people: Cast) -> None:
    parts = (
        PartEntry("Base", PartStatus.FIRM, START, END, Decimal(365)),
        PartEntry("Tranche 2", PartStatus.CONDITIONAL, date(2027, 1, 1), date(2027, 3, 31), Decimal(90)),
    )
    uid = _owed(people, contract(people), terms=Terms(minimum_hours=Decimal(455)), parts=parts)
    pilot = Browser(people.pilot)
    page = pilot.get(f"engagements/{uid}/parties/")
    assert "Tranche 2 : 90 h" in page.text
    assert "Base : 365 h" not in page.text
    assert pilot.post(f"engagements/{uid}/parties/", reason="confirmation", on="2026-11-01").status == 400
    sent = pilot.post(f"engagements/{uid}/parties/", ranks="1", reason="confirmation", on="2026-11-01")
    assert sent.status == 302
    assert "455 h" in pilot.get(f"engagements/{uid}/").text
    assert pilot.get(f"engagements/{uid}/parties/").status == 400  # nothing left to decide


def test_a_settled_engagement_is_reopened(people: Cast) -> None:
    uid, pilot = _owed(people, contract(people)), Browser(people.pilot)
    assert pilot.get(f"engagements/{uid}/reouverture/").status == 400
    with acting(people.pilot) as actor:
        close_commitment(actor=actor, uid=uid, on=TODAY)
    assert "Rouvrir" in pilot.get(f"engagements/{uid}/").text
    assert pilot.post(f"engagements/{uid}/reouverture/").status == 400
    assert pilot.post(f"engagements/{uid}/reouverture/", reason="Heures retrouvées").status == 302
    with as_owner():
        assert Commitment.objects.get(uid=uid).closed_on is None


def test_the_titulaire_declares_its_hours_worked(people: Cast) -> None:
    terms = Terms(hours_share=Decimal("0.05"), estimated_base=Decimal(36_500))
    uid = _owed(people, contract(people), kind=CommitmentKind.SHARE_OF_HOURS, terms=terms)
    firm, path = Browser(people.firm), f"engagements/{uid}/heures-travaillees/"
    assert "Chiffres provisoires" in firm.get(f"engagements/{uid}/").text
    assert [Browser(who).get(path).status for who in (people.stranger, people.buyer)] == [404, 200]
    assert Browser(people.buyer).post(path, starts_on="2026-01-01").status == 403
    bad = firm.post(path, starts_on="2026-01-01", ends_on="2026-12-31", hours="12000")
    assert (bad.status, "Cette période n'est pas finie" in bad.text) == (400, True)
    assert firm.post(path, starts_on="2026-01-01", ends_on="2026-11-16", hours="12 000").status == 302
    page = firm.get(f"engagements/{uid}/").text
    assert "5 % × 12 000 h déclarées = 600 h" in page
    assert "Chiffres provisoires" not in page
    with as_owner():
        base = BaseHours.objects.get().uid
    assert firm.post(f"heures-travaillees/{base}/retirer/", reason="Erreur").status == 302
    assert "Retirées le" in firm.get(path).text


def test_an_engagement_per_amount_is_typed_and_shown_with_its_arithmetic(people: Cast) -> None:
    terms = Terms(euros_per_hour=Decimal(2000), beyond_ht=Decimal(2_700_000), amount_base=AmountBase.INVOICED)
    uid = _owed(people, contract(people), kind=CommitmentKind.PER_AMOUNT, terms=terms)
    page = Browser(people.firm).get(f"engagements/{uid}/")
    assert "le seuil de 2 700 000 € n'est pas dépassé : 0 h" in page.text
    form = Browser(people.pilot).get(f"engagements/{uid}/version/")
    assert "2 700 000" in form.text.replace("2700000", "2 700 000")


def _two(people: Cast) -> tuple[UUID, UUID]:
    market = contract(people)
    with acting(people.pilot) as actor:
        award(actor=actor, contract_uid=market, contractor_uid=people.uid("other_firm"), on=TODAY)
    return _owed(people, market), _owed(people, market, firm="other_firm")


def test_hours_are_moved_by_a_signed_act(people: Cast) -> None:
    (given, taken), pilot = _two(people), Browser(people.pilot)
    path = f"engagements/{given}/mouvement/"
    unsigned = pilot.post(path, to=str(taken), hours="65,5", starts_on="2026-11-01", signed_on="2026-11-02", reason="x")
    assert unsigned.status == 400
    values = _act(to=str(taken), hours="65,5", starts_on="2026-11-01")
    assert pilot.post(path, **values).status == 302
    assert "Mouvement : 65,5 h cédées à Toitures Morel" in pilot.get(f"engagements/{given}/").text
    told = Browser(people.other_firm).get(f"engagements/{taken}/").text
    assert "Mouvement : 65,5 h reçues d'un autre engagement" in told
    assert "Bâti Ouche" not in told.split("Actes")[1].split("Versions")[0]
    with as_owner():
        assert CommitmentAct.objects.get().hours == Decimal("65.5")


def test_more_hours_than_there_are_leave_nothing_written(people: Cast) -> None:
    given, taken = _two(people)
    values = _act(to=str(taken), hours="400", starts_on="2026-11-01")
    answer = Browser(people.pilot).post(f"engagements/{given}/mouvement/", **values)
    assert (answer.status, "365 h fermes à céder" in answer.text) == (400, True)
    with as_owner():
        assert (CommitmentAct.objects.count(), CommitmentVersion.objects.count()) == (0, 2)


def test_the_balance_goes_to_the_next_titulaire(people: Cast) -> None:
    market = contract(people)
    uid, pilot = _owed(people, market), Browser(people.pilot)
    assert pilot.get(f"engagements/{uid}/transfert/").status == 400
    with acting(people.pilot) as actor:
        award(actor=actor, contract_uid=market, contractor_uid=people.uid("other_firm"), on=TODAY)
    values = _act(contractor=str(people.uid("other_firm")), on="2026-09-01")
    assert pilot.post(f"engagements/{uid}/transfert/", **values).status == 302
    with as_owner():
        new = Commitment.objects.exclude(uid=uid).get()
        assert (new.starts_on, new.ends_on) == (date(2026, 9, 1), END)
    assert "Transfert : 365 h reçues de Bâti Ouche" in pilot.get(f"engagements/{new.uid}/").text


def test_a_globalisation_is_signed_then_withdrawn(people: Cast) -> None:
    here, there = _owed(people, contract(people, "Crèche")), _owed(people, contract(people, "Halle"))
    pilot = Browser(people.pilot)
    values = _act(to=str(there), ceiling="50", starts_on="2026-11-01")
    assert pilot.post(f"engagements/{here}/globalisation/", **values).status == 302
    assert "Globalisation depuis Bâti Ouche, 50 h au plus" in pilot.get(f"engagements/{there}/").text
    with as_owner():
        act = CommitmentAct.objects.get().uid
    assert Browser(people.firm).post(f"actes/{act}/retirer/", reason="x").status == 403
    assert pilot.post(f"actes/{act}/retirer/", reason="Accord dénoncé").status == 302
    assert "Retirée le" in pilot.get(f"engagements/{there}/").text


def test_the_shares_of_a_group_are_typed(people: Cast) -> None:
    market = contract(people)
    uid, pilot = _owed(people, market), Browser(people.pilot)
    path = f"engagements/{uid}/groupement/"
    assert pilot.get(path).status == 400
    with acting(people.pilot) as actor:
        admit_party(
            actor=actor, contract_uid=market, organisation_uid=people.uid("other_firm"),
            role=PartyRole.GROUP_MEMBER, head_uid=people.uid("firm"), valid_from=START,
        )  # fmt: skip
    above = pilot.post(path, on="2026-01-01", share0="70", share1="40")
    assert (above.status, "ne dépassent pas 100 %" in above.text) == (400, True)
    assert pilot.post(path, on="2026-01-01", share0="60", share1="40").status == 302
    assert "40 %, soit 146 h" in pilot.get(f"engagements/{uid}/").text
    with as_owner():
        assert GroupShare.objects.count() == 2
