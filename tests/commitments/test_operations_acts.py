"""Hours on a basis, shares of a group, and signed acts between engagements: figures, refusals, the journal."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from clausette.commitments.enums import AmountBase, CommitmentKind, PartStatus, ValuedMatter, VersionReason
from clausette.commitments.models import Commitment, CommitmentAct
from clausette.commitments.operations import (
    PartEntry,
    Signed,
    Terms,
    change_conditions,
    declare_base,
    globalise,
    move_hours,
    say_valued,
    set_shares,
    transfer_commitment,
    withdraw_act,
    withdraw_base,
)
from clausette.commitments.queries import (
    CommitmentSheet,
    acts_crediting,
    acts_of,
    commitment_sheet,
    conditions_of,
    figures_for,
    shares_of,
    valued_lines,
)
from clausette.commitments.rules import Valued
from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, NotAllowed, WrongState
from clausette.procurement.enums import AmountKind, PartyRole
from clausette.procurement.operations import AmountLine, admit_party, award, enter_amounts, withdraw_amount
from tests.commitments.builders import commitment
from tests.files.builders import TEXT
from tests.hats import TODAY, acting, as_owner, noon
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db
START, END = date(2026, 1, 1), date(2026, 12, 31)
PUBLIC = Terms(
    euros_per_hour=Decimal(2000), beyond_ht=Decimal(2_700_000), amount_base=AmountBase.INVOICED,
    estimated_ht=Decimal(5_000_000),
)  # fmt: skip
SHARE = Terms(hours_share=Decimal("0.05"), estimated_base=Decimal(36_500))


@pytest.fixture
def people() -> Cast:
    return cast()


def _sheet(people: Cast, uid: UUID, on: date = TODAY) -> CommitmentSheet:
    with acting(people.pilot) as actor:
        return commitment_sheet(actor=actor, uid=uid, as_of=on)


def _owed(people: Cast, market: UUID, kind: CommitmentKind, terms: Terms, firm: str = "firm") -> UUID:
    return commitment(people, market, kind=kind, terms=terms, firm=firm, starts_on=START, ends_on=END)


def _fixed(people: Cast, market: UUID, hours: int = 365, firm: str = "firm") -> UUID:
    return _owed(people, market, CommitmentKind.FIXED, Terms(minimum_hours=Decimal(hours)), firm)


def _signed(people: Cast, reason: str = "Avenant 3", on: date = TODAY) -> Signed:
    with acting(people.pilot) as actor:
        paper = store_file(actor=actor, name="acte.txt", data=TEXT, purpose=Purpose.EVIDENCE)
    return Signed(on, reason, paper)


def _invoice(people: Cast, market: UUID, on: date, amount: str, firm: str = "firm") -> None:
    line = AmountLine(on, f"F-{firm}-{on}", Decimal(amount), people.uid(firm))
    with acting(people.pilot) as actor:
        enter_amounts(
            actor=actor, contract_uid=market, kind=AmountKind.INVOICED, lines=[line], today=TODAY
        )


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_hours_follow_the_invoices_typed_and_the_arithmetic_is_told(people: Cast) -> None:
    market = contract(people)
    uid = _owed(people, market, CommitmentKind.PER_AMOUNT, PUBLIC)
    _invoice(people, market, date(2026, 6, 1), "2700000")
    assert _plain(_sheet(people, uid).arithmetic) == (
        "2 700 000 € facturés au 16 novembre 2026, le seuil de 2 700 000 € n'est pas dépassé : 0 h"
    )
    _invoice(people, market, date(2026, 9, 1), "2000")
    before, after = _sheet(people, uid, date(2026, 8, 31)), _sheet(people, uid)
    assert (before.figures.to_date, after.figures.to_date) == (Decimal(0), Decimal(1))
    assert (after.due, after.figures.possible) == (Decimal(1), Decimal(1149))
    assert _plain(after.arithmetic) == "(2 702 000 € facturés − 2 700 000 €) ÷ 2 000 €/h = 1 h"


def test_the_hours_due_are_the_same_for_all_who_read_them(people: Cast) -> None:
    """The cotraitant's invoices count for the titulaire, who may not read them."""
    market = contract(people)
    with acting(people.pilot) as actor:
        admit_party(
            actor=actor, contract_uid=market, organisation_uid=people.uid("other_firm"),
            role=PartyRole.GROUP_MEMBER, head_uid=people.uid("firm"), valid_from=START,
        )  # fmt: skip
    uid = _owed(people, market, CommitmentKind.PER_AMOUNT, PUBLIC)
    _invoice(people, market, date(2026, 6, 1), "2700000")
    _invoice(people, market, date(2026, 6, 2), "10000", "other_firm")
    for who in (people.pilot, people.buyer, people.firm):
        with acting(who) as actor:
            found = figures_for(actor=actor, as_of=TODAY)
            assert [one.to_date for one in found.values()] == [Decimal(5)], who.organisation_name
            assert commitment_sheet(actor=actor, uid=uid, as_of=TODAY).figures.to_date == 5
    with acting(people.stranger) as actor:
        assert figures_for(actor=actor, as_of=TODAY) == {}


