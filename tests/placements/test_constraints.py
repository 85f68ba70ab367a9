"""What cannot even exist in the tables of people at work, with its French sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from clausette.kernel.integrity import sentence_of
from clausette.kernel.operation import isolated
from clausette.kernel.rows import ROW_FIELDS
from clausette.placements.models import Allocation, Placement
from clausette.procurement.models import Contract
from tests.hats import as_owner
from tests.placements.builders import STARTS, checked_at_once, people, person, put_to_work, site

pytestmark = pytest.mark.django_db


def _again(row: Any, **other: Any) -> None:
    kept = [f.attname for f in row._meta.concrete_fields if f.name not in ROW_FIELDS]
    values = {name: getattr(row, name) for name in kept}
    type(row).objects.create(**(values | other))


Write = Callable[[], Any]
CASES: dict[str, Write] = {
    "Cette personne a déjà un contrat de travail chez cet employeur à cette date.": lambda: _again(
        Placement.objects.get()
    ),
    "La fin du contrat de travail précède son début.": lambda: Placement.objects.update(
        ends_on=date(2026, 1, 1)
    ),
    "Une fin réelle porte son motif et suit le début.": lambda: Placement.objects.update(ended_on=STARTS),
    "Les heures par semaine sont comprises entre 0 et 48.": lambda: Placement.objects.update(weekly_hours=49),
    "Dites quel contrat de travail précède et par quel lien.": lambda: Placement.objects.update(
        link="follows"
    ),
    "Cette répartition existe déjà.": lambda: _again(Allocation.objects.get()),
    "La fin de la répartition précède son début.": lambda: Allocation.objects.update(
        ends_on=date(2026, 1, 1)
    ),
    "La part est comprise entre 0 et 100 %.": lambda: Allocation.objects.update(share=0),
}


@pytest.mark.parametrize("told", CASES)
def test_a_broken_constraint_has_its_sentence(told: str) -> None:
    cast = people()
    put_to_work(cast, person(cast.pilot), site(cast))
    with as_owner(), pytest.raises(IntegrityError) as caught, isolated():
        CASES[told]()
    assert sentence_of(caught.value) == told


@pytest.mark.parametrize("column", ["employer_id", "contract_id"])
def test_a_part_stays_in_its_work_contract_and_its_contract(column: str) -> None:
    cast = people()
    owed = site(cast)
    put_to_work(cast, person(cast.pilot), owed)
    site(cast, "Pasteur", who="other_firm")
    other = {"employer_id": cast.other_firm.organisation_id}
    with as_owner():
        part = Allocation.objects.get()
        other["contract_id"] = Contract.objects.exclude(pk=part.contract_id).get().pk
        with checked_at_once(), pytest.raises(IntegrityError), isolated():
            Allocation.objects.update(**{column: other[column]})


def test_a_work_contract_belongs_to_the_structure_of_its_person() -> None:
    cast = people()
    put_to_work(cast, person(cast.pilot), site(cast))
    with as_owner(), checked_at_once(), pytest.raises(IntegrityError), isolated():
        Placement.objects.update(owner_org=cast.stranger.organisation_id)


def test_a_part_says_whose_the_person_is_whatever_was_written() -> None:
    cast = people()
    put_to_work(cast, person(cast.pilot), site(cast))
    with as_owner():
        values = {"owner_org_id": cast.stranger.organisation_id, "host_company_id": cast.other_firm.organisation_id}
        _again(Allocation.objects.get(), **values)
        assert set(Allocation.objects.values_list("owner_org_id", flat=True)) == {cast.pilot.organisation_id}
        Allocation.objects.update(owner_org_id=cast.stranger.organisation_id)  # nor changed
        assert set(Allocation.objects.values_list("owner_org_id", flat=True)) == {cast.pilot.organisation_id}
