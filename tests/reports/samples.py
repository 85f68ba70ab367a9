"""Facts of an attestation for the tests: invented names, true arithmetic."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from clausette.reports.attestation.facts import (
    Aside,
    AttestationFacts,
    Body,
    Calculation,
    CommitmentFacts,
    Correction,
    Figures,
    LegalBasis,
    Market,
    ModalityRow,
    MonthRow,
    Signatory,
)

_VALIDATED = (0, 12, 21, 35, 49, 56, 63, 42, 38, 28, 45.5, 51, 70, 63, 49, 38, 13)


def months() -> tuple[MonthRow, ...]:
    """Eighteen months from May 2025: 700 h validated, one month unknown, the last declared and pending."""
    rows = [
        MonthRow(
            _month(n),
            "Intérim Plus Insertion" if n % 4 == 3 else "Bâti Ouche",
            Decimal(str(h)),
            Decimal(str(h)),
        )
        for n, h in enumerate(_VALIDATED)
    ]
    rows[7] = MonthRow(_month(7), "Bâti Ouche", None, None)
    extra = MonthRow(_month(6), "GEIQ des Trois Vallées", Decimal("68.5"), Decimal("68.5"))
    return (*rows, extra, MonthRow(_month(17), "Bâti Ouche", Decimal("221.5"), None))


def sample() -> AttestationFacts:
    """The ordinary case: 833 h due, 700 h validated, one month awaited, one to validate."""
    return AttestationFacts(
        number="ATT-2026-0001",
        issued_on=date(2026, 11, 22),
        issuer=Body("PLIE du Pays d'Ouche", "99910001900010", "Dijon"),
        firm=Body("Bâti Ouche", "99920002500016", "Chenôve", "mandataire du groupement"),
        buyer=Body("Dijon-sur-Ouche Métropole", "99930003100013", "Dijon"),
        market=Market(
            "Gymnase des Acacias",
            "Construction d'un gymnase et de ses abords",
            "2025-118",
            "lot 1 gros œuvre",
            date(2025, 4, 14),
        ),
        legal_basis=LegalBasis(
            "Condition d'exécution", "article L2112-2 du code de la commande publique", date(2025, 1, 20)
        ),
        commitment=CommitmentFacts(
            "Heures calculées sur le montant", calculation(), Decimal(833), Decimal(833)
        ),
        figures=Figures(
            as_of=date(2026, 10, 31),
            declared=Decimal("921.5"),
            validated=Decimal(700),
            due_to_date=Decimal("736.4"),
            due_firm=Decimal(833),
            raw_rate=Decimal("0.8403"),
            capped_rate=Decimal("0.8403"),
            remaining=Decimal(133),
            people=9,
            work_contracts=11,
        ),
        months=months(),
        modalities=(
            ModalityRow("Embauche directe (CDD, CDI)", Decimal("507.5"), 6),
            ModalityRow("Intérim d'insertion (ETTI)", Decimal(124), 4),
            ModalityRow("GEIQ", Decimal("68.5"), 1),
        ),
        asides=(Aside("dont retenues sous réserve", Decimal(24)), Aside("à valider", Decimal("221.5"))),
        corrects=Correction("ATT-2026-0000", date(2026, 11, 3), "un relevé de juin 2026 corrigé"),
        signatory=Signatory("Claire Vasseur", "facilitatrice des clauses sociales"),
    )


def calculation() -> Calculation:
    """1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 h, rounded to 833 h."""
    return Calculation(
        Decimal(1_000_000), Decimal("0.5"), Decimal("0.05"), Decimal(30), Decimal("833.33"), Decimal(833)
    )


def _month(n: int) -> date:
    return date(2025 + (4 + n) // 12, (4 + n) % 12 + 1, 1)


def followed() -> AttestationFacts:
    """A suivi sans objectif chiffré, with nothing optional given."""
    return AttestationFacts(
        number="ATT-2026-0002",
        issued_on=date(2026, 11, 1),
        issuer=Body("PLIE du Pays d'Ouche"),
        firm=Body("Atelier du Chantier d'Ouche"),
        buyer=Body("Bailleur du Val"),
        market=Market("Entretien des espaces verts"),
        commitment=CommitmentFacts("Suivi sans objectif chiffré"),
        figures=Figures(as_of=date(2026, 10, 31), declared=Decimal("1234.5"), validated=Decimal("1234.5")),
    )


def reprise() -> AttestationFacts:
    """The ended case with an opening balance of 300 h and no offer above the minimum."""
    base = sample()
    figures = replace(
        base.figures,
        validated=Decimal(1000),
        opening_balance=Decimal(300),
        opening_on=date(2025, 4, 30),
        raw_rate=Decimal("0.8333"),
        capped_rate=Decimal("0.8333"),
        due_firm=Decimal(1200),
        remaining=Decimal(200),
        ended=True,
    )
    return replace(base, figures=figures, corrects=None, signatory=None)
