"""Facts of follow-up documents for the tests: invented names, true arithmetic."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from clausette.kernel.months import add_months
from clausette.reports.attestation.facts import Body, Signatory
from clausette.reports.followup.facts import (
    AsideRow,
    Breakdown,
    BreakdownRow,
    CatchUpRow,
    ContractRow,
    CurveRow,
    EngagementRow,
    FollowUpFacts,
    LineRow,
    MonthRow,
    ShareRow,
    Subject,
    Totals,
)
from clausette.reports.rules import MAIN, SEVERAL

D = Decimal


def engagement(name: str, due: str, done: str, in_period: str, **more: object) -> EngagementRow:
    """An engagement: hours due firm, validated, and of the period."""
    firm, validated = D(due), D(done)
    raw = (validated / firm).quantize(D("0.0001"))
    row = EngagementRow(
        contract="École Pasteur", lot=name, buyer="Lys Métropole", firm="Bâti Ouche", kind="Heures fixées",
        ends_on=date(2027, 6, 30), due_to_date=(firm / 2).quantize(D("0.01")), due_firm=firm, due_possible=D(0),
        validated=validated, waiting=D(0), in_period=D(in_period), remaining=max(D(0), firm - validated), raw=raw,
        capped=min(raw, D(1)), named=validated,
    )  # fmt: skip
    return replace(row, **more)  # type: ignore[arg-type]  # by name


def _curve() -> tuple[CurveRow, ...]:
    """21 months: due, done until November, and what waits."""
    return tuple(
        CurveRow(add_months(date(2025, 10, 1), n), D(40) * (n + 1), D("119.5") + D(45) * n if n < 14 else None,
                 D("155") + D(45) * n if n == 13 else None)
        for n in range(21)
    )  # fmt: skip


def summary() -> FollowUpFacts:
    """A bilan of 2026: two engagements, 700,5 h in the year, 11 people, one rattrapage, one masked group."""
    rows = (
        engagement("lot 1 gros œuvre", "833", "700", "620.5", waiting=D("35"), pending=1),
        engagement("lot 2 menuiserie", "80", "120", "80", missing=2),
    )
    hours = [D(60)] * 10 + [D("100.5")]
    months = tuple(
        MonthRow(add_months(date(2026, 1, 1), n), h, D(35) if n == 10 else D(0)) for n, h in enumerate(hours)
    )
    return FollowUpFacts(
        kind="summary", number="BIL-2026-0001", issued_on=date(2026, 11, 22),
        issuer=Body("PLIE du Pays d'Ouche", "99910001900010", "Dijon"),
        recipient=Body("Lys Métropole", "99930003100013", "Dijon"),
        audience="parties", subject=Subject("contract", "École Pasteur", ("Construction d'une école", "n° 2025-118")),
        starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), as_of=date(2026, 11, 22), closed_on=date(2026, 1, 31),
        contracts=(ContractRow("École Pasteur", "2025-118", "Marché", "Lys Métropole", "Condition d'exécution",
                               date(2025, 10, 1), D("1250000.50"), "En cours"),),
        engagements=rows,
        totals=Totals(
            due_to_date=D("456.5"), due_firm=D(913), due_possible=D(0), validated=D(820), waiting=D(35), refused=D(7),
            in_period=D("700.5"), waiting_in_period=D(35), remaining=D(133), raw=D("0.8981"), capped=D("0.8543"),
            named=D(820),
        ),
        months=months, curve=_curve(), catch_up=(CatchUpRow(2025, D("14.5")),),
        asides=(AsideRow("Heures hors clause", D(21), inside=False),),
        participants=11, new_entrants=6, work_contracts=14, counted_contracts=12,
        modalities=(ShareRow("Embauche directe", D("500.5"), 8, 8),
                    ShareRow("Mise à disposition par un GEIQ", D(200), 6, 4)),
        contract_kinds=(ShareRow("CDD", D("500.5"), 8, 8), ShareRow("Contrat de professionnalisation", D(200), 6, 4)),
        breakdowns=(
            Breakdown("Sexe", MAIN, (BreakdownRow("femme", None, None), BreakdownRow("homme", None, None))),
            Breakdown("Âge à l’entrée", MAIN, (BreakdownRow("moins de 26 ans", 6, D(300)),
                                              BreakdownRow("26 à 49 ans", 5, D("400.5")))),
            Breakdown("Public retenu", MAIN, ()),
            Breakdown("Critères remplis", SEVERAL, (BreakdownRow("RSA", 6, D(300)), BreakdownRow("=QPV", None, None))),
        ),
        lines=(
            LineRow(date(2026, 1, 1), "École Pasteur", "lot 1 gros œuvre", "Bâti Ouche", "=cmd|'/c calc'!A1",
                    "Embauche directe", "CDD", "Travail", "Validées", D("620.5")),
            LineRow(date(2026, 2, 1), "École Pasteur", "lot 2 menuiserie", "Bâti Ouche", "GEIQ des Trois Vallées",
                    "Mise à disposition par un GEIQ", "Contrat de professionnalisation", "Formation",
                    "Validées", D(80)),
            LineRow(date(2026, 11, 1), "École Pasteur", "lot 1 gros œuvre", "Bâti Ouche", "Bâti Ouche",
                    "Embauche directe", "CDD", "Travail", "À valider", D(35)),
        ),
        fte_divisor=D(1600), fte_label="1 600 h (Alliance Villes Emploi)", monthly_hours=D("151.67"), mask_below=5,
        gap_days=15, signatory=Signatory("Claire Vasseur"),
    )  # fmt: skip


def update() -> FollowUpFacts:
    """The point d'étape of its first engagement."""
    base, row = summary(), summary().engagements[0]
    totals = replace(
        base.totals, due_to_date=row.due_to_date or D(0), due_firm=D(833), validated=D(700), in_period=D("620.5"),
        raw=row.raw, capped=row.capped, refused=D(0), remaining=row.remaining or D(0), named=D(700),
    )  # fmt: skip
    months = (*base.months[:-1], replace(base.months[-1], validated=D("20.5")))
    shares = (ShareRow("Embauche directe", D("620.5"), 8, 8),)
    return replace(
        base, kind="update", number="PTE-2026-0001", engagements=(row,), totals=totals, months=months, lines=(),
        breakdowns=(), catch_up=(), asides=(), modalities=shares, contract_kinds=shares,
        subject=Subject("commitment", "École Pasteur", ("lot 1 gros œuvre", "Bâti Ouche")),
    )  # fmt: skip


def yearly() -> FollowUpFacts:
    """The attestation of the firm for the year."""
    base = summary()
    return replace(
        base, kind="year_certificate", number="ATA-2026-0001",
        recipient=Body("Bâti Ouche", "99920002500016", "Chenôve"),
        subject=Subject("firm", "Bâti Ouche"), breakdowns=(), lines=(),
    )  # fmt: skip
