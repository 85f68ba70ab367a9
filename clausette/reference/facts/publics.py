"""Eligible publics: what opens the right to work on clause hours, and which paper proves it."""

from dataclasses import dataclass

from clausette.reference.enums import PublicGroup, Reliability


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One category of eligible public.

    `evidence_months`: greatest age of the paper on the day of the decision; None when the paper carries
    its own end, or when no age is known. `title_ends`: the paper has an end of validity to write down.
    `sensitive`: the reason is kept apart and never shown to a firm. `stored`: False means that the category
    itself may not be written for a person (art. 10 GDPR): an authorised prescriber's opinion is written
    instead.
    """

    code: str
    label: str
    group: PublicGroup
    evidence: str
    evidence_months: int | None
    title_ends: bool
    prescriber: str
    sensitive: bool
    stored: bool
    source: str
    reliability: Reliability


_A, _B, _OPTION = PublicGroup.A, PublicGroup.B, PublicGroup.B_OPTION
_SOURCED, _HIGH, _MEDIUM = Reliability.SOURCED, Reliability.HIGH, Reliability.MEDIUM
_IAE = "Critères d'éligibilité à l'IAE (plateforme de l'inclusion, mars 2026)"
_CCAG_A = "CCAG 2021, art. 16.1.1.1"
_CCAG_B = "CCAG 2021, art. 16.1.1.2"
_2012 = "Référentiel des clauses sociales 2012"
_LOCAL = "Usage local vérifié"


def _row(
    code: str,
    label: str,
    group: PublicGroup,
    evidence: str,
    months: int | None,
    source: str,
    reliability: Reliability,
    *,
    prescriber: str = "",
    title_ends: bool = False,
    sensitive: bool = False,
    stored: bool = True,
) -> PublicRow:
    return PublicRow(
        code, label, group, evidence, months, title_ends, prescriber, sensitive, stored, source, reliability
    )


_FT = "France Travail"
_STATE_RECOGNISED: tuple[PublicRow, ...] = (
    _row(
        "SIAE",
        "Salarié en parcours dans une SIAE (EI, ETTI, AI, ACI, EITI)",
        _A,
        "PASS IAE valide et contrat de travail",
        None,
        _CCAG_A,
        _SOURCED,
        prescriber="Prescripteur habilité",
        title_ends=True,
    ),
    _row(
        "EA_ESAT",
        "Salarié d'une EA ou d'une EATT, usager d'un ESAT",
        _A,
        "Contrat ou attestation de la structure",
        None,
        _CCAG_A,
        _SOURCED,
        sensitive=True,
    ),
    _row(
        "GEIQ",
        "Personne en parcours dans un GEIQ",
        _A,
        "Contrat de travail et attestation du GEIQ",
        None,
        _CCAG_A,
        _SOURCED,
    ),
    _row(
        "REGIE",
        "Personne employée par une régie de quartier ou de territoire agréée",
        _A,
        "Contrat de travail",
        None,
        _CCAG_A,
        _SOURCED,
    ),
    _row(
        "EPIDE_E2C",
        "Personne suivie par l'EPIDE ou une École de la 2e chance",
        _A,
        "Attestation",
        3,
        _CCAG_A,
        _SOURCED,
    ),
    # Detention is never written for a person (art. 10 GDPR): the code exists to be refused at the door.
    _row(
        "PPSMJ",
        "Personne placée sous main de justice ou sortant de détention",
        _A,
        "Avis d'un prescripteur habilité, pièce vue et non conservée",
        6,
        _CCAG_A,
        _MEDIUM,
        sensitive=True,
        stored=False,
    ),
)
_JOBSEEKERS: tuple[PublicRow, ...] = (
    _row(
        "DELD",
        "Demandeur d'emploi de longue durée (12 mois ou plus)",
        _B,
        "Attestation de France Travail avec l'historique d'inscription",
        3,
        _CCAG_B,
        _HIGH,
        prescriber=_FT,
    ),
    _row(
        "DETLD",
        "Demandeur d'emploi de très longue durée (24 mois ou plus)",
        _B,
        "Attestation de France Travail",
        3,
        _IAE,
        _SOURCED,
        prescriber=_FT,
    ),
    _row(
        "RSA",
        "Bénéficiaire du RSA ou ayant droit, en recherche d'emploi",
        _B,
        "Attestation RSA (CAF ou MSA)",
        3,
        _IAE,
        _SOURCED,
        prescriber="Conseil départemental, CAF ou MSA",
    ),
    _row("ASS", "Allocataire de l'ASS", _B, "Attestation ASS", 3, _IAE, _SOURCED, prescriber=_FT),
    _row(
        "AUTRE_MINIMA", "Autre minimum social", _B, "Attestation de l'organisme payeur", None, _2012, _MEDIUM
    ),
    _row(
        "SENIOR",
        "Demandeur d'emploi de 50 ans et plus",
        _B,
        "Pièce d'identité et inscription à France Travail",
        3,
        _CCAG_B,
        _HIGH,
        prescriber=_FT,
    ),
    _row("PLIE", "Participant d'un PLIE", _B, "Attestation du PLIE", 3, _LOCAL, _MEDIUM, prescriber="PLIE"),
    _row(
        "AVIS_MOTIVE",
        "Difficultés particulières, sur avis motivé",
        _B,
        "Avis motivé écrit, daté et signé d'une structure légitime",
        3,
        _CCAG_B,
        _HIGH,
        prescriber="France Travail, MDE, PLIE, mission locale, Cap emploi, MDPH",
    ),
)
_HEALTH: tuple[PublicRow, ...] = (
    _row(
        "AAH",
        "Allocataire de l'AAH",
        _B,
        "Attestation AAH",
        3,
        _IAE,
        _SOURCED,
        prescriber="CAF ou MSA",
        sensitive=True,
    ),
    _row(
        "INVALIDITE",
        "Bénéficiaire d'une pension ou allocation d'invalidité",
        _B,
        "Titre ou notification",
        None,
        _2012,
        _HIGH,
        prescriber="CPAM",
        title_ends=True,
        sensitive=True,
    ),
    _row(
        "RQTH",
        "Bénéficiaire de l'obligation d'emploi, dont RQTH (art. L5212-13)",
        _B,
        "Décision en cours de validité",
        None,
        _IAE,
        _SOURCED,
        prescriber="Cap emploi",
        title_ends=True,
        sensitive=True,
    ),
)
_YOUNG: tuple[PublicRow, ...] = (
    _row(
        "JEUNE_SQ",
        "Moins de 26 ans, sans qualification, sorti de l'école depuis 6 mois ou plus",
        _B,
        "Pièce d'identité et attestation sur l'honneur",
        3,
        _CCAG_B,
        _HIGH,
        prescriber="Mission locale",
    ),
    _row(
        "JEUNE_DIPL",
        "Moins de 26 ans diplômé, 6 mois d'inactivité ou plus depuis la fin des études",
        _B,
        "Pièce d'identité, diplôme et attestation",
        3,
        _CCAG_B,
        _HIGH,
        prescriber="Mission locale",
    ),
    _row(
        "JEUNE_ACC",
        "Jeune en accompagnement renforcé (PACEA, CEJ, SMA, SMV)",
        _B,
        "Attestation de la mission locale, du SMA ou du SMV",
        3,
        _CCAG_B,
        _MEDIUM,
        prescriber="Mission locale",
    ),
)
_SITUATIONS: tuple[PublicRow, ...] = (
    _row(
        "QPV",
        "Habitant d'un quartier prioritaire répondant à un critère d'éloignement",
        _B,
        "Justificatif de domicile et contrôle de l'adresse",
        6,
        _IAE,
        _SOURCED,
    ),
    _row(
        "FRR",
        "Habitant d'une zone France ruralités revitalisation",
        _OPTION,
        "Justificatif de domicile",
        6,
        _IAE,
        _SOURCED,
    ),
    _row(
        "REFUGIE",
        "Réfugié, protection subsidiaire ou temporaire",
        _B,
        "Titre de séjour ou autorisation de travail",
        None,
        _IAE,
        _SOURCED,
        title_ends=True,
        sensitive=True,
    ),
    _row(
        "ASE",
        "Sortant de l'aide sociale à l'enfance",
        _OPTION,
        "Attestation ASE",
        12,
        _IAE,
        _SOURCED,
        sensitive=True,
    ),
    _row("PARENT_ISOLE", "Parent isolé", _OPTION, "Attestation CAF", 3, _IAE, _SOURCED, prescriber="CAF"),
    _row(
        "SANS_ABRI",
        "Personne sans hébergement ou hébergée",
        _OPTION,
        "Certificat de domiciliation ou déclaration d'un travailleur social",
        3,
        _IAE,
        _SOURCED,
        prescriber="CHRS ou CCAS",
        sensitive=True,
    ),
    _row(
        "FLE",
        "Maîtrise du français inférieure au niveau A1",
        _OPTION,
        "Évaluation",
        6,
        _IAE,
        _SOURCED,
        sensitive=True,
    ),
    _row(
        "MOBILITE",
        "Difficulté de mobilité",
        _OPTION,
        "Diagnostic d'un prescripteur habilité",
        6,
        _IAE,
        _SOURCED,
    ),
)

PUBLICS: tuple[PublicRow, ...] = _STATE_RECOGNISED + _JOBSEEKERS + _HEALTH + _YOUNG + _SITUATIONS
