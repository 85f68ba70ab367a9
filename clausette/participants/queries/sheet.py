"""Lists, the sheet of one person, and the compartment of reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision, demand
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_date
from clausette.kernel.prepared import Among, prepared
from clausette.participants.enums import CheckState, Sex
from clausette.participants.models import EligibilityCheck, Participant
from clausette.participants.permissions import can_follow, can_read_reasons
from clausette.participants.queries.eligibility import Standing, eligibility_of, with_check
from clausette.participants.queries.reasons import opened
from clausette.participants.queries.seeking import born_on, numbers_sought
from clausette.participants.queries.visibility import (
    Referrer,
    checks_visible_to,
    contacts_visible_to,
    may_read_reasons,
    participant_key,
    participants_visible_to,
    reasons_visible_to,
    referrer,
)
from clausette.participants.rules import shown_name, state_on
from clausette.participants.rules.seeking import asked_of
from clausette.reference.queries import categories

PAGE = 50


@dataclass(frozen=True, slots=True)
class ParticipantFilters:
    """What the list is restricted to. `words`: parts of a name, a date of birth (see `asked_of`).

    `check`: a_verifier, a_completer, valides, depasses, non_eligibles.
    """

    words: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """One person of the list."""

    id: int
    uid: UUID
    first_name: str
    last_name: str
    birth_date: date
    commune_name: str
    owner_org_id: int
    referred_by_name: str
    referred_on: date | None
    standing: Standing

    @property
    def name(self) -> str:
        """« Lemaire David »: what the list is sorted by."""
        return f"{self.last_name} {self.first_name}"


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """Lines of one page, and how many there are in all."""

    rows: tuple[ParticipantLine, ...]
    total: int


def filtered_participants(*, actor: Actor, filters: ParticipantFilters, on: date) -> QuerySet[Participant]:
    """Return the visible persons that answer the filters, by name: lent to the rooms above."""
    rows, asked = participants_visible_to(actor), asked_of(filters.words)
    for word in asked.words:
        rows = rows.filter(sort_key__contains=word)
    rows = born_on(rows, actor, asked.born_on)
    return with_check(rows, actor, filters.check, on).order_by("sort_key", "id")


def page_of(
    rows: QuerySet[Participant], *, actor: Actor, on: date, page: int = 1, size: int = PAGE
) -> ParticipantPage:
    """Return one page of a query on participants: three queries whatever their number."""
    shown = list(rows.annotate(referrer=referrer(actor))[(page - 1) * size : page * size])
    return _page(actor, shown, rows.count(), on)


def _page(actor: Actor, shown: Sequence[Any], total: int, on: date) -> ParticipantPage:
    standings = eligibility_of(actor=actor, participant_ids=[row.pk for row in shown], on=on)
    lines = [_line(row, Referrer.of(row.referrer), standings[row.pk], actor) for row in shown]
    return ParticipantPage(tuple(lines), total)


@prepared
def _shown(actor: Actor, ids: list[int]) -> QuerySet[Participant]:
    rows = participants_visible_to(actor).filter(Among("id", ids)).annotate(referrer=referrer(actor))
    return rows.order_by("sort_key", "id")


def _prescriber(row: Participant, by: Referrer, actor: Actor, *, in_list: bool = False) -> str:
    """How the prescriber of a person is named to the actor."""
    return shown_name(
        by.name,
        in_charge=row.owner_org_id == actor.organisation_id,
        itself=by.id == actor.organisation_id,
        discreet=in_list and by.hidden,
    )


def _line(row: Participant, by: Referrer, standing: Standing, actor: Actor) -> ParticipantLine:
    return ParticipantLine(
        id=row.pk,
        uid=row.uid,
        first_name=row.first_name,
        last_name=row.last_name,
        birth_date=row.birth_date,
        commune_name=row.commune_name,
        owner_org_id=row.owner_org_id,
        referred_by_name=_prescriber(row, by, actor, in_list=True),
        referred_on=by.on,
        standing=standing,
    )


def list_participants(
    *, actor: Actor, words: str = "", filters: ParticipantFilters | None = None, page: int = 1, on: date
) -> ParticipantPage:
    """Return one page of the visible persons, by name (three queries; four when many have the name)."""
    filters = filters or ParticipantFilters(words=words)
    if filters.check:
        return page_of(filtered_participants(actor=actor, filters=filters, on=on), actor=actor, on=on, page=page)
    ids, total = numbers_sought(actor, filters.words, start=(page - 1) * PAGE, size=PAGE)
    return _page(actor, _shown(actor, ids), total, on)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check with its dates, without any reason. `state_label`: as it stands on the day asked."""

    uid: UUID
    state: str
    state_label: str
    asked_on: date
    decided_on: date | None
    hire_before: date | None
    pass_ends_on: date | None
    contract_id: int | None


