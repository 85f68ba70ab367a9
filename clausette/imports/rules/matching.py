"""Is a published record the purchase that a study, or a contract before its award, waits for? The person decides.

Trade practice: the same buyer (nine digits of the SIRET), then the number, or at least two of three that agree and none
that contradicts: CPV, amount, date. An estimate and an award differ: 30 % is close.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clausette.kernel.french import format_euros, format_short_date
from clausette.procurement.rules import normal_number

SIREN_DIGITS = 9
FAMILY_DIGITS, DIVISION_DIGITS = 4, 2
CLOSE = Decimal("0.30")
LONGEST_AWARD = timedelta(days=540)
"""From the consultation to the notification: beyond, another purchase."""
NUMBER, ALIKE = 10, 2


@dataclass(frozen=True, slots=True)
class Described:
    """What identifies a purchase. « » and None: not known. `on`: the notification of a record, the day the
    consultation is engaged of what waits. `amount_ht` in euros without tax."""

    buyer_siret: str
    number: str = ""
    cpv: str = ""
    amount_ht: Decimal | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """How alike they are (the greater the surer), and why, in French."""

    score: int
    reasons: tuple[str, ...]


def match(record: Described, awaited: Described) -> Match | None:
    """Return why a record may be the purchase awaited, None when it may not."""
    if not awaited.buyer_siret or record.buyer_siret[:SIREN_DIGITS] != awaited.buyer_siret[:SIREN_DIGITS]:
        return None
    buyer = "même acheteur" if record.buyer_siret == awaited.buyer_siret else "même acheteur, autre établissement"
    if awaited.number and normal_number(awaited.number) == normal_number(record.number):
        return Match(NUMBER, (buyer, f"même numéro, {record.number}"))
    signs = (_cpv(record, awaited), _amount(record, awaited), _date(record, awaited))
    agreeing = tuple(sign for sign in signs if sign)
    if "" in signs or len(agreeing) < ALIKE:
        return None
    return Match(len(agreeing), (buyer, *agreeing))


def _cpv(record: Described, awaited: Described) -> str | None:
    """The reason when they agree, « » when they contradict each other, None when one is not known."""
    one, other = record.cpv, awaited.cpv
    if not one or not other:
        return None
    if one[:FAMILY_DIGITS] == other[:FAMILY_DIGITS]:
        return f"CPV de la même famille, {one}"
    return None if one[:DIVISION_DIGITS] == other[:DIVISION_DIGITS] else ""


def _amount(record: Described, awaited: Described) -> str | None:
    one, other = record.amount_ht, awaited.amount_ht
    if not one or not other:
        return None
    if abs(one - other) > CLOSE * max(one, other):
        return ""
    return f"montant proche, {format_euros(one)} pour {format_euros(other)} étudiés"


def _date(record: Described, awaited: Described) -> str | None:
    if record.on is None or awaited.on is None:
        return None
    if not awaited.on <= record.on <= awaited.on + LONGEST_AWARD:
        return ""
    return f"notifié le {format_short_date(record.on)}, après la consultation du {format_short_date(awaited.on)}"
