"""Trade parameters with a date: practice of the network, never constants in the rules.

Those not « sourced » vary between territories; a structure may give its own value.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.reference.enums import Reliability


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One value of one parameter from `starts_on` on."""

    code: str
    label: str
    value: Decimal
    unit: str
    starts_on: date
    source: str
    reliability: Reliability


_ORIGIN = date(2012, 1, 1)
_PRACTICE = "Usage du réseau des facilitateurs"


def _practice(
    code: str,
    label: str,
    value: str,
    unit: str,
    reliability: Reliability = Reliability.MEDIUM,
    source: str = _PRACTICE,
) -> ParameterRow:
    return ParameterRow(code, label, Decimal(value), unit, _ORIGIN, source, reliability)


_WEAK = "Pratique des facilitateurs, confiance faible"


def _weak(code: str, label: str, value: str, unit: str) -> ParameterRow:
    return _practice(f"screening_{code}", f"Repérage : {label}", value, unit, Reliability.LOW, _WEAK)


_CCAG = "CCAG 2021, art. 16.1.1.2 (de mémoire) ; critères de l'IAE"


def _criterion(code: str, label: str, value: str, unit: str) -> ParameterRow:
    return _practice(f"public_{code}", f"Publics : {label}", value, unit, Reliability.HIGH, _CCAG)


_CRITERIA = (
    _criterion("long_months", "inscription d'un demandeur d'emploi de longue durée", "12", "mois"),
    _criterion("very_long_months", "inscription d'un demandeur d'emploi de très longue durée", "24", "mois"),
    _criterion("worked_months", "activité qui exclut la longue durée, sur douze mois", "6", "mois"),
    _criterion("young_age", "âge à partir duquel on n'est plus jeune", "26", "ans"),
    _criterion("young_months", "délai depuis la sortie de l'école ou la fin des études", "6", "mois"),
    _criterion("senior_age", "âge d'un senior", "50", "ans"),
)

_ESF = "Règlement (UE) 2021/1057, annexe I (liste et définitions de mémoire, à vérifier)"


def _fse(code: str, label: str, value: str, unit: str, reliability: Reliability = Reliability.HIGH) -> ParameterRow:
    return _practice(f"fse_{code}", f"FSE+ : {label}", value, unit, reliability, _ESF)


FSE_PARAMETERS = (
    _fse("child_age", "âge à partir duquel on n'est plus un enfant", "18", "ans"),
    _fse("young_age", "âge à partir duquel on n'est plus jeune", "30", "ans"),
    _fse("senior_age", "âge d'un senior", "55", "ans"),
    _fse("short_age", "âge en dessous duquel le chômage est long plus tôt", "25", "ans", Reliability.MEDIUM),
    _fse("short_months", "chômage long avant cet âge, au-delà de", "6", "mois", Reliability.MEDIUM),
    _fse("long_months", "chômage long à partir de cet âge, au-delà de", "12", "mois", Reliability.MEDIUM),
    _fse("exit_days", "délai du questionnaire de sortie", "28", "jours"),
)

_SCREENING = (
    _weak("points_labour", "points de la part de main-d'œuvre", "35", "points"),
    _weak("points_volume", "points du volume d'heures", "20", "points"),
    _weak("points_duration", "points de la durée", "15", "points"),
    _weak("points_place", "points du lieu", "10", "points"),
    _weak("points_capacity", "points de la capacité des structures d'insertion", "10", "points"),
    _weak("points_past", "points des marchés semblables", "10", "points"),
    _weak("full_share", "part de main-d'œuvre qui donne tous les points", "0.60", "part"),
    _weak("full_hours", "volume qui donne tous les points", "600", "h"),
    _weak("full_months", "durée qui donne tous les points", "12", "mois"),
    _weak("unknown_share", "part des points quand un fait n'est pas connu", "0.50", "part"),
    _weak("high", "score à partir duquel un achat est à privilégier", "65", "points"),
    _weak("low", "score en dessous duquel un achat s'y prête peu", "40", "points"),
    _weak("hourly_cost", "coût horaire d'un métier dont le coût usuel n'est pas connu", "33", "€/h"),
    _weak("rate_1", "premier taux d'insertion, celui du score", "0.05", "part"),
    _weak("rate_2", "deuxième taux d'insertion", "0.07", "part"),
    _weak("rate_3", "troisième taux d'insertion", "0.10", "part"),
    _weak("rate_4", "quatrième taux d'insertion", "0.15", "part"),
)

