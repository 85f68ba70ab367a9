"""Closed lists of the participants room, with the words shown on screen (MODEL §4)."""

from django.db.models import TextChoices


class CheckState(TextChoices):
    """State of an eligibility check (« vérification d'éligibilité »)."""

    PROPOSED = "proposed", "Proposée"
    IN_REVIEW = "in_review", "En vérification"
    INCOMPLETE = "incomplete", "À compléter"
    ELIGIBLE = "eligible", "Éligible"
    NOT_ELIGIBLE = "not_eligible", "Non éligible"
    EXPIRED = "expired", "Délai d'embauche dépassé"
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


class Funding(TextChoices):
    """Who pays for the follow-up: it decides which papers must be kept for an audit."""

    ORDINARY = "ordinary", "Hors FSE+"
    FSE = "fse", "Opération FSE+"


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
    """How the « quartier prioritaire » of a person is known: computed from a point, or said by somebody."""

    ADDRESS = "address", "Calculé d'après l'adresse"
    POINT = "point", "Calculé d'après un point"
    CHOSEN = "chosen", "Saisi, choisi dans la liste de la commune"
    TYPED = "typed", "Saisi"


class ReferralState(TextChoices):
    """State of a referral (« orientation »)."""

    PROPOSED = "proposed", "Proposée"
    IN_REVIEW = "in_review", "En vérification"
    RETURNED = "returned", "Renvoyée, à compléter"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"


class PieceState(TextChoices):
    """Where a piece joined to a referral stands."""

    JOINED = "joined", "Jointe"
    HANDED = "handed", "Remise à la vérification"
    KEPT = "kept", "Conservée avec la décision"
    SEEN = "seen", "Vue, non conservée"
    DESTROYED = "destroyed", "Détruite"


class ConsentMeans(TextChoices):
    """How the person agreed to be referred."""

    SIGNED = "signed", "Papier signé, vu par le prescripteur"
    ONLINE = "online", "En ligne"
    ORAL = "oral", "De vive voix, noté par le prescripteur"


class PrescriberKind(TextChoices):
    """The bodies that refer people (codes of the plateforme de l'inclusion)."""

    AFPA = "AFPA", "AFPA"
    ASE = "ASE", "aide sociale à l'enfance"
    CAARUD = "CAARUD", "CAARUD"
    CADA = "CADA", "centre d'accueil de demandeurs d'asile"
    CAF = "CAF", "caisse d'allocations familiales"
    CAP_EMPLOI = "CAP_EMPLOI", "Cap emploi"
    CAVA = "CAVA", "centre d'adaptation à la vie active"
    CCAS = "CCAS", "CCAS ou CIAS"
    CHRS = "CHRS", "centre d'hébergement et de réinsertion sociale"
    CHU = "CHU", "centre d'hébergement d'urgence"
    CIDFF = "CIDFF", "CIDFF"
    CPH = "CPH", "centre provisoire d'hébergement"
    CSAPA = "CSAPA", "CSAPA"
    E2C = "E2C", "école de la deuxième chance"
    EPIDE = "EPIDE", "EPIDE"
    FT = "FT", "France Travail"
    HUDA = "HUDA", "hébergement d'urgence de demandeurs d'asile"
    ML = "ML", "mission locale"
    MSA = "MSA", "Mutualité sociale agricole"
    OACAS = "OACAS", "organisme d'accueil communautaire et d'activités solidaires"
    OIL = "OIL", "opérateur d'intermédiation locative"
    ODC = "ODC", "délégataire du département pour les allocataires du RSA"
    OHPD = "OHPD", "OHPD"
    OCASF = "OCASF", "OCASF"
    PENSION = "PENSION", "pension de famille ou résidence accueil"
    PIJ_BIJ = "PIJ_BIJ", "point ou bureau information jeunesse"
    PJJ = "PJJ", "protection judiciaire de la jeunesse"
    PLIE = "PLIE", "PLIE"
    RS_FJT = "RS_FJT", "résidence sociale ou foyer de jeunes travailleurs"
    PREVENTION = "PREVENTION", "prévention spécialisée"
    DEPT = "DEPT", "service social du département"
    SPIP = "SPIP", "service pénitentiaire d'insertion et de probation"
    ORIENTEUR = "Orienteur", "orienteur"
    OTHER = "Autre", "autre"


class NoteKind(TextChoices):
    """What a note of a check says."""

    AWAITED = "awaited", "Ce qui manque"
    OPINION = "opinion", "Avis motivé"
    TOLD = "told", "Situations dites à l'orientation"


class LimitMoveKind(TextChoices):
    """What moves « heures comptées jusqu'au »."""

    EXTENSION = "extension", "Prolongation"
    SUSPENSION = "suspension", "Suspension"


class PairState(TextChoices):
    """What is known of two persons who look alike."""

    OPEN = "open", "À examiner"
    DIFFERENT = "different", "Pas la même personne"
    CLOSED = "closed", "Plus à examiner"
