"""What the PLIE follows: one of each situation that a facilitator meets."""

from datetime import date

from clausette.commitments.enums import CommitmentKind as Kind
from clausette.commitments.enums import Periodicity
from clausette.procurement.enums import ContractNature as Nature
from clausette.procurement.enums import ContractState as State
from clausette.procurement.enums import LegalDeviceKind as Device
from config.world.plan import Bought, Owed, Stint

JANUARY_2012 = date(2012, 1, 1)

DONE_AND_RUNNING = (
    Bought(
        "ecole", "plie", "École Jules-Verne", "Réhabilitation de l'école Jules-Verne", "metropole",
        "2025-T-014", 1_000_000, consulted=-20,
        owed=(
            # 1 000 000 € × 50 % × 5 % / 30 €/h = 833 h, ended with 700 h validated
            Owed(
                "ecole", "ferrand", -16, 14, Kind.COMPUTED, calculation=(1_000_000, "0.50", "0.05", 30),
                stints=(
                    Stint("direct", -16, 7, 60, weekly=20, flat=True),
                    Stint("direct", -9, 7, 40, weekly=14, flat=True),
                ),
            ),
        ),
    ),
    Bought(
        "gymnase", "plie", "Gymnase des Acacias", "Construction du gymnase des Acacias", "metropole",
        "2025-T-031", 3_400_000, consulted=-16, operation="Cité des sports des Acacias", shared=-10,
        lots=(
            ("1", "Gros œuvre", 1_900_000, True), ("2", "Menuiseries", 620_000, True),
            ("3", "Électricité", 480_000, True), ("4", "Peinture", 400_000, False),
        ),
        owed=(
            Owed(
                "gymnase-1", "ferrand", -12, 19, minimum=2600, lot="1",
                stints=(
                    Stint("direct", -12, 24, 98), Stint("etti", -7, 6, 84, person="omar"),
                    Stint("direct", -9, 14, 70), Stint("direct", -6, 12, 62, by="mde", weekly=24),
                    Stint("direct", -4, 9, 66),
                ),
                missing=(-1,),
            ),
            Owed(
                "gymnase-2", "castan", -8, 14, minimum=420, lot="2",
                stints=(Stint("direct", -8, 12, 46, weekly=17),), missing=(-1,),
            ),
            Owed(
                "gymnase-3", "rivoire", -6, 12, minimum=380, lot="3",
                stints=(Stint("etti2", -6, 9, 40, weekly=17, person="lina", by="mde"),),
            ),
        ),
    ),
    Bought(
        "tilleuls", "plie", "Résidence Les Tilleuls", "Construction de 42 logements, résidence Les Tilleuls",
        "bailleur", "OH-2025-07", 5_200_000, consulted=-15,
        owed=(
            Owed(
                "tilleuls", "ferrand", -10, 19, minimum=1000, offer=1200,
                stints=(
                    Stint("direct", -10, 14, 58, weekly=24),
                    Stint("geiq", -8, 3, 64, weekly=24, person="yanis", contract_months=14),
                    Stint("etti", -4, 3, 52, person="omar", weekly=17),
                ),
                unproved=(-1,),
            ),
        ),
    ),
    Bought(
        "bellevue", "plie", "Voirie du quartier Bellevue", "Réaménagement des voiries du quartier Bellevue",
        "metropole", "2026-V-003", 2_100_000, consulted=-13, device=Device.BOTH,
        operation="Renouvellement urbain de Bellevue",
        owed=(
            Owed(
                "bellevue", "voirie", -9, 19, minimum=1000, conditional=400,
                stints=(Stint("direct", -9, 12, 60, weekly=24), Stint("etti", -6, 6, 55, weekly=20)),
            ),
        ),
    ),
    Bought(
        "nettoyage", "plie", "Nettoyage des bâtiments métropolitains", "Nettoyage des locaux et des vitreries",
        "metropole", "2025-S-008", 760_000, Nature.SERVICES, consulted=-18,
        owed=(
            Owed(
                "nettoyage", "proprete", -14, 25, minimum=1100,
                stints=(
                    Stint("direct", -14, 24, 56, weekly=20), Stint("direct", -11, 18, 47, weekly=17, cdi=True),
                ),
            ),
        ),
    ),
    Bought(
        "berges", "plie", "Entretien des berges de l'Orselle", "Entretien des berges, marché réservé", "metropole",
        "2025-R-002", 180_000, Nature.SERVICES, Device.RESERVED_IAE, consulted=-16,
        owed=(
            Owed(
                "berges", "jardins", -12, 24, Kind.FOLLOWED,
                stints=(
                    Stint("direct", -12, 12, 88, weekly=26), Stint("direct", -12, 12, 84, weekly=26),
                    Stint("direct", -5, 12, 90, weekly=26),
                ),
            ),
        ),
    ),
)  # fmt: skip

