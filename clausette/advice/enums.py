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


class Bought(TextChoices):
    """What a purchase is made of, seen from insertion."""

    WORK = "work", "Des travaux ou un service, où des personnes travaillent"
    GOODS = "goods", "Des fournitures, sans main-d'œuvre à l'exécution"
    INSERTION = "insertion", "L'insertion elle-même : qualification, chantier d'insertion"
    SOCIAL = "social", "Un service de santé, social ou culturel"


class Supplier(TextChoices):
    """Kinds of structures to which a contract may be reserved."""

    IAE = "iae", "Structures d'insertion (EI, ACI, AI, ETTI)"
    DISABILITY = "disability", "Entreprises adaptées et ESAT"
    PRISON = "prison", "Travail en détention"
    ESS = "ess", "Autres entreprises de l'économie sociale et solidaire"


class Capacity(TextChoices):
    """What the number of inclusive suppliers lets a buyer do, by the help to choose of the State's marketplace."""

    WHOLE = "whole", "Réserver tout le marché"
    LOT = "lot", "Réserver un lot"
    EXECUTION = "execution", "Prévoir une condition d'exécution"
    NONE = "none", "Ni réservation ni condition d'exécution : chercher des fournisseurs, ou un critère social"


class TextKind(TextChoices):
    """The texts written for a purchase, in the order in which they serve."""

    OPINION = "avis", "Avis du facilitateur"
    RULES = "rc", "Règlement de la consultation"
    CLAUSES = "ccap", "CCAP"
    COMMITMENT_ACT = "ae", "Acte d'engagement"
    ANNEX = "annexe", "Annexe « Engagement d'insertion »"
    RESPONSE = "reponse", "Cadre de réponse de l'entreprise"
    GRID = "grille", "Grille d'analyse du critère insertion"
    QUESTION = "question", "Réponse à la question d'un candidat"
    WAIVER = "derogation", "Justification de dérogation"
    AGREEMENT = "convention", "Convention avec le maître d'ouvrage"
    LETTER = "notification", "Lettre au titulaire à la notification"
    LAUNCH = "lancement", "Fiche de lancement"