@dataclass(frozen=True, slots=True)
class ParticipantSheet:
    """All that the page of a person says, work and hours excepted."""

    id: int
    uid: UUID
    owner_org_id: int
    owner_name: str
    first_name: str
    last_name: str
    birth_date: date
    sex: str
    sex_label: str
    commune_name: str
    phone: str
    email: str
    referred_by_name: str
    referred_on: date | None
    standing: Standing
    checks: tuple[CheckLine, ...]
    can_follow: Decision
    can_read_reasons: Decision

    @property
    def name(self) -> str:
        """« David Lemaire »."""
        return f"{self.first_name} {self.last_name}"


def _label(row: EligibilityCheck, on: date) -> str:
    state = CheckState(row.state)
    return state_on(state, hire_before=row.hire_before, pass_ends_on=row.pass_ends_on, on=on).label


def _check(row: EligibilityCheck, on: date) -> CheckLine:
    return CheckLine(
        row.uid, row.state, _label(row, on), row.asked_on, row.decided_on, row.hire_before,
        row.pass_ends_on, row.contract_id,
    )  # fmt: skip


def participant_sheet(*, actor: Actor, uid: UUID, on: date) -> ParticipantSheet:
    """Return the sheet of a visible person (four queries). Raises Absent."""
    row = participants_visible_to(actor).select_related("owner_org").filter(uid=uid).first()
    if row is None:
        raise Absent("participants.Participant")
    checks = checks_visible_to(actor).filter(participant_id=row.pk).order_by("-asked_on", "-id")
    reach = contacts_visible_to(actor).select_related("referred_by").filter(participant_id=row.pk).first()
    known = reach.referred_by if reach else None
    by = Referrer(known.pk, known.name, reach.referred_on) if reach and known else Referrer()
    return ParticipantSheet(
        id=row.pk,
        uid=row.uid,
        owner_org_id=row.owner_org_id,
        owner_name=row.owner_org.name,
        first_name=row.first_name,
        last_name=row.last_name,
        birth_date=row.birth_date,
        sex=row.sex,
        sex_label=Sex(row.sex).label,
        commune_name=row.commune_name,
        referred_by_name=_prescriber(row, by, actor),
        phone=reach.phone if reach else "",
        email=reach.email if reach else "",
        referred_on=by.on,
        standing=eligibility_of(actor=actor, participant_ids=[row.pk], on=on)[row.pk],
        checks=tuple(_check(check, on) for check in checks),
        can_follow=can_follow(actor, owner_org_id=row.owner_org_id),
        can_read_reasons=can_read_reasons(
            actor, owner_org_id=row.owner_org_id, referred_by_id=by.id
        ),
    )


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason. `is_main`: the public retenu (one); others are criteria met."""

    code: str
    label: str
    is_main: bool
    evidence_on: date | None
    means_label: str


@dataclass(frozen=True, slots=True)
class CheckReasons:
    """The reasons of one check; its public retenu first. `seen_on`: the day on which the papers were seen."""

    check_uid: UUID
    state_label: str
    seen_on: date | None
    reasons: tuple[ReasonLine, ...]

    @property
    def title(self) -> str:
        """« Éligible, 20 septembre 2026 »."""
        return f"{self.state_label}, {format_date(self.seen_on)}" if self.seen_on else self.state_label


@dataclass(frozen=True, slots=True)
class PersonReasons:
    """The compartment of reasons of one person, the last check first."""

    participant_uid: UUID
    name: str
    checks: tuple[CheckReasons, ...]


def reasons_of(*, actor: Actor, uid: UUID) -> PersonReasons:
    """Return why a person is eligible. The page that shows it notes the reading. Raises Absent, NotAllowed."""
    key = participant_key(actor, uid)
    demand(may_read_reasons(actor, key))
    labels = {public.code: public.label for public in categories()}
    reasons: dict[int, list[ReasonLine]] = {}
    for one in opened(reasons_visible_to(actor).filter(participant_id=key.id).order_by("-is_main", "id")):
        line = ReasonLine(
            one.category, labels.get(one.category, one.category) or one.told, one.is_main, one.evidence_on,
            one.means.label if one.means else "",
        )  # fmt: skip
        reasons.setdefault(one.check_id, []).append(line)
    checks = checks_visible_to(actor).filter(participant_id=key.id).order_by("-asked_on", "-id")
    return PersonReasons(
        key.uid,
        key.name,
        tuple(
            CheckReasons(
                check.uid, CheckState(check.state).label, check.decided_on, tuple(reasons.get(check.pk, ()))
            )
            for check in checks
        ),
    )
