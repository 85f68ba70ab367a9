"""Life of a referral, who may be named as its prescriber, and the time an answer takes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from clausette.kernel.errors import WrongState
from clausette.participants.enums import PrescriberKind as K
from clausette.participants.enums import ReferralState as S

REFERRALS: dict[S, frozenset[S]] = {
    S.PROPOSED: frozenset({S.IN_REVIEW, S.RETURNED, S.ACCEPTED, S.REFUSED, S.WITHDRAWN}),
    S.IN_REVIEW: frozenset({S.RETURNED, S.ACCEPTED, S.REFUSED, S.WITHDRAWN}),
    # Completed by the prescriber, it is sent again.
    S.RETURNED: frozenset({S.PROPOSED, S.WITHDRAWN}),
    S.ACCEPTED: frozenset(),
    S.REFUSED: frozenset(),
    S.WITHDRAWN: frozenset(),
}

# Kinds whose name tells of a measure of justice, of care or of protection: the plateforme de l'inclusion does not
# transmit them either (les-emplois, `PrescriberOrganizationKind`).
SENSITIVE = frozenset({K.ASE, K.CAARUD, K.CIDFF, K.CSAPA, K.PENSION, K.PJJ, K.PREVENTION, K.SPIP})
AUTHORISED_BODY = "organisme habilité"


def check_referral(current: S, wanted: S) -> None:
    """Raise WrongState, with both words, when the transition is not in the table."""
    if wanted not in REFERRALS[current]:
        raise WrongState(
            f"Une orientation « {current.label.lower()} » ne peut plus devenir « {wanted.label.lower()} ».", "state"
        )


def shown_name(name: str, *, in_charge: bool, itself: bool, discreet: bool = False) -> str:
    """Return how the prescriber of a person is named to a reader; « » stays « ».

    `in_charge`: the reader is the structure that follows the person; `itself`: the prescriber. All the others read
    the same two words whatever its kind: a mask worn by the sensitive kinds alone would name them. `discreet`: in the
    lists of the structure in charge, for a sensitive kind: its name is on the page of the person only.
    """
    return name if not name or itself or (in_charge and not discreet) else AUTHORISED_BODY


def by_whom(shown: str) -> str:
    """Return what follows « par »: « Mission locale du Lys », « un organisme habilité »."""
    return f"un {shown}" if shown == AUTHORISED_BODY else shown


@dataclass(frozen=True, slots=True)
class Wait:
    """A referral handed over on `sent_on`, answered (accepted, refused, returned) on `answered_on` or not yet."""

    sent_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Days. `typical`: median of the answers given (None: none yet); `oldest`: of what waits (None: nothing waits)."""

    typical: int | None
    oldest: int | None
    waiting: int


def answer_times(waits: Iterable[Wait], on: date) -> AnswerTimes:
    """Return the time that answers take, in civil days; the median of an even number is rounded up."""
    every = list(waits)
    given = [(one.answered_on - one.sent_on).days for one in every if one.answered_on is not None]
    open_ = [(on - one.sent_on).days for one in every if one.answered_on is None]
    return AnswerTimes(-int(-median(given) // 1) if given else None, max(open_, default=None), len(open_))
