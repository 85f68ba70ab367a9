"""Our description of the records of the official format (arrêtés of 22 December 2022, JSON 2.0.3 and XSD 2.0.2).

`Effect.RECORD` marks what a contract cannot be followed without: its number, its buyer, its subject and the
day it was notified, which decides the law that applies. Everything else may be completed later (MODEL §1).
"""

from clausette.imports.decp import values
from clausette.imports.decp.results import Effect, RecordKind
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

CONCESSION_MODIFICATION = Group(
    {
        "id": Field("Numéro de la modification", Whole()),
        "dateSignatureModification": Field("Date de signature de la modification", Day()),
        "datePublicationDonneesModification": Field("Date de publication de la modification", Day()),
        "dureeMois": Field("Durée modifiée", MONTHS, required=False),
        "valeurGlobale": Field("Valeur globale modifiée", Amount(), required=False),
    }
)

# In 2019 a modification has no number: its rank is taken.
UNNUMBERED = {"id": Field("Numéro de la modification", Whole(), required=False)}
MODIFICATION_2019 = Group({**MODIFICATION.fields, **UNNUMBERED})
CONCESSION_MODIFICATION_2019 = Group({**CONCESSION_MODIFICATION.fields, **UNNUMBERED})

YEAR_OF_EXECUTION = Group(
    {
        "datePublicationDonneesExecution": Field("Date de publication des données d'exécution", Day()),
        "depensesInvestissement": Field("Dépenses d'investissement", Amount(least=0)),
        "tarifs": Field(
            "Tarifs",
            Several(
                Wrapped(
                    "tarif",
                    "Tarif",
                    Group(
                        {
                            "intituleTarif": Field("Intitulé du tarif", Text(longest=256, cut=True)),
                            "tarif": Field("Montant du tarif", Amount(least=0)),
                        }
                    ),
                )
            ),
        ),
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
                Wrapped(
                    "modificationActeSousTraitance",
                    "Modification d'acte",
                    SUBCONTRACT_MODIFICATION,
                    also=("modificationActesSousTraitance",),
                )
            ),
            required=False,
        ),
    },
    closed=True,
)

# The records in force from 2019 to 2023: other closed lists, no wrapper, nothing on social considerations.
MARCHE_2019 = Group(
    {
        **MARCHE.fields,
        "nature": Field("Nature", Choice(values.NATURES_2019)),
        "procedure": Field("Procédure", Choice(values.PROCEDURES_2019)),
        "formePrix": Field("Forme du prix", Choice(values.PRICE_FORMS_2019)),
        "modifications": Field(
            "Modifications",
            Several(Wrapped("modification", "Modification", MODIFICATION_2019)),
            required=False,
        ),
    },
    closed=True,
)

CONCESSION = Group(
    {
        "id": Field("Numéro de la concession", ID, effect=Effect.RECORD),
        "autoriteConcedante": Field(
            "Autorité concédante",
            Group({"id": Field("SIRET de l'autorité concédante", Siret())}),
            effect=Effect.RECORD,
        ),
        "nature": Field("Nature", Choice(values.CONCESSION_NATURES)),
        "objet": Field("Objet", Text(longest=1000, cut=True), effect=Effect.RECORD),
        "procedure": Field("Procédure", Choice(values.CONCESSION_PROCEDURES)),
        "dureeMois": Field("Durée", MONTHS),
        "dateSignature": Field("Date de signature", Day(), effect=Effect.RECORD),
        "datePublicationDonnees": Field("Date de publication", Day()),
        "dateDebutExecution": Field("Début d'exécution", Day()),
        "valeurGlobale": Field("Valeur globale", Amount()),
        "montantSubventionPublique": Field("Subvention publique", Amount(least=0)),
        "donneesExecution": Field(
            "Données d'exécution",
            Several(Wrapped("donneesAnnuelles", "Données annuelles", YEAR_OF_EXECUTION)),
            required=False,
        ),
        "concessionnaires": Field(
            "Concessionnaires",
            Several(Wrapped("concessionnaire", "Concessionnaire", Operator())),
            effect=Effect.AWARD,
        ),
        "considerationsSociales": Field(
            "Considérations sociales",
            _list_in("considerationSociale", "Considération sociale", values.CONCESSION_SOCIALS),
        ),
        "considerationsEnvironnementales": MARCHE.fields["considerationsEnvironnementales"],
        "modifications": Field(
            "Modifications",
            Several(Wrapped("modification", "Modification", CONCESSION_MODIFICATION)),
            required=False,
        ),
    },
    closed=True,
)
CONCESSION_2019 = Group(
    {
        **CONCESSION.fields,
        "modifications": Field(
            "Modifications",
            Several(Wrapped("modification", "Modification", CONCESSION_MODIFICATION_2019)),
            required=False,
        ),
    },
    closed=True,
)
SHAPES = {RecordKind.MARCHE: MARCHE, RecordKind.CONCESSION: CONCESSION}
SHAPES_2019 = {RecordKind.MARCHE: MARCHE_2019, RecordKind.CONCESSION: CONCESSION_2019}

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
        "donneesExecution",
    }
)
ONLY_IN_2019 = frozenset({"_type", "uid", "uuid", "source", "created_at", "updated_at"})
