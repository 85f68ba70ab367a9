"""What the table of files refuses by itself."""

import pytest
from django.db import IntegrityError

from clausette.files.models import StoredFile
from clausette.kernel.integrity import sentence_of
from clausette.kernel.operation import isolated
from tests.hats import as_owner
from tests.procurement.builders import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"sha256": "pas une empreinte"}, "L’empreinte du fichier est mal formée."),
        ({"size": 0}, "Ce fichier est vide."),
    ],
)
def test_each_constraint_has_its_sentence(values: dict[str, object], sentence: str) -> None:
    firm = cast().firm
    given: dict[str, object] = {
        "owner_org_id": firm.organisation_id, "deposited_by_id": firm.account_id, "name": "a.pdf",
        "content_type": "application/pdf", "size": 3, "sha256": "0" * 64, **values,
    }  # fmt: skip
    with as_owner(), pytest.raises(IntegrityError) as refused, isolated():
        StoredFile.objects.create(**given)
    assert sentence_of(refused.value) == sentence
