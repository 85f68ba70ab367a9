"""What the records of a file of hours are compared with: a constant number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import HoursKind, LineState, ProposalState, StatementState
from clausette.hours.permissions import can_type
from clausette.hours.queries import lines_visible_to, openings_visible_to, statements_visible_to
from clausette.hours.queries.visible import contract_parts, proposals_visible_to
from clausette.imports.hours_files.comparing import Held, HeldLine, HeldMarket, HeldStatement, Place
from clausette.imports.hours_files.matching import Choice, Post, Subject
from clausette.imports.models import HoursFile
from clausette.imports.queries.hours_files.visible import hours_choices_visible_to, said_by_sender
from clausette.imports.takeover.keys import number_key
from clausette.kernel.actor import Actor
from clausette.placements.queries import allocations_visible_to, placements_visible_to

_POST = (
    "placement_id", "commitment_id", "contract_id", "contract__uid", "contract__common_name", "contract__official_id",
    "contract__title", "contract__operation__name", "host_company__name", "host_company__siret", "starts_on", "ends_on",
)  # fmt: skip
_WORK = (
    "uid", "participant__uid", "participant__first_name", "participant__last_name", "participant__birth_date",
    "participant__sort_key", "starts_on", "ends_on", "ended_on",
)  # fmt: skip


def posts_of(actor: Actor, declarant_id: int) -> tuple[Post, ...]:
    """Return the people whom this body employs or hosts, one row per work contract and engagement. Three queries.

    Work contracts and engagements are read apart: each once, however many people and marchés they are met with.
    """
    own = Q(host_company_id=declarant_id) | Q(employer_id=declarant_id)
    rows = list(allocations_visible_to(actor).filter(own).order_by().values(*_POST))
    works = _by_number(placements_visible_to(actor), {row["placement_id"] for row in rows}, _WORK)
    owed = _by_number(commitments_visible_to(actor), {row["commitment_id"] for row in rows}, ("uid", "lot__title"))
    known = [
        (works[row["placement_id"]], owed[row["commitment_id"]], row) for row in rows
        if row["placement_id"] in works and row["commitment_id"] in owed
    ]  # fmt: skip
    known.sort(key=lambda one: (
        one[0]["participant__sort_key"], one[2]["placement_id"], one[2]["commitment_id"], one[2]["starts_on"]
    ))  # fmt: skip
    found: dict[tuple[int, int], Post] = {}
    for cells in known:
        post = _post(*cells)
        key = post.placement_id, post.commitment_id
        found[key] = _joined(found[key], post) if key in found else post
    return tuple(found.values())


def _by_number(rows: QuerySet[Any], keys: Collection[int], columns: Sequence[str]) -> dict[int, dict[str, Any]]:
    return {row["pk"]: row for row in rows.filter(pk__in=keys).order_by().values("pk", *columns)} if keys else {}


def _post(work: Mapping[str, Any], owed: Mapping[str, Any], row: Mapping[str, Any]) -> Post:
    ends = [day for day in (row["ends_on"], work["ended_on"] or work["ends_on"]) if day is not None]
    sites = (row["contract__common_name"], row["contract__title"], row["contract__operation__name"],
             owed["lot__title"])  # fmt: skip
    number = number_key(row["contract__official_id"])
    return Post(
        row["placement_id"], work["uid"], work["participant__uid"], row["commitment_id"], owed["uid"],
        row["contract_id"], row["contract__uid"], work["participant__first_name"], work["participant__last_name"],
        work["participant__birth_date"], row["contract__common_name"], frozenset({number} if number else ()),
        tuple(site for site in sites if site), row["host_company__name"], row["host_company__siret"] or "",
        max(row["starts_on"], work["starts_on"]), min(ends) if ends else None,
    )  # fmt: skip


def _joined(one: Post, other: Post) -> Post:
    """Two mises à disposition in turn on the same engagement: one row."""
    ends = None if one.ends_on is None or other.ends_on is None else max(one.ends_on, other.ends_on)
    return replace(other, starts_on=min(one.starts_on, other.starts_on), ends_on=ends)


def choices_of(actor: Actor, batch: HoursFile) -> dict[Subject, Choice]:
    """Return what the sender of a file said of names and places. One query."""
    rows = hours_choices_visible_to(actor).filter(said_by_sender(actor, batch))
    return {
        (person, place): Choice(placement, commitment)
        for person, place, placement, commitment in rows.order_by("id").values_list(
            "person_key", "place_key", "placement_uid", "commitment_uid"
        )
    }


def held_for(actor: Actor, declarant_id: int, posts: tuple[Post, ...], months: Collection[date]) -> Held:
    """Return what Clausette holds of these posts in these months, as this declarant (six queries at most)."""
    contracts = {post.contract_id for post in posts}
    openings = openings_visible_to(actor).filter(contract_id__in=contracts, withdrawn_at=None).order_by()
    return Held(
        posts=posts,
        lines=_lines(actor, declarant_id, {post.placement_id for post in posts}, months),
        statements=_statements(actor, declarant_id, contracts, months),
        markets={
            pk: HeldMarket(part.piloted, can_type(actor, part, declarant_id).reason)
            for pk, part in contract_parts(actor, contracts).items()
        },
        openings=dict(openings.values_list("commitment_id", "as_of")),
    )


def _lines(
    actor: Actor, declarant_id: int, placements: Iterable[int], months: Collection[date]
) -> dict[Place, HeldLine]:
    """Lines of the declarant, each with the hours of its corrections."""
    rows = lines_visible_to(actor).filter(
        declarant_id=declarant_id, placement_id__in=set(placements), month__in=list(months)
    ).exclude(state=LineState.REFUSED)  # fmt: skip
    found: dict[Place, HeldLine] = {}
    later: dict[int, Decimal] = {}
    corrected: Any
    waiting = _proposed(actor, declarant_id, months)
    for pk, uid, placement, commitment, month, kind, hours, corrected, state, act in rows.order_by("id").values_list(
        "id", "uid", "placement_id", "commitment_id", "month", "kind", "hours", "corrects_id", "state", "act_id"
    ):
        if corrected is None:
            place = placement, commitment, month, HoursKind(kind)
            final = state == LineState.VALIDATED and act is None
            found[place] = HeldLine(pk, uid, hours, final, waiting.get(place) if final else None)
        else:
            later[corrected] = later.get(corrected, Decimal(0)) + hours
    return {
        place: replace(line, hours=line.hours + later[line.id]) if line.id in later else line
        for place, line in found.items()
    }


def _proposed(actor: Actor, declarant_id: int, months: Collection[date]) -> dict[Place, Decimal]:
    """The figures of the corrections proposed that wait, by line. One query."""
    rows = proposals_visible_to(actor).filter(
        declarant_id=declarant_id, month__in=list(months), state=ProposalState.OPEN
    )
    return {
        (placement, commitment, month, HoursKind(kind)): hours
        for placement, commitment, month, kind, hours in rows.order_by().values_list(
            "placement_id", "commitment_id", "month", "kind", "hours"
        )
    }


def _statements(
    actor: Actor, declarant_id: int, contracts: Collection[int], months: Collection[date]
) -> dict[tuple[int, date], HeldStatement]:
    rows = statements_visible_to(actor).filter(
        declarant_id=declarant_id, contract_id__in=contracts, month__in=list(months)
    )
    return {
        (contract, month): HeldStatement(pk, uid, StatementState(state), version, is_nil)
        for pk, uid, contract, month, state, version, is_nil in rows.order_by().values_list(
            "id", "uid", "contract_id", "month", "state", "version", "is_nil"
        )
    }
