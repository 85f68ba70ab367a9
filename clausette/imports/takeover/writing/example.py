"""The worked example of the template: one marché of two lots, two persons, three months."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from clausette.imports.takeover.fields import SheetKind

Row = Mapping[str, object]
EXAMPLE: Mapping[SheetKind, tuple[Row, ...]] = {
    SheetKind.CONTRACTS: (
        {
            "contract_number": "2025-014", "contract_name": "École des Tilleuls", "nature": "Travaux",
            "buyer_name": "Ville de Belleroche", "lot_number": "1", "lot_title": "Gros œuvre",
            "contractor_name": "Maçonnerie Delorme", "contract_starts_on": date(2025, 9, 1),
            "contract_ends_on": date(2027, 3, 31), "hours_minimum": Decimal(1200), "opening_on": date(2025, 12, 31),
            "opening_hours": Decimal("310.5"),
        },
        {
            "contract_number": "2025-014", "contract_name": "École des Tilleuls", "nature": "Travaux",
            "buyer_name": "Ville de Belleroche", "lot_number": "2", "lot_title": "Peinture",
            "contractor_name": "Peinture Vasseur", "contract_starts_on": date(2026, 2, 2),
            "contract_ends_on": date(2027, 3, 31), "hours_minimum": Decimal(400),
        },
    ),
    SheetKind.PEOPLE: (
        {"last_name": "Lefranc", "first_name": "Ines", "birth_date": date(1994, 5, 17), "sex": "Femme",
         "public": "Demandeur d'emploi de longue durée (12 mois ou plus)", "decided_on": date(2026, 1, 6)},
        {"last_name": "Mercier", "first_name": "Paul", "birth_date": date(2003, 11, 2), "sex": "Homme",
         "phone": "06 12 34 56 78", "postcode": "59000", "commune": "Lille", "district": "non", "level": "CAP"},
    ),
    SheetKind.WORK: (
        {"last_name": "Lefranc", "first_name": "Ines", "birth_date": date(1994, 5, 17), "contract_number": "2025-014",
         "lot_number": "1", "employer_name": "Maçonnerie Delorme", "modality": "Embauche directe", "work_kind": "CDD",
         "work_starts_on": date(2026, 1, 12), "work_ends_on": date(2026, 7, 10), "weekly_hours": Decimal(35)},
    ),
    SheetKind.HOURS: (
        {"last_name": "Lefranc", "first_name": "Ines", "contract_number": "2025-014", "lot_number": "1",
         "month": date(2026, 1, 1), "hours": Decimal("98.5")},
        {"last_name": "Lefranc", "first_name": "Ines", "contract_number": "2025-014", "lot_number": "1",
         "month": date(2026, 2, 1), "hours": Decimal(140)},
    ),
}  # fmt: skip
