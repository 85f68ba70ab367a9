"""Purchase programmes: the list, one with its studies, and the ground on which lines are screened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from clausette.access.queries import own_organisation
from clausette.advice.enums import BuyerKind, ProgrammeSource, StudyState
from clausette.advice.models import Programme, Study
from clausette.advice.queries.facts import NOTHING, proposal_of_trade
from clausette.advice.queries.own import own_figures
from clausette.advice.queries.visibility import offers_visible_to, programmes_visible_to, studies_visible_to
from clausette.advice.rules import Facts, Ground, Line, Offer, OwnFigures, Past, TradeProposal, weights_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.enums import ContractNature
from clausette.reference.queries import labour_rows, legal_articles, parameters_on, thresholds, waivers


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """One programme of the list. `opened`: how many studies; 0 waits for a confirmation."""

    uid: UUID
    title: str
    buyer_name: str
    brought_on: date
    opened: int
    to_study: int
    under_study: int


@dataclass(frozen=True, slots=True)
class ProgrammeSheet:
    """A programme: where it comes from, its columns as kept, what was said of the lines left out."""

    id: int
    uid: UUID
    title: str
    buyer_id: int | None
    buyer_name: str
    source: ProgrammeSource
    file_uid: UUID
    file_name: str
    columns: Mapping[str, Any]
    remarks: tuple[Mapping[str, Any], ...]
    size: int
    brought_on: date
    brought_by: str

    @property
    def buyer_kind(self) -> BuyerKind:
        """Who buys, as it was said when the file was brought."""
        return BuyerKind(self.columns.get("buyer_kind", BuyerKind.LOCAL))


@dataclass(frozen=True, slots=True)
class SortedStudy:
    """A study of a programme with the facts that are screened."""

    uid: UUID
    row: int
    reference: str
    state: StudyState
    reason: str
    answer_due_on: date
    said_social: str
    line: Line


@dataclass(frozen=True, slots=True)
class DueStudy:
    """An opinion that a buyer waits for."""

    uid: UUID
    title: str
    buyer_name: str
    due_on: date


def list_programmes(*, actor: Actor, page: int = 1, size: int = 50) -> tuple[tuple[ProgrammeLine, ...], int]:
    """Return the programmes of a page, the latest first, and how many there are."""
    rows = programmes_visible_to(actor).order_by("-brought_on", "-id")
    page_rows = list(rows[(page - 1) * size : page * size])
    counted = studies_visible_to(actor).filter(programme_id__in=[row.pk for row in page_rows]).order_by()
    found = {
        one["programme_id"]: one
        for one in counted.values("programme_id").annotate(
            opened=Count("id"),
            to_study=Count("id", filter=Q(state=StudyState.TO_STUDY)),
            under_study=Count("id", filter=Q(state=StudyState.UNDER_STUDY)),
        )
    }
    lines = []
    for row in page_rows:
        told: Mapping[str, Any] = found.get(row.pk, {})
        counts = (told.get(name, 0) for name in ("opened", "to_study", "under_study"))
        lines.append(ProgrammeLine(row.uid, row.title, row.buyer_name, row.brought_on, *counts))
    return tuple(lines), rows.count()


def programme_sheet(*, actor: Actor, uid: UUID) -> ProgrammeSheet:
    """Return a programme. Raises Absent."""
    row = programmes_visible_to(actor).select_related("file", "brought_by").filter(uid=uid).order_by("id").first()
    if row is None:
        raise Absent("advice.Programme")
    return ProgrammeSheet(
        row.pk, row.uid, row.title, row.buyer_id, row.buyer_name, ProgrammeSource(row.source), row.file.uid,
        row.file.name, row.columns, tuple(row.remarks), row.size, row.brought_on, row.brought_by.full_name,
    )  # fmt: skip


def programme_with(*, actor: Actor, sha256: str) -> UUID | None:
    """Return the programme made of the same bytes, None when there is none."""
    return programmes_visible_to(actor).filter(sha256=sha256).values_list("uid", flat=True).order_by("id").first()


def last_columns(*, actor: Actor, buyer_uid: UUID | None, buyer_name: str) -> Mapping[str, Any]:
    """Return the columns of the last workbook of a buyer, {} when he never handed one in."""
    who = Q(buyer__uid=buyer_uid) if buyer_uid else Q(buyer_name__iexact=buyer_name)
    rows = programmes_visible_to(actor).filter(who, source=ProgrammeSource.WORKBOOK).order_by("-brought_on", "-id")
    found: Programme | None = rows.first()
    return found.columns if found else {}


def studies_of_programme(*, actor: Actor, programme_id: int) -> tuple[SortedStudy, ...]:
    """Return the studies of a programme in the order of its lines: one query."""
    rows = studies_visible_to(actor).filter(programme_id=programme_id).order_by("row_number", "id")
    return tuple(_sorted(row) for row in rows)


def _sorted(row: Study) -> SortedStudy:
    line = Line(
        title=row.title,
        buyer_kind=BuyerKind(row.buyer_kind) if row.buyer_kind else BuyerKind.LOCAL,
        nature=ContractNature(row.nature) if row.nature else None,
        amount=row.amount_ht,
        cpv=row.cpv,
        engaged_on=row.engaged_on,
        months=row.duration_months,
        place=row.place,
        defence=row.is_defence,
        concession=row.is_concession,
    )
    return SortedStudy(
        row.uid, row.row_number or 0, row.reference, StudyState(row.state), row.reason, row.answer_due_on,
        row.said_social, line,
    )  # fmt: skip


def ground_on(
    on: date, *, offers: Sequence[Offer] = (), past: Mapping[str, Past] | None = None, territory: str = "",
    own: OwnFigures = NOTHING,
) -> Ground:  # fmt: skip
    """Return the ground of a day: public facts, and what the structure knows when it is given."""
    proposals = (proposal_of_trade(row.code, on=on, own=own) for row in labour_rows(on))
    trades: tuple[TradeProposal, ...] = tuple(one for one in proposals if one is not None)
    facts = Facts(thresholds(), legal_articles(), waivers())
    return Ground(on, facts, trades, weights_of(parameters_on(on)), offers, past or {}, territory)


def ground_of(*, actor: Actor, on: date, past: Mapping[str, Past] | None = None) -> Ground:
    """Return the ground of a structure: its territory, what structures of insertion said, its past contracts."""
    rows = offers_visible_to(actor).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on), stated_on__lte=on)
    offers = [Offer(*one) for one in rows.order_by("id").values_list("trade", "place", "monthly_hours")]
    body = own_organisation(actor=actor)
    territory = " ".join(part for part in (body.commune_code, body.commune_name) if part)
    figures = own_figures(actor=actor, on=on)
    return ground_on(on, offers=offers, past=past, territory=territory, own=figures)


def opinions_due(*, actor: Actor, until: date) -> tuple[DueStudy, ...]:
    """Return the studies under way whose opinion is due by that day, the soonest first: one query."""
    rows = studies_visible_to(actor).filter(state=StudyState.UNDER_STUDY, answer_due_on__lte=until)
    found = rows.order_by("answer_due_on", "id").values_list("uid", "title", "buyer_name", "answer_due_on")
    return tuple(DueStudy(*one) for one in found)

