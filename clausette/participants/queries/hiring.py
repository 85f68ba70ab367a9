"""May a hiring rest on a decision? The dates of MODEL §4, never merged."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.kernel.prepared import Among, prepared
from clausette.participants.enums import CheckState
from clausette.participants.models import EligibilityCheck
from clausette.participants.queries.visibility import checks_visible_to, moves_visible_to
from clausette.participants.rules import Move, moved_until

NO_DECISION = "Aucune décision favorable."
FIRST_OF_ALL = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Decided:
    """The dates of one favourable decision. `contract_id`: the only contract it is good for (None: all)."""

    participant_id: int
    decided_on: date
    hire_before: date
    pass_ends_on: date | None
    contract_id: int | None
    moves: tuple[Move, ...] = ()
    """What puts off the end of the hours of the person: the same for each decision of theirs."""

    def opens(self, hired_on: date, *, siae: bool) -> str:
        """Return « » when a first hiring may rest on it, else why not. With a PASS IAE, an SIAE asks nothing more."""
        if hired_on < self.decided_on:
            return f"Personne validée après son entrée : décision du {format_date(self.decided_on)}."
        if self.pass_ends_on is not None and hired_on > self.pass_ends_on:
            return f"Le PASS IAE a pris fin le {format_date(self.pass_ends_on)}."
        if self.pass_ends_on is not None and siae:
            return ""
        if hired_on > self.hire_before:
            return f"La décision valait pour une embauche jusqu'au {format_date(self.hire_before)}."
        return ""


@dataclass(frozen=True, slots=True)
class Hire:
    """One hiring to judge. `siae`: the employer is an SIAE; `contract_ids`: contracts worked on, if known."""

    participant_id: int
    hired_on: date
    siae: bool = False
    contract_ids: frozenset[int] = frozenset()


def refusal(
    decisions: Sequence[Decided], hire: Hire, others: Iterable[Hire] = (), *, months: int = 24
) -> str:
    """Return « » when the hiring rests on one of the decisions of the person, else the French reason.

    `others`: all known hirings of the person: a first one in time opens the path, the next ones rest on it for
    `months` (dated parameter, 24).
    """
    reason = NO_DECISION
    for decided in sorted(decisions, key=lambda d: d.decided_on):
        if (
            decided.contract_id is not None
            and hire.contract_ids
            and decided.contract_id not in hire.contract_ids
        ):
            continue
        reason = _told(reason, decided.opens(hire.hired_on, siae=hire.siae))
        if not reason or _on_open_path(decided, hire, others, months):
            return ""
    return reason


def _told(before: str, now: str) -> str:
    """The reason of the last decision taken before the hiring says more than « validated after »."""
    return before if before != NO_DECISION and now.startswith("Personne validée") else now


def _on_open_path(decided: Decided, hire: Hire, others: Iterable[Hire], months: int) -> bool:
    opening = [h.hired_on for h in others if not decided.opens(h.hired_on, siae=h.siae)]
    first = min(opening, default=None)
    return first is not None and first <= hire.hired_on <= moved_until(first, decided.moves, months=months)


@prepared
def _favourable(actor: Actor, participant_ids: list[int]) -> QuerySet[EligibilityCheck, tuple[Any, ...]]:
    checks = checks_visible_to(actor).filter(Among("participant_id", participant_ids))
    rows = checks.filter(state=CheckState.ELIGIBLE).order_by("decided_on", "id")
    return rows.values_list(
        "participant_id", "decided_on", "hire_before", "pass_ends_on", "contract_id", _moves(actor)
    )


def _moves(actor: Actor) -> ArraySubquery:
    """The extensions and suspensions of the person, beside each decision: no reading of their own."""
    rows = moves_visible_to(actor).filter(participant_id=OuterRef("participant_id"), withdrawn_at=None)
    said = JSONObject(starts="starts_on", ends="ends_on", months="months")
    return ArraySubquery(rows.order_by("starts_on", "id").values(said=said))


def _move(said: Mapping[str, Any]) -> Move:
    return Move(
        date.fromisoformat(said["starts"]), date.fromisoformat(said["ends"]) if said["ends"] else None, said["months"]
    )


def decisions_of(*, actor: Actor, participant_ids: Iterable[int]) -> dict[int, list[Decided]]:
    """Return the favourable decisions of these persons, by participant id (one query)."""
    found: dict[int, list[Decided]] = defaultdict(list)
    for person, decided_on, before, pass_end, contract, moves in _favourable(actor, list(set(participant_ids))):
        found[person].append(
            Decided(
                person, decided_on or FIRST_OF_ALL, before or FIRST_OF_ALL, pass_end, contract,
                tuple(_move(one) for one in moves),
            )
        )  # fmt: skip
    return dict(found)


def refusals_at_hire(
    *, actor: Actor, hires: Mapping[int, tuple[int, date]], siae: Collection[int] = (), months: int = 24
) -> dict[int, str]:
    """Return, by key of `hires` (participant id, hired on), « » when a decision covered the hiring, else the reason.

    `siae`: keys whose employer is an SIAE. Hirings of the same person given together see one another. One query.
    """
    asked = {key: Hire(person, on, key in siae) for key, (person, on) in hires.items()}
    decisions = decisions_of(actor=actor, participant_ids=[person for person, _ in hires.values()])
    return judge(decisions, hires=asked, others=asked.values(), months=months)


def judge(
    decisions: Mapping[int, Sequence[Decided]], *, hires: Mapping[int, Hire], others: Iterable[Hire], months: int
) -> dict[int, str]:
    """Return the same for hirings described in full; `others`: every known hiring of these persons."""
    known: dict[int, list[Hire]] = defaultdict(list)
    for hire in others:
        known[hire.participant_id].append(hire)
    return {
        key: refusal(decisions.get(h.participant_id, ()), h, known[h.participant_id], months=months)
        for key, h in hires.items()
    }
