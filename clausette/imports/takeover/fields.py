"""What a column may be: the fields of the four sheets, with the names met in the workbooks of the trade."""

from dataclasses import dataclass
from enum import StrEnum

from clausette.kernel.text import search_key


class Part(StrEnum):
    """What a field is about."""

    CONTRACT = "contract"
    PERSON = "person"
    WORK = "work"
    HOURS = "hours"


class SheetKind(StrEnum):
    """What the lines of a sheet are."""

    CONTRACTS = "contracts"
    PEOPLE = "people"
    WORK = "work"
    HOURS = "hours"
    FLAT = "flat"
    IGNORED = "ignored"


KIND_LABELS = {
    SheetKind.CONTRACTS: "Marchés et lots",
    SheetKind.PEOPLE: "Personnes",
    SheetKind.WORK: "Contrats de travail",
    SheetKind.HOURS: "Heures",
    SheetKind.FLAT: "Tout sur une ligne : marché, personne, heures",
    SheetKind.IGNORED: "Ne pas reprendre cette feuille",
}


class Shape(StrEnum):
    """What the content of a column looks like."""

    TEXT = "text"
    NUMBER = "number"  # a number of a marché or of a lot: letters and digits
    SIRET = "siret"
    DATE = "date"
    MONTH = "month"
    HOURS = "hours"
    EUROS = "euros"
    INT = "int"
    WORD = "word"  # one of a closed list


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `names`: words met at the head of such a column, already keys (no accent, lower case)."""

    code: str
    label: str
    part: Part
    shape: Shape
    names: tuple[str, ...]
    help: str = ""
    needed: bool = False


def field_of(
    code: str, label: str, part: Part, shape: Shape, names: str, help_text: str = "", *, needed: bool = False
) -> Field:
    """Return a field; `names`: the words met at the head of its column, between bars."""
    keys = dict.fromkeys(search_key(name) for name in (label, *names.split("|")) if name)
    return Field(code, label, part, shape, tuple(keys), help_text, needed)


_field = field_of
_C, _P, _W, _H = Part.CONTRACT, Part.PERSON, Part.WORK, Part.HOURS
FIELDS: tuple[Field, ...] = (
    _field("contract_number", "Numéro du marché", _C, Shape.NUMBER,
           "n° marché|n° du marché|marché n°|num marché|référence marché|réf marché|référence du marché|numéro marché|"
           "code marché|id marché|n° de marché|numéro de marché",
           "Le numéro donné par le maître d'ouvrage. Il relie les feuilles entre elles."),
    _field("contract_name", "Nom d'usage du marché", _C, Shape.TEXT,
           "marché|nom du marché|intitulé du marché|objet du marché|objet|libellé marché|nom marché|chantier|"
           "nom du chantier|désignation|intitulé marché|libellé du marché",
           "Le nom par lequel on le cherche : « école Pasteur »."),
    _field("operation", "Opération", _C, Shape.TEXT, "nom de l'opération|projet|programme"),
    _field("contract_kind", "Forme", _C, Shape.WORD, "forme du marché|type de marché|type marché",
           "Marché, Accord-cadre, Bon de commande, Concession… Vide : marché."),
    _field("framework_number", "Accord-cadre de rattachement", _C, Shape.NUMBER,
           "n° accord cadre|accord cadre|numéro de l'accord cadre",
           "Pour un bon de commande : le numéro de son accord-cadre."),
    _field("nature", "Nature", _C, Shape.WORD, "nature du marché|nature de l'achat|catégorie",
           "Travaux, Services ou Fournitures. Vide : travaux."),
    _field("buyer_name", "Maître d'ouvrage", _C, Shape.TEXT,
           "donneur d'ordre|moa|acheteur|pouvoir adjudicateur|collectivité|maitrise d'ouvrage|nom du maître d'ouvrage|"
           "donneur d'ordres|commanditaire|nom moa", needed=True),
    _field("buyer_siret", "SIRET du maître d'ouvrage", _C, Shape.SIRET,
           "siret moa|siret acheteur|siret du donneur d'ordre|siret donneur d'ordre|siret maître d'ouvrage"),
    _field("lot_number", "Numéro du lot", _C, Shape.NUMBER, "lot|n° lot|n° du lot|num lot|lot n°|numéro lot|code lot",
           "Vide : le marché n'a pas de lots."),
    _field("lot_title", "Intitulé du lot", _C, Shape.TEXT, "nom du lot|libellé lot|libellé du lot|intitulé lot|"
                                                           "lot intitulé"),
    _field("contractor_name", "Titulaire", _C, Shape.TEXT,
           "entreprise titulaire|entreprise attributaire|attributaire|nom du titulaire|entreprise|raison sociale|"
           "mandataire|nom entreprise|société", needed=True),
    _field("contractor_siret", "SIRET du titulaire", _C, Shape.SIRET,
           "siret entreprise|siret titulaire|siret attributaire|siret de l'entreprise|n° siret"),
    _field("notified_on", "Notifié le", _C, Shape.DATE, "date de notification|notification|date notification"),
    _field("contract_starts_on", "Début du marché", _C, Shape.DATE,
           "date de début du marché|début d'exécution|date début marché|démarrage|date de démarrage|début travaux|"
           "date début|date de début|début|os démarrage|ordre de service", needed=True),
    _field("contract_ends_on", "Fin du marché", _C, Shape.DATE,
           "date de fin du marché|fin d'exécution|date fin marché|terme|fin prévisionnelle|fin travaux|date fin|"
           "date de fin|fin|échéance", "Ou la durée en mois."),
    _field("duration_months", "Durée en mois", _C, Shape.INT, "durée|durée mois|durée du marché|durée (mois)"),
    _field("amount_ht", "Montant HT", _C, Shape.EUROS,
           "montant|montant du marché|montant du lot|montant ht en euros|montant ht €|prix ht|montant € ht"),
    _field("hours_minimum", "Heures dues", _C, Shape.HOURS,
           "heures à réaliser|heures à faire|heures attendues|"
           "heures d'insertion|heures prévues|objectif|objectif heures|volume horaire|nb "
           "heures prévues|"
           "heures clause|heures d'insertion prévues|engagement|heures demandées|minimum exigé|nombre d'heures "
           "à réaliser|"
           "volume heures insertion|obj heures|heures d'insertion à réaliser|volume d'heures",
           "Le minimum exigé au marché. Vide : suivi sans objectif chiffré."),
    _field("hours_offer", "Engagement de l'offre", _C, Shape.HOURS,
           "heures proposées|heures offre|engagement offre|heures de l'offre|heures engagées"),
    _field("amendment_on", "Date du dernier avenant", _C, Shape.DATE, "date avenant|avenant du|date de "
        "l'avenant|avenant"),
    _field("amendment_hours", "Heures dues après avenant", _C, Shape.HOURS,
           "heures avenant|nouvelles heures dues|heures après avenant"),
    _field("opening_on", "Reprise au", _C, Shape.DATE, "date de reprise|solde au|heures arrêtées au|arrêté au",
           "Jour auquel le total ci-contre est arrêté."),
    _field("opening_hours", "Heures déjà validées à la reprise", _C, Shape.HOURS,
           "heures déjà faites|réalisé|réalisé au|heures réalisées au|"
           "reprise heures|heures déjà validées|heures déjà réalisées|solde de reprise|heures réalisées avant reprise|"
           "heures antérieures|cumul antérieur|total antérieur",
           "Heures faites avant cette date, sans le détail des personnes."),
    _field("last_name", "Nom", _P, Shape.TEXT,
           "nom de famille|nom usuel|nom du bénéficiaire|nom salarié|nom du salarié|nom participant|nom du participant|"
           "nom bénéficiaire|nom d'usage|nom de naissance", needed=True),
    _field("first_name", "Prénom", _P, Shape.TEXT,
           "prénoms|prénom du bénéficiaire|prénom salarié|prénom du salarié|prénom participant|prénom "
           "bénéficiaire", needed=True),
    _field("full_name", "Nom et prénom", _P, Shape.TEXT,
           "nom prénom|prénom nom|prénom et nom|salarié|bénéficiaire|participant|personne|nom / prénom|nom "
           "complet|identité",
           "Nom en premier ou en majuscules."),
    _field("birth_date", "Date de naissance", _P, Shape.DATE,
           "naissance|né le|née le|né(e) le|ddn|date naissance|dnaiss|date de naiss", needed=True),
    _field("sex", "Sexe", _P, Shape.WORD, "genre|civilité|h/f|f/h|sexe (h/f)"),
    _field("commune", "Commune de résidence", _P, Shape.TEXT, "commune|ville|ville de résidence|domicile|lieu "
        "de résidence"),
    _field("phone", "Téléphone", _P, Shape.TEXT,
           "tel|tél|portable|mobile|n° de téléphone|numéro de téléphone|gsm|téléphone portable|coordonnées "
           "téléphoniques"),
    _field("email", "Adresse électronique", _P, Shape.TEXT,
           "courriel|mail|e-mail|email|adresse mail|adresse e-mail|mèl"),
    _field("postcode", "Code postal", _P, Shape.NUMBER, "cp|code postal de résidence|code postal du domicile",
           "Sert à reconnaître la commune."),
    _field("district", "Quartier prioritaire", _P, Shape.TEXT,
           "qpv|code qpv|code du quartier prioritaire|quartier|quartier prioritaire de la ville|habite un qpv|"
           "résident qpv|qpv 2024",
           "Le code du quartier (QN05901M, ou QP059001 pour la liste de 2015), oui ou non. Il est marqué « saisi »."),
    _field("level", "Niveau de formation (depuis 2019 ou diplôme)", _P, Shape.WORD,
           "niveau de formation|niveau|niveau d'études|diplôme|niveau scolaire|niveau de diplôme|niveau de "
           "qualification|formation initiale",
           "En mots (CAP, bac, bac + 2) ou le numéro d'après 2019 : infra 3, 3, 4… Il est gardé avec la décision."),
    _field("level_before_2019", "Niveau de formation (avant 2019 : VI à I)", _P, Shape.WORD,
           "niveau de formation avant 2019|ancien niveau|ancienne nomenclature|niveau vi à i"),
    _field("prescriber_name", "Orienté par", _P, Shape.TEXT,
           "prescripteur|nom du prescripteur|organisme prescripteur|structure prescriptrice|orienteur|"
           "organisme orienteur|structure d'orientation",
           "Un prescripteur de votre annuaire, par son nom."),
    _field("referred_on", "Orienté le", _P, Shape.DATE, "date d'orientation|date orientation|date de l'orientation"),
    _field("public", "Public retenu", _P, Shape.WORD,
           "public|éligibilité|critère|critère d'éligibilité|catégorie de public|statut à l'entrée|catégorie "
           "d'éligibilité|"
           "statut|public cible|motif d'éligibilité"),
    _field("evidence_on", "Pièce datée du", _P, Shape.DATE, "date de la pièce|date justificatif|date du justificatif"),
    _field("decided_on", "Éligibilité décidée le", _P, Shape.DATE,
           "date de validation|validé le|date d'éligibilité|éligible le|date décision|date de la décision|date "
           "validation"),
    _field("hire_before", "Valable pour une embauche avant le", _P, Shape.DATE, "embauche avant le|validité embauche"),
    _field("counted_until", "Heures comptées jusqu'au", _P, Shape.DATE,
           "fin d'éligibilité|validité|fin de validité|éligible jusqu'au|date de fin d'éligibilité|fin éligibilité"),
    _field("pass_ends_on", "Fin du PASS IAE", _P, Shape.DATE, "pass iae|fin pass iae|fin agrément|date de fin "
        "pass iae"),
    _field("employer_name", "Employeur", _W, Shape.TEXT,
           "structure employeuse|nom de l'employeur|ei etti geiq|structure|siae|employeur du salarié|ett",
           "Vide : le titulaire."),
    _field("employer_siret", "SIRET de l'employeur", _W, Shape.SIRET, "siret employeur|siret structure|siret siae"),
    _field("host_name", "Entreprise utilisatrice", _W, Shape.TEXT, "entreprise d'accueil|lieu de mise à "
        "disposition|client",
           "Où la personne travaille. Vide : le titulaire."),
    _field("host_siret", "SIRET de l'entreprise utilisatrice", _W, Shape.SIRET, "siret utilisatrice|siret eu"),
    _field("modality", "Modalité", _W, Shape.WORD, "modalité de réalisation|mode de réalisation|type "
                                                   "d'employeur|modalité d'embauche"),
    _field("work_kind", "Type de contrat de travail", _W, Shape.WORD,
           "type de contrat|contrat|nature du contrat|type contrat|contrat de travail"),
    _field("job", "Emploi occupé", _W, Shape.TEXT, "poste|métier|emploi|fonction|poste occupé|qualification"),
    _field("work_starts_on", "Début du contrat de travail", _W, Shape.DATE,
           "date d'embauche|embauche|entree|date d'entree|debut contrat|date debut contrat|debut de contrat|"
           "date de debut de contrat|debut de mission|date de debut du contrat", needed=True),
    _field("work_ends_on", "Fin prévue du contrat de travail", _W, Shape.DATE,
           "fin contrat|date fin contrat|fin de contrat|date de fin de contrat|fin de mission|date de sortie prevue|"
           "date de fin du contrat|fin du contrat de travail"),
    _field("work_ended_on", "Fin réelle", _W, Shape.DATE, "date de sortie|sortie|fin effective|rupture|date de "
                                                          "rupture"),
    _field("end_reason", "Motif de fin", _W, Shape.WORD, "motif de sortie|motif sortie|motif de rupture|motif"),
    _field("weekly_hours", "Heures par semaine", _W, Shape.HOURS,
           "durée hebdomadaire|heures hebdo|hebdo|temps de travail|durée hebdo|h semaine|horaire hebdomadaire"),
    _field("month", "Mois", _H, Shape.MONTH, "période|mois travaillé|mois concerné|mois de réalisation|mois "
                                             "année|date", needed=True),
    _field("year", "Année", _H, Shape.INT, "an|exercice", "Quand le mois est écrit sans son année."),
    _field("hours", "Heures", _H, Shape.HOURS,
           "heures travaillées|heures réalisées|nb heures|nombre d'heures|nbre heures|heures d'insertion réalisées|"
           "heures effectuées|heures du mois|total heures|heures déclarées|nb d'heures|heures validées", needed=True),
    _field("hours_kind", "Nature des heures", _H, Shape.WORD, "nature heures|type d'heures|travail ou formation",
           "Travail ou Formation. Vide : travail."),
)  # fmt: skip
BY_CODE = {field.code: field for field in FIELDS}

PARTS_OF = {
    SheetKind.CONTRACTS: frozenset({Part.CONTRACT}),
    SheetKind.PEOPLE: frozenset({Part.PERSON}),
    SheetKind.WORK: frozenset({Part.WORK}),
    SheetKind.HOURS: frozenset({Part.HOURS}),
    SheetKind.FLAT: frozenset(Part),
    SheetKind.IGNORED: frozenset(),
}
"""What each line of a sheet brings; the other fields of the sheet only say which marché, which person."""

NAMES_PERSON = frozenset({"last_name", "first_name", "full_name", "birth_date"})
NAMES_CONTRACT = frozenset({"contract_number", "contract_name", "lot_number", "contractor_name", "contractor_siret",
                            "buyer_name", "buyer_siret"})  # fmt: skip
NAMES_WORK = frozenset({"employer_name", "employer_siret", "work_starts_on"})

OPENING = "opening:"  # opening:2024 → hours already validated of that year
MONTH = "month:"  # month:2026-03 → hours of that month (one column a month)


def usable(kind: SheetKind) -> tuple[Field, ...]:
    """The fields that a column of such a sheet may be."""
    if kind in (SheetKind.FLAT, SheetKind.IGNORED):
        return FIELDS
    part, named = {
        SheetKind.CONTRACTS: (Part.CONTRACT, frozenset[str]()),
        SheetKind.PEOPLE: (Part.PERSON, frozenset[str]()),
        SheetKind.WORK: (Part.WORK, NAMES_PERSON | NAMES_CONTRACT),
        SheetKind.HOURS: (Part.HOURS, NAMES_PERSON | NAMES_CONTRACT | NAMES_WORK),
    }[kind]
    return tuple(field for field in FIELDS if field.part is part or field.code in named)


def label_of(code: str) -> str:
    """What a column is, in French: « Heures de 03/2026 » for a month."""
    if code.startswith(MONTH):
        year, month = code.removeprefix(MONTH).split("-")
        return f"Heures de {month}/{year}"
    if code.startswith(OPENING):
        return f"Heures déjà validées de {code.removeprefix(OPENING)}"
    return BY_CODE[code].label
