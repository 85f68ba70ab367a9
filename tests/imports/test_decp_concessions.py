"""Concessions: read, compared and taken as contracts of their own kind; their years are left to the person."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.imports.decp import DecpRecord, Outcome, compare, read_decp
from clausette.imports.decp.results import Concession, YearOfExecution
from clausette.imports.enums import RowChoice, RowFate
from clausette.imports.models import ImportRow
from clausette.imports.operations import apply_batch, take_in_decp
from clausette.imports.queries import list_rows, waiting_changes
from clausette.imports.rules import published
from clausette.kernel import clock
from clausette.procurement.enums import ContractKind, ContractNature, LegalDeviceKind
from clausette.procurement.models import Award, Contract, ContractModification
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import BUYER, FIRM, as_xml, concession, official_file, record, take, year
from tests.procurement.builders import Cast, cast, contract


def read(on: date | None = None, **values: Any) -> DecpRecord:
    (one,) = read_decp(official_file(concessions=(concession(**values),)), on=on).records
    return one


def change(number: int = 1, **values: Any) -> dict[str, Any]:
    one = {
        "id": number, "dateSignatureModification": "2026-09-01", "datePublicationDonneesModification": "2026-09-10",
        "dureeMois": 132, "valeurGlobale": 13_000_000, **values,
    }  # fmt: skip
    return {"modification": one}


def test_a_good_concession_is_read_whole() -> None:
    one = read(donneesExecution=[year()])
    assert (one.problems, one.key) == ((), f"{BUYER}/DSP-01")
    assert one.fields is not None
    assert (one.fields.notified_on, one.fields.starts_on) == (date(2026, 2, 10), date(2026, 4, 1))
    assert (one.fields.amount_ht, one.fields.duration_months) == (Decimal("12500000.50"), 120)
    assert [firm.id for firm in one.fields.contractors] == [FIRM]
    assert (one.fields.has_social_clause, one.fields.award_readable) == (True, True)
    assert one.fields.concession == Concession(
        Decimal("0.00"),
        (YearOfExecution(date(2026, 10, 1), Decimal("250000.00"), (("Abonnement", Decimal("14.29")),)),),
    )


@pytest.mark.parametrize(
    ("nature", "kind", "purchase"),
    [
        ("Délégation de service public", ContractKind.DSP, ContractNature.SERVICES),
        ("Concession de service public", ContractKind.CONCESSION, ContractNature.SERVICES),
        ("Concession de service", ContractKind.CONCESSION, ContractNature.SERVICES),
        ("Concession de travaux", ContractKind.CONCESSION, ContractNature.WORKS),
    ],
)
def test_the_kind_follows_the_nature(nature: str, kind: ContractKind, purchase: ContractNature) -> None:
    fields = read(nature=nature).fields
    assert fields is not None
    said = published(fields)
    assert (said.kind, said.nature, said.starts_on) == (kind, purchase, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("written", "device"),
    [
        (["Concession réservée"], LegalDeviceKind.RESERVED_BOTH),
        (["Marché réservé"], LegalDeviceKind.RESERVED_BOTH),
        (["Pas de considération sociale"], LegalDeviceKind.NONE),
        (["NC"], LegalDeviceKind.UNKNOWN),
    ],
)
def test_the_legal_device(written: list[str], device: LegalDeviceKind) -> None:
    fields = read(considerationsSociales={"considerationSociale": written}).fields
    assert fields is not None
    assert published(fields).device == device


@pytest.mark.parametrize(
    ("values", "path", "sentence"),
    [
        ({"nature": "Régie"}, "nature", "Nature : valeur inconnue « Régie » ; les valeurs admises sont"),
        ({"valeurGlobale": 0.5}, "valeurGlobale", "Valeur globale : le montant doit être au moins 1 €."),
        ({"valeurGlobale": "NC"}, "valeurGlobale", "Valeur globale : « NC » (non communiqué)"),
        (
            {"montantSubventionPublique": -1},
            "montantSubventionPublique",
            "Subvention publique : le montant doit être",
        ),
        (
            {"dateDebutExecution": "2026-01-01"},
            "dateDebutExecution",
            "Début d'exécution : il précède la signature",
        ),
        ({"dateSignature": None}, "dateSignature", "Date de signature : ce champ obligatoire manque."),
        (
            {"autoriteConcedante": {"id": "1"}},
            "autoriteConcedante.id",
            "SIRET de l'autorité concédante : un SIRET",
        ),
        ({"codeCPV": "45000000"}, "codeCPV", "Cette clé n'existe pas dans le format"),
        (
            {"modifications": [change(dateSignatureModification="2025-01-01")]},
            "modifications[0].modification.dateSignatureModification",
            "Date de signature de la modification : elle précède la signature de la concession.",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_place(values: dict[str, Any], path: str, sentence: str) -> None:
    told = {one.path: one.sentence for one in read(**values).problems}
    assert told[path].startswith(sentence), told


def test_a_day_still_to_come_is_remarked() -> None:
    problems = read(on=date(2026, 2, 1)).problems
    assert {one.path for one in problems} == {"dateSignature", "datePublicationDonnees"}


def test_a_concession_and_a_marche_of_one_number_are_asked() -> None:
    one = read()
    (of_marche,) = read_decp(official_file(record("DSP-01"))).records
    assert [found.outcome for found in compare([one, of_marche], {})] == [Outcome.ADDED, Outcome.ADDED]


@pytest.fixture
def people() -> Cast:
    return cast()


def publish(people: Cast, *concessions: Any, xml: bool = False) -> Any:
    with acting(people.pilot) as actor:
        data = as_xml(concessions=concessions).encode() if xml else official_file(concessions=concessions)
        batch = take_in_decp(actor=actor, name="concessions.json", data=data, on=TODAY)
        apply_batch(actor=actor, batch_uid=batch, at=clock.now(), on=TODAY)
        return batch


@pytest.mark.django_db
def test_a_concession_becomes_a_contract(people: Cast) -> None:
    publish(people, concession())
    with as_owner():
        made = Contract.objects.get()
        assert (made.kind, made.official_id, made.device) == ("dsp", "DSP-01", "execution")
        assert (made.notified_on, made.starts_on, made.ends_on) == (date(2026, 2, 10), date(2026, 4, 1), None)
        assert (made.amount_ht, made.amount_is_maximum) == (Decimal("12500000.50"), False)
        assert Award.objects.get().contractor.siret == FIRM


@pytest.mark.django_db
def test_the_same_concession_in_the_other_format_is_identical(people: Cast) -> None:
    publish(people, concession())
    batch = take_in(people, as_xml(concessions=(concession(),)))
    with as_owner():
        row = ImportRow.objects.get(batch__uid=batch)
        assert (row.fate, row.choice) == (RowFate.SAME, RowChoice.SKIP)


def take_in(people: Cast, text: str) -> Any:
    with acting(people.pilot) as actor:
        return take_in_decp(actor=actor, name="decp.json", data=text.encode(), on=TODAY)


@pytest.mark.django_db
def test_a_changed_concession_is_an_avenant_and_a_next_action(people: Cast) -> None:
    publish(people, concession())
    publish(people, concession(modifications=[change()]), xml=True)
    with as_owner():
        kept = ContractModification.objects.get()
        assert (kept.notified_on, kept.amount_ht, kept.duration_months) == (
            date(2026, 9, 1),
            Decimal(13_000_000),
            132,
        )
    with acting(people.pilot) as actor:
        (found,) = waiting_changes(actor=actor)
        assert [one.kind.value for one in found.changes] == ["amount", "duration"]


@pytest.mark.django_db
def test_a_marche_of_the_same_number_is_not_taken_for_it(people: Cast) -> None:
    contract(people, number="DSP-01")
    batch = take(people.pilot, concessions=(concession(),))
    with as_owner():
        row = ImportRow.objects.get(batch__uid=batch)
        assert (row.fate, row.choice) == (RowFate.AMBIGUOUS, RowChoice.UNDECIDED)
        assert row.candidates[0]["reasons"] == [
            "même acheteur et même numéro, mais c'est un marché chez vous et une concession dans le fichier"
        ]


@pytest.mark.django_db
def test_the_row_shows_what_only_a_concession_has(people: Cast) -> None:
    batch = take(
        people.pilot,
        record(considerationsSociales=None),
        concessions=(concession(donneesExecution=[year()]),),
    )
    with acting(people.pilot) as actor:
        (first, second), _ = list_rows(actor=actor, batch_uid=batch)
    assert first.said == (
        ("Considérations sociales", "inconnu : le fichier n'en dit rien, demandez à l'acheteur"),
    )
    assert second.begun == "signée le 10/02/2026"
    assert dict(second.said) == {
        "Considérations sociales": "Clause sociale",
        "Nature": "Délégation de service public",
        "Début d'exécution": "01/04/2026",
        "Valeur globale": "12\u202f500\u202f000,50\u00a0€",
        "Subvention publique": "0\u00a0€",
        "Données d'exécution du 01/10/2026": "investissement 250\u202f000\u00a0€ ; Abonnement 14,29\u00a0€",
    }
