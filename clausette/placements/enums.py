"""Closed lists of the placements room, with the words shown on screen (MODEL §3)."""

from django.db.models import TextChoices


class Modality(TextChoices):
    """By which way the person works for the contract (« modalité de réalisation »)."""

    DIRECT = "direct", "Embauche directe"
    ETTI = "etti", "Mise à disposition par une ETTI"
    AI = "ai", "Mise à disposition par une association intermédiaire"
    GEIQ = "geiq", "Mise à disposition par un GEIQ"
    EATT = "eatt", "Mise à disposition par une EATT"
    ETT = "ett", "Intérim classique"
    SUBCONTRACT_EI = "subcontract_ei", "Sous-traitance ou cotraitance avec une EI"
    SUBCONTRACT_ACI = "subcontract_aci", "Sous-traitance ou cotraitance avec un ACI"
    EA = "ea", "Sous-traitance ou cotraitance avec une EA"
    ESAT = "esat", "Sous-traitance ou cotraitance avec un ESAT"
    REGIE = "regie", "Sous-traitance ou cotraitance avec une régie de quartier"
    OTHER = "other", "Autre modalité"


class WorkContractKind(TextChoices):
    """Kind of work contract, the person's; never the procurement contract."""

    CDI = "cdi", "CDI"
    CDI_INCLUSION = "cdi_inclusion", "CDI inclusion"
    CDD = "cdd", "CDD"
    CDDU = "cddu", "CDD d'usage"
    CDDI = "cddi", "CDD d'insertion (CDDI)"
    CDD_TREMPLIN = "cdd_tremplin", "CDD Tremplin"
    APPRENTICESHIP = "apprenticeship", "Contrat d'apprentissage"
    PROFESSIONALISATION = "professionalisation", "Contrat de professionnalisation"
    TEMP_MISSION = "temp_mission", "Mission d'intérim"
    TEMP_CDI = "temp_cdi", "CDI intérimaire"
    SUPPORT_CONTRACT = "support_contract", "Contrat de soutien et d'aide par le travail"
    OTHER = "other", "Autre"


class PlacementEnd(TextChoices):
    """Why a work contract ended."""

    TERM = "term", "Fin prévue"
    TRIAL_BY_EMPLOYER = "trial_by_employer", "Rupture de la période d'essai par l'employeur"
    TRIAL_BY_PERSON = "trial_by_person", "Rupture de la période d'essai par la personne"
    RESIGNATION = "resignation", "Démission"
    EARLY_AGREED = "early_agreed", "Rupture d'un commun accord"
    EARLY_FOR_JOB = "early_for_job", "Rupture pour un autre emploi ou une formation"
    DISMISSAL = "dismissal", "Licenciement"
    SERIOUS_FAULT = "serious_fault", "Rupture pour faute grave"
    UNFIT = "unfit", "Inaptitude"
    FORCE_MAJEURE = "force_majeure", "Force majeure"
    END_OF_CONTRACT = "end_of_contract", "Fin ou arrêt du marché"
    DEATH = "death", "Décès"
    OTHER = "other", "Autre motif"


class LinkKind(TextChoices):
    """How a work contract follows another of the same person."""

    EXTENSION = "extension", "Prolongation"
    FOLLOWS = "follows", "Suite d'un autre contrat de travail"
    HIRED_AFTER_MISSION = "hired_after_mission", "Embauche après mission"
