"""What a column of a purchase programme may be, with the names that buyers give it."""

from clausette.imports.takeover.fields import Field, Part, Shape, field_of


def _field(code: str, label: str, shape: Shape, names: str, *, needed: bool = False) -> Field:
    return field_of(code, label, Part.CONTRACT, shape, names, needed=needed)


FIELDS: tuple[Field, ...] = (
    _field("title", "Objet de l'achat", Shape.TEXT,
           "objet|objet du marché|intitulé|intitulé du marché|libellé|libellé du marché|désignation|achat|achats|"
           "besoin|description|projet|nom du marché|marché|objet de la consultation|prestation|consultation|"
           "intitulé de l'achat|nature de la prestation|nom du projet|nature du besoin", needed=True),
    _field("reference", "Numéro chez l'acheteur", Shape.NUMBER,
           "n°|numéro|référence|réf|code|identifiant|id|n° de marché|n° marché|n° opération|numéro d'opération|"
           "n° de consultation|n° d'ordre|n° projet"),
    _field("lot", "Lot", Shape.NUMBER, "n° lot|n° du lot|lot n°|numéro du lot|lots|intitulé du lot"),
    _field("nature", "Nature", Shape.WORD,
           "nature|type|catégorie|type d'achat|type de marché|nature du marché|nature de l'achat|type de prestation|"
           "travaux fournitures services|t f s"),
    _field("amount", "Valeur estimée HT", Shape.NUMBER,
           "montant|montant estimé|montant ht|montant estimé ht|estimation|estimation ht|valeur estimée|budget|"
           "montant prévisionnel|enveloppe|enveloppe ht|enveloppe prévisionnelle|coût|coût estimé|budget ht|"
           "montant prévisionnel ht|montant max|montant maximum|montant en euros|montant total|budget prévisionnel"),
    _field("cpv", "Code CPV", Shape.NUMBER, "cpv|codecpv|code cpv principal|famille cpv|nomenclature cpv|n° cpv"),
    _field("engaged_on", "Consultation engagée le", Shape.NUMBER,
           "date de lancement|lancement|date prévisionnelle de lancement|date de publication|publication|trimestre|"
           "date de consultation|mise en ligne|période|lancement de la consultation|date prévisionnelle|calendrier|"
           "date prévisionnelle de publication|date de mise en ligne|lancement prévu|date|période de lancement|"
           "date prévue de lancement|semestre|avis de publicité"),
    _field("duration", "Durée", Shape.NUMBER,
           "durée en mois|dureemois|"
           "durée du marché|durée prévisionnelle|durée (mois)|durée totale|durée prévue|nb mois|"
           "nombre de mois|durée d'exécution|durée reconductions comprises"),
    _field("place", "Lieu d'exécution", Shape.TEXT,
           "lieu|commune|site|ville|localisation|département|territoire|adresse|secteur|lieu des travaux|code postal|"
           "lieu de la prestation"),
    _field("form", "Forme du marché", Shape.TEXT,
           "forme|procédure|type de procédure|montage|mode de passation"),
    _field("said_social", "Clause annoncée", Shape.TEXT,
           "clause sociale|clauses sociales|considération sociale|considérations sociales|clause d'insertion|"
           "insertion|achat responsable|clause sociale envisagée|heures d'insertion|volet social"),
)  # fmt: skip
BY_CODE = {field.code: field for field in FIELDS}


def is_field(code: str) -> bool:
    """Say whether a text names a field."""
    return code in BY_CODE
