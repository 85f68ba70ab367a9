"""Eligibility: four dates never merged (MODEL §4, trade practice), life of a check, what a category asks.

The durations are dated parameters; the defaults are those of the network and are passed by the caller.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.months import add_months
from clausette.participants.enums import CheckState as S
from clausette.participants.errors import CategoryNotStored
from clausette.participants.rules.moves import Move, hours_until, moved_until
from clausette.reference.enums import PublicGroup
from clausette.reference.facts.publics import PublicRow

TRANSITIONS: dict[S, frozenset[S]] = {
    S.PROPOSED: frozenset({S.IN_REVIEW, S.INCOMPLETE, S.ELIGIBLE, S.NOT_ELIGIBLE, S.WITHDRAWN}),
    S.IN_REVIEW: frozenset({S.INCOMPLETE, S.ELIGIBLE, S.NOT_ELIGIBLE, S.WITHDRAWN}),
    S.INCOMPLETE: frozenset({S.IN_REVIEW, S.ELIGIBLE, S.NOT_ELIGIBLE, S.WITHDRAWN}),
    # Withdrawn: decided by mistake, with a reason. Expired is never written: it is told by the day (`state_on`).
    S.ELIGIBLE: frozenset({S.WITHDRAWN}),
    # A decision is not rewritten: new facts make a new check.
    S.NOT_ELIGIBLE: frozenset(),
    S.EXPIRED: frozenset(),
    S.WITHDRAWN: frozenset(),
}


def allowed(current: S, wanted: S) -> bool:
    """Say whether a check may go from `current` to `wanted`."""
    return wanted in TRANSITIONS[current]


def check_transition(current: S, wanted: S) -> None:
    """Raise WrongState, with both words, when the transition is not in the table."""
    if not allowed(current, wanted):
        raise WrongState(
            f"Une vérification « {current.label} » ne peut pas passer à « {wanted.label} ».", "state"
        )


def state_on(state: S, *, hire_before: date | None, pass_ends_on: date | None, on: date) -> S:
    """Return a state as it is on a day: a favourable decision on which no hiring may rest any more is expired.

    A rule and not a nightly task: a decision is never rewritten, a page « as of » a day and a restored base say the
    same, and nothing is wrong until the night has run. Only a first hiring expires: hours keep their own limit.
    """
    if state != S.ELIGIBLE:
        return state
    return S.ELIGIBLE if any(day is not None and on <= day for day in (hire_before, pass_ends_on)) else S.EXPIRED


def evidence_fresh(evidence_on: date, decided_on: date, *, months: int | None) -> bool:
    """(a) Say whether a paper of `evidence_on` is fresh on the day of the decision.

    A paper of exactly `months` months is still fresh. None: its age does not matter. A paper dated after the
    decision is never fresh.
    """
    if evidence_on > decided_on:
        return False
    return months is None or decided_on <= add_months(evidence_on, months)


def title_valid(ends_on: date | None, on: date) -> bool:
    """Say whether a title (RQTH, PASS IAE, residence permit) still runs on `on`, its last day included."""
    return ends_on is None or on <= ends_on


def hire_before(decided_on: date, *, months: int = 3) -> date:
    """(b) Return the last day on which a hiring may rest on the decision: « valable pour une embauche
    avant le »."""
    return add_months(decided_on, months)


@dataclass(frozen=True, slots=True)
class Path:
    """A stretch of time in which hours are counted: from the first clause hour to « heures comptées jusqu'au »."""

    first_hour_on: date
    until: date


def paths(
    worked: Iterable[tuple[date, date]],
    decisions: Iterable[date],
    moves: Sequence[Move] = (),
    *,
    months: int = 24,
    hire_months: int = 3,
) -> tuple[Path, ...]:
    """Return the paths of a person, in order; () without any hour (MODEL §4: re-examination at (c) is a new decision).

    `worked`: first and last possible day of each stretch with hours (a month: hours are known by month). `decisions`:
    days of the favourable decisions. The first hour opens a path of `months`; after its end, a new path opens at the
    first hour on which a decision still holds for a hiring (`hire_months`). Nothing restarts a path that runs; `moves`
    put its end off.
    """
    found: list[Path] = []
    taken = sorted(decisions)
    for begins, ends in sorted(worked):
        if not found:
            found.append(Path(begins, moved_until(begins, moves, months=months)))
        elif ends > found[-1].until:
            least = max(begins, found[-1].until + timedelta(days=1))
            held = (on for on in taken if on <= ends and max(least, on) <= hire_before(on, months=hire_months))
            opening = next(held, None)
            if opening is not None:
                first = max(least, opening)
                found.append(Path(first, moved_until(first, moves, months=months)))
    return tuple(found)


def pass_end(starts_on: date, *, days: int = 730, suspended_days: int = 0) -> date:
    """(d) Return the last day of a PASS IAE begun on `starts_on`: 730 days (two years), moved by its
    suspensions."""
    return starts_on + timedelta(days=days + suspended_days - 1)


NO_DECISION = "Aucune décision favorable."
HIRED_BEFORE = "L'embauche est antérieure à la décision."
HIRED_AFTER = "La décision n'était plus valable pour une embauche à cette date."


