"""The balance of an engagement goes to the titulaire that takes the contract over."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from clausette.access.queries import get_organisation
from clausette.commitments.enums import WITHOUT_FIGURE, ActKind, CommitmentKind, VersionReason
from clausette.commitments.models import Commitment, ValuedRule
from clausette.commitments.operations.acts import Signed, write_act
from clausette.commitments.operations.versions import follow
from clausette.commitments.operations.writing import Before, Said, before, kind_of, locked, write_version
from clausette.commitments.queries.figures import OWES, owings
from clausette.commitments.rules import ON_A_BASIS, PartEntry, PerAmount, ShareOfHours, Terms, left_to_another
from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.months import days_between
from clausette.kernel.operation import created, operation
from clausette.procurement.queries import contractors_of

_COPIED = (
    "lot_id", "lead_org_id", "ett", "periodicity", "due_day", "penalty_multiplier", "publics", "modalities",
    "cdi_months", "work_study", "training_cap", "validity_months", "controls_off", "confirmed_by_firm",
)  # fmt: skip
_SAID = (
    "control", "admitted", "person_most", "hours_most", "share_most", "days_most", "months", "source", "document_id",
)  # fmt: skip
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Split:
    """What is left to the former titulaire and what the next one takes, in terms and schedule."""

    left: Terms
    left_parts: tuple[PartEntry, ...]
    taken: Terms
    taken_parts: tuple[PartEntry, ...]
    hours: Decimal


@operation("commitments.commitment.transferred")
def transfer_commitment(
    *, actor: Actor, uid: UUID, to_contractor_uid: UUID, validated: Decimal, on: date, signed: Signed
) -> UUID:
    """Leave an engagement with what was validated, give the rest to another titulaire of the contract.

    `validated`: hours validated to that day, said by the room `hours`. Return the uid of the new engagement.
    Raises NotAllowed, Absent, WrongState, Invalid.
    """
    row = locked(actor, uid)
    firm = _taker(actor, row, to_contractor_uid)
    if on <= row.starts_on:
        raise Invalid({"on": "Le transfert a lieu après le début de l'engagement."})
    held, kind = before(row), kind_of(row)
    split = _split(actor, row, held, validated, on)
    new = Commitment(
        contract_id=row.contract_id,
        contractor_id=firm,
        # hours computed for the first are for the next a number that the act writes
        kind=CommitmentKind.FIXED if kind == CommitmentKind.COMPUTED else kind,
        starts_on=on,
        ends_on=max([on, row.ends_on, *(part.ends_on for part in split.taken_parts)]),
        **{name: getattr(row, name) for name in _COPIED},
    )
    created(new)
    paper: dict[str, int | None] = {"document_id": file_id(actor, signed.document_uid)}
    taken = Said(
        VersionReason.TRANSFER, on, split.taken, split.taken_parts, held.targets, signed.reason, paper
    )
    write_version(new, 1, taken)
    left = Said(
        VersionReason.TRANSFER, max(on, held.version.effective_on), split.left, split.left_parts, held.targets,
        signed.reason, paper,
    )  # fmt: skip
    follow(actor, row, held, left, on - timedelta(days=1))
    _copy_rules(row, new)
    if split.hours > 0:
        write_act(actor, ActKind.TRANSFER, row, new, signed, hours=split.hours, starts_on=on)
    return new.uid


def _copy_rules(row: Commitment, new: Commitment) -> None:
    """What the engagement says by month goes on with the next titulaire: the rule of the day, and those to come."""
    held = ValuedRule.objects.filter(commitment=row, withdrawn_on=None).order_by("matter", "control", "-starts_on")
    for (matter, _), rules in groupby(held, key=lambda one: (one.matter, one.control)):
        for rule in rules:
            said = {name: getattr(rule, name) for name in _SAID}
            starts_on = max(rule.starts_on, new.starts_on)
            if rule.starts_on <= new.ends_on:
                made = ValuedRule(
                    commitment=new, contract_id=new.contract_id, matter=matter, starts_on=starts_on, **said
                )
                created(made)
            if rule.starts_on <= new.starts_on:
                break  # what held before is over


def _taker(actor: Actor, row: Commitment, uid: UUID) -> int:
    """The internal number of the next titulaire. Raises Invalid."""
    if uid not in dict(contractors_of(actor=actor, contract_id=row.contract_id)):
        sentence = "Cette entreprise n'est pas titulaire de ce marché : transférez-lui d'abord l'attribution."
        raise Invalid({"contractor": sentence})
    firm = get_organisation(actor=actor, uid=uid).id
    if firm == row.contractor_id:
        raise Invalid({"contractor": "Cette entreprise est déjà le titulaire de cet engagement."})
    return firm


def _split(actor: Actor, row: Commitment, held: Before, validated: Decimal, on: date) -> _Split:
    kind = kind_of(row)
    if kind in WITHOUT_FIGURE:
        return _Split(held.terms, (), Terms(), (), ZERO)
    if kind in ON_A_BASIS:
        return _split_basis(actor, row, held, validated, on)
    parts = held.parts
    left, taken = left_to_another(parts, validated, starts_on=row.starts_on, on=on, until=row.ends_on)
    total, kept = sum((part.hours for part in parts), ZERO), sum((part.hours for part in left), ZERO)
    whole = sum((part.hours for part in taken), ZERO)
    if whole == 0:
        raise Invalid({"contractor": "Toutes les heures dues sont validées : il ne reste rien à transférer."})
    less = replace(held.terms, moved_hours=held.terms.moved_hours - (total - kept))
    firm = taken[0].hours if taken[0].label == "Solde transféré" else ZERO
    return _Split(less, left, Terms(minimum_hours=whole), taken, firm)


def _split_basis(actor: Actor, row: Commitment, held: Before, validated: Decimal, on: date) -> _Split:
    """Hours on a basis: the act settles what was due by the eve; the next titulaire goes on with the basis."""
    eve = on - timedelta(days=1)
    known = {name: getattr(row, name) for name in OWES if name != "ends_on"} | {"ends_on": eve}
    owing = owings(actor=actor, owed=[known], as_of=eve)[row.pk]
    rest = max(ZERO, owing.figures(eve).to_date - validated)
    less = replace(held.terms, moved_hours=held.terms.moved_hours - rest)
    more = replace(held.terms, moved_hours=rest, minimum_hours=None, offer_hours=None)
    if isinstance(owing.basis, PerAmount):
        gone = owing.basis.known
        beyond = max(ZERO, owing.basis.beyond - gone)
        more = replace(more, beyond_ht=beyond, estimated_ht=_rest(more.estimated_ht, gone))
    estimate = more.estimated_base
    if isinstance(owing.basis, ShareOfHours) and estimate is not None:
        whole, later = days_between(row.starts_on, row.ends_on), days_between(on, row.ends_on)
        base = (estimate * later / whole).quantize(Decimal("0.01"))
        more, less = replace(more, estimated_base=base or None), replace(less, estimated_base=estimate - base)
    return _Split(less, held.parts, more, (), rest)


def _rest(estimate: Decimal | None, gone: Decimal) -> Decimal | None:
    return estimate - gone if estimate is not None and estimate > gone else None
