"""Reading our own files: what is understood, field by field."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from clausette.imports.decp import (
    Contractor,
    DecpContract,
    Effect,
    Modification,
    RecordKind,
    Subcontract,
    SubcontractModification,
    canonical,
    fingerprint,
    read_decp,
)

SAMPLES = Path(__file__).parent / "samples"
FIRST = Contractor("SIRET", "99310001500011")
SECOND = Contractor("SIRET", "99310002300015")


def test_a_valid_record_is_understood_whole_without_a_problem() -> None:
    read = read_decp((SAMPLES / "decp_marche.json").read_bytes(), on=date(2026, 11, 22))
    (record,) = read.records
    assert (read.refusal, read.notices, record.problems) == (None, (), ())
    assert record.fields == DecpContract(
        official_id="2026-ECOLE-02",
        buyer_siret="20009981000018",
        nature="Marché",
        title="Extension de l'école des Quatre-Vents, lot 2 : gros œuvre",
        cpv="45214200",
        techniques=("Sans objet",),
        modalities=("Tranches",),
        framework_id=None,
        ccag="Travaux",
        procedure="Procédure adaptée",
        place_code="38185",
        place_type="Code commune",
        duration_months=18,
        notified_on=date(2026, 3, 2),
        published_on=date(2026, 4, 15),
        amount_ht=Decimal("1000000.00"),
        amount_is_maximum=False,
        group_kind="Solidaire",
        subcontracting_declared=True,
        contractors=(FIRST, SECOND),
        award_readable=True,
        social=frozenset({"clause", "criterion"}),
        has_social_clause=True,
        modifications=(Modification(1, date(2026, 9, 10), date(2026, 9, 30), 20, Decimal("1048000.25"), ()),),
        subcontracts=(
            Subcontract(
                number=1,
                subcontractor=Contractor("SIRET", "99310003100018"),
                notified_on=date(2026, 4, 20),
                published_on=date(2026, 5, 4),
                duration_months=4,
                amount_ht=Decimal("84500.50"),
                price_variation="Ferme",
                modifications=(
                    SubcontractModification(
                        1, date(2026, 7, 1), date(2026, 7, 15), None, Decimal("90000.00")
                    ),
                ),
            ),
        ),
    )
    assert record.key == record.fields.key == "20009981000018/2026-ECOLE-02"


def test_every_record_of_a_mixed_file_comes_back() -> None:
    read = read_decp((SAMPLES / "decp_mixed.json").read_bytes())
    assert [(r.position, r.kind, r.key, r.fields is not None) for r in read.records] == [
        (1, RecordKind.MARCHE, "20009981000018/2026AC007", True),
        (2, RecordKind.MARCHE, "20009981000019/2026S011", False),
        (3, RecordKind.MARCHE, "/", False),
        (4, RecordKind.CONCESSION, "20009981000018/2026CC001", False),
    ]
    assert read.concessions == 1
    assert [p.path for p in read.records[3].problems if p.blocking] == ["dateSignature"]


def test_the_amount_of_a_framework_agreement_is_a_maximum() -> None:
    read = read_decp((SAMPLES / "decp_mixed.json").read_bytes())
    contract = read.records[0].fields
    assert contract is not None
    assert (contract.amount_ht, contract.amount_is_maximum) == (Decimal("2400000.00"), True)
    assert (contract.social, contract.has_social_clause) == (frozenset({"reserved"}), False)
    assert read.records[0].problems == ()


def test_a_broken_record_says_all_that_is_wrong_with_it() -> None:
    record = read_decp((SAMPLES / "decp_mixed.json").read_bytes()).records[1]
    blocking = {p.path: p.sentence for p in record.problems if p.blocking}
    assert blocking == {
        "acheteur.id": "SIRET de l'acheteur : la clé de ce SIRET est fausse, un chiffre est sans doute mal "
        "recopié. Cet enregistrement ne peut pas être repris.",
        "objet": "Objet : « NC » (non communiqué) est écrit à la place de la valeur. Cet enregistrement "
        "ne peut pas être repris.",
        "dateNotification": "Date de notification : ce champ obligatoire manque. Cet enregistrement ne "
        "peut pas être repris.",
    }
    assert [p.path for p in record.problems if p.effect is Effect.AWARD] == ["titulaires"]
    assert len(record.problems) == 23


def test_a_record_of_2019_is_read_and_its_silence_is_not_a_no() -> None:
    read = read_decp((SAMPLES / "decp_2019.json").read_bytes())
    (record,) = read.records
    assert read.notices == (
        "La liste suit le format de 2019 : ses marchés sont lus, les considérations sociales n'y sont pas.",
    )
    assert [(p.path, p.sentence) for p in record.problems] == [
        (
            "",
            (
                "Cet enregistrement suit le format de 2019, qui ne dit rien des considérations sociales : "
                "leur absence ne veut pas dire qu'il n'y a pas de clause."
            ),
        )
    ]
    assert record.fields is not None
    assert record.fields.contractors == (FIRST,)
    assert (record.fields.social, record.fields.has_social_clause) == (frozenset(), None)


def test_the_same_bytes_in_other_encodings_give_the_same_contract() -> None:
    text = (SAMPLES / "decp_marche.json").read_text(encoding="utf-8")
    expected = read_decp(text.encode()).records
    assert read_decp(text.encode("utf-8-sig")).records == expected
    for encoding, notice in (("cp1252", "Windows-1252"), ("utf-16", "UTF-16")):
        read = read_decp(text.encode(encoding))
        assert read.records == expected
        assert len(read.notices) == 1
        assert notice in read.notices[0]


def test_amounts_stay_exact_and_the_fingerprint_sees_numbers_not_writings() -> None:
    text = (SAMPLES / "decp_marche.json").read_text(encoding="utf-8")
    once = read_decp(text.encode()).records[0]
    other = read_decp(text.replace('"montant": 1000000,', '"montant": 1000000.00,').encode()).records[0]
    cent = read_decp(text.replace('"montant": 1000000,', '"montant": 1000000.01,').encode()).records[0]
    assert once.fingerprint == other.fingerprint != cent.fingerprint
    assert cent.fields is not None
    assert cent.fields.amount_ht == Decimal("1000000.01")
    assert once.fingerprint == fingerprint(once.raw)


def test_the_canonical_writing_is_pinned() -> None:
    value = {"b": [Decimal("1.50"), 2, True, None], "a": "é", "c": Decimal("1E+3"), "d": Decimal("0.00")}
    assert canonical(value) == '{"a":"\\u00e9","b":[1.5,2,true,null],"c":1000,"d":0}'
    assert json.loads(canonical(value))["c"] == 1000