_FLOW = "Choix de Clausette : plus qu'un travail ordinaire n'en demande"


def _reading(code: str, label: str, value: str, unit: str) -> ParameterRow:
    return _practice(f"reading_{code}", f"Lectures de personnes : {label}", value, unit, Reliability.LOW, _FLOW)


_WORK_LAW = "Code du travail, art. {}"

CONTROL_PARAMETERS = (
    _practice(
        "weekly_ceiling", "Contrôles : durée maximale d'une semaine", "48", "h", Reliability.HIGH,
        _WORK_LAW.format("L3121-20"),
    ),
    _practice(
        "minor_week", "Contrôles : durée d'une semaine d'une personne mineure", "35", "h", Reliability.HIGH,
        _WORK_LAW.format("L3162-1"),
    ),
    _practice(
        "minor_age", "Contrôles : âge de la majorité", "18", "ans", Reliability.HIGH, "Code civil, art. 388"
    ),
    _practice("rhythm_jump", "Contrôles : rapport aux mois d'avant", "1.50", "×", Reliability.LOW),
    _practice("rhythm_gap", "Contrôles : écart en heures aux mois d'avant", "40", "h", Reliability.LOW),
    _practice("rhythm_months", "Contrôles : mois d'avant regardés", "3", "mois", Reliability.LOW),
    _practice("limit_soon_days", "Contrôles : fin prochaine des heures comptées", "60", "jours", Reliability.LOW),
    _practice(
        "confirmation_days", "Jours laissés à l'entreprise pour confirmer des heures", "10", "jours", Reliability.LOW
    ),
    _practice(
        "reopening_hours", "Heures avant qu'un mois rouvert par une personne seule le soit", "24", "heures",
        Reliability.LOW,
    ),
    _practice(
        "before_hiring_hours", "Formation avant l'embauche : heures d'une personne", "400", "h", Reliability.LOW,
        "Usage du réseau ; durée la plus longue d'une préparation opérationnelle à l'emploi (de mémoire, à vérifier)",
    ),
    _practice(
        "before_hiring_share", "Formation avant l'embauche : part des heures dues", "0.20", "part", Reliability.LOW,
        "Usage du réseau : 10 à 20 % du volume",
    ),
    _practice(
        "before_hiring_days", "Formation avant l'embauche : jours jusqu'à l'embauche", "30", "jours", Reliability.LOW
    ),
    _practice("regularisation_months", "Mois au-delà desquels une validation est une régularisation", "3", "mois"),
)

_READINGS = (
    _reading("hour", "personnes distinctes en une heure, avant un nouveau code", "150", "personnes"),
    _reading("day", "personnes distinctes en un jour", "500", "personnes"),
    _reading("warn_share", "part d'un plafond à partir de laquelle on prévient", "0.80", "part"),
    _reading("facilitator_hour", "facilitateur : alerte en une heure", "300", "personnes"),
    _reading("facilitator_day", "facilitateur : alerte en un jour", "1000", "personnes"),
)

DEPOSIT_PARAMETERS = (
    _practice(
        "deposit_minutes", "Dépôt sans compte : durée d'une connexion", "120", "minutes", Reliability.LOW,
        "Choix de Clausette : le temps de déclarer un mois",
    ),
)

