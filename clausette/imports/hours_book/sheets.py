"""The sheets of the workbook and their columns."""

from dataclasses import dataclass
from enum import StrEnum

from clausette.kernel.text import search_key


class Shape(StrEnum):
    """What the cells of a column hold."""

    REFERENCE = "reference"
    TEXT = "text"
    DATE = "date"
    MONTH = "month"
    HOURS = "hours"
    SIGNED = "signed"  # hours that may be a difference, or a wrong number to be told by a control
    COUNT = "count"
    YES = "yes"
    MODALITY = "modality"
    MODALITIES = "modalities"
    PUBLIC = "public"
    PUBLICS = "publics"
    ADMISSION = "admission"
    STUDY = "study"
    CONTROL = "control"
    CONTROLS = "controls"
    BODY = "body"
    WORK_KIND = "work_kind"
    NATURE = "nature"
    MATTER = "matter"
    SHARE = "share"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `needed`: a line without it cannot be read."""

    code: str
    label: str
    shape: Shape
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet. `columns`: what is read of it."""

    name: str
    columns: tuple[Column, ...]

    def column(self, heading: str) -> Column | None:
        """The column of a heading; case and accents do not count."""
        key = search_key(heading)
        return next((one for one in self.columns if search_key(one.label) == key), None)


def _column(code: str, label: str, shape: Shape, *, needed: bool = False) -> Column:
    return Column(code, label, shape, needed)


S = Shape
_FROM_TO = (_column("starts_on", "Du", S.DATE), _column("ends_on", "Au", S.DATE))
_COMMITMENT = _column("commitment", "Engagement", S.REFERENCE, needed=True)
_HOURS = (
    _column("declarant", "Déclarant", S.REFERENCE),
    _column("work_contract", "Contrat de travail", S.REFERENCE, needed=True),
    _COMMITMENT,
    _column("month", "Mois", S.MONTH, needed=True),
    _column("hours", "Heures", S.SIGNED, needed=True),
    _column("nature", "Nature", S.NATURE),
    _column("stated", "Total du mois", S.HOURS),
    _column("piece", "Pièce", S.TEXT),
    _column("piece_on", "Pièce remise le", S.DATE),
    _column("corrects", "Corrige", S.COUNT),
    _column("training_from", "Formation du", S.DATE),
    _column("training_to", "Formation au", S.DATE),
)
CONTROL = Plan("Contrôle", (_column("on", "Contrôlé le", S.DATE),))
COMMITMENTS = Plan("Engagements", (
    _COMMITMENT,
    _column("market", "Marché", S.TEXT),
    *_FROM_TO,
    _column("notified_on", "Notifié le", S.DATE),
    _column("terminated_on", "Résilié le", S.DATE),
    _column("transferred_on", "Transféré le", S.DATE),
    _column("settled_on", "Soldé le", S.DATE),
    _column("suspended_from", "Suspendu du", S.DATE),
    _column("suspended_to", "Suspendu au", S.DATE),
    _column("modalities", "Modalités admises", S.MODALITIES),
    _column("publics", "Publics admis", S.PUBLICS),
    _column("ett", "Intérim classique", S.ADMISSION),
    _column("due", "Heures dues", S.HOURS),
    _column("counted", "Heures comptées", S.HOURS),
    _column("training_most", "Formation au plus", S.HOURS),
    _column("training_known", "Formation déjà connue", S.HOURS),
    _column("cdi_months", "CDI comptés (mois)", S.COUNT),
    _column("study", "Alternance", S.STUDY),
    _column("off", "Contrôles éteints", S.CONTROLS),
))  # fmt: skip
SUSPENSIONS = Plan("Suspensions", (_COMMITMENT, _column("starts_on", "Du", S.DATE, needed=True), _FROM_TO[1]))
PARTS = Plan("Parties", (
    _COMMITMENT, _column("starts_on", "Du", S.DATE, needed=True), _FROM_TO[1], _column("firm", "Affermie", S.YES),
))  # fmt: skip
RULES = Plan("Règles", (
    _COMMITMENT,
    _column("matter", "Règle", S.MATTER, needed=True),
    _column("starts_on", "À partir du", S.DATE),
    _column("admitted", "Ces heures comptent", S.YES, needed=True),
    _column("person_most", "Heures au plus par personne", S.HOURS),
    _column("hours_most", "Heures au plus, en tout", S.HOURS),
    _column("share_most", "Part des heures dues au plus", S.SHARE),
    _column("days_most", "Jours jusqu'à l'embauche", S.DAYS),
    _column("control", "Contrôle", S.CONTROL),
    _column("months", "Mois comptés", S.COUNT),
))  # fmt: skip
PERSONS = Plan("Personnes", (
    _column("person", "Personne", S.REFERENCE, needed=True),
    _column("born_on", "Naissance", S.DATE),
    _column("public", "Public retenu", S.PUBLIC),
    _column("eligible_from", "Éligible du", S.DATE),
    _column("eligible_to", "Éligible au", S.DATE),
    _column("first_hour_on", "Première heure", S.DATE),
    _column("hours_until", "Heures comptées jusqu'au", S.DATE),
))  # fmt: skip
WORK = Plan("Contrats de travail", (
    _column("work_contract", "Contrat de travail", S.REFERENCE, needed=True),
    _column("person", "Personne", S.REFERENCE, needed=True),
    _column("employer", "Employeur", S.REFERENCE),
    _column("employer_kind", "Nature de l'employeur", S.BODY),
    _column("modality", "Modalité", S.MODALITY),
    _column("kind", "Nature du contrat", S.WORK_KIND),
    _column("job", "Emploi", S.TEXT),
    _column("starts_on", "Début", S.DATE, needed=True),
    _column("ends_on", "Fin", S.DATE),
    _column("hired_on", "Embauché le", S.DATE),
    _column("weekly_hours", "Heures par semaine", S.HOURS),
    _column("approved", "Convention ou agrément", S.YES),
))  # fmt: skip
HOURS = Plan("Heures", _HOURS)
KNOWN = Plan("Heures déjà connues", _HOURS)
LOCKED = Plan("Mois validés", (
    _column("declarant", "Déclarant", S.REFERENCE), _column("market", "Marché", S.TEXT, needed=True),
    _column("month", "Mois", S.MONTH, needed=True),
))  # fmt: skip
PLANS = (CONTROL, COMMITMENTS, SUSPENSIONS, PARTS, RULES, PERSONS, WORK, HOURS, KNOWN, LOCKED)
TOLD = "À corriger"
"""Heading of the column of the file given back; read past when the file comes again."""


def plan_of(sheet: str) -> Plan | None:
    """The plan of a sheet by its name."""
    key = search_key(sheet)
    return next((plan for plan in PLANS if search_key(plan.name) == key), None)
