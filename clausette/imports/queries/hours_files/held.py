"""What the records of a file of hours are compared with: a constant number of queries."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from clausette.hours.enums import HoursKind, LineState, ProposalState, StatementState
from clausette.hours.permissions import can_type
from clausette.hours.queries import lines_visible_to, openings_visible_to, statements_visible_to
from clausette.hours.queries.visible import contract_parts, proposals_visible_to
from clausette.imports.hours_files.comparing import Held, HeldLine, HeldMarket, HeldStatement, Place
from clausette.imports.hours_files.matching import Choice, Post, Subject
from clausette.imports.queries.hours_files.visible import hours_choices_visible_to
from clausette.imports.takeover.keys import number_key
from clausette.kernel.actor import Actor
from clausette.placements.queries import allocations_visible_to

_POST = (
    "placement_id", "placement__uid", "placement__participant__uid", "commitment_id", "commitment__uid", "contract_id",
    "contract__uid", "placement__participant__first_name", "placement__participant__last_name",
    "placement__participant__birth_date", "contract__common_name", "contract__official_id", "contract__title",
    "contract__operation__name", "commitment__lot__title", "host_company__name", "host_company__siret", "starts_on",
    "ends_on", "placement__starts_on", "placement__ends_on", "placement__ended_on",
)  # fmt: skip


def posts_of(actor: Actor, declarant_id: int) -> tuple[Post, ...]:
    """Return the people whom this body employs or hosts, one row per work contract and engagement. One query."""
    own = Q(host_company_id=declarant_id) | Q(employer_id=declarant_id)
    rows = allocations_visible_to(actor).filter(own).order_by(
        "placement__participant__sort_key", "placement_id", "commitment_id", "starts_on"
    )  # fmt: skip
    found: dict[tuple[int, int], Post] = {}
    for row in rows.values(*_POST):
        post = _post(row)
        key = post.placement_id, post.commitment_id
        found[key] = _joined(found[key], post) if key in found else post
    return tuple(found.values())


def _post(row: Mapping[str, Any]) -> Post:
    ends = [
        day for day in (row["ends_on"], row["placement__ended_on"] or row["placement__ends_on"]) if day is not None
    ]
    sites = (row["contract__common_name"], row["contract__title"], row["contract__operation__name"],
             row["commitment__lot__title"])  # fmt: skip
    number = number_key(row["contract__official_id"])
    return Post(
        row["placement_id"], row["placement__uid"], row["placement__participant__uid"], row["commitment_id"],
        row["commitment__uid"], row["contract_id"], row["contract__uid"], row["placement__participant__first_name"],
        row["placement__participant__last_name"], row["placement__participant__birth_date"],
        row["contract__common_name"], frozenset({number} if number else ()), tuple(site for site in sites if site),
        row["host_company__name"], row["host_company__siret"] or "",
        max(row["starts_on"], row["placement__starts_on"]), min(ends) if ends else None,
    )  # fmt: skip


def _joined(one: Post, other: Post) -> Post:
    """Two mises à disposition in turn on the same engagement: one row."""
    ends = None if one.ends_on is None or other.ends_on is None else max(one.ends_on, other.ends_on)
    return replace(other, starts_on=min(one.starts_on, other.starts_on), ends_on=ends)


def choices_of(actor: Actor, declarant_id: int) -> dict[Subject, Choice]:
    """Return what the sender said of names and places. One query."""
    rows = hours_choices_visible_to(actor).filter(owner_org_id=actor.organisation_id, declarant_id=declarant_id)
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
        (contract, month): HeldStatement(pk, uid, StatementState(state), version)
        for pk, uid, contract, month, state, version in rows.order_by().values_list(
            "id", "uid", "contract_id", "month", "state", "version"
        )
    }
