"""Our description of a « marché » of the official format (arrêté of 22 December 2022, JSON format 2.0.3).

`Effect.RECORD` marks what a contract cannot be followed without: its number, its buyer, its subject and the
day it was notified, which decides the law that applies. Everything else may be completed later (MODEL §1).
"""

from clausette.imports.decp import values
from clausette.imports.decp.results import Effect
from clausette.imports.decp.shapes import (
    Amount,
    Choice,
    Cpv,
    Day,
    Field,
    Flag,
    Group,
    Operator,
    Several,
    Shape,
    Share,
    Siret,
    Text,
    Whole,
    Wrapped,
)


def _list_in(key: str, label: str, accepted: tuple[str, ...]) -> Shape:
    return Group({key: Field(label, Several(Choice(accepted)))})


ID = Text(longest=16)
MONTHS = Whole(most=1200)
CONTRACTORS = Several(Wrapped("titulaire", "Titulaire", Operator()))

SUBCONTRACT = Group(
    {
        "id": Field("Numéro de l'acte", Whole()),
        "sousTraitant": Field("Sous-traitant", Operator()),
        "dureeMois": Field("Durée", MONTHS),
        "dateNotification": Field("Date de notification de l'acte", Day()),
        "datePublicationDonnees": Field("Date de publication de l'acte", Day()),
        "montant": Field("Montant de l'acte", Amount()),
        "variationPrix": Field("Variation du prix", Choice(values.PRICE_VARIATIONS)),
    }
)

MODIFICATION = Group(
    {
        "id": Field("Numéro de la modification", Whole()),
        "dateNotificationModification": Field("Date de notification de la modification", Day()),
        "datePublicationDonneesModification": Field("Date de publication de la modification", Day()),
        "dureeMois": Field("Durée modifiée", MONTHS, required=False),
        "montant": Field("Montant modifié", Amount(), required=False),
        "titulaires": Field("Titulaires modifiés", CONTRACTORS, required=False),
    }
)

SUBCONTRACT_MODIFICATION = Group(
    {
        "id": Field("Numéro de l'acte modifié", Whole()),
        "dateNotificationModificationSousTraitance": Field("Date de notification de la modification", Day()),
        "datePublicationDonnees": Field("Date de publication de la modification", Day()),
        "dureeMois": Field("Durée modifiée", MONTHS, required=False),
        "montant": Field("Montant modifié", Amount(), required=False),
    }
)

MARCHE = Group(
    {
        "id": Field("Numéro du marché", ID, effect=Effect.RECORD),
        "acheteur": Field(
            "Acheteur", Group({"id": Field("SIRET de l'acheteur", Siret())}), effect=Effect.RECORD
        ),
        "nature": Field("Nature", Choice(values.NATURES)),
        "objet": Field("Objet", Text(longest=1000, cut=True), effect=Effect.RECORD),
        "codeCPV": Field("Code CPV", Cpv()),
        "techniques": Field("Techniques", _list_in("technique", "Technique", values.TECHNIQUES)),
        "modalitesExecution": Field(
            "Modalités d'exécution",
            _list_in("modaliteExecution", "Modalité d'exécution", values.MODALITIES),
        ),
        "idAccordCadre": Field("Numéro de l'accord-cadre", ID, required=False),
        "marcheInnovant": Field("Marché innovant", Flag()),
        "ccag": Field("CCAG", Choice(values.CCAGS)),
        "offresRecues": Field("Offres reçues", Whole()),
        "attributionAvance": Field("Avance", Flag()),
        "tauxAvance": Field("Taux de l'avance", Share(), required=False),
        "typeGroupementOperateurs": Field("Groupement", Choice(values.GROUPS)),
        "sousTraitanceDeclaree": Field("Sous-traitance déclarée", Flag()),
        "actesSousTraitance": Field(
            "Actes de sous-traitance",
            Several(Wrapped("acteSousTraitance", "Acte de sous-traitance", SUBCONTRACT)),
            required=False,
        ),
        "procedure": Field("Procédure", Choice(values.PROCEDURES)),
        "lieuExecution": Field(
            "Lieu d'exécution",
            Group(
                {
                    "code": Field("Code du lieu", Text(longest=60)),
                    "typeCode": Field("Type de code du lieu", Choice(values.PLACE_TYPES)),
                }
            ),
        ),
        "dureeMois": Field("Durée", MONTHS),
        "dateNotification": Field("Date de notification", Day(), effect=Effect.RECORD),
        "datePublicationDonnees": Field("Date de publication", Day()),
        "montant": Field("Montant", Amount()),
        "typesPrix": Field("Types de prix", _list_in("typePrix", "Type de prix", values.PRICE_TYPES)),
        "formePrix": Field("Forme du prix", Choice(values.PRICE_FORMS)),
        "origineUE": Field("Part d'origine européenne", Share(), required=False),
        "origineFrance": Field("Part d'origine française", Share(), required=False),
        "titulaires": Field("Titulaires", CONTRACTORS, effect=Effect.AWARD),
        "considerationsSociales": Field(
            "Considérations sociales",
            _list_in("considerationSociale", "Considération sociale", values.SOCIALS),
        ),
        "considerationsEnvironnementales": Field(
            "Considérations environnementales",
            _list_in(
                "considerationEnvironnementale", "Considération environnementale", values.ENVIRONMENTALS
            ),
        ),
        "modifications": Field(
            "Modifications",
            Several(Wrapped("modification", "Modification", MODIFICATION)),
            required=False,
        ),
        "modificationsActesSousTraitance": Field(
            "Modifications d'actes de sous-traitance",
            Several(
                Wrapped("modificationActeSousTraitance", "Modification d'acte", SUBCONTRACT_MODIFICATION)
            ),
            required=False,
        ),
    },
    closed=True,
)

# The 2019 format knew nothing of these, or left the list empty: that says nothing there.
UNKNOWN_IN_2019 = frozenset(
    {
        "techniques",
        "modalitesExecution",
        "marcheInnovant",
        "ccag",
        "offresRecues",
        "attributionAvance",
        "typeGroupementOperateurs",
        "sousTraitanceDeclaree",
        "typesPrix",
        "considerationsSociales",
        "considerationsEnvironnementales",
        "modifications",
    }
)
ONLY_IN_2019 = frozenset({"_type", "uid", "uuid", "source", "created_at", "updated_at"})
