"""Which papers are asked for which modality."""

from datetime import date

import pytest

from clausette.hours.rules.pieces import asked_pieces
from clausette.placements.enums import Modality
from clausette.reference.queries import piece_rows

NOVEMBER = date(2026, 11, 1)


def test_a_direct_hire_is_proved_each_month_and_once() -> None:
    assert asked_pieces(piece_rows(NOVEMBER), {"direct"}) == (
        "Chaque mois\u00a0: feuille d'heures signée, ou extrait de paie sans numéro de sécurité sociale. "
        "Avec le premier relevé\u00a0: contrat de travail."
    )


def test_several_modalities_ask_each_paper_once() -> None:
    told = asked_pieces(piece_rows(NOVEMBER), {"etti", "geiq"})
    assert told.count("relevé d'heures de mission signé") == 1
    assert "contrat de travail" not in told


@pytest.mark.parametrize("modality", Modality.values)
def test_every_modality_has_its_monthly_paper(modality: str) -> None:
    assert asked_pieces(piece_rows(NOVEMBER), {modality}).startswith("Chaque mois\u00a0: ")


def test_before_the_first_row_nothing_is_asked() -> None:
    assert asked_pieces(piece_rows(date(2020, 1, 1)), {"direct"}) == ""


def test_a_convention_is_asked_with_its_end() -> None:
    told = asked_pieces(piece_rows(NOVEMBER), {"subcontract_ei"})
    assert told.endswith(
        "Avec sa date de fin, puis à chaque renouvellement\u00a0: convention ou agrément en cours de la structure."
    )
    assert "convention" not in asked_pieces(piece_rows(NOVEMBER), {"direct"})
