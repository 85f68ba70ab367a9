"""Where each person stands: the check that counts today, in the words of the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.participants.enums import CheckState
from clausette.participants.models import Participant
from clausette.participants.queries.visibility import checks_visible_to

PENDING = (CheckState.PROPOSED, CheckState.IN_REVIEW, CheckState.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class Standing:
    """The last check of a person. `until`: last day of a hiring that may rest on it today, None when none may."""

    check_uid: UUID | None = None
    state: str = ""
    decided_on: date | None = None
    hire_before: date | None = None
    pass_ends_on: date | None = None
    contract_id: int | None = None
    until: date | None = None

    @property
    def word(self) -> str:
        """« validé », « à vérifier »… for a badge."""
        if not self.state:
            return "à vérifier"
        if self.state == CheckState.ELIGIBLE:
            return "validé" if self.until else "délai d'embauche dépassé"
        return CheckState(self.state).label.lower()

    @property
    def tone(self) -> str:
        """Tone of the badge."""
        if self.state == CheckState.ELIGIBLE:
            return "ok" if self.until else "warn"
        return "danger" if self.state == CheckState.NOT_ELIGIBLE else "wait"

    @property
    def sentence(self) -> str:
        """« validé jusqu'au 3 mars 2027 »: all that a firm reads."""
        return f"validé jusqu'au {format_date(self.until)}" if self.until else self.word


NOTHING = Standing()


def last_check(actor: Actor) -> Subquery:
    """Number of the last check not withdrawn of each person of a query on participants."""
    rows = checks_visible_to(actor).filter(participant_id=OuterRef("pk")).exclude(state=CheckState.WITHDRAWN)
    return Subquery(rows.order_by("-asked_on", "-id").values("pk")[:1])


def _until(before: date | None, pass_end: date | None, on: date) -> date | None:
    """The later of the two dates that still runs: a PASS IAE goes on serving in an SIAE."""
    return max((day for day in (before, pass_end) if day is not None and day >= on), default=None)


def eligibility_of(*, actor: Actor, participant_ids: Iterable[int], on: date) -> dict[int, Standing]:
    """Return where these persons stand on `on`, by participant id; those never checked are `NOTHING`. One query."""
    ids = set(participant_ids)
    rows = checks_visible_to(actor).filter(participant_id__in=ids).exclude(state=CheckState.WITHDRAWN)
    found: dict[int, Standing] = dict.fromkeys(ids, NOTHING)
    for row in rows.order_by("asked_on", "id"):
        eligible = row.state == CheckState.ELIGIBLE
        found[row.participant_id] = Standing(
            check_uid=row.uid,
            state=row.state,
            decided_on=row.decided_on,
            hire_before=row.hire_before,
            pass_ends_on=row.pass_ends_on,
            contract_id=row.contract_id,
            until=_until(row.hire_before, row.pass_ends_on, on) if eligible else None,
        )
    return found


def with_check(rows: QuerySet[Participant], actor: Actor, wanted: str, on: date) -> QuerySet[Participant]:
    """Keep the persons whose last check is « a_verifier », « valides », « depasses » or « non_eligibles »."""
    last = rows.annotate(last_check=last_check(actor))
    checks = checks_visible_to(actor)
    open_ones = checks.filter(Q(hire_before__gte=on) | Q(pass_ends_on__gte=on), state=CheckState.ELIGIBLE)
    if wanted == "a_verifier":
        pending = checks.filter(state__in=PENDING).values("pk")
        return last.filter(Q(last_check=None) | Q(last_check__in=pending))
    if wanted == "valides":
        return last.filter(last_check__in=open_ones.values("pk"))
    if wanted == "depasses":
        eligible = checks.filter(state__in=(CheckState.ELIGIBLE, CheckState.EXPIRED)).values("pk")
        return last.filter(last_check__in=eligible).exclude(last_check__in=open_ones.values("pk"))
    if wanted == "non_eligibles":
        return last.filter(last_check__in=checks.filter(state=CheckState.NOT_ELIGIBLE).values("pk"))
    return rows
