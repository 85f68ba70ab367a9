"""Life of a procurement contract: the table of transitions (MODEL §1, trade practice)."""

from clausette.kernel.errors import WrongState
from clausette.procurement.enums import ContractState as S
from clausette.procurement.enums import TerminationReason

# A record typed early may learn from an official file that it was notified: NOTIFIED is reachable from all
# earlier states. A fruitless or abandoned contract is relaunched as a new record linked to it.
TRANSITIONS: dict[S, frozenset[S]] = {
    S.TO_STUDY: frozenset({S.STUDIED_WITHOUT_CLAUSE, S.CLAUSE_PROPOSED, S.NOTIFIED, S.ABANDONED}),
    S.STUDIED_WITHOUT_CLAUSE: frozenset(
        {S.TO_STUDY, S.CLAUSE_PROPOSED, S.PUBLISHED, S.AWARDED, S.NOTIFIED, S.ABANDONED}
    ),
    S.CLAUSE_PROPOSED: frozenset({S.STUDIED_WITHOUT_CLAUSE, S.IN_TENDER_DOCUMENTS, S.NOTIFIED, S.ABANDONED}),
    S.IN_TENDER_DOCUMENTS: frozenset({S.CLAUSE_PROPOSED, S.PUBLISHED, S.NOTIFIED, S.ABANDONED}),
    S.PUBLISHED: frozenset({S.AWARDED, S.NOTIFIED, S.FRUITLESS, S.ABANDONED}),
    S.AWARDED: frozenset({S.NOTIFIED, S.ABANDONED}),
    S.NOTIFIED: frozenset({S.RUNNING, S.SUSPENDED, S.TERMINATED, S.TRANSFERRED}),
    S.RUNNING: frozenset({S.SUSPENDED, S.SETTLED, S.TERMINATED, S.TRANSFERRED}),
    S.SUSPENDED: frozenset({S.RUNNING, S.SETTLED, S.TERMINATED, S.TRANSFERRED}),
    S.SETTLED: frozenset({S.RUNNING, S.CLOSED}),
    S.TERMINATED: frozenset({S.SETTLED, S.CLOSED}),
    # Changed hands and goes on: all that « en cours » may become.
    S.TRANSFERRED: frozenset({S.SUSPENDED, S.SETTLED, S.TERMINATED}),
    S.CLOSED: frozenset({S.SETTLED}),
    S.FRUITLESS: frozenset(),
    S.ABANDONED: frozenset(),
}


def allowed(current: S, wanted: S) -> bool:
    """Say whether a contract may go from `current` to `wanted`."""
    return wanted in TRANSITIONS[current]


def next_states(current: S) -> list[S]:
    """Return the states open from `current`, in the order of the life of a contract."""
    return [state for state in S if state in TRANSITIONS[current]]


def check_transition(current: S, wanted: S) -> None:
    """Raise WrongState, with both words, when the transition is not in the table."""
    if not allowed(current, wanted):
        raise WrongState(f"Un marché « {current.label} » ne peut pas passer à « {wanted.label} ».", "state")


# Leaving the usual road asks for a sentence that the file of the contract will keep (trade practice).
NEEDS_REASON = frozenset({S.SUSPENDED, S.TERMINATED, S.TRANSFERRED, S.FRUITLESS, S.ABANDONED, S.STUDIED_WITHOUT_CLAUSE})
# Going back on what was closed asks for one too.
REOPENINGS = frozenset({(S.SETTLED, S.RUNNING), (S.CLOSED, S.SETTLED)})
RELAUNCHED = frozenset({S.FRUITLESS, S.ABANDONED})


def needs_reason(current: S, wanted: S) -> bool:
    """Say whether this move asks for a reason."""
    return wanted in NEEDS_REASON or (current, wanted) in REOPENINGS


def missing_to_move(current: S, wanted: S, *, reason: str, motive: TerminationReason | None) -> dict[str, str]:
    """Return what this move still asks for: field → sentence. A termination has a cause, besides its reason."""
    missing: dict[str, str] = {}
    if needs_reason(current, wanted) and not reason:
        reopened = (current, wanted) in REOPENINGS
        told = "est rouvert" if reopened else f"devient « {wanted.label} »"
        missing["reason"] = f"Donnez le motif : le marché {told}."
    if wanted == S.TERMINATED and motive is None:
        missing["motive"] = "Choisissez la cause de la résiliation."
    if wanted != S.TERMINATED and motive is not None:
        missing["motive"] = "Seule une résiliation a une cause."
    return missing
