"""Closed lists of the outcomes room, with the words shown on screen (reference of the trade, §6.3)."""

from django.db.models import IntegerChoices, TextChoices


class TrainingKind(TextChoices):
    """What a training action is."""

    QUALIFYING = "qualifying", "Formation qualifiante"
    PREQUALIFYING = "prequalifying", "Formation préqualifiante"
    ADAPTATION = "adaptation", "Adaptation au poste"
    BASICS = "basics", "Savoirs de base"
    SAFETY = "safety", "Habilitation, sécurité"
    VAE = "vae", "Validation des acquis (VAE)"
    OTHER = "other", "Autre formation"


class Obtained(TextChoices):
    """Whether the qualification aimed at was obtained."""

    YES = "yes", "Obtenue"
    PARTLY = "partly", "Obtenue en partie"
    NO = "no", "Non obtenue"


class InterviewKind(TextChoices):
    """What an interview about a person was for."""

    FIRST = "first", "Premier entretien"
    FOLLOW_UP = "follow_up", "Entretien de suivi"
    WORKPLACE = "workplace", "Point en entreprise"
    CALL = "call", "Appel"
    EXIT = "exit", "Entretien de sortie"
    OTHER = "other", "Autre échange"


class ExitClass(TextChoices):
    """Family of an exit. A dynamic exit is durable, of transition or positive; neutral ones are left out of rates."""

    DURABLE = "durable", "Emploi durable"
    TRANSITION = "transition", "Emploi de transition"
    POSITIVE = "positive", "Sortie positive"
    OTHER = "other", "Autre sortie"
    NEUTRAL = "neutral", "Retrait neutre"


class ExitReason(TextChoices):
    """What the person leaves the path for. Illness, maternity and prison are never told apart nor written."""

    CDI = "cdi", "CDI"
    CDD_LONG = "cdd_long", "CDD de six mois ou plus"
    MISSION_LONG = "mission_long", "Mission de six mois ou plus"
    BUSINESS = "business", "Création ou reprise d'entreprise"
    CIVIL_SERVICE = "civil_service", "Fonction publique"
    AIDED_LONG = "aided_long", "Emploi aidé, CDI ou CDD de six mois ou plus"
    CDD_SHORT = "cdd_short", "CDD de moins de six mois"
    TEMPORARY = "temporary", "Intérim de moins de six mois"
    AIDED = "aided", "Emploi aidé de moins de six mois"
    OTHER_SIAE_KIND = "other_siae_kind", "Embauche dans une SIAE d'un autre type"
    TRAINING = "training", "Formation qualifiante ou préqualifiante"
    WORK_STUDY = "work_study", "Alternance"
    SIAE = "siae", "Suite du parcours dans une autre SIAE"
    VAE = "vae", "Validation des acquis (VAE)"
    RIGHTS = "rights", "Reconnaissance de droits"
    SEEKING = "seeking", "Retour à la demande d'emploi"
    INACTIVE = "inactive", "Inactivité"
    MOVED = "moved", "Déménagement"
    END_OF_RIGHTS = "end_of_rights", "Fin de droits"
    DROPPED = "dropped", "Abandon du parcours"
    OTHER = "other", "Autre motif"
    UNKNOWN = "unknown", "Situation inconnue"
    DEATH = "death", "Décès"
    LONG_ABSENCE = "long_absence", "Empêchement durable, sans en dire la cause"


class FollowUpPoint(IntegerChoices):
    """Months after the exit at which the person is asked what they are."""

    AT_ONCE = 0, "À la sortie"
    THREE = 3, "À 3 mois"
    SIX = 6, "À 6 mois"
    TWELVE = 12, "À 12 mois"


class FollowSituation(TextChoices):
    """What the person is at a follow-up point."""

    EMPLOYED = "employed", "En emploi"
    TRAINING = "training", "En formation"
    SEEKING = "seeking", "Demandeur d'emploi"
    INACTIVE = "inactive", "Inactif"
    NOT_REACHED = "not_reached", "Non joint"


class Support(TextChoices):
    """What is done for the person in a funded operation: only the first one makes a participant."""

    LASTING = "lasting", "Accompagnement de plus d'un jour"
    ONE_DAY = "one_day", "Aide d'un jour ou moins"
    GROUP = "group", "Information collective"


class Employment(TextChoices):
    """Situation at entry."""

    EMPLOYED = "employed", "En emploi, indépendants compris"
    UNEMPLOYED = "unemployed", "Demandeur d'emploi"
    INACTIVE = "inactive", "Inactif : ni en emploi ni en recherche"


class Isced(TextChoices):
    """Highest diploma, by the international classification (CITE)."""

    LOW = "0-2", "Sans diplôme ou collège (CITE 0 à 2)"
    MIDDLE = "3-4", "CAP, BEP, bac (CITE 3 et 4)"
    HIGH = "5-8", "Enseignement supérieur (CITE 5 à 8)"


class YesNo(TextChoices):
    """An ordinary answer."""

    YES = "yes", "Oui"
    NO = "no", "Non"


class Sensitive(TextChoices):
    """An answer that may always be refused."""

    YES = "yes", "Oui"
    NO = "no", "Non"
    REFUSED = "refused", "Ne souhaite pas répondre"


class Nationality(TextChoices):
    """Nationality, as the indicators need it."""

    FRENCH = "french", "Française"
    EU = "eu", "D'un autre pays de l'Union européenne"
    THIRD = "third", "D'un pays hors de l'Union européenne"
    REFUSED = "refused", "Ne souhaite pas répondre"


class LeavingReason(TextChoices):
    """Why a funded operation ends for a person."""

    TERM = "term", "Fin prévue de l'accompagnement"
    JOB = "job", "Accès à l'emploi"
    TRAINING = "training", "Entrée en formation"
    DROPPED = "dropped", "Abandon"
    MOVED = "moved", "Déménagement"
    OTHER = "other", "Autre motif"


class Situation(TextChoices):
    """Situation on leaving a funded operation."""

    LASTING_JOB = "lasting_job", "Emploi durable (CDI, CDD de six mois ou plus)"
    SHORT_JOB = "short_job", "Emploi temporaire"
    BUSINESS = "business", "Création d'activité"
    TRAINING = "training", "Enseignement ou formation"
    SEEKING = "seeking", "Recherche d'emploi"
    INACTIVE = "inactive", "Inactif"
    UNKNOWN = "unknown", "Situation inconnue"
