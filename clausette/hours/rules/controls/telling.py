"""Controls that ask for a justification (W), or only say (I)."""

from clausette.hours.enums import ControlFamily as F
from clausette.hours.enums import ControlScope as S
from clausette.hours.rules.controls import commitment, counting, dates, entry, prior, sums, work
from clausette.hours.rules.controls.shape import Control
from clausette.reference.enums import Reliability

_NETWORK = "Usage du réseau des facilitateurs"

TELLING: tuple[Control, ...] = (
    Control(
        "W101", "Plus d'heures que le contrat de travail n'en prévoit",
        "Les heures du contrat de travail dans le mois dépassent ses heures par semaine × ses jours dans le mois ÷ 7 × "
        "la tolérance, arrondi au centième. Sans jour dans le mois (E002) ou sans heures par semaine, rien n'est dit.",
        "Vérifiez la saisie, ou la durée hebdomadaire du contrat de travail.",
        F.WORK, _NETWORK, many=sums.above_weekly_hours, scope=S.WORK_MONTH, parameters=("weekly_tolerance",),
        reliability=Reliability.LOW,
    ),
    Control(
        "W102", "Heures payées au lieu d'heures travaillées",
        "Un contrat de travail a exactement la durée d'un mois payé à temps plein dans deux mois ou plus.",
        "Demandez les heures travaillées.",
        F.VOLUME, "Les heures travaillées sont attendues, non les heures payées", many=sums.paid_not_worked,
        scope=S.WORK, parameters=("month_hours",),
    ),
    Control(
        "W103", "Personne déclarée par deux structures",
        "La personne a des heures du même mois chez deux déclarants.",
        "Vérifiez qu'aucune heure n'est comptée deux fois.",
        F.VOLUME, "Une heure ne compte qu'une fois", many=sums.two_declarants, scope=S.PERSON_MONTH,
    ),
    Control(
        "W104", "Heures sans pièce justificative",
        "Le relevé de ces heures n'a pas de pièce qui les prouve, ou une pièce qui a une date de fin ne valait plus ce "
        "mois-ci (contrat de travail, convention, agrément : si la modalité les demande).",
        "Joignez la pièce, ou demandez-la.", F.EVIDENCE, _NETWORK, one=dates.without_evidence,
        reads=("has_evidence", "evidence_lapsed", "evidence_what", "hours", "month"),
    ),
    Control(
        "W105", "Plus d'heures de formation que l'engagement n'en prend",
        "Les heures de formation connues de l'engagement dépassent sa part maximale des heures dues au terme.",
        "Dites pourquoi elles comptent, ou ne retenez pas celles qui dépassent.",
        F.COMMITMENT, "Usage du réseau : 10 à 20 % du volume", many=counting.above_training_cap,
        scope=S.COMMITMENT_MONTH, may_be_off=False,
    ),
    Control(
        "W106", "Contrat de travail commencé avant la notification du marché",
        "Embauche directe dont le jour (« embauché le ») précède la notification du marché.",
        "Dites pourquoi cette embauche répond à la clause, ou ne retenez pas ces heures.",
        F.WORK, _NETWORK, one=work.hired_before_notification, reads=("owed", "work", "hired_on"),
    ),
    Control(
        "W107", "Contrat de travail que cet employeur ne peut pas signer",
        "CDDI hors EI, AI, ACI ; CDI inclusion hors SIAE ; CDD Tremplin hors EA ; soutien par le travail hors ESAT ; "
        "mission ou CDI d'intérim hors ETT, ETTI, EA ou « entreprise ». Une association ou un organisme « autre » "
        "n'est pas jugé.",
        "Corrigez le contrat de travail, ou la nature de l'employeur.",
        F.WORK, "Code du travail, art. L5132-5, L5132-11-1, L5132-15-1, L1251-1, L5213-13-1",
        one=work.contract_of_another_employer, reads=("work",), reliability=Reliability.HIGH,
    ),
    Control(
        "W108", "Modalité d'insertion, employeur ordinaire",
        "La modalité suppose une ETTI, une AI, un GEIQ, une EI, un ACI, une EA, un ESAT ou une régie de quartier "
        "(l'intérim classique : une ETT, une ETTI ou une « entreprise »), et l'employeur est noté d'une autre nature. "
        "Une régie tient lieu d'EI ou d'ACI, et l'inverse. Une association ou un organisme « autre » n'est pas jugé.",
        "Vérifiez l'agrément, ou corrigez la modalité.",
        F.WORK, "CCAG 2021, art. 16.1.1 ; code du travail, art. L5132-4",
        one=work.employer_not_approved, reads=("work",),
        reliability=Reliability.HIGH,
    ),
    Control(
        "W109", "Deux contrats de travail en même temps",
        "La personne a des heures du même mois sur deux contrats de travail qui ont un jour commun, et ensemble plus "
        "que la semaine à temps plein × les jours couverts du mois ÷ 7 × la tolérance, arrondi au centième.",
        "Vérifiez que les heures ne sont pas comptées deux fois.",
        F.PERSON, "Modèle du métier, §3", many=sums.work_contracts_overlap, scope=S.PERSON_MONTH,
        parameters=("week_hours", "weekly_tolerance"),
    ),
    Control(
        "W110", "Plus que la durée légale maximale de la semaine",
        "Les heures travaillées de la personne dans le mois (sans congés, stage ni intempéries) dépassent la durée "
        "maximale d'une semaine × ses jours ÷ 7, arrondi au centième : les jours du mois dans ses contrats de travail "
        "qui ont des heures ce mois. Sans jour (E002), rien n'est dit.",
        "Vérifiez la saisie, ou demandez la feuille d'heures.",
        F.VOLUME, "Code du travail, art. L3121-20", many=sums.above_legal_week, scope=S.PERSON_MONTH,
        parameters=("weekly_ceiling",), reliability=Reliability.HIGH,
    ),
    Control(
        "W111", "Beaucoup plus d'heures que les mois d'avant",
        "Mois entier dont les heures dépassent la moyenne des derniers mois entiers connus du contrat de travail (deux "
        "au moins) multipliée par le rapport, et d'au moins l'écart en heures.",
        "Vérifiez la saisie, ou dites ce qui a changé.",
        F.VOLUME, _NETWORK, many=sums.jumps, scope=S.WORK, parameters=("rhythm_jump", "rhythm_gap", "rhythm_months"),
        reliability=Reliability.LOW,
    ),
    Control(
        "W112", "Pièce déjà remise",
        "La même pièce, à l'octet près, justifie déjà un autre relevé ; ceux d'un même trimestre, pour le même marché "
        "et le même déclarant, peuvent la partager.",
        "Joignez la pièce de ce mois.", F.EVIDENCE, _NETWORK, one=entry.piece_seen_before, about="evidence_seen",
    ),
    Control(
        "W113", "Pièce déposée avant la fin du mois",
        "La pièce est déposée avant le dernier jour travaillé du mois.",
        "Joignez la pièce du mois entier.", F.EVIDENCE, _NETWORK, one=entry.piece_too_early, about="evidence_on",
    ),
    Control(
        "W114", "Emploi d'encadrant",
        "L'emploi contient encadrant, chef d'équipe, chef de chantier, conducteur de travaux, formateur, moniteur "
        "d'atelier ou tuteur, ou leur féminin, en mots entiers, accents et casse ignorés.",
        "Ne retenez pas ces heures, ou corrigez l'emploi.",
        F.WORK, "Usage du réseau : heures des seuls salariés en parcours, hors encadrants",
        one=work.supervisor, reads=("work",),
    ),
    Control(
        "W115", "Personne mineure au-delà de sa durée légale",
        "La personne a moins de 18 ans tout le mois, et ses heures dépassent sa durée de la semaine × ses jours ÷ 7, "
        "arrondi au centième, comptés comme à W110.",
        "Vérifiez la saisie avec l'employeur.",
        F.PERSON, "Code du travail, art. L3162-1", many=sums.minor_above_week, scope=S.PERSON_MONTH,
        parameters=("minor_age", "minor_week"), reliability=Reliability.HIGH,
    ),
    Control(
        "W116", "Intérim classique, sur accord",
        "La modalité est l'intérim classique, et l'engagement l'admet sur accord.",
        "Dites quand et par qui l'accord est donné.",
        F.COMMITMENT, "Modèle du métier, §2", one=commitment.ett_on_approval, reads=("owed", "work"),
    ),
    Control(
        "W117", "Formation avant l'embauche au-delà de l'usage",
        "L'engagement admet la formation avant l'embauche sans en dire le plafond, et les heures connues dépassent "
        "l'usage daté : pour la personne, ou en part des heures dues au terme.",
        "Dites pourquoi elles comptent, ou écrivez le plafond dans les règles de l'engagement.",
        F.COMMITMENT, "Usage du réseau : 10 à 20 % du volume ; 400 h au plus pour une POE",
        many=prior.above_usage, scope=S.COMMITMENT_MONTH, parameters=("before_hiring_hours", "before_hiring_share"),
        reliability=Reliability.LOW,
    ),
    Control(
        "W118", "Embauche longtemps après la formation",
        "L'engagement admet la formation avant l'embauche sans dire de délai, et l'embauche suit sa fin de plus de "
        "jours que le délai daté.",
        "Dites en quoi la formation prépare cette embauche, ou ne retenez pas ces heures.",
        F.COMMITMENT, "Usage du réseau : comptée si la formation est liée et suivie d'embauche",
        one=prior.hired_long_after, about="prior", parameters=("before_hiring_days",), reliability=Reliability.LOW,
    ),
    Control(
        "I301", "Fin prochaine des heures comptées",
        "Le dernier jour compté de la personne suit la fin du mois de près.",
        "Préparez la suite du parcours.",
        F.PERSON, _NETWORK,
        one=work.limit_is_near, about="hours_until", parameters=("limit_soon_days",), reliability=Reliability.LOW,
    ),
    Control(
        "I302", "Engagement atteint", "Les heures comptées dépassent les heures dues au terme.",
        "Rien à faire ; le surplus reste suivi.", F.COMMITMENT, "Modèle du métier, §2",
        one=commitment.beyond_due, reads=("owed",),
    ),
    Control(
        "I303", "Premières heures de la personne",
        "La première heure de clause du parcours est dans ce mois.",
        "Rien à faire ; la durée d'éligibilité commence.", F.PERSON, "Modèle du métier, §4",
        one=work.first_hours, about="first_hour_on",
    ),
    Control(
        "I304", "Contrat de travail fini dans le mois", "Le dernier jour du contrat de travail est dans ce mois.",
        "Notez la suite : prolongation, autre embauche, sortie.", F.WORK, "Modèle du métier, §3",
        one=work.work_contract_ends, spares=work.ends_apart,
    ),
    Control(
        "I305", "Régularisation", "Le mois précède celui du contrôle de plus de mois que le délai.",
        "Donnez la raison à la validation.", F.ENTRY, "Modèle du métier, §5", one=entry.comes_late,
        reads=("month",),
        parameters=("regularisation_months",),
    ),
    Control(
        "I306", "Rattrapage d'une année arrêtée",
        "L'année du mois est arrêtée au jour du contrôle : ses heures rejoignent une année suivante.",
        "Rien à faire ; elles sont comptées à part.", F.ENTRY, "Modèle du métier, §6, point 1",
        one=entry.of_a_closed_year, reads=("month",), parameters=("year_closing_month",),
    ),
    Control(
        "I307", "Convention ou agrément jamais remis",
        "La modalité suppose une structure conventionnée ou agréée (ETTI, AI, EATT, EI, ACI, EA), et le déclarant n'en "
        "a remis ni la convention ni l'agrément avec aucun relevé de ce marché. Une pièce des heures qui a une date de "
        "fin en tient lieu.",
        "Demandez-la : elle se joint une fois, puis à chaque renouvellement.",
        F.EVIDENCE, "Code du travail, L5132-2, L5213-13 ; remise : usage du réseau", one=dates.approval_never_given,
        reads=("approval_missing",),
    ),
)  # fmt: skip
