"""Closed lists of the participants room, with the words shown on screen (MODEL §4)."""

from django.db.models import TextChoices


class CheckState(TextChoices):
    """State of an eligibility check (« vérification d'éligibilité »)."""

    PROPOSED = "proposed", "Proposée"
    IN_REVIEW = "in_review", "En cours d'examen"
    INCOMPLETE = "incomplete", "Incomplète"
    ELIGIBLE = "eligible", "Éligible"
    NOT_ELIGIBLE = "not_eligible", "Non éligible"
    EXPIRED = "expired", "Expirée"
    WITHDRAWN = "withdrawn", "Retirée"


class Sex(TextChoices):
    """Optional; used in breakdowns that are masked under five people."""

    FEMALE = "f", "Femme"
    MALE = "m", "Homme"
    OTHER = "x", "Autre"
    UNKNOWN = "unknown", "Non renseigné"


class EvidenceMeans(TextChoices):
    """What was done with the evidence: health papers are seen, never kept."""

    SEEN = "seen", "Pièce vue, non conservée"
    KEPT = "kept", "Pièce conservée"
    DECLARED = "declared", "Sur déclaration, pièce attendue"
    PRESCRIBER = "prescriber", "Avis d'un prescripteur habilité"


class EvidenceKind(TextChoices):
    """The paper that proves, without its content."""

    FRANCE_TRAVAIL = "france_travail", "Attestation de France Travail"
    CAF = "caf", "Attestation de la CAF ou de la MSA"
    RQTH = "rqth", "Décision ou titre de reconnaissance"
    IDENTITY = "identity", "Pièce d'identité"
    ADDRESS = "address", "Justificatif de domicile"
    PASS_IAE = "pass_iae", "PASS IAE"
    MEMBERSHIP = "membership", "Attestation de la structure d'accompagnement"
    PRESCRIBER_OPINION = "prescriber_opinion", "Avis motivé"
    OTHER = "other", "Autre pièce"


class TrainingLevel(TextChoices):
    """Level at entry, in words: the numbers changed their meaning in 2019."""

    NO_DIPLOMA = "no_diploma", "Sans diplôme"
    CAP_BEP = "cap_bep", "CAP ou BEP"
    BAC = "bac", "Baccalauréat ou brevet professionnel"
    BAC_2 = "bac_2", "Bac + 2"
    BAC_3_4 = "bac_3_4", "Bac + 3 ou bac + 4"
    BAC_5 = "bac_5", "Bac + 5 et plus"
    UNKNOWN = "unknown", "Non renseigné"


class TrainingNomenclature(TextChoices):
    """Which numbering a file uses: asked at import."""

    BEFORE_2019 = "before_2019", "Niveaux VI à I (avant 2019)"
    SINCE_2019 = "since_2019", "Niveaux infra 3 à 8 (depuis 2019)"


class DistrictMeans(TextChoices):
    """How the « quartier prioritaire » of a person is known."""

    ADDRESS = "address", "D'après l'adresse"
    POINT = "point", "D'après un point sur la carte"
    TYPED = "typed", "Saisi"
