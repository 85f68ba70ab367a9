"""Pieces joined to a referral: what may be sent, and what a decision makes of them. Pure.

Sources: those of `rules.evidence` (GDPR art. 5 and 9). Sending is not keeping: a paper is sent to be seen by who
decides, then destroyed unless the structure chose to keep this kind for this funding. A health paper is not even sent.
"""

from collections.abc import Collection, Iterable
from datetime import date

from clausette.kernel.errors import WrongState
from clausette.participants.enums import EvidenceKind, Funding
from clausette.participants.enums import PieceState as S
from clausette.participants.rules.evidence import HEALTH, kind_of, refusal_to_keep
from clausette.reference.facts.publics import PublicRow

PIECES: dict[S, frozenset[S]] = {
    S.JOINED: frozenset({S.HANDED, S.DESTROYED}),
    S.HANDED: frozenset({S.KEPT, S.SEEN, S.DESTROYED}),
    S.KEPT: frozenset({S.DESTROYED}),
    S.SEEN: frozenset({S.DESTROYED}),
    S.DESTROYED: frozenset(),
}
MOST = 10
"""Pieces of one referral that are there at once (practice)."""
TOO_MANY = f"{MOST} pièces au plus pour une proposition : retirez-en une d'abord."


def check_piece(current: S, wanted: S) -> None:
    """Raise WrongState, with both words, when the transition is not in the table."""
    if wanted not in PIECES[current]:
        told = f"Une pièce « {current.label.lower()} » ne peut plus devenir « {wanted.label.lower()} »."
        raise WrongState(told, "state")


def may_send(kind: EvidenceKind) -> bool:
    """Whether the file of such a paper may leave the prescriber: never for health."""
    return kind not in HEALTH


def refusal_of_date(dated_on: date, *, born_on: date | None, on: date) -> str:
    """Say why this cannot be the date written on a paper; "" when it can. `on`: the day it is joined."""
    if dated_on > on:
        return "Cette pièce est datée de demain ou plus tard : donnez la date écrite dessus."
    if born_on is not None and dated_on < born_on:
        return "Cette pièce est datée d'avant la naissance de la personne."
    return ""


def fate_at_decision(
    kind: EvidenceKind | None,
    *,
    eligible: bool,
    funding: Funding,
    kept: Collection[tuple[EvidenceKind, Funding]],
    publics: Iterable[PublicRow],
) -> S:
    """Return what a decision makes of a piece: KEPT or SEEN.

    `kind`: None when it cannot be read any more. `publics`: those of the decision; a private one forbids to keep what
    proves it. `kept`: what the structure chose to keep. An unfavourable decision keeps nothing.
    """
    if not eligible or kind is None or not may_send(kind) or (kind, funding) not in kept:
        return S.SEEN
    proven = [public for public in publics if kind_of(public.code) == kind]
    return S.SEEN if any(refusal_to_keep(public, funding, kept) for public in proven) else S.KEPT