def test_an_invoice_withdrawn_makes_no_hour(people: Cast) -> None:
    market = contract(people)
    uid = _owed(people, market, CommitmentKind.PER_AMOUNT, PUBLIC)
    line = AmountLine(date(2026, 6, 1), "F-1", Decimal(2_800_000), people.uid("firm"))
    with acting(people.pilot) as actor:
        made = enter_amounts(
            actor=actor, contract_uid=market, kind=AmountKind.INVOICED, lines=[line], today=TODAY
        )
        assert commitment_sheet(actor=actor, uid=uid, as_of=TODAY).due == 50
        withdraw_amount(actor=actor, uid=made[0], reason="Erreur", at=noon(TODAY))
    assert _sheet(people, uid).due == 0


def test_hours_worked_declared_take_the_place_of_the_estimate(people: Cast) -> None:
    uid = _owed(people, contract(people), CommitmentKind.SHARE_OF_HOURS, SHARE)
    day = date(2026, 3, 31)
    assert _sheet(people, uid, day).figures.provisional
    with acting(people.firm) as actor:
        base = declare_base(
            actor=actor, commitment_uid=uid, starts_on=START, ends_on=day, hours=Decimal(12_000), on=TODAY
        )
        with pytest.raises(Invalid, match="déjà déclarées du 1er"):
            declare_base(actor=actor, commitment_uid=uid, starts_on=day, ends_on=day, hours=Decimal(1), on=TODAY)
        with pytest.raises(Invalid, match="pas finie"):
            declare_base(actor=actor, commitment_uid=uid, starts_on=TODAY, ends_on=END, hours=Decimal(1), on=TODAY)
    sheet = _sheet(people, uid, day)
    assert (sheet.figures.to_date, sheet.figures.provisional) == (Decimal(600), False)
    assert _plain(sheet.arithmetic) == "5 % × 12 000 h déclarées = 600 h"
    with acting(people.buyer) as actor, pytest.raises(NotAllowed, match="Le titulaire ou la structure"):
        withdraw_base(actor=actor, uid=base, on=TODAY, reason="x")
    with acting(people.pilot) as actor:
        withdraw_base(actor=actor, uid=base, on=TODAY, reason="Chiffre d'un autre chantier")
    assert _sheet(people, uid, day).figures.provisional


def _two_firms(people: Cast) -> tuple[UUID, UUID, UUID]:
    market = contract(people)
    with acting(people.pilot) as actor:
        award(actor=actor, contract_uid=market, contractor_uid=people.uid("other_firm"), on=TODAY)
    return market, _fixed(people, market), _fixed(people, market, 100, "other_firm")


def test_hours_moved_leave_one_and_are_owed_by_the_other(people: Cast) -> None:
    _, given, taken = _two_firms(people)
    signed = _signed(people)
    with acting(people.pilot) as actor:
        move_hours(
            actor=actor, from_uid=given, to_uid=taken, hours=Decimal("65.5"), on=date(2026, 10, 1), signed=signed
        )
    one, two = _sheet(people, given), _sheet(people, taken)
    assert (one.due, two.due) == (Decimal("299.5"), Decimal("165.5"))
    assert one.figures.firm_at_term + two.figures.firm_at_term == 465
    assert [one.versions[0].reason, two.versions[0].reason] == [VersionReason.MOVE] * 2
    assert one.versions[0].document_uid == signed.document_uid
    assert _sheet(people, given, date(2026, 9, 30)).due == 365
    assert "65,5 h cédées par acte" in _plain(one.arithmetic)
    with acting(people.other_firm) as actor:
        act = acts_of(actor=actor, commitment_id=two.id)[0]
    assert (act.hours, act.from_uid, act.from_name, act.to_uid) == (Decimal("65.5"), None, "", taken)