PARAMETERS: tuple[ParameterRow, ...] = (
    _practice(
        "month_hours",
        "Heures d'un mois à temps plein",
        "151.67",
        "h",
        Reliability.HIGH,
        "35 h × 52 semaines ÷ 12 mois (art. L3121-27 du code du travail)",
    ),
    _practice(
        "monthly_ceiling", "Heures plausibles par personne et par mois", "220.00", "h", Reliability.LOW
    ),
    _practice("hours_validity_months", "Durée de prise en compte des heures", "24", "mois"),
    _practice("hire_before_months", "Délai d'embauche après la décision", "3", "mois"),
    _practice("evidence_months", "Âge d'une pièce au jour de la décision", "3", "mois"),
    _practice("mission_gap_days", "Écart entre deux missions d'un même contrat compté", "15", "jours"),
    _practice("weekly_tolerance", "Tolérance sur les heures de la semaine", "1.10", "×", Reliability.LOW),
    _practice(
        "fte_divisor_ave",
        "Heures d'un ETP (Alliance Villes Emploi)",
        "1600",
        "h",
        Reliability.SOURCED,
        "Chiffres 2021 d'Alliance Villes Emploi : 15 703 ETP à 1 600 h",
    ),
    _practice(
        "fte_divisor_worked",
        "Heures travaillées d'un ETP",
        "1607",
        "h",
        Reliability.HIGH,
        "Durée annuelle du travail (art. L3121-41 du code du travail)",
    ),
    _practice(
        "fte_divisor_paid", "Heures payées d'un ETP", "1820", "h", Reliability.HIGH, "35 h × 52 semaines"
    ),
    _practice("penalty_multiplier", "Multiple du SMIC horaire par heure non réalisée", "2", "×"),
    _practice("path_end_days", "Jours sans contrat de travail avant de proposer une sortie", "90", "jours"),
    _practice("mask_below", "Effectif en dessous duquel une répartition est masquée", "5", "personnes"),
    _practice("difficulty_gap", "Retard d'un engagement en difficulté : temps écoulé moins réalisé", "0.20", "part"),
    _practice(
        "year_closing_month", "Mois où une année est arrêtée : au-delà, ses heures sont des rattrapages", "2", "mois"
    ),
    _practice("ending_days", "Fins annoncées d'avance", "30", "jours"),
    _practice("hourly_cost_building", "Coût horaire chargé, bâtiment et travaux publics", "35", "€/h"),
    _practice("hourly_cost_cleaning", "Coût horaire chargé, propreté", "22", "€/h"),
    _practice("hourly_cost_green", "Coût horaire chargé, espaces verts", "30", "€/h"),
    _practice("hourly_cost_mind", "Coût horaire chargé, services intellectuels", "45", "€/h"),
    _practice("study_answer_days", "Délai pour rendre un avis à un maître d'ouvrage", "28", "jours"),
    _practice("advice_least_hours", "Volume en dessous duquel une clause insère peu", "70", "h"),
    _practice("advice_heavy_share", "Part de la main-d'œuvre au-delà de laquelle une clause pèse", "0.20", "part"),
    _practice("advice_far_factor", "Écart aux marchés comparables à partir duquel un calcul est signalé", "2", "fois"),
    _practice("advice_past_least", "Marchés comparables à partir desquels l'écart est signalé", "3", "marchés"),
    _practice(
        "pnad_social_share", "PNAD : part des marchés avec une considération sociale", "0.30", "part",
        Reliability.SOURCED, "PNAD 2022-2025 (aucun successeur trouvé)",
    ),
    _practice("contact_silence_days", "Délai sans contact avec l'entreprise d'un marché notifié", "15", "jours"),
    _practice("advice_least_months", "Durée en dessous de laquelle une clause insère peu", "2", "mois"),
    _practice(
        "cleaning_least_hours",
        "Propreté : volume en dessous duquel ne pas mettre de clause",
        "150",
        "h",
        Reliability.SOURCED,
        "PACT Propreté (Inserpropre)",
    ),
    _practice(
        "cleaning_turnover_hour",
        "Propreté : chiffre d'affaires d'une heure, 20 €/h chargés pour 80 % de main-d'œuvre",
        "25",
        "€/h",
        Reliability.SOURCED,
        "PACT Propreté (Inserpropre)",
    ),
    _practice(
        "week_hours",
        "Heures d'une semaine à temps plein",
        "35",
        "h",
        Reliability.HIGH,
        "Durée légale (art. L3121-27 du code du travail)",
    ),
    *CONTROL_PARAMETERS,
    *DEPOSIT_PARAMETERS,
    *_SCREENING,
    *FSE_PARAMETERS,
    *_CRITERIA,
    *_READINGS,
    _practice("referral_answer_days", "Délai pour répondre à un prescripteur", "10", "jours", Reliability.LOW),
)
