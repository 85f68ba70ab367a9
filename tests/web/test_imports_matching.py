"""A published record that looks like a purchase awaited, and clauses that nobody here follows, on the pages."""

import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from clausette.advice.enums import StudyState
from clausette.advice.operations import create_study, move_study
from clausette.imports.models import ImportRow
from clausette.procurement.models import Contract
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import record, take
from tests.procurement.builders import Cast, contract
from tests.web.imports_helpers import address, browser, scene, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def accepted(people: Cast, **facts: Any) -> UUID:
    """A study of the buyer of the records, accepted."""
    with acting(people.pilot) as actor:
        uid = create_study(
            actor=actor, buyer_name="Métropole", buyer_uid=people.uid("buyer"), title="École Pasteur", asked_on=TODAY,
            **facts,
        )  # fmt: skip
        for state in (StudyState.OPINION_GIVEN, StudyState.ACCEPTED):
            move_study(actor=actor, study_uid=uid, state=state)
    return uid


def row() -> ImportRow:
    with as_owner():
        return ImportRow.objects.order_by("-id")[0]


def page(people: Cast, path: str) -> str:
    answer = browser(people.pilot).get(address(people.pilot, path))
    assert answer.status_code == 200
    return text(answer)


def post(people: Cast, path: str, **sent: Any) -> Any:
    return browser(people.pilot).post(address(people.pilot, f"publications/{row().uid}/{path}"), sent)


def test_a_record_of_the_same_number_is_proposed_then_becomes_the_contract_of_the_study(people: Cast) -> None:
    study = accepted(people, reference="2026 01", amount_ht=Decimal(1_000_000), engaged_on=date(2026, 1, 5))
    batch = take(people.pilot, record("2026-01"))
    for path in (f"{batch}/", "rapprochements/"):
        shown = page(people, path)
        assert "Publications à rapprocher" in shown
        assert "École Pasteur" in shown
        assert "même numéro, 2026-01" in shown
    day = text(browser(people.pilot).get(f"/o/{people.pilot.slug}/?complet=1"))
    assert "Publications à rapprocher" in day
    answer = post(people, "rapprocher/", etude=str(study))
    assert answer.status_code == 302
    with as_owner():
        made = Contract.objects.get()
    assert str(made.uid) in answer["Location"]
    assert (made.state, made.common_name, made.source) == ("notified", "École Pasteur", "typed")
    assert made.notified_on is not None
    assert "École Pasteur" not in page(people, "rapprochements/")
    award = text(browser(people.pilot).get(f"/o/{people.pilot.slug}/conseil/etudes/{study}/attribuer/"))
    assert "Bâti Ouche" in award, "the titulaire published is proposed"
    assert post(people, "rapprocher/", etude=str(study)).status_code == 400, "only once"


def test_what_is_not_the_same_is_remembered(people: Cast) -> None:
    study = accepted(people, reference="2026-01")
    take(people.pilot, record("2026-01"))
    assert post(people, "ecarter/", etude=str(study)).status_code == 302
    assert "École Pasteur" not in page(people, "rapprochements/")
    take(people.pilot, record("2026-01", objet="Publié une seconde fois"))
    assert "École Pasteur" not in page(people, "rapprochements/"), "in the next file too"
    stranger = browser(people.stranger)
    path = f"/o/{people.stranger.slug}/imports/publications/{row().uid}/rapprocher/"
    assert stranger.post(path, {"etude": str(study)}).status_code == 404


def test_a_contract_before_its_award_gets_what_was_published(people: Cast) -> None:
    made = contract(people, firm="", number="autre")
    with as_owner():
        Contract.objects.update(state="published", cpv="45210000", amount_ht=None, consultation_on=date(2026, 1, 5))
        found = record("2026-07", codeCPV="45211000-9", montant=800_000)
        Contract.objects.update(amount_ht=Decimal(810_000))
    take(people.pilot, found)
    assert "Gymnase des Acacias" in page(people, "rapprochements/")
    assert post(people, "rapprocher/", marche=str(made)).status_code == 302
    with as_owner():
        held = Contract.objects.get()
    assert (held.state, held.official_id, held.amount_ht) == ("notified", "autre", Decimal(810_000))


def test_clauses_of_the_territory_that_nobody_follows_are_listed_followed_or_left(people: Cast) -> None:
    contract(people)
    with as_owner():
        Contract.objects.update(place_code="69123")
    clause = {"considerationsSociales": {"considerationSociale": ["Clause sociale"]}}
    here = {"lieuExecution": {"code": "69003", "typeCode": "Code postal"}, **clause}
    away = {"lieuExecution": {"code": "21000", "typeCode": "Code postal"}, **clause}
    without = {**here, "considerationsSociales": {"considerationSociale": ["Pas de considération sociale"]}}
    other = {"acheteur": {"id": "55208131766522"}}
    take(
        people.pilot, record("1", objet="Voirie lointaine", **away, **other),
        record("2", objet="Voirie sans clause", **without, **other),
        record("3", objet="Voirie voisine", **here, **other),
    )  # fmt: skip
    shown = page(people, "clauses/")
    assert re.findall(r"Voirie (\w+)", shown.split("<tbody")[1])[0] == "voisine"
    assert "lointaine" not in shown
    assert "sans clause" not in shown
    assert post(people, "laisser/").status_code == 400
    assert post(people, "suivre/").status_code == 302
    with as_owner():
        assert Contract.objects.filter(common_name="Voirie voisine", source="decp").exists()
    assert "voisine" not in page(people, "clauses/")
    take(people.pilot, record("4", objet="Voirie laissée", **here, **other))
    assert post(people, "laisser/", reason="Suivi par la MDE").status_code == 302
    assert "laissée" not in page(people, "clauses/")