def test_more_than_what_is_firm_is_not_given(people: Cast) -> None:
    _, given, taken = _two_firms(people)
    signed = _signed(people)
    with acting(people.pilot) as actor:
        for hours, told in ((Decimal(366), "n'a que 365"), (Decimal(0), "supérieures à zéro")):
            with pytest.raises(Invalid, match=told):
                move_hours(actor=actor, from_uid=given, to_uid=taken, hours=hours, on=TODAY, signed=signed)
        unsaid = Signed(TODAY, " ", signed.document_uid)
        with pytest.raises(Invalid, match="motif de l'acte"):
            move_hours(actor=actor, from_uid=given, to_uid=taken, hours=Decimal(1), on=TODAY, signed=unsaid)
    with as_owner():
        assert CommitmentAct.objects.count() == 0


def test_the_next_titulaire_takes_the_balance(people: Cast) -> None:
    option = PartEntry("Tranche 2", PartStatus.CONDITIONAL, date(2026, 6, 1), END, Decimal(90))
    base = PartEntry("Base", PartStatus.FIRM, START, END, Decimal(365))
    market = contract(people)
    old = commitment(
        people, market, kind=CommitmentKind.FIXED, terms=Terms(minimum_hours=Decimal(455)), parts=(base, option),
        starts_on=START, ends_on=END,
    )  # fmt: skip
    with acting(people.pilot) as actor:
        award(actor=actor, contract_uid=market, contractor_uid=people.uid("other_firm"), on=TODAY)
    signed = _signed(people, "Liquidation judiciaire")
    with acting(people.pilot) as actor:
        new = transfer_commitment(
            actor=actor, uid=old, to_contractor_uid=people.uid("other_firm"), validated=Decimal(140),
            on=date(2026, 9, 1), signed=signed,
        )  # fmt: skip
    left, taken = _sheet(people, old), _sheet(people, new)
    assert (left.figures.firm_at_term, left.figures.possible) == (Decimal(140), Decimal(0))
    assert (taken.figures.firm_at_term, taken.figures.possible) == (Decimal(225), Decimal(90))
    assert (left.ends_on, taken.starts_on, taken.ends_on) == (date(2026, 8, 31), date(2026, 9, 1), END)
    assert _sheet(people, old, date(2026, 8, 31)).figures.firm_at_term == 365
    with acting(people.pilot) as actor:
        assert [act.hours for act in acts_of(actor=actor, commitment_id=left.id)] == [Decimal(225)]


def test_the_dated_rules_go_on_with_the_next_titulaire(people: Cast) -> None:
    market = contract(people)
    old, signed = _fixed(people, market), _signed(people)
    cdi = ValuedMatter.CDI
    with acting(people.pilot) as actor:
        for day, months in ((START, 6), (date(2026, 5, 1), 12), (date(2026, 11, 1), 18)):
            say_valued(actor=actor, uid=old, rule=Valued(cdi, day, True, months=months, source="CCAP"))
        for control, speaks in (("W104", False), ("W111", True)):
            off = Valued(ValuedMatter.CONTROL, START, speaks, source="CCAP", control=control)
            say_valued(actor=actor, uid=old, rule=off)
        award(actor=actor, contract_uid=market, contractor_uid=people.uid("other_firm"), on=TODAY)
        change_conditions(actor=actor, uid=old, confirmed_by_firm=True)
        new = transfer_commitment(
            actor=actor, uid=old, to_contractor_uid=people.uid("other_firm"), validated=Decimal(140),
            on=date(2026, 9, 1), signed=signed,
        )  # fmt: skip
        assert conditions_of(actor=actor, uid=new, on=TODAY).own.confirmed_by_firm
        lines = valued_lines(actor=actor, commitment_id=_sheet(people, new).id)
    switched = [(one.rule.control, one.rule.admitted, one.rule.starts_on) for one in lines if one.rule.control]
    assert sorted(switched) == [("W104", False, date(2026, 9, 1)), ("W111", True, date(2026, 9, 1))]
    told = [(one.rule.starts_on, one.rule.months) for one in lines if one.rule.matter == cdi]
    assert told == [(date(2026, 11, 1), 18), (date(2026, 9, 1), 12)]


