"""The purchase of a study with the answer of the test, and the reason for which the buyer leaves the condition out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.advice.enums import BuyerKind, StudyState
from clausette.advice.models import Study
from clausette.advice.queries.facts import obligation_of
from clausette.advice.queries.visibility import studies_visible_to
from clausette.advice.rules import KnownPurchase, Motive, ObligationTest, missing_to_test, purchase_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.enums import ContractNature


@dataclass(frozen=True, slots=True)
class PurchaseSheet:
    """Amounts in euros without tax; « » and None: not known yet. `buyer_uid`: the buyer of the directory, if any.

    `test` is None while `missing` says what it asks for. `waiver` is the reason chosen, if it can still serve.
    """

    uid: UUID
    state: StudyState
    buyer_uid: UUID | None
    buyer_name: str
    buyer_siret: str
    buyer_kind: BuyerKind | None
    title: str
    reference: str
    nature: ContractNature | None
    is_concession: bool
    is_defence: bool
    amount_ht: Decimal | None
    cpv: str
    engaged_on: date | None
    duration_months: int | None
    place: str
    said_social: str
    asked_on: date
    answer_due_on: date
    missing: tuple[str, ...]
    test: ObligationTest | None
    waiver_code: str

    @property
    def waiver(self) -> Motive | None:
        """The reason chosen, with its text for the report."""
        motives = self.test.motives if self.test else ()
        return next((motive for motive in motives if motive.code == self.waiver_code and not motive.refusal), None)


def known_purchase(row: Study) -> KnownPurchase:
    """Return what a study says of its purchase."""
    return KnownPurchase(
        buyer_kind=BuyerKind(row.buyer_kind) if row.buyer_kind else None,
        nature=ContractNature(row.nature) if row.nature else None,
        value=row.amount_ht,
        engaged_on=row.engaged_on,
        defence=row.is_defence,
        concession=row.is_concession,
    )


def test_of(row: Study) -> ObligationTest | None:
    """Return the answer of the test for the purchase of a study, None while something is missing."""
    purchase = purchase_of(known_purchase(row))
    return obligation_of(purchase) if purchase else None


def purchase_sheet(*, actor: Actor, uid: UUID) -> PurchaseSheet:
    """Return the purchase of a study. Raises Absent."""
    row = studies_visible_to(actor).filter(uid=uid).select_related("buyer").first()
    if row is None:
        raise Absent("advice.Study")
    known = known_purchase(row)
    return PurchaseSheet(
        uid=row.uid, state=StudyState(row.state), buyer_uid=row.buyer.uid if row.buyer else None,
        buyer_name=row.buyer_name, buyer_siret=row.buyer.siret or "" if row.buyer else "",
        buyer_kind=known.buyer_kind, title=row.title, reference=row.reference, nature=known.nature,
        is_concession=row.is_concession, is_defence=row.is_defence, amount_ht=row.amount_ht, cpv=row.cpv,
        engaged_on=row.engaged_on, duration_months=row.duration_months, place=row.place, said_social=row.said_social,
        asked_on=row.asked_on, answer_due_on=row.answer_due_on, missing=missing_to_test(known), test=test_of(row),
        waiver_code=row.waiver,
    )  # fmt: skip
