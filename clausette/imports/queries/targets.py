"""The share of a buyer's contracts with a social consideration: official files imported, then our own base."""

from typing import Any

from django.db.models.functions import Left

from clausette.access.queries import OrganisationCard
from clausette.imports.decp.results import record_key
from clausette.imports.enums import RowFate
from clausette.imports.queries.batches import references_visible_to, rows_visible_to
from clausette.imports.queries.held import SIREN_DIGITS
from clausette.imports.queries.matching import KEPT, described
from clausette.imports.rules import Counted, YearShare, by_year
from clausette.kernel.actor import Actor
from clausette.procurement.queries import notified_contracts

NO_SOCIAL = "Pas de considération sociale"


def shares_of_buyer(*, actor: Actor, buyer: OrganisationCard) -> tuple[YearShare, ...]:
    """Return the shares of a buyer by year, the last first (three queries). Its other establishments are counted."""
    published = _published(actor, buyer.siret[:SIREN_DIGITS]) if buyer.siret else []
    return by_year([*published, *_own(actor, buyer)])


def _published(actor: Actor, body: str) -> list[Counted]:
    """The last writing of each record imported."""
    rows = rows_visible_to(actor).filter(batch__state__in=KEPT).exclude(fate__in=(RowFate.REFUSED, RowFate.SET_ASIDE))
    mine = rows.annotate(body=Left("key", SIREN_DIGITS)).filter(body=body)
    found = []
    for row in mine.order_by("key", "-id").distinct("key"):
        said = described(row)
        if said.on is not None:
            found.append(Counted(row.key, said.on, said.amount_ht, social_of(row.raw), published=True))
    return found


def social_of(raw: Any) -> bool | None:
    """Say whether a record tells a social consideration; None when it says nothing of it."""
    group = raw.get("considerationsSociales") if isinstance(raw, dict) else None
    told = group.get("considerationSociale") if isinstance(group, dict) else None
    words = [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
    return any(one != NO_SOCIAL for one in words) if words else None


def _own(actor: Actor, buyer: OrganisationCard) -> list[Counted]:
    """Contracts of our base, under the key of the record they are tied to, else their own."""
    rows = notified_contracts(actor=actor, buyer_id=buyer.id)
    tied = references_visible_to(actor).filter(contract_id__in=[row.id for row in rows]).order_by("id")
    keys = dict(tied.values_list("contract_id", "key"))
    return [
        Counted(
            keys.get(row.id) or (record_key(buyer.siret, row.number) if row.number else f"base:{row.id}"),
            row.notified_on, row.amount_ht, row.social, published=False,
        )
        for row in rows
    ]  # fmt: skip