def test_a_balance_goes_to_a_titulaire_only(people: Cast) -> None:
    market = contract(people)
    old, signed = _fixed(people, market), _signed(people)
    with acting(people.pilot) as actor:
        for firm, told in (("other_firm", "transférez-lui d'abord"), ("firm", "déjà le titulaire")):
            with pytest.raises(Invalid, match=told):
                transfer_commitment(
                    actor=actor, uid=old, to_contractor_uid=people.uid(firm), validated=Decimal(0), on=TODAY,
                    signed=signed,
                )  # fmt: skip


def test_a_globalisation_credits_the_same_titulaire_until_it_is_withdrawn(people: Cast) -> None:
    here, there = _fixed(people, contract(people, "A")), _fixed(people, contract(people, "B"))
    signed = _signed(people, "Accord des maîtres d'ouvrage")
    with acting(people.pilot) as actor:
        act = globalise(
            actor=actor, from_uid=here, to_uid=there, ceiling=Decimal(50), starts_on=date(2026, 10, 1), signed=signed
        )
        taken = commitment_sheet(actor=actor, uid=there, as_of=TODAY)
        assert [one.uid for one in acts_crediting(actor=actor, commitment_id=taken.id, on=TODAY)] == [act]
        assert acts_crediting(actor=actor, commitment_id=taken.id, on=date(2026, 9, 30)) == ()
        assert taken.due == 365  # hours due do not move
        withdraw_act(actor=actor, uid=act, on=TODAY, reason="Accord dénoncé")
        assert acts_crediting(actor=actor, commitment_id=taken.id) == ()
        with pytest.raises(WrongState, match="déjà retiré"):
            withdraw_act(actor=actor, uid=act, on=TODAY, reason="Encore")
    _, one, two = _two_firms(people)
    with acting(people.pilot) as actor, pytest.raises(Invalid, match="du même titulaire"):
        globalise(actor=actor, from_uid=one, to_uid=two, ceiling=Decimal(1), starts_on=TODAY, signed=signed)


def test_shares_of_a_group_follow_one_another(people: Cast) -> None:
    market = contract(people)
    with acting(people.pilot) as actor:
        admit_party(
            actor=actor, contract_uid=market, organisation_uid=people.uid("other_firm"),
            role=PartyRole.GROUP_MEMBER, head_uid=people.uid("firm"), valid_from=START,
        )  # fmt: skip
    uid, lead, member = _fixed(people, market), people.uid("firm"), people.uid("other_firm")
    with acting(people.pilot) as actor:
        set_shares(actor=actor, uid=uid, shares={lead: Decimal("0.6"), member: Decimal("0.4")}, on=START)
        set_shares(actor=actor, uid=uid, shares={lead: Decimal("0.5"), member: Decimal("0.5")}, on=date(2026, 7, 1))
        for shares, told in (
            ({lead: Decimal("0.7"), member: Decimal("0.4")}, "ne dépassent pas 100"),
            ({people.uid("stranger"): Decimal("0.4")}, "entreprise du groupement"),
        ):
            with pytest.raises(Invalid, match=told):
                set_shares(actor=actor, uid=uid, shares=shares, on=TODAY)
        number = commitment_sheet(actor=actor, uid=uid, as_of=TODAY).id
        june = shares_of(actor=actor, commitment_id=number, as_of=date(2026, 6, 30))
    assert [(one.organisation_uid, one.share) for one in june] == [(lead, Decimal("0.6")), (member, Decimal("0.4"))]
    with acting(people.other_firm) as actor:  # a member reads its own share
        assert [one.share for one in shares_of(actor=actor, commitment_id=number)] == [Decimal("0.5"), Decimal("0.4")]


def test_a_globalisation_asks_each_buyer_and_another_contract(people: Cast) -> None:
    market = contract(people, "A")
    here, there = _fixed(people, market), _fixed(people, contract(people, "B"))
    signed = _signed(people, "Accord des maîtres d'ouvrage")

    def sign(actor: Actor, *, agreed: bool) -> None:
        globalise(
            actor=actor, from_uid=here, to_uid=there, ceiling=Decimal(50), starts_on=TODAY, signed=signed,
            buyers_agree=agreed,
        )  # fmt: skip

    with as_owner():
        owed = Commitment.objects.get(uid=there)
        type(owed.contract).objects.filter(pk=owed.contract_id).update(buyer_id=owed.contractor_id)
    with acting(people.pilot) as actor:
        with pytest.raises(Invalid) as refused:
            sign(actor, agreed=False)
        assert "l'accord écrit de chacun" in refused.value.errors["buyers"]
        sign(actor, agreed=True)
