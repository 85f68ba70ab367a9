"""Where each person stands: the check that counts today, in the words of the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.kernel.prepared import Among, prepared
from clausette.participants.enums import CheckState
from clausette.participants.models import EligibilityCheck, Participant
from clausette.participants.queries.visibility import checks_visible_to, own_checks
from clausette.participants.rules import state_on

PENDING = (CheckState.PROPOSED, CheckState.IN_REVIEW, CheckState.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class Standing:
    """The last check of a person, as it stands on the day asked (`on`). Its dates are never merged."""

    check_uid: UUID | None = None
    state: str = ""
    decided_on: date | None = None
    hire_before: date | None = None
    pass_ends_on: date | None = None
    contract_id: int | None = None
    on: date = date.min

    @property
    def open_for_hire(self) -> bool:
        """Whether any hiring may rest on the decision on the day asked."""
        return (
            self.state == CheckState.ELIGIBLE and self.hire_before is not None and self.on <= self.hire_before
        )

    @property
    def open_for_siae(self) -> bool:
        """Whether a hiring in an SIAE may rest on the PASS IAE on the day asked."""
        return (
            self.state == CheckState.ELIGIBLE
            and self.pass_ends_on is not None
            and self.on <= self.pass_ends_on
        )

    @property
    def opens(self) -> bool:
        """Whether some hiring may rest on the decision on the day asked."""
        return self.open_for_hire or self.open_for_siae

    @property
    def until(self) -> date | None:
        """Last day of a hiring that may rest on the decision; in an SIAE only, the PASS IAE once it is alone."""
        if self.open_for_hire:
            return self.hire_before
        return self.pass_ends_on if self.open_for_siae else None

    def covered(self, hired_on: date) -> bool:
        """Whether a hiring on `hired_on` was within the dates of the decision."""
        if self.state != CheckState.ELIGIBLE or self.decided_on is None or self.hire_before is None:
            return False
        return self.decided_on <= hired_on <= max(self.hire_before, self.pass_ends_on or self.hire_before)

    @property
    def word(self) -> str:
        """« validé », « à vérifier »… for a badge."""
        if not self.state:
            return "à vérifier"
        state = self.state_on
        return "validé" if state == CheckState.ELIGIBLE else state.label.lower()

    @property
    def state_on(self) -> CheckState:
        """The state on the day asked: « délai d'embauche dépassé » is never written in the base."""
        return state_on(
            CheckState(self.state), hire_before=self.hire_before, pass_ends_on=self.pass_ends_on, on=self.on
        )

    @property
    def tone(self) -> str:
        """Tone of the badge."""
        if self.state in (CheckState.ELIGIBLE, CheckState.EXPIRED):
            return "ok" if self.opens else "warn"
        return "danger" if self.state == CheckState.NOT_ELIGIBLE else "wait"

    @property
    def sentence(self) -> str:
        """« validé jusqu'au 3 mars 2027 », for those who follow the person; see `told_to_firms`."""
        if self.open_for_hire and self.hire_before:
            return f"validé jusqu'au {format_date(self.hire_before)}"
        if self.open_for_siae and self.pass_ends_on:
            return f"validé dans une SIAE jusqu'au {format_date(self.pass_ends_on)}"
        return self.word

    @property
    def told_to_firms(self) -> str:
        """All that a party of the contract reads: a yes and its date, nothing that lets guess a reason.

        That only an SIAE may still hire says that the person has a PASS IAE: that is a reason (RELIABILITY §4.2).
        """
        if self.open_for_siae and not self.open_for_hire:
            return "à confirmer avec le facilitateur"
        return self.sentence

    def told_of_hired(self, hired_on: date | None) -> str:
        """The same of somebody at work: hired within the dates of the decision, a person stays validated."""
        covered = not self.open_for_hire and hired_on is not None and self.covered(hired_on)
        return "validé à l'embauche" if covered else self.told_to_firms


NOTHING = Standing()


def last_check(actor: Actor, what: str = "pk") -> Subquery:
    """Number (or another column) of the last check not withdrawn of each person of a query on participants."""
    rows = checks_visible_to(actor).filter(participant_id=OuterRef("pk")).exclude(state=CheckState.WITHDRAWN)
    return Subquery(rows.order_by("-asked_on", "-id").values(what)[:1])


@prepared
def _checks(actor: Actor, participant_ids: list[int]) -> QuerySet[EligibilityCheck]:
    rows = checks_visible_to(actor).filter(Among("participant_id", participant_ids))
    return rows.exclude(state=CheckState.WITHDRAWN).order_by("asked_on", "id")


def eligibility_of(*, actor: Actor, participant_ids: Iterable[int], on: date) -> dict[int, Standing]:
    """Return where these persons stand on `on`, by participant id; those never checked are `NOTHING`. One query."""
    ids = set(participant_ids)
    found: dict[int, Standing] = dict.fromkeys(ids, NOTHING)
    for row in _checks(actor, list(ids)):
        found[row.participant_id] = Standing(
            row.uid, row.state, row.decided_on, row.hire_before, row.pass_ends_on, row.contract_id, on
        )
    return found


def with_check(rows: QuerySet[Participant], actor: Actor, wanted: str, on: date) -> QuerySet[Participant]:
    """Keep the persons by their last check: a_verifier, a_completer, valides, depasses or non_eligibles."""
    last = rows.annotate(last_check=last_check(actor))
    checks = checks_visible_to(actor)
    open_ones = checks.filter(Q(hire_before__gte=on) | Q(pass_ends_on__gte=on), state=CheckState.ELIGIBLE)
    if wanted == "a_verifier":
        # the state of that one check: a list of all the pending ones would read the whole table
        never = Value(str(PENDING[0]))
        # few have a check of ours that waits, or none of ours at all: only theirs are then compared with the last one
        ours = own_checks(actor).order_by()
        told = ours.exclude(state=CheckState.WITHDRAWN).values("participant_id")
        waits = ours.filter(state__in=PENDING).values("participant_id")
        few = last.filter(Q(pk__in=waits) | ~Q(pk__in=told))
        state = Coalesce(last_check(actor, "state"), never)
        return few.annotate(last_state=state).filter(last_state__in=PENDING)
    if wanted == "a_completer":
        return last.filter(last_check__in=checks.filter(state=CheckState.INCOMPLETE).values("pk"))
    if wanted == "valides":
        return last.filter(last_check__in=open_ones.values("pk"))
    if wanted == "depasses":
        eligible = checks.filter(state__in=(CheckState.ELIGIBLE, CheckState.EXPIRED)).values("pk")
        return last.filter(last_check__in=eligible).exclude(last_check__in=open_ones.values("pk"))
    if wanted == "non_eligibles":
        return last.filter(last_check__in=checks.filter(state=CheckState.NOT_ELIGIBLE).values("pk"))
    return rows
