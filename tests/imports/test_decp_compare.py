"""What a record would bring to what is held; the same record twice in one file."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from clausette.imports.decp import Change, DecpRecord, Effect, HeldContract, Outcome, compare, read_decp

SAMPLES = Path(__file__).parent / "samples"
KEY = "20009981000018/2026-ECOLE-02"
REFUSED = " Cet enregistrement ne peut pas être repris."


def one_record() -> DecpRecord:
    return read_decp((SAMPLES / "decp_marche.json").read_bytes()).records[0]


def as_imported() -> HeldContract:
    record = one_record()
    assert record.fields is not None
    return HeldContract(
        uid=UUID(int=1),
        buyer_siret=record.fields.buyer_siret,
        official_id=record.fields.official_id,
        title=record.fields.title,
        cpv=record.fields.cpv,
        amount_ht=record.fields.amount_ht,
        notified_on=record.fields.notified_on,
        contractor_ids=frozenset(firm.id for firm in record.fields.contractors),
        fingerprint=record.fingerprint,
        typed=False,
    )


def as_typed() -> HeldContract:
    return replace(as_imported(), official_id="", fingerprint=None, typed=True)


def two_records(alter: Callable[[Any], None]) -> tuple[DecpRecord, ...]:
    root = json.loads((SAMPLES / "decp_marche.json").read_text(encoding="utf-8"))
    second = json.loads(json.dumps(root["marches"]["marche"][0]))
    alter(second)
    root["marches"]["marche"].append(second)
    return read_decp(json.dumps(root).encode()).records


def test_a_record_of_an_unknown_contract_is_added() -> None:
    (found,) = compare([one_record()], {})
    assert (found.outcome, found.held, found.sentence) == (Outcome.ADDED, None, "Nouveau marché.")


def test_the_same_record_again_is_the_same() -> None:
    (found,) = compare([one_record()], {KEY: as_imported()})
    assert (found.outcome, found.sentence) == (Outcome.SAME, "Identique au dernier import.")


def test_a_known_contract_shows_each_field_that_would_change() -> None:
    held = replace(
        as_imported(),
        fingerprint="0" * 64,
        title="École",
        amount_ht=Decimal("900000.00"),
        notified_on=None,
        contractor_ids=frozenset({"99310001500011"}),
    )
    (found,) = compare([one_record()], {KEY: held})
    assert (found.outcome, found.held) == (Outcome.CHANGED, held)
    assert found.changes == (
        Change("title", "Objet", "École", "Extension de l'école des Quatre-Vents, lot 2 : gros œuvre"),
        Change("amount_ht", "Montant HT", Decimal("900000.00"), Decimal("1000000.00")),
        Change("notified_on", "Date de notification", None, date(2026, 3, 2)),
        Change(
            "contractors",
            "Titulaires",
            frozenset({"99310001500011"}),
            frozenset({"99310001500011", "99310002300015"}),
        ),
    )


def test_a_change_we_do_not_hold_is_said_without_detail() -> None:
    (found,) = compare([one_record()], {KEY: replace(as_imported(), fingerprint="0" * 64)})
    assert found.changes == (Change("record", "Autres données de l'enregistrement", None, None),)


def test_a_typed_contract_with_the_number_and_the_same_values_is_the_same() -> None:
    (found,) = compare([one_record()], {KEY: replace(as_imported(), fingerprint=None, typed=True)})
    assert (found.outcome, found.sentence) == (Outcome.SAME, "Identique à ce qui a été saisi.")


def test_what_the_file_does_not_say_changes_nothing() -> None:
    record = one_record()
    assert record.fields is not None
    silent = replace(record.fields, cpv=None, amount_ht=None, award_readable=False)
    held = replace(as_imported(), fingerprint=None, contractor_ids=frozenset())
    (found,) = compare([replace(record, fields=silent)], {KEY: held})
    assert (found.outcome, found.changes) == (Outcome.SAME, ())


def test_probable_contracts_are_shown_and_the_person_decides() -> None:
    near = replace(as_typed(), uid=UUID(int=2), amount_ht=Decimal(951000), cpv="45214999")
    unknown = replace(as_typed(), uid=UUID(int=3), amount_ht=None, cpv=None)
    (found,) = compare([one_record()], {"a": unknown, "b": near})
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.sentence == "2 marchés saisis ressemblent à celui-ci : lequel est-ce ?"
    assert [(candidate.held, candidate.reasons) for candidate in found.candidates] == [
        (
            near,
            (
                "même acheteur",
                "même titulaire",
                "code CPV proche",
                "montant à moins de 5 %",
                "notification à moins de 60 jours",
            ),
        ),
        (unknown, ("même acheteur", "même titulaire", "notification à moins de 60 jours")),
    ]


def test_one_probable_contract_is_still_a_question() -> None:
    other_number = replace(
        as_typed(), official_id="2026 ecole 02", contractor_ids=frozenset(), amount_ht=None
    )
    (found,) = compare([one_record()], {"a": other_number})
    assert (found.outcome, found.sentence) == (
        Outcome.AMBIGUOUS,
        "Un marché saisi ressemble à celui-ci : est-ce le même ?",
    )
    assert found.candidates[0].reasons == ("même acheteur, numéro écrit autrement : « 2026 ecole 02 »",)


@pytest.mark.parametrize(
    "different",
    [
        {"buyer_siret": "99310005600015"},
        {"contractor_ids": frozenset({"99310005600015"})},
        {"cpv": "45213000"},
        {"amount_ht": Decimal(940000)},
        {"notified_on": date(2026, 3, 2) + timedelta(days=61)},
        {"cpv": None, "amount_ht": None, "notified_on": None},
        {"typed": False},
        {"fingerprint": "0" * 64},
    ],
)
def test_one_thing_that_contradicts_and_the_contract_is_not_probable(different: dict[str, Any]) -> None:
    (found,) = compare([one_record()], {"a": replace(as_typed(), **different)})
    assert found.outcome is Outcome.ADDED


@pytest.mark.parametrize(
    "close",
    [{"amount_ht": Decimal(950000)}, {"notified_on": date(2026, 3, 2) - timedelta(days=60)}],
)
def test_the_margins_are_included(close: dict[str, Any]) -> None:
    (found,) = compare([one_record()], {"a": replace(as_typed(), **close)})
    assert found.outcome is Outcome.AMBIGUOUS


def test_a_mixed_file_gives_one_outcome_per_record() -> None:
    records = read_decp((SAMPLES / "decp_mixed.json").read_bytes()).records
    found = compare(records, {})
    assert [one.outcome for one in found] == [
        Outcome.ADDED,
        Outcome.REFUSED,
        Outcome.REFUSED,
        Outcome.REFUSED,
    ]
    assert found[2].sentence == "Un objet est attendu, un texte a été lu." + REFUSED
    assert found[3].sentence == "Date de signature : ce champ obligatoire manque." + REFUSED


def test_the_same_record_twice_is_taken_once_and_said_on_both() -> None:
    records = two_records(lambda second: None)
    assert [record.problems[0].sentence for record in records] == [
        "Cet enregistrement est écrit à l'identique dans l'enregistrement 2 : il n'est repris qu'une fois.",
        "Cet enregistrement est écrit à l'identique dans l'enregistrement 1 : il n'est repris qu'une fois.",
    ]
    found = compare(records, {})
    assert [one.outcome for one in found] == [Outcome.ADDED, Outcome.SAME]
    assert found[1].sentence == "Déjà dans ce fichier : enregistrement 1."


def test_two_records_that_disagree_are_both_refused() -> None:
    records = two_records(lambda second: second.update(montant=900000))
    sentence = "Même acheteur et même numéro que l'enregistrement {}, avec un contenu différent." + REFUSED
    assert [[(p.sentence, p.effect) for p in record.problems] for record in records] == [
        [(sentence.format(2), Effect.RECORD)],
        [(sentence.format(1), Effect.RECORD)],
    ]
    assert [one.outcome for one in compare(records, {})] == [Outcome.REFUSED, Outcome.REFUSED]


def test_the_same_number_for_another_buyer_is_another_contract() -> None:
    records = two_records(lambda second: second["acheteur"].update(id="99310005600015"))
    assert [one.outcome for one in compare(records, {})] == [Outcome.ADDED, Outcome.ADDED]