def hire_refusal(hired_on: date, *, since: date | None, until: date | None) -> str:
    """Return « » when a favourable decision good for hirings from `since` to `until` covers this one, else why not.

    Both included; both None: no decision; one None: not limited on that side.
    """
    if since is None and until is None:
        return NO_DECISION
    if since is not None and hired_on < since:
        return HIRED_BEFORE
    return HIRED_AFTER if until is not None and hired_on > until else ""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What a decision says, to know whether a hiring may rest on it."""

    state: S
    decided_on: date | None
    first_hour_on: date | None = None
    title_ends_on: date | None = None


def eligible_for(
    check: CheckFacts, hired_on: date, *, hire_months: int = 3, validity_months: int = 24
) -> tuple[bool, str]:
    """Say whether a hiring on `hired_on` may rest on `check`, with the French reason when it may not.

    Once the first hour is done, later hirings rest on the open path until « heures comptées jusqu'au ».
    """
    if check.state != S.ELIGIBLE or check.decided_on is None:
        return False, NO_DECISION
    if hired_on < check.decided_on:
        return False, HIRED_BEFORE
    if check.first_hour_on is not None:
        if hired_on > hours_until(check.first_hour_on, months=validity_months):
            return False, "Les heures ne sont plus comptées à cette date : un réexamen est nécessaire."
        return True, ""
    if hired_on > hire_before(check.decided_on, months=hire_months):
        return False, HIRED_AFTER
    if not title_valid(check.title_ends_on, hired_on):
        return False, "Le titre présenté n'était plus valable à l'embauche."
    return True, ""


def age_at(born_on: date, on: date) -> int:
    """Return the age in whole years on `on`; born on 29 February, the birthday of other years is 1 March.

    Raises ValueError when `on` precedes the birth.
    """
    if on < born_on:
        raise ValueError("La date de naissance est dans le futur.")
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def is_under(born_on: date, on: date, *, years: int = 26) -> bool:
    """Say whether the person has not reached `years` on `on` (« moins de 26 ans »)."""
    return age_at(born_on, on) < years


def demand_storable(category: PublicRow) -> None:
    """Raise CategoryNotStored for a category that may not be written for a person (art. 10 GDPR)."""
    if not category.stored:
        raise CategoryNotStored(
            "Cette situation ne s'enregistre pas : choisissez « Difficultés particulières, avis motivé ».",
            "category",
        )


def demand_admitted(
    category: PublicRow, *, options: Collection[str], admitted: Collection[str] | None
) -> None:
    """Raise Invalid when the public retenu is admitted neither by the engagements of the contract nor as an option.

    `options`: publics « sur option » of the structure. `admitted`: those of the engagements, None when unsaid.
    """
    if admitted is not None:
        if category.code not in admitted:
            raise Invalid({"category": "L'engagement de ce marché n'admet pas ce public : choisissez-en un autre."})
    elif category.group == PublicGroup.B_OPTION and category.code not in options:
        raise Invalid(
            {"category": "Ce public est sur option, et votre structure ne l'admet pas : voyez « Publics sur option »."}
        )


def demand_new_job(*, already_employed: bool | None, reason: str) -> None:
    """Raise Invalid when the person works for the firm already and nothing says why she is accepted all the same."""
    if already_employed and not reason.strip():
        raise Invalid(
            {"employed_reason": "Elle est déjà salariée de l'entreprise : dites pourquoi l'accepter tout de même."}
        )


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What was typed before deciding: dates on the papers, who seen, and by whom proposed."""

    evidence_on: date | None
    evidence_seen: bool
    title_ends_on: date | None
    born_on: date | None
    prescriber_opinion: bool


def missing_to_decide(category: PublicRow, facts: PaperFacts, decided_on: date) -> list[str]:
    """Return, in French, what a favourable decision on `decided_on` still needs for this category; [] when
    nothing."""
    missing: list[str] = []
    if not facts.evidence_seen:
        missing.append(f"Pièce à voir : {category.evidence}.")
    if category.evidence_months is not None:
        missing.extend(_freshness(category.evidence_months, facts.evidence_on, decided_on))
    if category.title_ends:
        missing.extend(_title_facts(facts.title_ends_on, decided_on))
    missing.extend(_age_facts(category.code, facts.born_on, decided_on))
    if category.code == "AVIS_MOTIVE" and not facts.prescriber_opinion:
        missing.append("L'avis motivé d'un prescripteur est nécessaire.")
    return missing


def _freshness(months: int, evidence_on: date | None, decided_on: date) -> list[str]:
    if evidence_on is None:
        return ["Donnez la date de la pièce."]
    if evidence_on > decided_on:
        return ["La pièce est datée d'après la décision."]
    if not evidence_fresh(evidence_on, decided_on, months=months):
        return [f"La pièce a plus de {months} mois."]
    return []


def _title_facts(ends_on: date | None, decided_on: date) -> list[str]:
    if ends_on is None:
        return ["Donnez la date de fin du titre."]
    return [] if title_valid(ends_on, decided_on) else ["Le titre n'est plus valable."]


def _age_facts(code: str, born_on: date | None, decided_on: date) -> list[str]:
    if code not in {"JEUNE_SQ", "JEUNE_DIPL", "JEUNE_ACC", "SENIOR"}:
        return []
    if born_on is None or born_on > decided_on:
        return ["Donnez la date de naissance."]
    age = age_at(born_on, decided_on)
    if code == "SENIOR":
        return [] if age >= 50 else [f"La personne a {age} ans : il en faut 50."]
    return [] if age < 26 or code == "JEUNE_ACC" else [f"La personne a {age} ans : il faut moins de 26 ans."]
