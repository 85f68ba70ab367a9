"""« / », three letters, Enter: contracts with what is left to do, firms, people that the actor may know."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from clausette.agenda.queries.engagements import Engagement, engagements
from clausette.kernel.actor import Actor
from clausette.kernel.text import search_key
from clausette.participants.queries import Standing, eligibility_of, participant_keys, persons_sought
from clausette.placements.queries import CurrentWork, current_work
from clausette.procurement.enums import ContractState
from clausette.procurement.queries import ContractFilters, list_contracts, parties_visible_to

LIMIT = 20


@dataclass(frozen=True, slots=True)
class FoundContract:
    """A contract without engagement yet (the others are found with their engagements)."""

    uid: UUID
    name: str
    number: str
    buyer_name: str
    state: ContractState


@dataclass(frozen=True, slots=True)
class FoundFirm:
    """An organisation of the visible contracts."""

    uid: UUID
    name: str
    commune: str
    is_buyer: bool


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person that the actor may know, where they stand and work."""

    uid: UUID
    name: str
    standing: Standing
    work: CurrentWork | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, at most twenty of each."""

    words: str
    engagements: tuple[Engagement, ...] = ()
    contracts: tuple[FoundContract, ...] = ()
    firms: tuple[FoundFirm, ...] = ()
    people: tuple[FoundPerson, ...] = ()

    @property
    def count(self) -> int:
        """How many results."""
        return len(self.engagements) + len(self.contracts) + len(self.firms) + len(self.people)


def search(*, actor: Actor, words: str, on: date) -> Found:
    """Return what holds every word (accents and case apart): a constant number of queries."""
    sought = search_key(words).split()[:8]
    if not sought:
        return Found(words)
    owed = engagements(actor=actor, as_of=on, only=_engagement_holds(sought))[:LIMIT]
    listed = list_contracts(actor=actor, filters=ContractFilters(words=words), size=LIMIT).rows
    shown = {row.contract_uid for row in owed}
    return Found(
        words,
        owed,
        tuple(
            FoundContract(row.uid, row.common_name, row.official_id, row.buyer_name, ContractState(row.state))
            for row in listed
            if row.uid not in shown
        ),
        _firms(actor, sought),
        _people(actor, words, on),
    )


def _engagement_holds(sought: list[str]) -> Q:
    condition = Q()
    for word in sought:
        condition &= (
            Q(contract__sort_key__contains=word)
            | Q(contract__buyer__sort_key__contains=word)
            | Q(contractor__sort_key__contains=word)
            | Q(contract__operation__sort_key__contains=word)
        )
    return condition


def _firms(actor: Actor, sought: list[str]) -> tuple[FoundFirm, ...]:
    rows = parties_visible_to(actor).filter(revoked_at=None)
    for word in sought:
        rows = rows.filter(Q(organisation__sort_key__contains=word) | Q(organisation__siret__startswith=word))
    fields = ("organisation__uid", "organisation__name", "organisation__commune_name", "role")
    found: dict[UUID, FoundFirm] = {}
    for uid, name, commune, role in (
        rows.order_by("organisation__sort_key", "role").values_list(*fields).distinct()
    ):
        if role not in ("pilot", "copilot"):
            known = found.get(uid)
            found[uid] = FoundFirm(
                uid, name, commune, role == "buyer" or (known is not None and known.is_buyer)
            )
    return tuple(found.values())[:LIMIT]


def _people(actor: Actor, words: str, on: date) -> tuple[FoundPerson, ...]:
    ids = [pk for pk, _ in persons_sought(actor, words)[:LIMIT]]
    named = participant_keys(actor, ids)
    standings = eligibility_of(actor=actor, participant_ids=ids, on=on)
    works = current_work(actor=actor, participant_ids=ids, on=on)
    return tuple(
        FoundPerson(named[pk].uid, f"{named[pk].last_name} {named[pk].first_name}", standings[pk], works.get(pk))
        for pk in ids
    )
