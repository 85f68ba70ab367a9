"""The contracts a file is compared with: those of its buyers, and those already tied to its records."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Left

from clausette.imports.decp import DecpRecord, HeldContract
from clausette.imports.decp.results import record_key
from clausette.imports.decp.values import ID_TYPES
from clausette.imports.enums import BatchKind
from clausette.imports.queries.batches import references_visible_to
from clausette.imports.rules import Held, HeldModification
from clausette.kernel.actor import Actor
from clausette.procurement.enums import ContractKind, PartyRole, Source
from clausette.procurement.queries.visibility import (
    contracts_visible_to,
    modifications_visible_to,
    parties_visible_to,
    subcontracts_visible_to,
)

SIREN_DIGITS = 9
CONCESSIONS = (ContractKind.CONCESSION, ContractKind.DSP)
AWARDED = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER)
COLUMNS = (
    "pk", "uid", "owner_org_id", "common_name", "title", "official_id", "cpv", "place_code", "notified_on",
    "starts_on", "duration_months", "amount_ht", "source", "kind", "buyer__siret",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldHere:
    """A contract held: `known` for the comparison, `facts` for the differences; `piloted` when it may be changed."""

    id: int
    uid: UUID
    name: str
    piloted: bool
    known: HeldContract
    facts: Held


def held_contracts(
    *, actor: Actor, records: Iterable[DecpRecord], also: Collection[int] = ()
) -> dict[str, HeldHere]:
    """Return the visible contracts that these records may concern, by record key (uid when they have none).

    A contract tied to official records is under their keys. `also`: internal numbers of contracts wanted anyway.
    Six queries whatever the number of records.
    """
    keys = {record.key for record in records}
    tied = references_visible_to(actor).filter(source=BatchKind.DECP, key__in=keys)
    rows = _contracts(actor, keys, {*tied.order_by("id").values_list("contract_id", flat=True), *also})
    ids = [row["pk"] for row in rows]
    references, firms = _references(actor, ids), _firms(actor, ids)
    avenants, acts = _modifications(actor, ids), _subcontracts(actor, ids)
    found: dict[str, HeldHere] = {}
    for row in rows:
        pk = row["pk"]
        prints = references.get(pk, {})
        one = _held(actor, row, next(iter(prints.values()), None), firms[pk], avenants[pk], acts[pk])
        for key, fingerprint in prints.items():
            found[key] = replace(one, known=replace(one.known, fingerprint=fingerprint))
        key = _own_key(row)
        found[key if key not in found else str(row["uid"])] = one
    return found


def _references(actor: Actor, ids: Collection[int]) -> dict[int, dict[str, str]]:
    """Ties by contract, key → fingerprint: several when the lots of a contract were published one by one."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = references_visible_to(actor).filter(source=BatchKind.DECP, contract_id__in=ids).order_by("id")
    for contract_id, key, fingerprint in rows.values_list("contract_id", "key", "fingerprint"):
        found[contract_id][key] = fingerprint
    return found


def _contracts(actor: Actor, keys: Collection[str], tied: Collection[int]) -> list[dict[str, Any]]:
    bodies = {key[:SIREN_DIGITS] for key in keys}
    rows = contracts_visible_to(actor).annotate(body=Left("buyer__siret", SIREN_DIGITS))
    concerned = rows.filter(Q(body__in=bodies) | Q(buyer__siret=None) | Q(pk__in=list(tied)))
    # one's own first, when another structure shares with us a contract of the same number
    own_first = sorted(
        concerned.values(*COLUMNS), key=lambda row: (row["owner_org_id"] != actor.organisation_id, row["pk"])
    )
    return [dict(row) for row in own_first]


def _own_key(row: dict[str, Any]) -> str:
    siret, number = row["buyer__siret"], row["official_id"]
    return record_key(siret, number) if siret and number else str(row["uid"])


def _firms(actor: Actor, ids: Collection[int]) -> defaultdict[int, dict[str, set[str]]]:
    """Identifiers of the firms by contract: « awarded » and « subcontractors »."""
    found: defaultdict[int, dict[str, set[str]]] = defaultdict(
        lambda: {"awarded": set(), "subcontractors": set()}
    )
    rows = parties_visible_to(actor).filter(contract_id__in=ids, revoked_at=None, valid_to=None)
    rows = rows.filter(role__in=(*AWARDED, PartyRole.SUBCONTRACTOR))
    columns = ("contract_id", "role", "organisation__siret", "organisation__name")
    for contract_id, role, siret, name in rows.order_by("id").values_list(*columns):
        group = "awarded" if role in AWARDED else "subcontractors"
        found[contract_id][group].add(siret or _foreign_id(name))
    return found


def _foreign_id(name: str) -> str:
    """A firm without SIRET that came from a record is named by its identifier (« TVA DE811… »)."""
    kind, _, number = name.partition(" ")
    return number if kind in ID_TYPES and number else name


def _modifications(actor: Actor, ids: Collection[int]) -> defaultdict[int, dict[int, HeldModification]]:
    found: defaultdict[int, dict[int, HeldModification]] = defaultdict(dict)
    rows = modifications_visible_to(actor).filter(contract_id__in=ids).order_by("id")
    for contract_id, number, amount, months in rows.values_list(
        "contract_id", "number", "amount_ht", "duration_months"
    ):
        found[contract_id][number] = HeldModification(amount, months)
    return found


def _subcontracts(actor: Actor, ids: Collection[int]) -> defaultdict[int, set[tuple[int, bool, date]]]:
    found: defaultdict[int, set[tuple[int, bool, date]]] = defaultdict(set)
    rows = subcontracts_visible_to(actor).filter(contract_id__in=ids).order_by("id")
    for contract_id, number, revises, day in rows.values_list("contract_id", "number", "revises", "notified_on"):
        found[contract_id].add((number, revises, day))
    return found


def _held(
    actor: Actor,
    row: dict[str, Any],
    fingerprint: str | None,
    firms: dict[str, set[str]],
    avenants: dict[int, HeldModification],
    acts: set[tuple[int, bool, date]],
) -> HeldHere:
    known = HeldContract(
        uid=row["uid"],
        buyer_siret=row["buyer__siret"] or "",
        official_id=row["official_id"],
        title=row["title"],
        cpv=row["cpv"] or None,
        amount_ht=row["amount_ht"],
        notified_on=row["notified_on"],
        contractor_ids=frozenset(firms["awarded"]),
        fingerprint=fingerprint,
        typed=row["source"] == Source.TYPED,
        concession=row["kind"] in CONCESSIONS,
    )
    facts = Held(
        title=row["title"],
        official_id=row["official_id"],
        cpv=row["cpv"],
        place_code=row["place_code"],
        notified_on=row["notified_on"],
        duration_months=row["duration_months"],
        amount_ht=row["amount_ht"],
        contractor_ids=known.contractor_ids,
        subcontractor_ids=frozenset(firms["subcontractors"]),
        modifications=avenants,
        subcontract_keys=frozenset(acts),
        starts_on=row["starts_on"],
    )
    piloted = row["owner_org_id"] == actor.organisation_id
    return HeldHere(row["pk"], row["uid"], row["common_name"], piloted, known, facts)
