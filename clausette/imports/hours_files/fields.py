"""What a column of a file of hours may be, with the names that payroll and temporary-work software give it."""

from clausette.imports.takeover.fields import MONTH, Field, Part, Shape, field_of
from clausette.imports.takeover.fields import label_of as month_label


def _field(code: str, label: str, shape: Shape, names: str) -> Field:
    return field_of(code, label, Part.HOURS, shape, names)


FIELDS: tuple[Field, ...] = (
    _field("last_name", "Nom", Shape.TEXT,
           "nom de famille|nom usuel|nom salarié|nom du salarié|nom intérimaire|nom de l'intérimaire|nom d'usage|"
           "nom de naissance|nom patronymique|nom marital|nom collaborateur"),
    _field("first_name", "Prénom", Shape.TEXT,
           "prénoms|prénom salarié|prénom du salarié|prénom intérimaire|prénom de l'intérimaire|prénom collaborateur"),
    _field("full_name", "Nom et prénom", Shape.TEXT,
           "nom prénom|prénom nom|prénom et nom|salarié|intérimaire|collaborateur|personne|bénéficiaire|participant|"
           "nom complet|identité|employé|nom / prénom|libellé salarié|agent"),
    _field("birth_date", "Date de naissance", Shape.DATE,
           "naissance|né le|née le|né(e) le|ddn|date naissance|date de naiss|dnaiss|dt naissance"),
    _field("staff_number", "Matricule", Shape.NUMBER,
           "n° salarié|numéro salarié|code salarié|mat|n° matricule|numéro de matricule|code intérimaire|"
           "n° intérimaire|id salarié|n° employé|code employé|matricule salarié|n° d'employé"),
    _field("reference", "Numéro du marché ou de la mission", Shape.NUMBER,
           "n° de mission|n° mission|numero de mission|mission|n° contrat|n° de contrat|numero de contrat|contrat|"
           "code mission|n° marche|n° de marche|numero du marche|ref mission|reference mission|ref contrat|"
           "code affaire|n° affaire|n° d'affaire|code chantier|n° chantier|n° commande|code analytique|section|"
           "section analytique|n° du marche|reference du marche|ref marche|n° de mise a disposition"),
    _field("host_name", "Entreprise utilisatrice", Shape.TEXT,
           "eu|utilisatrice|client|nom client|nom du client|raison sociale|raison sociale client|entreprise|"
           "entreprise d'accueil|entreprise cliente|société|société cliente|nom de l'entreprise|adhérent|"
           "entreprise adhérente|client facturé|nom eu|titulaire"),
    _field("host_siret", "SIRET de l'entreprise utilisatrice", Shape.SIRET,
           "siret|n° siret|siret client|siret eu|siret utilisatrice|siret entreprise|siret du client|siret adhérent"),
    _field("site", "Chantier ou marché", Shape.TEXT,
           "chantier|marché|nom du chantier|nom du marché|libellé chantier|affaire|libellé affaire|lieu de mission|"
           "site|nom du site|lieu de travail|opération|intitulé du marché|objet|lot|projet|libellé analytique|"
           "lieu d'intervention"),
    _field("month", "Mois", Shape.MONTH,
           "période|période de paie|mois de paie|mois travaillé|mois année|mois d'activité|date|mois de travail|"
           "période paie|date de paie|mois facturé"),
    _field("year", "Année", Shape.INT, "an|exercice"),
    _field("starts_on", "Début de la période", Shape.DATE,
           "du|date début|date de début|début période|date début période|semaine du|début|date du|date début relevé"),
    _field("ends_on", "Fin de la période", Shape.DATE,
           "au|date fin|date de fin|fin période|date fin période|semaine au|fin|date au|date fin relevé"),
    _field("hours", "Heures", Shape.HOURS,
           "h|hrs|heure|h trav|h travaillées|heures travaillées|heures trav|hrs trav|nb heures|nb h|nbre heures|"
           "nbre d'heures|nombre d'heures|nb d'heures|heures réalisées|heures effectuées|heures du mois|total heures|"
           "qté|quantité|qte|quantité payée|nombre|base|heures payées|h payées|volume horaire|total h|heures réelles|"
           "heures de travail|nb hrs|heures totales|heures pointées|h réalisées|h effectuées"),
    _field("training", "Heures de formation", Shape.HOURS,
           "h formation|heures formation|formation|nb heures formation|dont formation"),
    _field("nature", "Nature ou rubrique", Shape.TEXT,
           "rubrique|libellé rubrique|libellé de la rubrique|nature des heures|nature heures|type d'heures|"
           "type heures|code rubrique|libellé|type|nature|rubrique de paie|désignation|désignation rubrique|"
           "type d'heure|code heures|motif"),
    _field("worked_total", "Total travaillé dans le mois", Shape.HOURS,
           "total du mois|total travaillé|heures totales du mois|total mois toutes missions"),
)  # fmt: skip
BY_CODE = {field.code: field for field in FIELDS}


def is_field(code: str) -> bool:
    """Say whether a text names a field, or the hours of a month."""
    if code.startswith(MONTH):
        year, _, month = code.removeprefix(MONTH).partition("-")
        return len(year) == 4 and year.isdigit() and month in {f"{n:02d}" for n in range(1, 13)}
    return code in BY_CODE


def label_of(code: str) -> str:
    """What a column is, in French."""
    return month_label(code) if code.startswith(MONTH) else BY_CODE[code].label
