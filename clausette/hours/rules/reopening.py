"""Reopening a validated month: when it may be, who decides, when it takes effect (trade practice, « quatre yeux »)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clausette.hours.enums import ReopeningState, StatementState
from clausette.hours.rules.years import closing_of, reported_in
from clausette.kernel.french import format_date

R = ReopeningState

# A request ends once, and never begins again.
REOPENINGS: dict[R, frozenset[R]] = {
    R.WAITING: frozenset({R.DONE, R.DECLINED, R.CANCELLED, R.LAPSED}),
    R.DONE: frozenset(),
    R.DECLINED: frozenset(),
    R.CANCELLED: frozenset(),
    R.LAPSED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class ReopeningFacts:
    """What a reopening depends on.

    `settled`: « Bâti Ouche, soldé le 3 mars 2026 » for each engagement credited that is settled. `contract_over`: the
    word of the state of a contract that is settled or closed, else "". `globalised`: an act moved hours of the month.
    """

    state: StatementState
    month: date
    settled: tuple[str, ...] = ()
    contract_over: str = ""
    globalised: bool = False


def refusal_to_reopen(facts: ReopeningFacts, on: date, *, closing_month: int) -> str:
    """Return why a month may not be reopened on `on`, « » when it may.

    A year that is closed was reported, a settled engagement was reckoned (and its penalty, if any, notified): neither
    is taken back by reopening. `closing_month`: of the next year (dated parameter).
    """
    if facts.state != StatementState.VALIDATED:
        return "Ce relevé n'est pas validé : il se corrige sans être rouvert."
    told = reported_in(facts.month, on, closing_month=closing_month)
    if told.catch_up:
        closed = format_date(closing_of(facts.month.year, month=closing_month))
        return (
            f"L'année {facts.month.year} est arrêtée depuis le {closed} : ses chiffres sont rendus. Corrigez la ligne, "
            f"l'écart sera compté dans les rattrapages de {told.year}."
        )
    if facts.settled:
        return (
            f"L'engagement est soldé ({' ; '.join(facts.settled)}) : ces heures ont servi au décompte final, et à la "
            "pénalité s'il y en a une. Rouvrez d'abord l'engagement."
        )
    if facts.contract_over:
        return f"Le marché est « {facts.contract_over} » : ses heures ne se rouvrent plus."
    if facts.globalised:
        return (
            "Des heures de ce mois sont créditées à un autre engagement par un acte (globalisation, report du "
            "surplus) : corrigez la ligne à la place."
        )
    return ""


def effective_from(asked_at: datetime, colleagues: int, *, hours: int) -> datetime | None:
    """Return when a request takes effect by itself; None where another facilitator can decide of it.

    `colleagues`: facilitators of the structure other than who asks. `hours`: left to the director (dated parameter).
    """
    return None if colleagues else asked_at + timedelta(hours=hours)
