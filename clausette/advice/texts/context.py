"""What is known of a purchase, and how each variable of the texts is written from it. An empty value is not known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clausette.advice.texts.blocks import french
from clausette.commitments.enums import EttAdmission, Periodicity
from clausette.kernel.french import format_date, format_euros, format_hours, format_number
from clausette.procurement.enums import LegalDeviceKind as D


@dataclass(frozen=True, slots=True)
class TextLot:
    """A lot as the texts say it; `volume`: « 833 h », or a rule; `arithmetic`: where it comes from."""

    number: str
    title: str
    amount_ht: Decimal | None = None
    volume: str = ""
    arithmetic: str = ""
    contractor: str = ""


@dataclass(frozen=True, slots=True)
class FollowRules:
    """How hours are counted and told: publics of both families, months during which the hours of a person count,
    penalty (times the hourly SMIC), ordinary interim, rhythm and last day of statements."""

    publics_known: tuple[str, ...] = ()
    publics_far: tuple[str, ...] = ()
    validity_months: int | None = None
    penalty: Decimal | None = None
    ett: EttAdmission | None = None
    periodicity: Periodicity | None = None
    due_day: int | None = None


@dataclass(frozen=True, slots=True)
class TextFacts:
    """Everything that a text may say. Texts empty, others None: not known.

    Articles are written whole, « article L2112-2-1 du code de la commande publique »; `law_on`: the day on which they
    were read. Amounts in euros, hours in hours.
    """

    structure: str
    facilitator: str
    buyer: str
    title: str
    law_on: date | None = None
    reference: str = ""
    place: str = ""
    amount_ht: Decimal | None = None
    months: int | None = None
    engaged_on: date | None = None
    asked_on: date | None = None
    device: D | None = None
    device_reasons: str = ""
    obligation: str = ""
    device_article: str = ""
    execution_article: str = ""
    criterion_article: str = ""
    waiver: str = ""
    hours: Decimal | None = None
    lots: tuple[TextLot, ...] = ()
    follow: FollowRules = FollowRules()
    contractor: str = ""
    notified_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None


Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Context:
    """The variables: « » where nothing is known."""

    values: Mapping[str, str]
    lists: Mapping[str, Rows]
    flags: Mapping[str, bool]
    law_on: date | None = field(default=None)


RESERVED_FOR = {
    D.RESERVED_DISABILITY: "aux entreprises adaptées et aux ESAT",
    D.RESERVED_IAE: "aux structures d'insertion par l'activité économique",
    D.RESERVED_BOTH: "aux structures d'insertion par l'activité économique, aux entreprises adaptées et aux ESAT",
    D.RESERVED_PRISON: "aux opérateurs qui emploient des personnes détenues",
    D.RESERVED_ESS: "aux entreprises de l'économie sociale et solidaire",
}
_ETT = {
    EttAdmission.YES: "admis, pour une personne dont l'éligibilité a été reconnue",
    EttAdmission.NO: "non admis",
    EttAdmission.ON_APPROVAL: "admis sur accord du facilitateur",
}
_RHYTHM = {Periodicity.MONTHLY: "chaque mois", Periodicity.QUARTERLY: "chaque trimestre"}


def context_of(facts: TextFacts) -> Context:
    """Return every variable as it is written."""
    device = facts.device
    return Context(
        values={**_of_purchase(facts), **_of_law(facts), **_of_followup(facts)},
        lists={
            "lots": tuple(_lot(lot) for lot in facts.lots),
            "publics_reconnus": tuple({"libelle": label} for label in facts.follow.publics_known),
            "publics_eloignes": tuple({"libelle": label} for label in facts.follow.publics_far),
        },
        flags={
            "condition": device in (None, D.EXECUTION, D.BOTH, D.PRIVATE, D.UNKNOWN),
            "critere": device in (D.CRITERION, D.BOTH),
            "reserve": device in RESERVED_FOR,
            "prestation": device == D.INSERTION_SERVICE,
            "sans_clause": device == D.NONE,
        },
        law_on=facts.law_on,
    )


def _of_purchase(facts: TextFacts) -> dict[str, str]:
    return {
        "structure": facts.structure,
        "facilitateur": facts.facilitator,
        "coordonnees": "",
        "acheteur": facts.buyer,
        "objet": facts.title,
        "numero": facts.reference,
        "lieu": facts.place,
        "duree": french(f"{format_number(facts.months)} mois") if facts.months else "",
        "valeur": "" if facts.amount_ht is None else french(f"{format_euros(facts.amount_ht)} HT"),
        "date_engagement": _day(facts.engaged_on),
        "date_demande": _day(facts.asked_on),
        "heures_total": "" if facts.hours is None else format_hours(facts.hours),
    }


def _of_law(facts: TextFacts) -> dict[str, str]:
    device = facts.device
    return {
        "obligation": facts.obligation,
        "levier": str(device.label) if device else "",
        "raisons": facts.device_reasons,
        "article_levier": facts.device_article,
        "article_execution": facts.execution_article,
        "article_critere": facts.criterion_article,
        "beneficiaires": RESERVED_FOR.get(device, "") if device else "",
        "derogation": facts.waiver,
        "ponderation": "",
        "question": "",
        "candidat": "",
    }


def _of_followup(facts: TextFacts) -> dict[str, str]:
    follow = facts.follow
    times = follow.penalty
    return {
        "validite": f"{follow.validity_months} mois" if follow.validity_months else "",
        "interim": _ETT[follow.ett] if follow.ett else "",
        "periodicite": _RHYTHM[follow.periodicity] if follow.periodicity else "",
        "jour_releve": "" if follow.due_day is None else ("1er" if follow.due_day == 1 else str(follow.due_day)),
        "penalite": "" if times is None else f"{format_number(times)} fois le SMIC horaire brut en vigueur",
        "penalite_retard": "",
        "titulaire": facts.contractor,
        "date_notification": _day(facts.notified_on),
        "date_debut": _day(facts.starts_on),
        "date_fin": _day(facts.ends_on),
        "date_reunion": "",
        "financement": "",
        "duree_convention": "",
    }


def _lot(lot: TextLot) -> dict[str, str]:
    return {
        "numero": lot.number,
        "intitule": lot.title,
        "montant": "" if lot.amount_ht is None else french(f"{format_euros(lot.amount_ht)} HT"),
        "volume": lot.volume,
        "calcul": lot.arithmetic,
        "titulaire": lot.contractor,
    }


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
