"""The closed lists of the official format (arrêté of 22 December 2022, JSON format 2.0.3)."""

from enum import StrEnum

NATURES = ("Marché", "Marché de partenariat", "Marché de défense ou de sécurité")
FRAMEWORK = "Accord-cadre"
CALL_OFF = "Marché subséquent"
NOTHING = "Sans objet"
TECHNIQUES = (
    FRAMEWORK,
    "Concours",
    "Système de qualification",
    "Système d'acquisition dynamique",
    "Catalogue électronique",
    "Enchère électronique",
    NOTHING,
)
ORDERS = "Bons de commande"
CALL_OFFS = "Marchés subséquents"
MODALITIES = ("Tranches", ORDERS, CALL_OFFS, NOTHING)
CCAGS = (
    "Travaux",
    "Maitrise d'œuvre",
    "Fournitures courantes et services",
    "Marchés industriels",
    "Prestations intellectuelles",
    "Techniques de l'information et de la communication",
    "Pas de CCAG",
)
NO_GROUP = "Pas de groupement"
GROUPS = ("Conjoint", "Solidaire", NO_GROUP)
PRICE_VARIATIONS = ("Ferme", "Actualisable", "Révisable")
PROCEDURES = (
    "Procédure adaptée",
    "Appel d'offres ouvert",
    "Appel d'offres restreint",
    "Procédure avec négociation",
    "Marché passé sans publicité ni mise en concurrence préalable",
    "Dialogue compétitif",
)
# The lists in force from 2019 to 2023 (arrêté of 22 March 2019), still met in published stocks.
NATURES_2019 = (*NATURES, FRAMEWORK, CALL_OFF)
PROCEDURES_2019 = (
    *PROCEDURES,
    "Procédure concurrentielle avec négociation",
    "Procédure négociée avec mise en concurrence préalable",
    "Marché négocié sans publicité ni mise en concurrence préalable",
)
PRICE_FORMS = ("Unitaire", "Forfaitaire", "Mixte")
PRICE_FORMS_2019 = (*PRICE_FORMS, "Ferme", "Ferme et actualisable", "Révisable")
PUBLIC_SERVICE = "Délégation de service public"
WORKS_CONCESSION = "Concession de travaux"
CONCESSION_NATURES = (WORKS_CONCESSION, "Concession de service", "Concession de service public", PUBLIC_SERVICE)
CONCESSION_PROCEDURES = (
    "Procédure négociée ouverte",
    "Procédure non négociée ouverte",
    "Procédure négociée restreinte",
    "Procédure non négociée restreinte",
)
PLACE_TYPES = (
    "Code postal",
    "Code commune",
    "Code arrondissement",
    "Code canton",
    "Code département",
    "Code région",
    "Code pays",
)
PRICE_TYPES = ("Définitif ferme", "Définitif actualisable", "Définitif révisable", "Provisoire")
SIRET = "SIRET"
VAT = "TVA"
ID_TYPES = (SIRET, VAT, "TAHITI", "RIDET", "FRWF", "IREP", "HORS-UE")
SOCIAL_CLAUSE = "Clause sociale"
NO_SOCIAL = "Pas de considération sociale"
SOCIALS = (SOCIAL_CLAUSE, "Critère social", "Marché réservé", NO_SOCIAL)
RESERVED, RESERVED_CONCESSION = "Marché réservé", "Concession réservée"
CONCESSION_SOCIALS = (SOCIAL_CLAUSE, "Critère social", RESERVED_CONCESSION, NO_SOCIAL)
NO_ENVIRONMENTAL = "Pas de considération environnementale"
ENVIRONMENTALS = ("Clause environnementale", "Critère environnemental", NO_ENVIRONMENTAL)

# The flat tables drawn from the official data write « Sans objet » for « none »; files made from them too.
ALIASES = {
    SOCIALS: {NOTHING: NO_SOCIAL, RESERVED_CONCESSION: RESERVED},
    CONCESSION_SOCIALS: {NOTHING: NO_SOCIAL, RESERVED: RESERVED_CONCESSION},
    ENVIRONMENTALS: {NOTHING: NO_ENVIRONMENTAL},
}


class Social(StrEnum):
    """Social considerations, as the rest of the house names them."""

    CLAUSE = "clause"
    CRITERION = "criterion"
    RESERVED = "reserved"
    NONE = "none"


SOCIAL_CODES = {**dict(zip(SOCIALS, Social, strict=True)), **dict(zip(CONCESSION_SOCIALS, Social, strict=True))}
