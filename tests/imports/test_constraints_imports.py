"""What the tables of imports refuse by themselves, each with its French sentence."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from clausette.imports.enums import BatchState, ChangeKind, RowChoice
from clausette.imports.models import ExternalReference, ImportBatch, ImportRow, OfficialChange
from clausette.imports.operations import apply_batch
from clausette.kernel import clock
from clausette.kernel.integrity import sentence_of
from clausette.kernel.operation import isolated
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import record, take
from tests.procurement.builders import cast

pytestmark = pytest.mark.django_db


def again(row: Any) -> None:
    """Write the same row a second time."""
    row.pk, row.uid, row._state.adding = None, uuid4(), True
    row.save(force_insert=True)


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (lambda: again(ImportBatch.objects.get()), "Ce fichier a déjà été importé."),
        (lambda: again(ImportRow.objects.get()), "Ce rang du fichier est déjà enregistré."),
        (lambda: again(ExternalReference.objects.get()), "Cet enregistrement est déjà rattaché à un marché."),
        (
            lambda: ImportBatch.objects.update(state=BatchState.READ),
            "Un import appliqué porte sa date et son auteur.",
        ),
        (lambda: ImportRow.objects.update(choice=RowChoice.ATTACH), "Choisissez le marché à rapprocher."),
        (lambda: again(OfficialChange.objects.get()), "Ce changement est déjà signalé."),
        (
            lambda: OfficialChange.objects.update(dealt_on=TODAY),
            "Un changement traité porte sa date et son auteur.",
        ),
    ],
)
def test_each_constraint_has_its_sentence(break_it: Callable[[], object], sentence: str) -> None:
    people = cast()
    batch = take(people.pilot, record())
    with acting(people.pilot) as actor:
        apply_batch(actor=actor, batch_uid=batch, at=clock.now(), on=TODAY)
    with as_owner():
        row = ImportRow.objects.get()
        assert row.result_id is not None
        OfficialChange.objects.create(
            owner_org_id=row.owner_org_id, contract_id=row.result_id, batch_id=row.batch_id, kind=ChangeKind.AMOUNT,
            mark="avenant 1", after="2 €", seen_on=TODAY,
        )  # fmt: skip
    with as_owner(), pytest.raises(IntegrityError) as refused, isolated():
        break_it()
    assert sentence_of(refused.value) == sentence
