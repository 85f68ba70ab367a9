"""What the Maison de l'emploi follows by itself: the neighbour whose rows must never be seen next door."""

from clausette.procurement.enums import ContractNature as Nature
from clausette.procurement.enums import ContractState as State
from config.world.plan import Bought, Owed, Stint

NEIGHBOUR = (
    Bought(
        "mimosas", "mde", "EHPAD Les Mimosas", "Extension de l'EHPAD Les Mimosas", "departement", "D-2025-140",
        3_900_000, consulted=-14,
        owed=(
            Owed(
                "mimosas", "ferrand", -10, 17, minimum=900,
                stints=(
                    Stint("direct", -10, 14, 60, weekly=24), Stint("etti", -6, 3, 60, person="samba", weekly=20),
                    Stint("direct", -4, 12, 52, weekly=17),
                ),
                returned=(-1,),
            ),
        ),
    ),
    Bought(
        "moulin", "mde", "Zone d'activités du Moulin", "Viabilisation de la zone d'activités du Moulin", "metropole",
        "2025-T-052", 1_600_000, consulted=-16,
        owed=(
            Owed(
                "moulin", "voirie", -12, 16, minimum=560,
                stints=(Stint("direct", -12, 10, 44, weekly=17), Stint("etti2", -3, 6, 40, weekly=17, person="lina")),
            ),
        ),
    ),
    Bought(
        "piscine", "mde", "Piscine des Trois Rivières", "Rénovation de la piscine des Trois Rivières", "metropole",
        "2026-T-012", 2_250_000, consulted=-10,
        owed=(
            Owed("piscine", "castan", -6, 15, minimum=380, stints=(Stint("direct", -6, 12, 34, weekly=14),)),
        ),
    ),
    Bought(
        "salles", "mde", "Entretien des salles municipales", "Nettoyage des gymnases et des salles", "metropole",
        "2025-S-019", 410_000, Nature.SERVICES, consulted=-17,
        owed=(
            Owed(
                "salles", "proprete", -13, 24, minimum=760,
                stints=(Stint("direct", -13, 24, 34, weekly=14), Stint("direct", -9, 12, 30, weekly=12)),
                missing=(-1,),
            ),
        ),
    ),
    Bought(
        "saules", "mde", "Résidence Les Saules", "Réhabilitation de 60 logements, résidence Les Saules", "bailleur",
        "OH-2026-01", 3_100_000, consulted=-13,
        owed=(
            Owed(
                "saules", "rivoire", -9, 15, minimum=620,
                stints=(
                    Stint("etti", -3, 5, 50, person="samba", weekly=20), Stint("direct", -9, 12, 40, weekly=14),
                ),
                returned=(-1,),
            ),
        ),
    ),
    Bought(
        "veil", "mde", "Collège Simone-Veil", "Extension du collège Simone-Veil", "departement",
        state=State.CLAUSE_PROPOSED, amount=2_800_000,
    ),
)  # fmt: skip
