"""Legal articles by tool, by family of contract and by period of the consultation.

The date that counts is the one on which the consultation was begun, not the notification. `device` holds the
codes of the legal tools of the procurement room (a room above this one: the words are repeated as plain
text).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from clausette.reference.enums import Reliability

Family = Literal["contract", "concession", "defence"]
Threshold = Literal["any", "at_or_above", "below"]

CODE_2006 = date(2006, 9, 1)
ORDINANCE_2015 = date(2016, 4, 1)
CODE_2019 = date(2019, 4, 1)
ASAP_2020 = date(2020, 12, 8)
PRISON_2022 = date(2022, 10, 21)
CLIMATE_2026 = date(2026, 8, 21)
"""Decree 2022-767, art. 35 of law 2021-1104: the social condition becomes due at the European thresholds."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """The articles of one legal tool for consultations begun in `starts_on`..`ends_on` (None: still in
    force)."""

    device: str
    family: Family
    threshold: Threshold
    starts_on: date
    ends_on: date | None
    articles: str
    text: str
    source: str
    reliability: Reliability


_CMP = "Code des marchés publics de 2006"
_ORD = "Ordonnance 2015-899 et décret 2016-360"
_CCP = "Code de la commande publique"
_HIGH, _MEDIUM, _LOW, _SOURCED = Reliability.HIGH, Reliability.MEDIUM, Reliability.LOW, Reliability.SOURCED
_END_2006, _END_2015 = date(2016, 3, 31), date(2019, 3, 31)
_BEFORE_CLIMATE = date(2026, 8, 20)


def _row(
    device: str,
    articles: str,
    start: date,
    end: date | None,
    reliability: Reliability,
    *,
    family: Family = "contract",
    threshold: Threshold = "any",
) -> ArticleRow:
    text = _CMP if start == CODE_2006 else _ORD if start == ORDINANCE_2015 else _CCP
    return ArticleRow(device, family, threshold, start, end, articles, text, text, reliability)


_UNDER_2006: tuple[ArticleRow, ...] = (
    _row("execution", "article 14", CODE_2006, _END_2006, _SOURCED),
    _row("criterion", "article 53", CODE_2006, _END_2006, _SOURCED),
    _row("both", "articles 14 et 53", CODE_2006, _END_2006, _SOURCED),
    _row("reserved_disability", "article 15", CODE_2006, _END_2006, _SOURCED),
    _row("insertion_service", "article 30", CODE_2006, _END_2006, _SOURCED),
)
_UNDER_2015: tuple[ArticleRow, ...] = (
    _row("execution", "article 38 de l'ordonnance", ORDINANCE_2015, _END_2015, _SOURCED),
    _row("criterion", "article 52 de l'ordonnance, article 62 du décret", ORDINANCE_2015, _END_2015, _HIGH),
    _row("both", "articles 38 et 52 de l'ordonnance", ORDINANCE_2015, _END_2015, _HIGH),
    _row(
        "reserved_disability",
        "article 36-I de l'ordonnance, article 13 du décret",
        ORDINANCE_2015,
        _END_2015,
        _HIGH,
    ),
    _row(
        "reserved_iae",
        "article 36-II de l'ordonnance, article 13 du décret",
        ORDINANCE_2015,
        _END_2015,
        _HIGH,
    ),
    _row(
        "reserved_ess", "article 37 de l'ordonnance, article 14 du décret", ORDINANCE_2015, _END_2015, _HIGH
    ),
    _row("insertion_service", "article 28 du décret", ORDINANCE_2015, _END_2015, _HIGH),
)
_CONTRACTS: tuple[ArticleRow, ...] = (
    _row("execution", "L2112-2", CODE_2019, _BEFORE_CLIMATE, _SOURCED),
    _row("execution", "L2112-2-1", CLIMATE_2026, None, _HIGH, threshold="at_or_above"),
    _row("execution", "L2112-2", CLIMATE_2026, None, _HIGH, threshold="below"),
    _row("criterion", "L2152-7 et R2152-7", CODE_2019, None, _HIGH),
    _row("both", "L2112-2 et L2152-7", CODE_2019, _BEFORE_CLIMATE, _HIGH),
    _row("both", "L2112-2-1 et L2152-7", CLIMATE_2026, None, _HIGH, threshold="at_or_above"),
    _row("both", "L2112-2 et L2152-7", CLIMATE_2026, None, _HIGH, threshold="below"),
    _row("reserved_disability", "L2113-12 et R2113-7", CODE_2019, None, _SOURCED),
    _row("reserved_iae", "L2113-13 et R2113-7", CODE_2019, None, _SOURCED),
    _row("reserved_both", "L2113-14", ASAP_2020, None, _SOURCED),
    _row("reserved_prison", "L2113-13-1", PRISON_2022, None, _SOURCED),
    _row("reserved_ess", "L2113-15 et R2113-8", CODE_2019, None, _SOURCED),
    _row("insertion_service", "L2123-1 et R2123-1 3°", CODE_2019, None, _HIGH),
)
_CONCESSIONS: tuple[ArticleRow, ...] = (
    _row("execution", "L3114-2", CODE_2019, _BEFORE_CLIMATE, _SOURCED, family="concession"),
    _row(
        "execution", "L3114-2-1", CLIMATE_2026, None, _SOURCED, family="concession", threshold="at_or_above"
    ),
    _row("execution", "L3114-2", CLIMATE_2026, None, _SOURCED, family="concession", threshold="below"),
    _row("criterion", "L3124-5 et R3124-4", CODE_2019, None, _HIGH, family="concession"),
    _row("both", "L3114-2 et L3124-5", CODE_2019, _BEFORE_CLIMATE, _HIGH, family="concession"),
    _row(
        "both",
        "L3114-2-1 et L3124-5",
        CLIMATE_2026,
        None,
        _HIGH,
        family="concession",
        threshold="at_or_above",
    ),
    _row("both", "L3114-2 et L3124-5", CLIMATE_2026, None, _HIGH, family="concession", threshold="below"),
    _row("reserved_disability", "L3113-1", CODE_2019, None, _MEDIUM, family="concession"),
    _row("reserved_iae", "L3113-2", CODE_2019, None, _MEDIUM, family="concession"),
    _row("reserved_prison", "L3113-2-1", PRISON_2022, None, _MEDIUM, family="concession"),
    _row("reserved_both", "L3113-3", ASAP_2020, None, _LOW, family="concession"),
    _row("insertion_service", "L3126-1", CODE_2019, None, _MEDIUM, family="concession"),
)

_DEFENCE: tuple[ArticleRow, ...] = (
    _row("execution", "L2312-1-1", CLIMATE_2026, None, _MEDIUM, family="defence"),  # a faculty, never due
)

ARTICLES: tuple[ArticleRow, ...] = _UNDER_2006 + _UNDER_2015 + _CONTRACTS + _CONCESSIONS + _DEFENCE
