"""Controls that stop validation: the lines cannot be retained as they are."""

from clausette.hours.enums import ControlFamily as F
from clausette.hours.enums import ControlScope as S
from clausette.hours.rules.controls import commitment, counting, dates, entry, prior, siae, sums, work
from clausette.hours.rules.controls.shape import Control
from clausette.reference.enums import Reliability

_MODEL = "Modèle du métier, §2"
_LIMIT = "Usage du réseau : une personne est comptée un temps limité, à partir de sa première heure"

BLOCKING: tuple[Control, ...] = (
    Control(
        "E001", "Trop d'heures dans le mois pour une personne",
        "Toutes les heures de travail et de formation de la personne dans le mois, chez tous ses employeurs et dans "
        "toutes les structures, dépassent strictement le plafond du mois. Congés, stage, intempéries n'y entrent pas.",
        "Vérifiez la saisie, ou demandez la feuille d'heures.",
        F.VOLUME, "Plafond de plausibilité", many=sums.too_many_in_month, scope=S.PERSON_MONTH,
        parameters=("monthly_ceiling",), reliability=Reliability.LOW, may_be_off=False,
    ),
    Control(
        "E002", "Heures hors des dates du contrat de travail",
        "Aucun jour du mois n'est dans les dates du contrat de travail, bornes comprises.",
        "Corrigez le mois, ou prolongez le contrat de travail.",
        F.WORK, "Modèle du métier, §3", one=dates.outside_work_contract,
        spares=dates.within_work_contract, may_be_off=False,
    ),
    Control(
        "E003", "Mois hors de la période de l'engagement",
        "Aucun jour du mois n'est dans les dates de l'engagement, bornes comprises.",
        "Choisissez un autre engagement, ou corrigez ses dates.",
        F.COMMITMENT, _MODEL, one=dates.outside_commitment, spares=dates.within_commitment, may_be_off=False,
    ),
    Control(
        "E004", "Heures après la date « heures comptées jusqu'au »",
        "Le mois commence après le dernier jour compté de la personne ; le mois de ce dernier jour compte encore.",
        "Ne retenez pas ces heures, ou réexaminez l'éligibilité.",
        F.PERSON, _LIMIT, one=dates.after_validity, about="hours_until", may_be_off=False,
    ),
    Control(
        "E005", "Mois à venir", "Le mois commence après celui du contrôle ; le mois en cours est accepté.",
        "Corrigez le mois.", F.ENTRY, "Modèle du métier, §5", one=dates.in_the_future, reads=("month",),
        may_be_off=False,
    ),
    Control(
        "E006", "Personne non éligible à l'embauche",
        "Aucune décision favorable ne couvre le jour de l'embauche, ni le parcours ouvert par une embauche d'avant.",
        "Décidez de l'éligibilité, ou ne retenez pas ces heures.",
        F.PERSON, "CCAG 2021, art. 16.1.1 : l'éligibilité s'apprécie avant l'embauche",
        one=dates.not_eligible, about="refusal_at_hire",
        reliability=Reliability.HIGH, may_be_off=False,
    ),
    Control(
        "E007", "Heures d'un CDI au-delà des mois comptés",
        "Le mois commence après la fin des mois comptés du CDI, depuis l'embauche, quand le marché ou la structure "
        "en dit le nombre.",
        "Ne retenez pas ces heures, ou changez les conditions de l'engagement.",
        F.COMMITMENT, "Usage du réseau : 12 ou 24 mois selon les territoires",
        one=counting.after_cdi, about="cdi_until", may_be_off=False,
    ),
    Control(
        "E008", "Heures de formation d'une alternance qui ne comptent pas",
        "Heures de formation d'un contrat d'apprentissage ou de professionnalisation, quand l'engagement ne compte que "
        "les heures en entreprise.",
        "Ne retenez pas ces heures, ou changez les conditions de l'engagement.",
        F.COMMITMENT, "Usage du réseau", one=counting.study_training, about="study_training", may_be_off=False,
    ),
    Control(
        "E009", "Heures pendant une suspension",
        "Tous les jours du contrat de travail dans le mois sont dans une suspension de l'engagement, ou dans plusieurs "
        "qui se suivent.",
        "Corrigez le mois, ou notez la reprise de l'engagement.",
        F.COMMITMENT, _MODEL, one=commitment.while_suspended, about="owed.suspended",
    ),
    Control(
        "E010", "Heures après la résiliation du marché",
        "Le mois commence après le jour de la résiliation.",
        "Ne retenez pas ces heures, ou corrigez la date de résiliation.",
        F.COMMITMENT, "Modèle du métier, §1",
        one=commitment.after_termination, about="owed.terminated_on", may_be_off=False,
    ),
    Control(
        "E011", "Heures après le transfert à un autre titulaire",
        "Le mois commence après le dernier jour de l'engagement chez ce titulaire.",
        "Déclarez ces heures sur l'engagement du nouveau titulaire.",
        F.COMMITMENT, "Modèle du métier, §1",
        one=commitment.after_transfer, about="owed.transferred_on", may_be_off=False,
    ),
    Control(
        "E012", "Partie qui n'est pas affermie",
        "Le mois touche l'échéancier de l'engagement, et aucune des parties touchées n'est ferme.",
        "Notez l'affermissement, ou choisissez un autre engagement.",
        F.COMMITMENT, "Code de la commande publique, art. R2113-4 et R2112-4",
        one=commitment.part_not_firm, about="owed.parts", spares=commitment.all_firm,
        reliability=Reliability.HIGH,
    ),
    Control(
        "E013", "Modalité que l'engagement n'admet pas",
        "L'engagement nomme les modalités admises, et celle du contrat de travail n'en est pas. Vide, elle n'est pas "
        "jugée.",
        "Ne retenez pas ces heures, ou changez les conditions de l'engagement.",
        F.COMMITMENT, _MODEL, one=commitment.modality_refused, reads=("owed", "work"),
    ),
    Control(
        "E014", "Public que l'engagement n'admet pas",
        "L'engagement nomme les publics admis, et le public retenu de la personne n'en est pas. Vide, il n'est "
        "pas jugé.",
        "Ne retenez pas ces heures, ou changez les conditions de l'engagement.",
        F.PERSON, _MODEL, one=commitment.public_refused, about="public_refused",
    ),
    Control(
        "E015", "Heures après le solde de l'engagement",
        "Le mois commence après le jour où l'engagement est soldé.",
        "Choisissez un autre engagement.",
        F.COMMITMENT, "Modèle du métier, §1",
        one=commitment.after_settlement, about="owed.settled_on", may_be_off=False,
    ),
    Control(
        "E016", "Intérim classique non admis",
        "La modalité est l'intérim classique, et l'engagement dit qu'il ne l'admet pas.",
        "Ne retenez pas ces heures, ou changez les conditions de l'engagement.",
        F.COMMITMENT, _MODEL, one=commitment.ett_refused, reads=("owed", "work"),
    ),
    Control(
        "E017", "Plus d'heures réparties que d'heures travaillées",
        "La somme des heures créditées d'un contrat de travail dans le mois dépasse le total déclaré de ce mois.",
        "Corrigez la répartition, ou le total du mois.",
        F.VOLUME, "Une heure ne compte qu'une fois", many=entry.above_stated, scope=S.WORK_MONTH,
        reliability=Reliability.HIGH, may_be_off=False,
    ),
    Control(
        "E018", "Mois déjà validé",
        "Le relevé de ce déclarant pour ce mois est validé, et la ligne ne corrige pas une ligne validée.",
        "Corrigez la ligne validée, ou rouvrez le mois.",
        F.ENTRY, "Modèle du métier, §5", one=entry.already_validated, about="is_locked", may_be_off=False,
    ),
    Control(
        "E019", "Nature d'heures qui ne compte pas",
        "La nature dite n'est ni du travail ni de la formation : tutorat, stage, congés, intempéries, absence.",
        "Ne retenez pas ces heures.",
        F.ENTRY, "Modèle du métier, §5", one=entry.uncounted_nature, about="uncounted", may_be_off=False,
    ),
    Control(
        "E020", "Nombre d'heures impossible",
        "Hors correction, une ligne va de 0,01 h à 744 h, avec deux décimales au plus.",
        "Corrigez le nombre d'heures.",
        F.ENTRY, "Un mois compte au plus 31 jours de 24 heures", one=entry.impossible_number,
        reads=("is_correction", "hours"),
        reliability=Reliability.HIGH, may_be_off=False, any_hours=True,
    ),
    Control(
        "E021", "La même ligne deux fois",
        "Deux lignes du même déclarant ont le même contrat de travail, le même engagement, le même mois et la même "
        "nature, sans que l'une corrige l'autre.",
        "Gardez une seule ligne, ou additionnez les heures.",
        F.ENTRY, "Une heure ne compte qu'une fois", many=entry.same_line_twice, scope=S.COMMITMENT_MONTH,
        reliability=Reliability.HIGH, may_be_off=False,
    ),
    Control(
        "E022", "Éligibilité décidée après l'embauche",
        "Une décision favorable existe, prise après le jour de l'embauche, et rien ne couvrait ce jour.",
        "Ne retenez pas ces heures, ou acceptez-les comme régularisation, avec la raison.",
        F.PERSON, "CCAG 2021, art. 16.1.1 : l'éligibilité s'apprécie avant l'embauche",
        one=work.decided_after_hiring, about="refusal_at_hire",
        reliability=Reliability.HIGH, may_be_off=False,
    ),
    Control(
        "E023", "Formation avant l'embauche que l'engagement n'admet pas",
        "Heures d'une formation suivie avant le contrat de travail, quand l'engagement ne dit pas, pour ce mois, qu'il "
        "les admet.",
        "Ne retenez pas ces heures, ou dites la règle de l'engagement, avec sa source.",
        F.COMMITMENT, "Usage du réseau : comptée si la formation est liée et suivie d'embauche",
        one=prior.not_admitted, about="prior", may_be_off=False,
    ),
    Control(
        "E024", "Formation trop loin de l'embauche, ou après elle",
        "La formation finit le jour de l'embauche ou après, ou l'embauche suit sa fin de plus de jours que "
        "l'engagement n'en dit.",
        "Corrigez les dates, ou ne retenez pas ces heures.",
        F.COMMITMENT, "Usage du réseau : comptée si la formation est liée et suivie d'embauche",
        one=prior.hired_too_late, about="prior", may_be_off=False,
    ),
    Control(
        "E025", "Plus de formation avant l'embauche que l'engagement n'en prend",
        "Les heures de formation avant l'embauche connues de l'engagement dépassent le plafond qu'il dit : pour la "
        "personne, ou pour tous.",
        "Corrigez les heures au plafond : celles qui dépassent ne comptent pas.",
        F.COMMITMENT, "Règle écrite dans l'engagement (usage du réseau : 10 à 20 % du volume)",
        many=prior.above_said, scope=S.COMMITMENT_MONTH, may_be_off=False,
    ),
    Control(
        "E026", "Sous-traitance à une structure d'insertion que l'engagement n'admet pas",
        "La modalité est une sous-traitance ou une cotraitance avec une EI, un ACI, une EA, un ESAT ou une régie de "
        "quartier, et une règle de l'engagement dit, pour ce mois, qu'il ne l'admet pas. Sans règle, elle est admise.",
        "Ne retenez pas ces heures, ou dites la règle de l'engagement, avec sa source.",
        F.COMMITMENT, "Règle écrite dans l'engagement (CCAG 2021, art. 16.1.1 : admise sans règle)",
        one=siae.siae_refused, about="siae", may_be_off=False,
    ),
    Control(
        "E027", "Plus de sous-traitance à une structure d'insertion que l'engagement n'en prend",
        "Les heures connues de l'engagement dans ces modalités dépassent son plafond de ce mois. Des heures non "
        "nominatives en sont quand une structure d'insertion qui n'est pas le titulaire les déclare.",
        "Corrigez les heures au plafond : celles qui dépassent ne comptent pas.",
        F.COMMITMENT, "Règle écrite dans l'engagement (CCAG 2021, art. 16.1.1 : admise sans règle)",
        many=siae.above_siae, scope=S.COMMITMENT_MONTH, may_be_off=False,
    ),
)  # fmt: skip
