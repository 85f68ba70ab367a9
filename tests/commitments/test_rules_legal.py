"""The article of the day on which the consultation began."""

from datetime import date

import pytest

from clausette.commitments.rules import legal_reference
from clausette.procurement.enums import ContractKind as K
from clausette.procurement.enums import LegalDeviceKind as L
from clausette.reference.facts.articles import ARTICLES


def articles(device: L, kind: K, on: date | None, above: bool | None = True) -> str | None:
    found = legal_reference(
        ARTICLES, device=device, kind=kind, consultation_on=on, at_or_above_threshold=above
    )
    return found.articles if found else None


@pytest.mark.parametrize(
    ("device", "on", "expected"),
    [
        (L.EXECUTION, date(2006, 8, 31), None),
        (L.EXECUTION, date(2011, 5, 1), "article 14"),
        (L.RESERVED_DISABILITY, date(2011, 5, 1), "article 15"),
        (L.INSERTION_SERVICE, date(2011, 5, 1), "article 30"),
        (L.CRITERION, date(2011, 5, 1), "article 53"),
        (L.BOTH, date(2011, 5, 1), "articles 14 et 53"),
        (L.RESERVED_IAE, date(2011, 5, 1), None),
        (L.EXECUTION, date(2016, 3, 31), "article 14"),
        (L.EXECUTION, date(2016, 4, 1), "article 38 de l'ordonnance"),
        (L.EXECUTION, date(2019, 3, 31), "article 38 de l'ordonnance"),
        (L.EXECUTION, date(2019, 4, 1), "article L2112-2"),
        (L.EXECUTION, date(2026, 8, 20), "article L2112-2"),
        (L.EXECUTION, date(2026, 8, 21), "article L2112-2-1"),
        (L.RESERVED_BOTH, date(2020, 12, 7), None),
        (L.RESERVED_BOTH, date(2020, 12, 8), "article L2113-14"),
        (L.RESERVED_PRISON, date(2026, 9, 1), "article L2113-13-1"),
        (L.RESERVED_ESS, date(2026, 9, 1), "articles L2113-15 et R2113-8"),
        (L.BOTH, date(2026, 9, 1), "articles L2112-2-1 et L2152-7"),
        (L.NONE, date(2026, 9, 1), None),
        (L.EXECUTION, None, None),
    ],
)
def test_contracts(device: L, on: date | None, expected: str | None) -> None:
    assert articles(device, K.PUBLIC_CONTRACT, on) == expected


def test_below_and_unknown_threshold() -> None:
    assert articles(L.EXECUTION, K.PUBLIC_CONTRACT, date(2026, 9, 1), above=False) == "article L2112-2"
    unknown = articles(L.EXECUTION, K.PUBLIC_CONTRACT, date(2026, 9, 1), above=None)
    assert unknown == "articles L2112-2 ou L2112-2-1, selon le seuil européen"
    assert articles(L.EXECUTION, K.PUBLIC_CONTRACT, date(2025, 9, 1), above=None) == "article L2112-2"


@pytest.mark.parametrize("kind", [K.CONCESSION, K.DSP])
def test_concessions(kind: K) -> None:
    assert articles(L.EXECUTION, kind, date(2026, 8, 20)) == "article L3114-2"
    assert articles(L.EXECUTION, kind, date(2026, 8, 21)) == "article L3114-2-1"
    assert articles(L.EXECUTION, kind, date(2026, 8, 21), above=False) == "article L3114-2"
    assert articles(L.EXECUTION, kind, date(2011, 1, 1)) is None


@pytest.mark.parametrize("kind", [K.PRIVATE, K.CHARTER, K.ACI_AGREEMENT])
def test_outside_the_code(kind: K) -> None:
    assert articles(L.EXECUTION, kind, None) == "clause volontaire, hors code de la commande publique"


def test_label_names_the_text() -> None:
    found = legal_reference(
        ARTICLES,
        device=L.EXECUTION,
        kind=K.FRAMEWORK,
        consultation_on=date(2011, 5, 1),
        at_or_above_threshold=None,
    )
    assert found is not None
    assert found.label == "article 14 (Code des marchés publics de 2006)"


def test_no_day_has_two_rows_for_one_case() -> None:
    for day in (date(2010, 1, 1), date(2017, 1, 1), date(2020, 1, 1), date(2024, 1, 1), date(2026, 12, 1)):
        seen = [
            (row.device, row.family, row.threshold)
            for row in ARTICLES
            if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)
        ]
        assert len(seen) == len(set(seen))
