"""Each constraint of the room, broken, gives its French sentence; versions and parts are never changed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import Model

from clausette.commitments.models import Commitment, CommitmentPart, CommitmentVersion
from clausette.kernel.integrity import sentence_of
from clausette.kernel.operation import writing
from tests.commitments.builders import commitment
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import cast, contract

pytestmark = pytest.mark.django_db
DAY = date(2030, 1, 1)


def _commitment(row: Commitment, **values: object) -> Commitment:
    given = {"starts_on": DAY, "ends_on": DAY, "lead_org_id": row.lead_org_id, **values}
    return Commitment(contract_id=row.contract_id, contractor_id=row.contractor_id, kind="fixed", **given)


def _version(row: Commitment, **values: object) -> CommitmentVersion:
    given = {"number": 9, "reason": "amendment", "effective_on": TODAY, "ends_on": DAY, **values}
    return CommitmentVersion(commitment=row, contract_id=row.contract_id, **given)


def _part(row: Commitment, **values: object) -> CommitmentPart:
    version = CommitmentVersion.objects.get(commitment=row)
    given = {"label": "x", "status": "firm", "starts_on": DAY, "ends_on": DAY, "hours": Decimal(1), **values}
    return CommitmentPart(version=version, commitment=row, contract_id=row.contract_id, **given)


BROKEN: dict[str, Callable[[Commitment], Model]] = {
    "Cette entreprise a déjà un engagement d’insertion sur ce lot à cette date.": lambda row: _commitment(
        row, starts_on=row.starts_on, ends_on=row.ends_on
    ),
    "Le terme de l’engagement précède son début.": lambda row: _commitment(row, ends_on=TODAY),
    "Le jour attendu du relevé est compris entre 1 et 28.": lambda row: _commitment(row, due_day=29),
    "Le coefficient de pénalité ne peut pas être négatif.": lambda row: _commitment(row, penalty_multiplier=-1),
    "Une autre version vient d’être enregistrée. Relisez la page.": lambda row: _version(row, number=1),
    "Les heures doivent être supérieures à zéro.": lambda row: _version(row, minimum_hours=Decimal(0)),
    "Le calcul demande un montant, une part de main-d’œuvre, un taux et un coût horaire.": lambda row: _version(
        row, amount_ht=Decimal(1)
    ),
    "Les heures d’une partie doivent être supérieures à zéro.": lambda row: _part(row, hours=Decimal(0)),
    "La fin d’une partie précède son début.": lambda row: _part(row, ends_on=TODAY),
}


@pytest.mark.parametrize("sentence", BROKEN)
def test_a_broken_constraint_says_why(sentence: str) -> None:
    people = cast()
    uid = commitment(people, contract(people))
    with as_owner():
        row = BROKEN[sentence](Commitment.objects.get(uid=uid))
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            row.save()
        assert sentence_of(broken.value) == sentence


def test_a_part_stays_in_its_contract() -> None:
    people = cast()
    commitment(people, contract(people, "A"))
    other = commitment(people, contract(people, "B"))
    with as_owner():
        row = Commitment.objects.get(uid=other)
        stolen = _part(row)
        stolen.contract_id = Commitment.objects.exclude(uid=other).get().contract_id
        with pytest.raises(IntegrityError):
            _save(stolen)


def _save(row: Model) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        row.save()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("model", [CommitmentVersion, CommitmentPart])
def test_what_was_said_is_never_changed(model: type[Model]) -> None:
    people = cast()
    commitment(people, contract(people))
    with acting(people.pilot), writing("test"), pytest.raises(ProgrammingError), transaction.atomic():
        model._default_manager.update(contract_id=1)
