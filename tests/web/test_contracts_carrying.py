"""« Reporter le surplus »: from the settled engagement to another, seen on both pages, given back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from clausette.commitments.models import CommitmentAct
from clausette.commitments.operations import close_commitment
from tests.files.builders import TEXT
from tests.hats import TODAY, as_owner
from tests.hours.builders import World
from tests.hours.test_operations_carrying import actor, admit, giving, receiving, w
from tests.web.contracts_world import Browser
from tests.world import demonstration

__all__ = ["actor", "giving", "receiving", "w"]
pytestmark = pytest.mark.django_db


def typed(receiving: Any, **values: str) -> dict[str, Any]:
    return {
        "to": str(receiving.uid), "hours": "40", "starts_on": f"{TODAY}", "signed_on": f"{TODAY}",
        "reason": "Accord écrit du maître d'ouvrage",
        "document": SimpleUploadedFile("accord.txt", TEXT, "text/plain"), **values,
    }  # fmt: skip


def test_from_the_page_and_back(w: World, giving: Any, receiving: Any, actor: Any) -> None:
    demonstration()
    pilot = Browser(w.pilot)
    path = f"engagements/{giving.uid}/report/"
    here, there = f"engagements/{giving.uid}/", f"engagements/{receiving.uid}/"
    assert "Soldez d'abord l'engagement" in pilot.get(here).text
    assert pilot.get(path).status == 400
    close_commitment(actor=actor, uid=giving.uid, on=TODAY)
    page = pilot.get(path).text
    assert "180 h validées pour 120 h dues : 60 h de surplus" in page
    assert "ne dit rien du report" in page
    refused = pilot.post(path, **typed(receiving))
    assert refused.status == 400
    assert "écrivez d'abord sa règle" in refused.text
    assert "Accord écrit du maître d'ouvrage" in refused.text  # what was typed is kept
    rule = {"matter": "carry_over", "starts_on": "2026-07-01", "admitted": "oui", "source": "CCAP, article 5.6"}
    assert pilot.post(f"{there}valorisation/", **rule).status == 400  # a ceiling is asked
    assert pilot.post(f"{there}valorisation/", **rule, hours_most="50").status == 302
    assert "report admis, 50 h au plus" in pilot.get(path).text
    assert pilot.post(path, **typed(receiving, hours="50,5")).status == 400
    assert pilot.post(path, **typed(receiving)).status == 302
    assert "40 h reportées vers « École Pasteur »" in pilot.get(here).text
    for who in (w.pilot, w.firm, w.buyer):
        assert "40 h reçues par report depuis" in Browser(who).get(there).text
    assert "180 h validées (dont 40 h reçues par report)" in Browser(w.firm).get("").text
    with as_owner():
        act = CommitmentAct.objects.get()
    assert (act.hours, act.starts_on) == (Decimal(40), TODAY)
    assert Browser(w.firm).post(f"actes/{act.uid}/retirer/", reason="Non").status == 403
    assert pilot.post(f"actes/{act.uid}/retirer/", reason="Accord dénoncé").status == 302
    assert "Annulé le" in pilot.get(there).text


def test_nothing_to_carry_is_said(w: World, giving: Any, receiving: Any, actor: Any) -> None:
    demonstration()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_commitmentpart SET hours = 180 WHERE commitment_id = %s", [giving.pk])
    close_commitment(actor=actor, uid=giving.uid, on=TODAY)
    answer = Browser(w.pilot).get(f"engagements/{giving.uid}/report/")
    assert answer.status == 400
    assert "rien n'est à reporter" in answer.text


def test_who_opens_the_page(w: World, giving: Any, receiving: Any) -> None:
    demonstration()
    path = f"engagements/{giving.uid}/report/"
    assert [Browser(who).get(path).status for who in (w.stranger, w.firm, w.buyer)] == [404, 403, 403]


def test_a_rule_of_the_engagement_is_read_at_its_month(w: World, giving: Any, receiving: Any, actor: Any) -> None:
    demonstration()
    close_commitment(actor=actor, uid=giving.uid, on=TODAY)
    admit(actor, receiving, date(2026, 11, 1))
    answer = Browser(w.pilot).post(f"engagements/{giving.uid}/report/", **typed(receiving, starts_on="2026-10-15"))
    assert answer.status == 400
    assert "ne dit pas qu'il admet un surplus" in answer.text
