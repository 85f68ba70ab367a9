"""Organisations met in the contracts: for choices in forms, and for the pages per firm."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.enums import GroupKind, PartyRole
from clausette.procurement.queries.visibility import (
    awards_visible_to,
    contracts_visible_to,
    parties_visible_to,
)

FIRMS = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER, PartyRole.SUBCONTRACTOR)


@dataclass(frozen=True, slots=True)
class FirmLine:
    """An organisation of the contracts and on how many of them."""

    id: int
    uid: UUID
    name: str
    siret: str
    contracts: int


def firm_lines(*, actor: Actor, roles: Sequence[str] = FIRMS) -> tuple[FirmLine, ...]:
    """Return the organisations that hold one of these roles in the visible contracts, by name (one query)."""
    held = parties_visible_to(actor).filter(role__in=roles, revoked_at=None)
    rows = (
        held.order_by()
        .values(
            "organisation_id",
            "organisation__uid",
            "organisation__name",
            "organisation__siret",
            "organisation__sort_key",
        )
        .annotate(contracts=Count("contract_id", distinct=True))
        .order_by("organisation__sort_key", "organisation_id")
    )
    return tuple(
        FirmLine(
            row["organisation_id"],
            row["organisation__uid"],
            row["organisation__name"],
            row["organisation__siret"] or "",
            row["contracts"],
        )
        for row in rows
    )


def known_organisations(*, actor: Actor, role: str) -> tuple[tuple[str, str], ...]:
    """Return (name, SIRET) of the organisations already met in this role, to be proposed while typing."""
    if role == PartyRole.BUYER:
        rows = (
            contracts_visible_to(actor).order_by("buyer__sort_key").values_list("buyer__name", "buyer__siret")
        )
        return tuple(dict.fromkeys((name, siret or "") for name, siret in rows[:500]))
    return tuple((line.name, line.siret) for line in firm_lines(actor=actor, roles=(role,)))


def shares_contract(*, actor: Actor, contract_id: int) -> bool:
    """Say whether the contract is shared with the actor's organisation, as a structure associée."""
    held = parties_visible_to(actor).filter(
        contract_id=contract_id,
        organisation_id=actor.organisation_id,
        role=PartyRole.COPILOT,
        revoked_at=None,
    )
    return held.exists()


def contract_of_award(*, actor: Actor, uid: UUID) -> UUID:
    """Return the uid of the contract of a visible award. Raises Absent."""
    found = awards_visible_to(actor).filter(uid=uid).values_list("contract__uid", flat=True).first()
    if found is None:
        raise Absent("procurement.Award")
    return found


def contract_of_party(*, actor: Actor, uid: UUID) -> UUID:
    """Return the uid of the contract of a visible party. Raises Absent."""
    found = parties_visible_to(actor).filter(uid=uid).values_list("contract__uid", flat=True).first()
    if found is None:
        raise Absent("procurement.ContractParty")
    return found


def contractors_of(*, actor: Actor, contract_id: int) -> tuple[tuple[UUID, str], ...]:
    """Return (uid, name) of the titulaires of a visible contract, by name, for a choice in a form."""
    rows = parties_visible_to(actor).filter(
        Q(contract_id=contract_id), role=PartyRole.CONTRACTOR, revoked_at=None
    )
    named = rows.order_by("organisation__sort_key", "id").values_list(
        "organisation__uid", "organisation__name"
    )
    return tuple(dict.fromkeys(named))


def heads_of(*, actor: Actor, contract_id: int) -> dict[int, int]:
    """Return for each sub-contractor of a visible contract the firm it works for, by internal number (one query)."""
    rows = parties_visible_to(actor).filter(
        contract_id=contract_id, role=PartyRole.SUBCONTRACTOR, revoked_at=None, head__isnull=False
    )
    return dict(rows.order_by("id").values_list("organisation_id", "head_id"))


def group_kind_of(*, actor: Actor, contract_id: int, lot_id: int | None, contractor_id: int) -> GroupKind:
    """Return how the group of a titulaire answers: conjoint or solidaire; alone without any award (one query)."""
    rows = awards_visible_to(actor).filter(contract_id=contract_id, contractor_id=contractor_id)
    held = rows.filter(Q(lot_id=lot_id) | Q(lot=None)) if lot_id else rows
    kind = held.order_by(F("ended_on").desc(nulls_first=True), "-id").values_list("group_kind", flat=True).first()
    return GroupKind(kind) if kind else GroupKind.ALONE
