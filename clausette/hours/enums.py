"""Closed lists of the hours room, with the words shown on screen (MODEL §5)."""

from django.db.models import TextChoices


class StatementState(TextChoices):
    """State of a monthly statement (« relevé d'heures »)."""

    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "À valider"
    RETURNED = "returned", "Renvoyé"
    VALIDATED = "validated", "Validé"


class LineState(TextChoices):
    """State of one line of hours."""

    DRAFT = "draft", "Brouillon"
    DECLARED = "declared", "Déclarées"
    RESERVED = "reserved", "Retenues sous réserve"
    VALIDATED = "validated", "Validées"
    REFUSED = "refused", "Heures non retenues"


class ConfirmationState(TextChoices):
    """What the titulaire answered on hours that another body declared, and what was decided then."""

    CONFIRMED = "confirmed", "Confirmées par l'entreprise"
    CONTESTED = "contested", "Contestées par l'entreprise"
    UPHELD = "upheld", "Contestées, chiffre déclaré retenu"
    FOLLOWED = "followed", "Contestées, chiffre de l'entreprise retenu"
    UNCONTESTED = "uncontested", "Non contestées"


class ReopeningState(TextChoices):
    """What became of a request to reopen a validated month."""

    WAITING = "waiting", "Réouverture demandée"
    DONE = "done", "Rouvert"
    DECLINED = "declined", "Réouverture refusée"
    CANCELLED = "cancelled", "Demande retirée"
    LAPSED = "lapsed", "Sans effet"


class ProposalState(TextChoices):
    """What became of a correction proposed by who declared."""

    OPEN = "open", "En attente de réponse"
    ACCEPTED = "accepted", "Acceptée"
    DECLINED = "declined", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"
    MOOT = "moot", "Sans objet"


class ContestReason(TextChoices):
    """Why the titulaire has another figure: a closed list, never a word on the person."""

    OTHER_FIGURE = "other_figure", "Nombre d'heures différent sur nos feuilles"
    ABSENT = "absent", "Absente tout ou partie du mois"
    ELSEWHERE = "elsewhere", "A travaillé sur un autre chantier"
    PAID = "paid", "Heures payées et non travaillées"
    UNKNOWN = "unknown", "Personne inconnue sur nos chantiers"


class UnlistedState(TextChoices):
    """What became of a person whom a firm declared and who was not in its list."""

    WAITING = "waiting", "À rapprocher par le facilitateur"
    MATCHED = "matched", "Rapprochée"
    REFUSED = "refused", "Non retenue"


class HoursKind(TextChoices):
    """Only these count; internships, leave and bad weather count 0. The last one, where the engagement admits it."""

    WORK = "work", "Travail"
    TRAINING = "training", "Formation"
    BEFORE = "before", "Formation avant l'embauche"

    @property
    def aside(self) -> str:
        """What is said beside the name of a person; nothing for work."""
        return "" if self is HoursKind.WORK else str(self.label).lower()


class TypedKind(TextChoices):
    """The natures of hours typed in a grid, a file or a statement; training before hiring has its own page."""

    WORK = "work", "Travail"
    TRAINING = "training", "Formation"


class PriorKind(TextChoices):
    """What a training before hiring is."""

    POEI = "poei", "Préparation opérationnelle à l'emploi individuelle (POEI)"
    POEC = "poec", "Préparation opérationnelle à l'emploi collective (POEC)"
    AFPR = "afpr", "Action de formation préalable au recrutement (AFPR)"
    PREPARATORY = "preparatory", "Préqualification ou remise à niveau"
    OTHER = "other", "Autre formation avant l'embauche"


class PieceKind(TextChoices):
    """What a piece of a statement is. The first proves its hours; the others are asked once, or until their end."""

    HOURS = "hours", "Heures du mois"
    CONTRACT = "contract", "Contrat de travail, de mise à disposition ou de mission"
    APPROVAL = "approval", "Convention ou agrément"
    OTHER = "other", "Autre pièce"


class PieceLeft(TextChoices):
    """Why a statement has no piece, said by a person: never lost for want of one."""

    SEEN = "seen", "Pièce vue, non conservée"
    WITHHELD = "withheld", "Remis sans la pièce"


class StatementSource(TextChoices):
    """By which way the hours reached us."""

    PORTAL = "portal", "Saisi par l'entreprise"
    GRID = "grid", "Saisi dans la grille"
    FILE = "file", "Importé d'un fichier"
    PAPER = "paper", "Recopié d'un document"


class Severity(TextChoices):
    """Weight of a finding: an error stops validation, a warning asks for a look."""

    ERROR = "E", "Erreur"
    WARNING = "W", "À vérifier"
    INFO = "I", "Information"


class ControlFamily(TextChoices):
    """What a control looks at."""

    PERSON = "person", "Personne et éligibilité"
    WORK = "work", "Contrat de travail"
    COMMITMENT = "commitment", "Engagement et marché"
    VOLUME = "volume", "Volumes d'heures"
    EVIDENCE = "evidence", "Pièces"
    ENTRY = "entry", "Saisie"


class ControlScope(TextChoices):
    """Over what a control reasons at once."""

    LINE = "line", "La ligne"
    PERSON_MONTH = "person_month", "La personne, sur le mois"
    WORK_MONTH = "work_month", "Le contrat de travail, sur le mois"
    WORK = "work", "Le contrat de travail, sur ses mois"
    COMMITMENT_MONTH = "commitment_month", "L'engagement, sur le mois"


class MonthStatus(TextChoices):
    """What is known of a month: silence is unknown, never zero."""

    UNKNOWN = "unknown", "Inconnu"
    NIL = "nil", "Aucune heure ce mois-ci"
    DRAFT = "draft", "Brouillon"
    DECLARED = "declared", "Déclaré"
    RETURNED = "returned", "Renvoyé"
    VALIDATED = "validated", "Validé"
    TAKEN_OVER = "taken_over", "Compris dans la reprise"