WITH_A_WORRY = (
    Bought(
        "college", "plie", "Collège Olympe-de-Gouges", "Restructuration de la demi-pension du collège", "departement",
        "D-2025-112", 1_150_000, consulted=-15, shared=-9, revoked=-3,
        owed=(
            Owed(
                "college", "castan", -11, 19, minimum=480,
                stints=(
                    Stint("direct", -11, 12, 30, weekly=12),
                    Stint("geiq", -5, 3, 58, weekly=24, person="yanis", same=True),
                ),
            ),
        ),
    ),
    Bought(
        "cedres", "plie", "Résidence Les Cèdres", "Rénovation thermique de la résidence Les Cèdres", "bailleur",
        "OH-2025-03", 2_700_000, consulted=-17,
        owed=(
            Owed(
                "cedres", "rivoire", -13, 15, minimum=900,
                stints=(Stint("direct", -12, 3, 42, weekly=14), Stint("etti", -9, 2, 38, person="omar", weekly=17)),
                missing=(-2, -1),
            ),
        ),
    ),
    Bought(
        "creche", "plie", "Crèche Les Lucioles", "Extension de la crèche Les Lucioles", "metropole", "2026-T-009",
        690_000, consulted=-12,
        owed=(
            Owed(
                "creche", "castan", -8, 13, minimum=420,
                stints=(Stint("direct", -7, 12, 36, weekly=14),), missing=(-3, -2, -1),
            ),
        ),
    ),
    Bought(
        "eau", "plie", "Réseau d'eau du plateau", "Renouvellement du réseau d'eau potable du plateau", "metropole",
        "2025-T-022", 1_800_000, consulted=-18,
        owed=(
            Owed(
                "eau", "voirie", -15, 15, minimum=640, periodicity=Periodicity.QUARTERLY,
                stints=(Stint("direct", -15, 14, 42, weekly=17),), waiting=(-3, -2, -1),
            ),
        ),
    ),
    Bought(
        "parc", "plie", "Parc de la Confluence", "Aménagement paysager du parc de la Confluence", "metropole",
        "2026-T-004", 940_000, consulted=-11,
        owed=(
            Owed(
                "parc", "paysages", -7, 13, minimum=500,
                stints=(
                    Stint("direct", -7, 12, 44, weekly=17),
                    Stint("geiq", -2, 8, 62, weekly=24, person="yanis", same=True),
                ),
                returned=(-1,), draft=True,
            ),
        ),
    ),
    Bought(
        "mediatheque", "plie", "Médiathèque centrale", "Construction de la médiathèque centrale", "metropole",
        "2011-T-047", 6_300_000, consulted=date(2011, 5, 16), state=State.CLOSED,
        owed=(
            Owed(
                "mediatheque", "ferrand", JANUARY_2012, 6, minimum=540, closed=True,
                stints=(Stint("direct", JANUARY_2012, 6, 90, weekly=35, flat=True),),
            ),
        ),
    ),
    Bought(
        "bonheur", "plie", "Groupe scolaire Rosa-Bonheur", "Construction du groupe scolaire Rosa-Bonheur", "metropole",
        "2026-T-041", 9_800_000, state=State.NOTIFIED, consulted=-3,
        owed=(
            Owed("bonheur", "ferrand", 1, 24, Kind.COMPUTED, calculation=(9_800_000, "0.45", "0.07", 35)),
        ),
    ),
    Bought(
        "halle", "plie", "Halle des sports", "Études préalables de la halle des sports", "metropole",
        state=State.TO_STUDY, amount=4_500_000,
    ),
    Bought(
        "restaurant", "plie", "Restaurant scolaire Pauline-Kergomard", "Restaurant scolaire, infructueux",
        "metropole", "2026-T-018", 820_000, state=State.FRUITLESS, consulted=-7,
    ),
)  # fmt: skip
