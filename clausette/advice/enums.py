"""Closed lists of the advice room, with the words shown on screen."""

from django.db.models import TextChoices


class BuyerKind(TextChoices):
    """Who buys; with the nature it chooses the European threshold."""

    STATE = "state", "État"
    LOCAL = "local", "Collectivité, hôpital"
    UTILITY = "utility", "Entité adjudicatrice"
    DEFENCE = "defence", "Défense ou sécurité"
    PRIVATE = "private", "Acheteur privé"


class Verdict(TextChoices):
    """Answer of the test."""

    MANDATORY = "mandatory", "Clause sociale obligatoire"
    OPTIONAL = "optional", "Clause sociale facultative"
    NOT_APPLICABLE = "not_applicable", "Sans objet"
    UNKNOWN = "unknown", "Seuil non connu à cette date"


class Method(TextChoices):
    """How the hours of a study are found."""

    LOT = "lot", "Montant × part de main-d'œuvre × taux ÷ coût horaire"
    CLEANING = "cleaning", "Nettoyage avec reprise de personnel (PACT Propreté)"
    PER_100K = "per_100k", "Heures par 100 000 € commandés"
    BEYOND = "beyond", "Heures selon le montant facturé, au-delà d'un seuil"
    INVERSE = "inverse", "Taux d'un volume d'heures déjà écrit"
    COST = "cost", "Coût d'un volume d'heures pour l'entreprise"


class AmountBasis(TextChoices):
    """What the amount without tax stands for."""

    TOTAL = "total", "Total, avec reconductions"
    ANNUAL = "annual", "Par an"
    MAXIMUM = "maximum", "Maximum de l'accord-cadre"


class StudyState(TextChoices):
    """Where a study stands, from the question of the buyer to what became of the purchase."""

    TO_STUDY = "to_study", "À étudier"
    UNDER_STUDY = "under_study", "En étude"
    OPINION_GIVEN = "opinion_given", "Avis rendu"
    ACCEPTED = "accepted", "Accepté"
    REFUSED = "refused", "Refusé par l'acheteur"
    IN_TENDER = "in_tender", "Inscrit au DCE, vérifié"
    PUBLISHED = "published", "Publié"
    AWARDED = "awarded", "Attribué"
    FRUITLESS = "fruitless", "Infructueux"
    ABANDONED = "abandoned", "Sans suite"
    POINTLESS = "pointless", "Sans objet"


class ProgrammeSource(TextChoices):
    """What a purchase programme was read from."""

    WORKBOOK = "workbook", "Classeur"
    DECP = "decp", "Données essentielles (DECP)"
    NOTICES = "notices", "Avis de marché (eForms)"


class Compared(TextChoices):
    """What the tender says beside what we advised."""

    SAME = "same", "Identique à notre avis"
    DIFFERENT = "different", "Différent de notre avis"
    MISSING = "missing", "Absent du DCE"


class ValueKind(TextChoices):
    """A usual value that a structure may set for itself."""

    LABOUR_SHARE = "labour_share", "Part de main-d'œuvre"
    HOURLY_COST = "hourly_cost", "Coût horaire"
