"""What the hours of engagements must follow month by month: their own conditions, else those of their structure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject

from clausette.commitments.enums import ValuedMatter, WorkStudyCounting
from clausette.commitments.models import Commitment
from clausette.commitments.queries.conditions import counting_said
from clausette.commitments.queries.valuing import valued_read, valued_told
from clausette.commitments.queries.visibility import commitments_visible_to, defaults_visible_to
from clausette.commitments.rules import Applied, Counting, Valued, applied, in_force, switched
from clausette.kernel.actor import Actor
from clausette.kernel.months import first_day
from clausette.kernel.prepared import Among, prepared
from clausette.reference.queries import parameters_on


@dataclass(frozen=True, slots=True)
class Followed:
    """What hours of the months from `since` on follow. `cdi_months`: None where unsaid.

    `controls_off`: codes of the controls that the structure, or the engagement, switched off.
    """

    since: date
    counting: Applied
    cdi_months: int | None
    controls_off: frozenset[str]


@dataclass(frozen=True, slots=True)
class EngagementRules:
    """What the hours of one engagement must follow: its days, its counting rules by month."""

    starts_on: date
    ends_on: date
    followed: tuple[Followed, ...]
    """In order, the first from the start: one, as long as nothing changed in the structure nor for a control."""
    valued: tuple[Valued, ...] = ()
    """What the engagement says by month, withdrawn rules left out."""

    def at(self, month: date) -> Followed:
        """Return what hours of a month follow, dated rules of the engagement apart."""
        if len(self.followed) == 1:
            return self.followed[0]
        first = first_day(month)
        for one in reversed(self.followed):  # asked of each of a hundred thousand lines
            if one.since <= first:
                return one
        return self.followed[0]

    def validity_at(self, month: date) -> int:
        """Return how many months of a person count, for hours of a month."""
        return self.at(month).counting.validity_months

    @property
    def validities(self) -> set[int]:
        """All the durations that a person is counted, over the months."""
        return {one.counting.validity_months for one in self.followed}

    def said(self, matter: ValuedMatter, month: date) -> Valued | None:
        """Return the dated rule that hours of a month follow; None when the engagement says none."""
        return in_force(self.valued, matter, month) if self.valued else None

    def cdi_at(self, month: date) -> int | None:
        """Return how many months of a CDI count for hours of a month; None: no limit, or nothing said."""
        rule = self.said(ValuedMatter.CDI, month)
        return rule.months if rule else self.at(month).cdi_months

    def company_only_at(self, month: date) -> bool:
        """Say whether, of a work-study contract, only the hours in the company count for a month."""
        rule = self.said(ValuedMatter.WORK_STUDY, month)
        return not rule.admitted if rule else self.at(month).counting.work_study == WorkStudyCounting.COMPANY

    def training_cap_at(self, month: date) -> Decimal | None:
        """Return the share of the hours due (0–1) that hours of training of a month may reach; None without a cap."""
        rule = self.said(ValuedMatter.TRAINING_CAP, month)
        if rule is None:
            return self.at(month).counting.training_cap
        return rule.share_most if rule.admitted else Decimal(0)


def rules_of(*, actor: Actor, commitment_ids: Iterable[int], on: date) -> dict[int, EngagementRules]:
    """Return the counting rules of the visible engagements among these internal numbers, by number (one query)."""
    months = int(parameters_on(on)["hours_validity_months"])
    return {row.pk: _rules(row, months) for row in _ruled(actor, sorted(set(commitment_ids)))}


@prepared
def _ruled(actor: Actor, ids: list[int]) -> QuerySet[Any]:
    structure = defaults_visible_to(actor).filter(owner_org_id=OuterRef("contract__owner_org_id"), withdrawn_on=None)
    said = JSONObject(
        starts_on="starts_on", cdi_months="cdi_months", work_study="work_study", validity_months="validity_months",
        training_cap=Cast("training_cap", TextField()), controls_off="controls_off",
    )  # fmt: skip
    dated = ArraySubquery(structure.order_by(F("starts_on").asc(nulls_first=True)).values(said=said))
    rows: QuerySet[Any] = commitments_visible_to(actor).filter(Among("id", ids)).order_by("id")
    told: QuerySet[Any] = rows.annotate(structure=dated, dated=valued_told(actor))
    return told


def _rules(row: Any, months: int) -> EngagementRules:
    told = valued_read(row.dated)
    switches = [one for one in told if one.matter == ValuedMatter.CONTROL]
    valued = tuple(one for one in told if one.matter != ValuedMatter.CONTROL) if switches else told
    return EngagementRules(row.starts_on, row.ends_on, _followed(row, row.structure, switches, months), valued)


def _followed(
    row: Commitment, told: Iterable[dict[str, Any]], switches: Iterable[Valued], months: int
) -> tuple[Followed, ...]:
    """What the engagement follows, period by period; `told`: the rules of its structure in their order."""
    own = counting_said(row)
    by_month: dict[date, dict[str, Any] | None] = {date.min: None}
    for one in told:  # the last said in a month takes its place
        by_month[first_day(date.fromisoformat(one["starts_on"])) if one["starts_on"] else date.min] = one
    found, held = list[Followed](), None
    for since in sorted({*by_month, *(first_day(one.starts_on) for one in switches)}):
        held = by_month.get(since) or held
        structure = _counting_read(held) if held else Counting()
        off = {*row.controls_off, *(held["controls_off"] if held else ())}
        for control, speaks in switched(switches, since).items():
            (off.discard if speaks else off.add)(control)
        found.append(Followed(
            since,
            applied(own, structure, validity_months=months),
            structure.cdi_months if own.cdi_months is None else own.cdi_months,
            frozenset(off),
        ))  # fmt: skip
    return tuple(found)


def _counting_read(said: dict[str, Any]) -> Counting:
    """The counting rules of a structure as the database gives them in one column."""
    cap, work_study = said["training_cap"], said["work_study"]
    return Counting(
        said["cdi_months"],
        WorkStudyCounting(work_study) if work_study else None,
        None if cap is None else Decimal(cap),
        said["validity_months"],
    )
