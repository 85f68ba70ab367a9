"""Surplus of an engagement carried over to another one: who may receive it, and how much (MODEL §2, §3).

Source: usage of the network (reference of the trade, §2.5): « excédent reportable sur un autre marché du même
titulaire, même donneur d'ordre, si accord ; sinon perdu ». Hours, to the hundredth.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.rules.valuing import Valued
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date, format_hours
from clausette.kernel.months import first_day

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Receiving:
    """What the receiving engagement says. `rule`: in force on the month; `due`: hours due firm at term, None without
    figure; `carried`: hours that other acts already carried there; `firm`, `buyer`: opaque keys."""

    firm: int
    buyer: int
    starts_on: date
    ends_on: date
    due: Decimal | None
    rule: Valued | None = None
    carried: Decimal = ZERO

    @property
    def most(self) -> Decimal | None:
        """Hours of surplus that it takes in all; None when it takes none, or when nothing bounds them."""
        if self.rule is None or not self.rule.admitted or self.due is None:
            return None
        return self.rule.most(self.due)

    @property
    def left(self) -> Decimal:
        """Hours that it may still receive."""
        return max(ZERO, (self.most or ZERO) - self.carried)


@dataclass(frozen=True, slots=True)
class Giving:
    """The engagement that gives. `due`: hours due firm at term, None without figure; they stay there."""

    firm: int
    buyer: int
    due: Decimal | None
    settled_on: date | None
    provisional: bool = False


def check_carried(giving: Giving, receiving: Receiving, hours: Decimal, on: date) -> None:
    """Refuse hours that cannot be carried from `on`, at their field. Raises Invalid."""
    errors = _givers_wrong(giving) | _pair_wrong(giving, receiving)
    if "to" not in errors:
        errors |= _rule_wrong(receiving, hours, on)
    if hours <= 0:
        errors["hours"] = "Indiquez les heures à reporter."
    if errors:
        raise Invalid(errors)


def _givers_wrong(giving: Giving) -> dict[str, str]:
    if giving.due is None:
        return {"hours": "Cet engagement n'a pas d'heures dues : il n'a pas de surplus."}
    if giving.settled_on is None:
        return {"hours": "Soldez d'abord cet engagement : son surplus n'est connu qu'une fois fini."}
    if giving.provisional:
        return {"hours": "Les heures dues sont provisoires : déclarez d'abord les heures travaillées."}
    return {}


def _pair_wrong(giving: Giving, receiving: Receiving) -> dict[str, str]:
    if giving.firm != receiving.firm:
        return {"to": "Un surplus se reporte sur un engagement du même titulaire."}
    if giving.buyer != receiving.buyer:
        return {"to": "Un surplus se reporte sur un engagement pris envers le même maître d'ouvrage."}
    if receiving.due is None:
        return {"to": "Cet engagement n'a pas d'heures dues : il ne reçoit pas de surplus."}
    return {}


def _rule_wrong(receiving: Receiving, hours: Decimal, on: date) -> dict[str, str]:
    if first_day(on) < first_day(receiving.starts_on) or on > receiving.ends_on:
        dates = f"du {format_date(receiving.starts_on)} au {format_date(receiving.ends_on)}"
        return {"starts_on": f"L'engagement qui reçoit court {dates}."}
    if receiving.rule is None or not receiving.rule.admitted:
        said = "refuse le report du surplus" if receiving.rule else "ne dit pas qu'il admet un surplus"
        return {"to": f"Au {format_date(on)}, cet engagement {said} : écrivez d'abord sa règle de valorisation."}
    if hours > receiving.left:
        most, left = format_hours(receiving.most or ZERO), format_hours(receiving.left)
        return {"hours": f"Cet engagement admet {most} de surplus en tout : il en reste {left} à recevoir."}
    return {}
