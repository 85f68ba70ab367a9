"""Which papers prove the hours of each modality: dated rows, each with its source.

The CCAG of 2021 let the hours be controlled on papers and name none: which ones is the practice of the field (monthly
statement, time sheets, invoices of temporary work), and its reliability says so.
"""

from dataclasses import dataclass
from datetime import date

from clausette.reference.enums import Reliability


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One paper asked for hours worked by these modalities (values of `placements.Modality`), from a day on.

    `each_month`: with each statement; else once, with the first one. `lapses`: it holds until a day written on it, and
    is given again at each renewal.
    """

    label: str
    modalities: tuple[str, ...]
    starts_on: date
    source: str
    reliability: Reliability
    each_month: bool = True
    lapses: bool = False


_SINCE = date(2021, 4, 1)
_USAGE = "CCAG de 2021 (contrôle sur pièces justificatives) ; nature des pièces : usage du réseau"
_APPROVED = "Code du travail, L5132-2 (convention avec l'État), L5213-13 (agrément) ; remise : usage du réseau"
_TEMP = ("etti", "ai", "eatt", "ett")


def _row(label: str, *modalities: str, each_month: bool = True) -> PieceRow:
    return PieceRow(label, modalities, _SINCE, _USAGE, Reliability.MEDIUM, each_month)


PIECES: tuple[PieceRow, ...] = (
    _row("contrat de travail", "direct", each_month=False),
    _row("feuille d'heures signée, ou extrait de paie sans numéro de sécurité sociale", "direct"),
    _row("contrat de mise à disposition ou de mission", *_TEMP, "geiq", each_month=False),
    _row("relevé d'heures de mission signé, ou facture de mise à disposition", *_TEMP, "geiq"),
    _row(
        "attestation d'heures de la structure, sans ses encadrants", "subcontract_ei", "subcontract_aci", "ea", "esat",
        "regie",
    ),
    _row("feuille d'heures signée", "other"),
    PieceRow(
        "convention ou agrément en cours de la structure",
        ("etti", "ai", "eatt", "subcontract_ei", "subcontract_aci", "ea"), _SINCE, _APPROVED,
        Reliability.MEDIUM, each_month=False, lapses=True,
    ),
)  # fmt: skip
