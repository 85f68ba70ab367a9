"""Closed lists of the commitments room, with the words shown on screen (MODEL §2)."""

from django.db.models import TextChoices


class CommitmentKind(TextChoices):
    """How the hours due are known."""

    FIXED = "fixed", "Heures fixées"
    COMPUTED = "computed", "Heures calculées"
    PER_AMOUNT = "per_amount", "Heures selon le montant commandé ou facturé"
    SHARE_OF_HOURS = "share_of_hours", "Part des heures travaillées"
    FOLLOWED = "followed", "Suivi sans objectif chiffré"
    VOLUNTARY = "voluntary", "Heures volontaires, hors clause"


WITHOUT_FIGURE = frozenset({CommitmentKind.FOLLOWED, CommitmentKind.VOLUNTARY})
"""Kinds whose hours are counted without being due: never in a rate (MODEL §1, §2)."""


class PartStatus(TextChoices):
    """Status of one dated part of the schedule."""

    FIRM = "firm", "Ferme"
    CONDITIONAL = "conditional", "Conditionnelle"
    CANCELLED = "cancelled", "Annulée"


class PartOrigin(TextChoices):
    """What a part of the schedule stands for."""

    BASE = "base", "Base"
    OPTIONAL_TRANCHE = "optional_tranche", "Tranche optionnelle"
    RENEWAL = "renewal", "Reconduction"
    ORDER = "order", "Bon de commande"
    SUBSEQUENT = "subsequent", "Marché subséquent"
    YEAR = "year", "Année d'exécution"
    MOVE = "move", "Mouvement entre entreprises"
    ADDED_CLAUSE = "added_clause", "Clause ajoutée"
    OTHER = "other", "Autre"


class Rounding(TextChoices):
    """How computed hours become hours due."""

    NEAREST = "nearest", "À l'heure la plus proche"
    UP = "up", "À l'heure supérieure"
    DOWN = "down", "À l'heure inférieure"
    MULTIPLE_5 = "multiple_5", "Au multiple de 5 heures le plus proche"
    MULTIPLE_7 = "multiple_7", "Au multiple de 7 heures le plus proche"
    MULTIPLE_35 = "multiple_35", "Au multiple de 35 heures le plus proche"


class Periodicity(TextChoices):
    """How often the contractor hands over a statement of hours."""

    MONTHLY = "monthly", "Chaque mois"
    QUARTERLY = "quarterly", "Chaque trimestre"


class EttAdmission(TextChoices):
    """Whether ordinary temporary work agencies are admitted."""

    YES = "yes", "Admis"
    NO = "no", "Non admis"
    ON_APPROVAL = "on_approval", "Admis sur accord"


class VersionReason(TextChoices):
    """Why a commitment has a new version."""

    INITIAL = "initial", "Version initiale"
    AMENDMENT = "amendment", "Avenant"
    CONFIRMATION = "confirmation", "Affermissement"
    REDUCTION = "reduction", "Réduction"
    SUSPENSION = "suspension", "Suspension"
    RESUMPTION = "resumption", "Reprise"
    RENEWAL = "renewal", "Reconduction"
    NOT_RENEWED = "not_renewed", "Reconduction non faite"
    MOVE = "move", "Mouvement d'heures entre entreprises"
    TRANSFER = "transfer", "Transfert à un autre titulaire"
    ADDED_CLAUSE = "added_clause", "Clause ajoutée à un marché en cours"
    CORRECTION = "correction", "Correction d'une erreur de saisie"


class SubTargetKind(TextChoices):
    """Optional sub-target of a commitment."""

    QPV = "qpv", "Habitants des quartiers prioritaires"
    WOMEN = "women", "Femmes"
    UNDER_26 = "under_26", "Moins de 26 ans"
    WORK_STUDY = "work_study", "Alternance"
    CDI = "cdi", "CDI"


class SubTargetBase(TextChoices):
    """What a sub-target is a share of."""

    HOURS = "hours", "Part des heures"
    PEOPLE = "people", "Part des personnes"


class AmountBase(TextChoices):
    """Which amounts make the hours of « heures selon le montant »."""

    ORDERED = "ordered", "Montant commandé"
    INVOICED = "invoiced", "Montant facturé"


class WorkStudyCounting(TextChoices):
    """Which hours of a work-study contract count."""

    ALL = "all", "Toutes, formation comprise"
    COMPANY = "company", "En entreprise seulement"


class ActKind(TextChoices):
    """What a signed act does between two engagements."""

    MOVE = "move", "Mouvement d'heures dues"
    TRANSFER = "transfer", "Transfert à un autre titulaire"
    GLOBALISATION = "globalisation", "Globalisation"
    CARRY_OVER = "carry_over", "Report du surplus"


class ValuedMatter(TextChoices):
    """What a dated rule of an engagement speaks of: hours not simply worked for it here and now, how others count."""

    BEFORE_HIRING = "before_hiring", "Formation avant l'embauche"
    CARRY_OVER = "carry_over", "Report du surplus"
    SIAE = "siae", "Sous-traitance à une structure d'insertion"
    CDI = "cdi", "Mois comptés d'un CDI"
    WORK_STUDY = "work_study", "Heures de formation en alternance"
    TRAINING_CAP = "training_cap", "Heures de formation, en tout"
    CONTROL = "control", "Contrôle des heures"


COUNTING_MATTERS = frozenset({ValuedMatter.CDI, ValuedMatter.WORK_STUDY, ValuedMatter.TRAINING_CAP})
"""Matters of which the conditions say what holds before the first dated rule."""
