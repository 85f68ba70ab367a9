"""What a later publication changes of a contract followed, and what the facilitator then does (trade practice).

Four things make a next action: the titulaire, the amount, the duration, a sub-contractor. An avenant published is
always one; a value published otherwise than what is held is one only for a contract already read from an official
file, for at the first reading the person sees both and decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import blake2s

from clausette.imports.enums import ChangeKind
from clausette.imports.rules.differences import Held
from clausette.imports.rules.published import FirmRef, ModificationPlan, Published
from clausette.imports.rules.written import shown_value
from clausette.kernel.french import format_euros, format_short_date

LONGEST = 1000
ADVICE = {
    ChangeKind.AWARD: (
        "Rattachez l'engagement d'insertion à qui doit désormais les heures, par un acte ; prévenez les deux "
        "entreprises, puis terminez l'attribution de celle qui n'est plus titulaire."
    ),
    ChangeKind.AMOUNT: (
        "Voyez avec le maître d'ouvrage si les heures dues changent : si oui, ajoutez une version de l'engagement "
        "d'insertion, avec l'avenant."
    ),
    ChangeKind.DURATION: (
        "Vérifiez le terme de l'engagement d'insertion : s'il change, ajoutez une version avec le nouvel échéancier."
    ),
    ChangeKind.SUBCONTRACTOR: (
        "Contactez le sous-traitant et son titulaire : il peut employer ou accueillir les personnes en insertion."
    ),
}


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """One change to tell: `mark` makes it the same from one file to the next; `source` says what tells it."""

    kind: ChangeKind
    mark: str
    source: str
    before: str
    after: str
    published_on: date | None


@dataclass(slots=True)
class _Now:
    """Amount, duration and titulaires in force while the avenants are read in their order."""

    amount_ht: Decimal | None
    months: int | None
    firms: frozenset[str]


def official_changes(said: Published, held: Held, *, tied: bool) -> tuple[ChangePlan, ...]:
    """Return what the record changes of the contract held. `tied`: it was read from an official file before."""
    found = [*_avenants(said, held), *_subcontractors(said, held)]
    if tied:
        found += _rewritten(said, held)
    return tuple(found)


def _avenants(said: Published, held: Held) -> Iterator[ChangePlan]:
    firms = held.contractor_ids or frozenset(firm.id for firm in said.contractors)
    now = _Now(held.amount_ht or said.amount_ht, held.duration_months or said.duration_months, firms)
    for one in said.modifications:
        known = held.modifications.get(one.number)
        if known is None:
            yield from _avenant(one, now, f"avenant {one.number}")
        elif (one.amount_ht, one.duration_months) != (known.amount_ht, known.duration_months):
            before = _Now(known.amount_ht or now.amount_ht, known.duration_months or now.months, held.contractor_ids)
            yield from _avenant(one, before, f"avenant {one.number} publié autrement")
        now.amount_ht, now.months = one.amount_ht or now.amount_ht, one.duration_months or now.months
        now.firms = now.firms | {firm.id for firm in one.contractors}


def _avenant(one: ModificationPlan, now: _Now, source: str) -> Iterator[ChangePlan]:
    told = f"{source}, notifié le {format_short_date(one.notified_on)}" if one.notified_on else source
    if one.amount_ht is not None and one.amount_ht != now.amount_ht:
        mark, before = f"{source}:{one.amount_ht}", shown_value("amount_ht", now.amount_ht)
        yield ChangePlan(ChangeKind.AMOUNT, mark, told, before, format_euros(one.amount_ht), one.published_on)
    if one.duration_months is not None and one.duration_months != now.months:
        mark, before = f"{source}:{one.duration_months}", shown_value("duration_months", now.months)
        after = shown_value("duration_months", one.duration_months)
        yield ChangePlan(ChangeKind.DURATION, mark, told, before, after, one.published_on)
    if one.contractors and {firm.id for firm in one.contractors} != now.firms:
        yield ChangePlan(
            ChangeKind.AWARD, _mark(source, one.contractors), told, _ids(now.firms), _names(one.contractors),
            one.published_on,
        )  # fmt: skip


def _subcontractors(said: Published, held: Held) -> Iterator[ChangePlan]:
    for one in said.subcontractors:
        if one.firm.id not in held.subcontractor_ids:
            told = f"{one.firm.name}, depuis le {format_short_date(one.since)}"
            told += f", {format_euros(one.amount_ht)}" if one.amount_ht is not None else ""
            mark = _mark("sous-traitant", (one.firm,))
            yield ChangePlan(ChangeKind.SUBCONTRACTOR, mark, "acte de sous-traitance", "", told, one.published_on)


def _rewritten(said: Published, held: Held) -> Iterator[ChangePlan]:
    """Values of the record itself, published otherwise than what is held."""
    source = "données publiées de nouveau"
    pairs = (
        (ChangeKind.AMOUNT, "amount_ht", held.amount_ht, said.amount_ht),
        (ChangeKind.DURATION, "duration_months", held.duration_months, said.duration_months),
    )
    for kind, field, before, after in pairs:
        if after is not None and before is not None and before != after:
            was, told = shown_value(field, before), shown_value(field, after)
            yield ChangePlan(kind, f"publié:{after}", source, was, told, said.published_on)
    by_avenant = {firm.id for one in said.modifications for firm in one.contractors}
    missing = [one for one in said.contractors if one.id not in held.contractor_ids and one.id not in by_avenant]
    if missing and held.contractor_ids:
        mark, names = _mark("publié", missing), _names(missing)
        yield ChangePlan(ChangeKind.AWARD, mark, source, _ids(held.contractor_ids), names, said.published_on)


def _mark(source: str, firms: tuple[FirmRef, ...] | list[FirmRef]) -> str:
    """Identifiers are of any length and number: their digest is not."""
    digest = blake2s("|".join(sorted(firm.id for firm in firms)).encode(), digest_size=10).hexdigest()
    return f"{source}:{digest}"


def _names(firms: tuple[FirmRef, ...] | list[FirmRef]) -> str:
    return ", ".join(firm.name for firm in firms)[:LONGEST]


def _ids(ids: frozenset[str]) -> str:
    return ", ".join(sorted(ids))[:LONGEST]
