"""The list of communes: read, loaded again without a double, sought by name, postcode or Insee code."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clausette.reference.communes import read_communes
from clausette.reference.districts import UnknownShape
from clausette.reference.queries import communes_like, communes_proposed
from tests.hats import as_owner

SAMPLE = [
    {"code": "59350", "nom": "Lille", "type": "commune-actuelle", "codesPostaux": ["59000", "59160"], "population": 9},
    {"code": "59355", "nom": "Lomme", "type": "commune-associee"},
    {"code": "76384", "nom": "Lillebonne", "type": "commune-actuelle", "codesPostaux": ["76170"], "population": 8},
    {"code": "2A004", "nom": "Ajaccio", "type": "commune-actuelle", "codesPostaux": ["20000"], "population": 73000},
    {"code": "73010", "nom": "Entrelacs", "type": "commune-actuelle", "codesPostaux": ["73410"]},
    {"code": "91538", "nom": "Saint-Aubin", "type": "commune-actuelle", "codesPostaux": ["91190"], "population": 700},
    {"code": "62742", "nom": "Saint-Aubin", "type": "commune-actuelle", "codesPostaux": ["62170"], "population": 250},
    {"code": "76351", "nom": "Le Havre", "type": "commune-actuelle", "codesPostaux": ["76600"], "population": 160000},
]  # fmt: skip


def test_only_communes_of_today_are_kept() -> None:
    names = [one.name for one in read_communes(json.dumps(SAMPLE).encode())]
    assert names == ["Lille", "Lillebonne", "Ajaccio", "Entrelacs", "Saint-Aubin", "Saint-Aubin", "Le Havre"]


@pytest.mark.parametrize("data", [b"rien", b"{}1", b'{"code": 1}', b'[{"type": "commune-actuelle"}]', b"[3]"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownShape, match="liste des communes"):
        read_communes(data)


@pytest.mark.django_db
def test_a_commune_is_found_by_its_name_its_postcode_or_its_code(tmp_path: Path) -> None:
    file, out = tmp_path / "communes.json", StringIO()
    file.write_text(json.dumps(SAMPLE))
    with as_owner():
        call_command("load-communes", str(file), stdout=out, skip_checks=True)
        call_command("load-communes", str(file), stdout=out, skip_checks=True)
        call_command("load-communes", "absent.json", "--if-empty", skip_checks=True)
        with pytest.raises(CommandError, match="ne se lit pas"):
            call_command("load-communes", "absent.json", skip_checks=True)
    label = "Lille (59000, 59160), Nord"
    for words in ("lille", label, "Lille (59000)", "59160", "59350", "12 rue de l'Hôpital 59000 LILLE"):
        assert [one.label for one in communes_like(words)] == [label]
    assert [one.name for one in communes_like("lill")] == ["Lille", "Lillebonne"]
    assert [one.name for one in communes_like("2a004")] == ["Ajaccio"]
    assert communes_like("") == communes_like("Nulle part") == ()
    assert [one.label for one in communes_like("ST AUBIN")] == [
        "Saint-Aubin (91190), Essonne", "Saint-Aubin (62170), Pas-de-Calais",
    ]  # fmt: skip
    proposed = {"lille": ["Lille", "Lillebonne"], "hav": ["Le Havre"], "591": ["Lille"], "l": [], "zz": []}
    assert {words: [one.name for one in communes_proposed(words)] for words in proposed} == proposed
    assert [one.code for one in communes_proposed("st-aub")] == ["91538", "62742"]
