"""Orders under an accord-cadre, and orders and invoices typed as amounts."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.procurement.enums import AmountKind, ContractKind, PartyRole
from clausette.procurement.models import AmountEntry, Contract
from clausette.procurement.operations import (
    AmountLine,
    LotEntry,
    OrderEntry,
    admit_for_buyer,
    award,
    create_contract,
    create_order,
    enter_amounts,
    share_contract,
    withdraw_amount,
)
from clausette.procurement.queries import amounts_of, amounts_page, contract_sheet, framework_orders
from tests.hats import TODAY, acting, as_owner, noon
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 3)


@pytest.fixture
def people() -> Cast:
    return cast()


def _framework(people: Cast, *, lots: int = 0) -> UUID:
    with acting(people.pilot) as actor:
        uid = create_contract(
            actor=actor, common_name="Voirie", buyer_uid=people.uid("buyer"), kind=ContractKind.FRAMEWORK, on=TODAY,
            amount_ht=Decimal(100_000), notified_on=date(2026, 1, 15),
            lots=[LotEntry(str(n), "Lot", Decimal(60_000)) for n in range(1, lots + 1)],
        )  # fmt: skip
        lot = contract_sheet(actor=actor, uid=uid).lots[0].uid if lots else None
        award(actor=actor, contract_uid=uid, contractor_uid=people.uid("firm"), lot_uid=lot, on=TODAY)
        return uid


def _order(amount: str | None, **more: object) -> OrderEntry:
    given = {"kind": ContractKind.ORDER, "common_name": "Rue des Lilas", **more}
    return OrderEntry(amount_ht=Decimal(amount) if amount else None, **given)  # type: ignore[arg-type]  # by name


def test_an_order_is_a_contract_of_its_own_with_the_titulaire_of_the_accord_cadre(people: Cast) -> None:
    uid = _framework(people)
    with acting(people.pilot) as actor:
        made = create_order(actor=actor, framework_uid=uid, entry=_order("40000", notified_on=ON), on=TODAY)
        sheet = contract_sheet(actor=actor, uid=made)
        assert (sheet.kind, sheet.state, sheet.buyer.name) == ("order", "notified", "Métropole du Lys")
        assert [one.contractor.name for one in sheet.awards] == ["Bâti Ouche"]
        assert sheet.ties.framework is not None
        assert sheet.ties.framework.uid == uid
        found = framework_orders(actor=actor, uid=uid)
        assert (found.ceiling.ordered, found.ceiling.left) == (Decimal(40000), Decimal(60000))
        assert contract_sheet(actor=actor, uid=uid).amount_ht == Decimal(100_000)


def test_orders_stop_at_the_maximum_of_the_accord_cadre(people: Cast) -> None:
    uid = _framework(people)
    with acting(people.pilot) as actor:
        create_order(actor=actor, framework_uid=uid, entry=_order("60000"), on=TODAY)
        subsequent = _order("40000.01", kind=ContractKind.SUBSEQUENT, common_name="Rue des Acacias")
        with pytest.raises(Invalid, match="dépassent le maximum"):
            create_order(actor=actor, framework_uid=uid, entry=subsequent, on=TODAY)
        with pytest.raises(Invalid, match="dépassent le maximum"):
            enter_amounts(
                actor=actor, contract_uid=uid, kind=AmountKind.ORDERED, today=TODAY,
                lines=[AmountLine(ON, "BC1", Decimal("40000.01"), people.uid("firm"))],
            )  # fmt: skip
        create_order(actor=actor, framework_uid=uid, entry=_order("40000", common_name="Place"), on=TODAY)
    with as_owner():
        assert Contract.objects.count() == 3
        assert AmountEntry.objects.count() == 0


def test_a_lot_has_its_own_maximum(people: Cast) -> None:
    uid = _framework(people, lots=2)
    with acting(people.pilot) as actor:
        first, second = contract_sheet(actor=actor, uid=uid).lots
        with pytest.raises(Invalid, match="sur 60"):
            create_order(actor=actor, framework_uid=uid, entry=_order("60001", lot_uid=first.uid), on=TODAY)
        made = create_order(actor=actor, framework_uid=uid, entry=_order("500", lot_uid=second.uid), on=TODAY)
        assert contract_sheet(actor=actor, uid=made).awards == ()  # nobody holds this lot
        lots = framework_orders(actor=actor, uid=uid).lots
        assert [one.ceiling.ordered for one in lots] == [0, Decimal(500)]


def test_an_order_needs_an_accord_cadre_that_one_pilots(people: Cast) -> None:
    ordinary, framework = contract(people), _framework(people)
    with acting(people.pilot) as actor, pytest.raises(Invalid, match="Seul un accord-cadre"):
        create_order(actor=actor, framework_uid=ordinary, entry=_order("1"), on=TODAY)
    with acting(people.buyer) as actor, pytest.raises(NotAllowed):
        create_order(actor=actor, framework_uid=framework, entry=_order("1"), on=TODAY)
    with acting(people.stranger) as actor, pytest.raises(Absent):
        create_order(actor=actor, framework_uid=framework, entry=_order("1"), on=TODAY)


def _line(
    people: Cast, amount: str = "1000", reference: str = "F-1", on: date = ON, firm: str = "firm"
) -> AmountLine:
    return AmountLine(on, reference, Decimal(amount), people.uid(firm))


def _enter(
    people: Cast, uid: UUID, *lines: AmountLine, who: str = "buyer", kind: AmountKind = AmountKind.INVOICED
) -> tuple[UUID, ...]:
    with acting(getattr(people, who)) as actor:
        return enter_amounts(actor=actor, contract_uid=uid, kind=kind, lines=lines, today=TODAY)


def test_the_buyer_and_the_structure_type_and_the_firm_reads_its_own(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        award(actor=actor, contract_uid=uid, contractor_uid=people.uid("other_firm"), on=TODAY)
    _enter(people, uid, _line(people), _line(people, "-200", "AV-1"))
    _enter(people, uid, _line(people, "300", "X", firm="other_firm"), who="pilot")
    with acting(people.pilot) as actor:
        number = contract_sheet(actor=actor, uid=uid).id
        totals = amounts_page(actor=actor, contract_id=number).totals
        assert [(one.name, one.invoiced) for one in totals] == [
            ("Bâti Ouche", Decimal(800)),
            ("Toitures Morel", Decimal(300)),
        ]
        assert sum(one.amount_ht for one in amounts_of(actor=actor, contract_ids=[number], as_of=ON)) == 1100
        assert amounts_of(actor=actor, contract_ids=[number], as_of=ON - timedelta(days=1)) == ()
    with acting(people.firm) as actor:
        assert {row.contractor_name for row in amounts_page(actor=actor, contract_id=number).rows} == {
            "Bâti Ouche"
        }
    with pytest.raises(NotAllowed, match="Le maître d'ouvrage ou la structure référente"):
        _enter(people, uid, _line(people, "1", "Z"), who="firm")
    with pytest.raises(Absent):
        _enter(people, uid, _line(people, "1", "Z"), who="stranger")


@pytest.mark.parametrize(
    ("amount", "reference", "on", "firm", "said"),
    [
        ("10", "F-2", date(2026, 2, 28), "firm", "précède le marché"),
        ("10", "F-2", TODAY + timedelta(days=1), "firm", "est à venir"),
        ("0", "F-2", ON, "firm", "ne peut pas être zéro"),
        ("10", "f-1", ON, "firm", "déjà enregistrée"),
        ("10", " ", ON, "firm", "de 1 à 60 caractères"),
        ("10", "F-2", ON, "other_firm", "n'est pas titulaire"),
    ],
)
def test_one_wrong_line_and_nothing_is_written(
    people: Cast, amount: str, reference: str, on: date, firm: str, said: str
) -> None:
    uid = contract(people)
    _enter(people, uid, _line(people))
    with pytest.raises(Invalid, match=said):
        _enter(people, uid, _line(people, "5", "F-9"), _line(people, amount, reference, on, firm))
    with as_owner():
        assert AmountEntry.objects.count() == 1


def test_a_withdrawn_line_stays_and_counts_no_more(people: Cast) -> None:
    uid = contract(people)
    (typed,) = _enter(people, uid, _line(people))
    with acting(people.buyer) as actor:
        with pytest.raises(Invalid, match="pourquoi"):
            withdraw_amount(actor=actor, uid=typed, reason=" ", at=noon(TODAY))
        withdraw_amount(actor=actor, uid=typed, reason="En double", at=noon(TODAY))
        with pytest.raises(WrongState, match="déjà retirée"):
            withdraw_amount(actor=actor, uid=typed, reason="En double", at=noon(TODAY))
        found = amounts_page(actor=actor, contract_id=contract_sheet(actor=actor, uid=uid).id)
        assert (found.totals, len(found.rows), found.rows[0].withdrawn_reason) == ((), 1, "En double")
    _enter(people, uid, _line(people))  # the reference is free again


def test_the_buyer_does_not_withdraw_what_the_structure_typed(people: Cast) -> None:
    uid = contract(people)
    (typed,) = _enter(people, uid, _line(people), who="pilot")
    with acting(people.buyer) as actor, pytest.raises(NotAllowed):
        withdraw_amount(actor=actor, uid=typed, reason="x", at=noon(TODAY))
    with acting(people.firm) as actor, pytest.raises(NotAllowed):
        withdraw_amount(actor=actor, uid=typed, reason="x", at=noon(TODAY))


def test_who_acts_for_the_buyer_reads_and_types_what_he_does_and_the_designer_does_not(people: Cast) -> None:
    uid = contract(people)
    _enter(people, uid, _line(people))
    for who, role, rows in (("other_buyer", PartyRole.ADVISER, 1), ("other_firm", PartyRole.DESIGNER, 0)):
        with acting(people.pilot) as actor:
            admit_for_buyer(
                actor=actor,
                contract_uid=uid,
                organisation_uid=people.uid(who),
                role=role,
                valid_from=date(2026, 1, 1),
            )
        with acting(getattr(people, who)) as actor:
            number = contract_sheet(actor=actor, uid=uid).id  # both read the contract
            assert len(amounts_page(actor=actor, contract_id=number).rows) == rows
    _enter(people, uid, _line(people, "1", "Z"), who="other_buyer")


def test_a_structure_associee_reads_amounts_and_types_none(people: Cast) -> None:
    uid = contract(people)
    _enter(people, uid, _line(people))
    with acting(people.pilot) as actor:
        share_contract(actor=actor, contract_uid=uid, structure_uid=people.uid("stranger"), on=TODAY)
    with acting(people.stranger) as actor:
        assert len(amounts_page(actor=actor, contract_id=contract_sheet(actor=actor, uid=uid).id).rows) == 1
    with pytest.raises(NotAllowed):
        _enter(people, uid, _line(people, "1", "Z"), who="stranger")
