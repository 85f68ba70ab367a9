"""Applying: contracts through the verbs of their rooms, ties to those held, nothing twice, nothing in silence."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clausette.access.models import Organisation
from clausette.imports.enums import BatchState, RowChoice, RowFate
from clausette.imports.errors import Stale
from clausette.imports.models import ExternalReference, ImportBatch, ImportRow
from clausette.imports.operations import (
    Applied,
    Decision,
    apply_batch,
    cancel_batch,
    choose,
    choose_all,
    compare_again,
)
from clausette.journal.models import Event
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, NotAllowed, Refusal, WrongState
from clausette.procurement.enums import (
    ContractKind,
    ContractNature,
    ContractState,
    LegalDeviceKind,
    PartyRole,
    Source,
)
from clausette.procurement.models import Award, Contract, ContractModification, ContractParty
from clausette.procurement.operations import change_contract
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import BUYER, FIRM, OTHER, act, avenant, firms, record, siret, take
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def apply(who: Actor, batch: UUID) -> Applied:
    with acting(who) as actor:
        return apply_batch(actor=actor, batch_uid=batch, at=clock.now(), on=TODAY)


def decide(who: Actor, batch: UUID, position: int, choice: RowChoice, **more: Any) -> None:
    with acting(who) as actor:
        choose(actor=actor, batch_uid=batch, position=position, decision=Decision(choice, **more))


def rows(batch: UUID) -> list[ImportRow]:
    with as_owner():
        return list(ImportRow.objects.filter(batch__uid=batch).order_by("position"))


def state(batch: UUID) -> str:
    with as_owner():
        return ImportBatch.objects.get(uid=batch).state


def typed(people: Cast, **values: Any) -> UUID:
    """A contract typed by hand, with what is known of it."""
    uid = contract(people, **{key: values.pop(key) for key in ("name", "number", "firm") if key in values})
    with acting(people.pilot) as actor:
        change_contract(actor=actor, uid=uid, **values) if values else None
    return uid


def test_a_new_record_becomes_a_contract_with_its_award(people: Cast) -> None:
    batch = take(people.pilot, record())
    assert apply(people.pilot, batch) == Applied(created=1, attached=0, refused=0, undecided=0)
    with as_owner():
        made = Contract.objects.get()
        assert (made.common_name, made.official_id) == (
            "Extension de l'école des Quatre-Vents, lot 2 : gros œuvre", "2026-01",
        )  # fmt: skip
        assert (made.kind, made.nature, made.state) == (
            ContractKind.PUBLIC_CONTRACT, ContractNature.WORKS, ContractState.NOTIFIED,
        )  # fmt: skip
        assert (made.device, made.source) == (LegalDeviceKind.BOTH, Source.DECP)
        assert (made.amount_ht, made.amount_is_maximum) == (Decimal("1000000.00"), False)
        assert (made.notified_on, made.duration_months) == (date(2026, 3, 2), 18)
        assert (made.cpv, made.place_code) == ("45214200", "38185")
        award = Award.objects.get(contract=made)
        assert (award.contractor.name, award.amount_ht) == ("Bâti Ouche", Decimal("1000000.00"))
        roles = set(ContractParty.objects.filter(contract=made).values_list("role", "organisation__name"))
        assert roles == {
            (PartyRole.PILOT, "PLIE du Lys"),
            (PartyRole.BUYER, "Métropole du Lys"),
            (PartyRole.CONTRACTOR, "Bâti Ouche"),
        }
        reference = ExternalReference.objects.get()
        assert (reference.key, reference.contract_id) == (f"{BUYER}/2026-01", made.pk)
        batch_row = ImportBatch.objects.get(uid=batch)
        assert (batch_row.state, batch_row.applied_by_id) == (BatchState.APPLIED, people.pilot.account_id)
    assert [row.result_id for row in rows(batch)] == [made.pk]


def test_each_act_has_its_event(people: Cast) -> None:
    batch = take(people.pilot, record(modifications=[avenant(1)]))
    apply(people.pilot, batch)
    with as_owner():
        made = Contract.objects.get()
        verbs = set(Event.objects.filter(contract_id=made.pk).values_list("verb", flat=True))
    assert {
        "procurement.contract.created", "procurement.award.created", "procurement.modification.created",
        "imports.batch.applied",
    } <= verbs  # fmt: skip


def test_unknown_bodies_are_registered_by_siret_once_with_a_name_to_complete(people: Cast) -> None:
    buyer, firm = siret(1), siret(2)
    one, two = (record(n, acheteur={"id": buyer}, titulaires=firms(firm)) for n in ("A1", "A2"))
    apply(people.pilot, take(people.pilot, one, two))
    with as_owner():
        made = {body.siret: body for body in Organisation.objects.filter(siret__in=(buyer, firm))}
        assert set(made) == {buyer, firm}
        assert made[buyer].name == f"SIRET {buyer[:3]} {buyer[3:6]} {buyer[6:9]} {buyer[9:]}"
        assert (made[buyer].capabilities, made[firm].capabilities) == (["buyer"], ["contractor"])
        assert Contract.objects.filter(buyer=made[buyer]).count() == 2


def test_a_foreign_firm_is_registered_by_its_identifier_once(people: Cast) -> None:
    foreign = [{"titulaire": {"typeIdentifiant": "TVA", "id": "DE136695976"}}]
    batch = take(people.pilot, record("A1", titulaires=foreign), record("A2", titulaires=foreign))
    apply(people.pilot, batch)
    with as_owner():
        assert Organisation.objects.filter(name="TVA DE136695976").count() == 1
    again = take(people.pilot, record("A1", titulaires=foreign), record("A3", titulaires=foreign))
    assert [row.fate for row in rows(again)] == [RowFate.SAME, RowFate.ADDED]


def test_the_amount_of_a_framework_agreement_is_a_maximum(people: Cast) -> None:
    values: dict[str, Any] = {"techniques": {"technique": ["Accord-cadre"]}, "titulaires": firms(FIRM, OTHER)}
    apply(people.pilot, take(people.pilot, record(**values)))
    with as_owner():
        made = Contract.objects.get()
        assert (made.kind, made.amount_is_maximum) == (ContractKind.FRAMEWORK, True)
        assert list(Award.objects.values_list("amount_ht", flat=True)) == [None, None]


def test_a_group_is_one_award_with_its_members(people: Cast) -> None:
    values: dict[str, Any] = {"typeGroupementOperateurs": "Solidaire", "titulaires": firms(FIRM, OTHER)}
    apply(people.pilot, take(people.pilot, record(**values)))
    with as_owner():
        assert Award.objects.get().contractor.name == "Bâti Ouche"
        member = ContractParty.objects.get(role=PartyRole.GROUP_MEMBER)
        assert (member.organisation.name, member.head.name if member.head else "") == (
            "Toitures Morel", "Bâti Ouche",
        )  # fmt: skip


def test_a_declared_subcontractor_takes_part(people: Cast) -> None:
    batch = take(
        people.pilot, record(sousTraitanceDeclaree=True, actesSousTraitance=[act(1)])
    )
    apply(people.pilot, batch)
    with as_owner():
        party = ContractParty.objects.get(role=PartyRole.SUBCONTRACTOR)
        assert (party.organisation.siret, party.valid_from) == (OTHER, date(2026, 4, 20))


def test_an_award_that_cannot_be_read_is_left_to_be_typed(people: Cast) -> None:
    batch = take(people.pilot, record(titulaires=firms(FIRM, "123")))
    apply(people.pilot, batch)
    with as_owner():
        assert Contract.objects.count() == 1
        assert not Award.objects.exists()


def test_the_same_records_in_another_file_make_nothing_twice(people: Cast) -> None:
    apply(people.pilot, take(people.pilot, record()))
    again = take(people.pilot, record(), record("2026-02"))
    assert [(row.fate, row.choice) for row in rows(again)] == [
        (RowFate.SAME, RowChoice.SKIP),
        (RowFate.ADDED, RowChoice.CREATE),
    ]
    assert apply(people.pilot, again).created == 1
    with as_owner():
        assert sorted(Contract.objects.values_list("official_id", flat=True)) == ["2026-01", "2026-02"]


def test_a_new_publication_adds_its_modification_and_asks_for_the_rest(people: Cast) -> None:
    apply(people.pilot, take(people.pilot, record()))
    again = take(people.pilot, record(montant=1_100_000, modifications=[avenant(1)]))
    (row,) = rows(again)
    assert [(one["field"], one["kind"]) for one in row.changes] == [
        ("amount_ht", "differs"),
        ("modification", "add"),
    ]
    assert [row.changes[0]["before"], row.changes[0]["after"]] == [
        "1\u202f000\u202f000\u00a0€",
        "1\u202f100\u202f000\u00a0€",
    ]
    apply(people.pilot, again)
    with as_owner():
        assert Contract.objects.get().amount_ht == Decimal("1000000.00")
        change = ContractModification.objects.get()
        assert (change.number, change.amount_ht, change.source) == (1, Decimal("1048000.25"), Source.DECP)
    third = take(
        people.pilot,
        record(montant=1_100_000, modifications=[avenant(1)]),
        name="x.json",
        concessions=({},),
    )
    assert rows(third)[0].fate == RowFate.SAME


def test_a_typed_contract_keeps_what_was_typed_and_is_completed(people: Cast) -> None:
    uid = typed(people, number="2026-01", amount_ht=Decimal(900_000), title="Ce que j'ai écrit")
    batch = take(people.pilot, record())
    (row,) = rows(batch)
    asked = {one["field"] for one in row.changes if one["kind"] == "differs"}
    assert asked == {"amount_ht", "title"}
    assert apply(people.pilot, batch).attached == 1
    with as_owner():
        held = Contract.objects.get()
        assert (held.uid, held.common_name, held.title) == (uid, "Gymnase des Acacias", "Ce que j'ai écrit")
        assert (held.amount_ht, held.cpv, held.notified_on) == (
            Decimal(900_000),
            "45214200",
            date(2026, 3, 2),
        )
        assert ExternalReference.objects.get().contract_id == held.pk
        assert Award.objects.count() == 1


def test_only_the_differences_taken_are_written(people: Cast) -> None:
    typed(people, number="2026-01", amount_ht=Decimal(900_000), title="Ce que j'ai écrit")
    batch = take(people.pilot, record())
    decide(people.pilot, batch, 1, RowChoice.ATTACH, accepted=frozenset({"amount_ht", "nothing"}))
    apply(people.pilot, batch)
    with as_owner():
        held = Contract.objects.get()
        assert (held.amount_ht, held.title) == (Decimal("1000000.00"), "Ce que j'ai écrit")


def test_all_the_published_values_can_be_taken_at_once(people: Cast) -> None:
    typed(people, number="2026-01", amount_ht=Decimal(900_000))
    batch = take(people.pilot, record())
    with acting(people.pilot) as actor:
        values = {"fate": RowFate.CHANGED, "choice": RowChoice.ATTACH, "accept": True}
        assert choose_all(actor=actor, batch_uid=batch, **values) == 1  # type: ignore[arg-type]  # two kinds of values
    apply(people.pilot, batch)
    with as_owner():
        assert Contract.objects.get().amount_ht == Decimal("1000000.00")


def test_an_identical_typed_contract_is_tied_without_a_change(people: Cast) -> None:
    typed(
        people, number="2026-01", amount_ht=Decimal(1_000_000), cpv="45214200", place_code="38185",
        title="Extension de l'école des Quatre-Vents, lot 2 : gros œuvre", notified_on=date(2026, 3, 2),
        duration_months=18,
    )  # fmt: skip
    batch = take(people.pilot, record())
    assert [(row.fate, row.choice) for row in rows(batch)] == [(RowFate.SAME, RowChoice.ATTACH)]
    apply(people.pilot, batch)
    with as_owner():
        assert ExternalReference.objects.count() == 1


def test_a_published_firm_is_added_only_when_taken(people: Cast) -> None:
    typed(people, number="2026-01", firm="other_firm")
    batch = take(people.pilot, record())
    (row,) = rows(batch)
    assert ("contractors", "differs") in {(one["field"], one["kind"]) for one in row.changes}
    decide(people.pilot, batch, 1, RowChoice.ATTACH, accepted=frozenset({"contractors"}))
    apply(people.pilot, batch)
    with as_owner():
        names = set(Award.objects.filter(ended_on=None).values_list("contractor__name", flat=True))
    assert names == {"Toitures Morel", "Bâti Ouche"}


def look_alike(people: Cast) -> UUID:
    return typed(people, amount_ht=Decimal(1_000_000))


def test_nothing_is_applied_while_nothing_is_decided(people: Cast) -> None:
    look_alike(people)
    batch = take(people.pilot, record())
    with pytest.raises(WrongState, match="1\u00a0marché est à rapprocher"):
        apply(people.pilot, batch)


def test_the_good_ones_are_applied_and_the_questions_wait(people: Cast) -> None:
    look_alike(people)
    batch = take(people.pilot, record(), record("2026-02", acheteur={"id": siret(5)}))
    assert apply(people.pilot, batch) == Applied(created=1, attached=0, refused=0, undecided=1)
    assert state(batch) == BatchState.READ
    decide(people.pilot, batch, 1, RowChoice.SKIP)
    assert apply(people.pilot, batch) == Applied(0, 0, 0, 0)
    assert state(batch) == BatchState.APPLIED


def test_a_question_answered_by_the_contract_held(people: Cast) -> None:
    uid = look_alike(people)
    batch = take(people.pilot, record())
    decide(people.pilot, batch, 1, RowChoice.ATTACH, attach_to_uid=uid)
    assert apply(people.pilot, batch).attached == 1
    with as_owner():
        held = Contract.objects.get()
        assert (held.uid, held.official_id) == (uid, "2026-01")


def test_a_question_answered_by_a_new_contract(people: Cast) -> None:
    look_alike(people)
    batch = take(people.pilot, record())
    decide(people.pilot, batch, 1, RowChoice.CREATE)
    assert apply(people.pilot, batch).created == 1
    with as_owner():
        assert Contract.objects.count() == 2


def test_two_records_may_be_tied_to_one_contract(people: Cast) -> None:
    uid = typed(people, firm="")
    batch = take(people.pilot, record("L1"), record("L2", titulaires=firms(OTHER), montant=5000))
    for position in (1, 2):
        decide(people.pilot, batch, position, RowChoice.ATTACH, attach_to_uid=uid)
    assert apply(people.pilot, batch) == Applied(created=0, attached=2, refused=0, undecided=0)
    with as_owner():
        held = Contract.objects.get()
        assert (held.official_id, held.amount_ht) == (
            "L1",
            Decimal(1_000_000),
        )  # the first filled, the second asks
        assert ExternalReference.objects.filter(contract=held).count() == 2
        assert list(Award.objects.values_list("contractor__name", flat=True)) == ["Bâti Ouche"]
    again = take(
        people.pilot, record("L1"), record("L2", titulaires=firms(OTHER), montant=5000), record("L3")
    )
    assert [row.fate for row in rows(again)] == [RowFate.SAME, RowFate.SAME, RowFate.ADDED]


def test_what_changed_since_the_comparison_is_seen_before_anything_is_written(people: Cast) -> None:
    batch = take(people.pilot, record(), record("2026-02", acheteur={"id": siret(5)}))
    uid = typed(people, number="2026-01")
    with pytest.raises(Stale, match="des marchés ont changé"):
        apply(people.pilot, batch)
    with as_owner():
        assert Contract.objects.count() == 1
    with acting(people.pilot) as actor:
        assert compare_again(actor=actor, batch_uid=batch) == 1
    assert [row.fate for row in rows(batch)] == [RowFate.CHANGED, RowFate.ADDED]
    assert apply(people.pilot, batch) == Applied(created=1, attached=1, refused=0, undecided=0)
    with as_owner():
        assert Contract.objects.filter(official_id="2026-01").values_list("uid", flat=True).get() == uid


def test_a_record_refused_by_a_rule_is_told_on_its_row_and_the_others_are_written(people: Cast) -> None:
    typed(people, number="2026-01", consultation_on=date(2026, 6, 1))
    batch = take(people.pilot, record(), record("2026-02"))
    assert apply(people.pilot, batch) == Applied(created=1, attached=0, refused=1, undecided=1)
    refused = rows(batch)[0]
    assert (refused.fate, refused.result_id) == (RowFate.REFUSED, None)
    assert refused.problems[-1]["sentence"] == "La notification précède la consultation."


def test_a_record_written_twice_shows_the_contract_of_its_twin(people: Cast) -> None:
    batch = take(people.pilot, record(), record())
    apply(people.pilot, batch)
    first, second = rows(batch)
    assert first.result_id == second.result_id is not None
    with as_owner():
        assert Contract.objects.count() == 1


def test_a_contract_shared_with_us_is_tied_and_left_as_it_is(people: Cast) -> None:
    from clausette.procurement.operations import share_contract

    uid = contract(people, number="2026-01")
    with acting(people.pilot) as actor:
        share_contract(actor=actor, contract_uid=uid, structure_uid=people.uid("stranger"), on=TODAY)
    batch = take(people.stranger, record())
    assert [(row.fate, row.changes) for row in rows(batch)] == [(RowFate.SAME, [])]
    assert apply(people.stranger, batch).attached == 1
    with as_owner():
        assert Contract.objects.get().title == ""


def test_choices_that_are_not_open_are_refused_with_their_reason(people: Cast) -> None:
    typed(people, number="2026-01")
    batch = take(people.pilot, record(), record("2026-02", objet=None), record("2026-03"), concessions=({},))
    for position, choice, sentence in (
        (1, RowChoice.CREATE, "pas possible"),
        (2, RowChoice.CREATE, "ne peut pas être repris"),
        (3, RowChoice.ATTACH, "Choisissez le marché"),
        (4, RowChoice.CREATE, "ne peut pas être repris"),
    ):
        with pytest.raises(Refusal, match=sentence):
            decide(people.pilot, batch, position, choice)
    with pytest.raises(Absent):
        decide(people.pilot, batch, 99, RowChoice.SKIP)


def test_a_record_is_not_tied_to_a_contract_of_others(people: Cast) -> None:
    uid = contract(people)
    batch = take(people.stranger, record())
    with pytest.raises(Absent):
        decide(people.stranger, batch, 1, RowChoice.ATTACH, attach_to_uid=uid)


def test_an_import_given_up_can_be_sent_again(people: Cast) -> None:
    batch = take(people.pilot, record())
    with acting(people.pilot) as actor:
        cancel_batch(actor=actor, batch_uid=batch)
    assert state(batch) == BatchState.CANCELLED
    with pytest.raises(NotAllowed, match="Abandonné"):
        apply(people.pilot, batch)
    assert take(people.pilot, record()) != batch


def test_an_import_half_taken_is_not_given_up(people: Cast) -> None:
    look_alike(people)
    batch = take(people.pilot, record(), record("2026-02", acheteur={"id": siret(5)}))
    apply(people.pilot, batch)
    with acting(people.pilot) as actor, pytest.raises(NotAllowed, match="déjà repris"):
        cancel_batch(actor=actor, batch_uid=batch)


def test_the_import_of_others_does_not_exist(people: Cast) -> None:
    batch = take(people.pilot, record())
    for verb in (
        lambda actor: apply_batch(actor=actor, batch_uid=batch, at=clock.now(), on=TODAY),
        lambda actor: cancel_batch(actor=actor, batch_uid=batch),
        lambda actor: compare_again(actor=actor, batch_uid=batch),
        lambda actor: choose(actor=actor, batch_uid=batch, position=1, decision=Decision(RowChoice.SKIP)),
        lambda actor: choose_all(actor=actor, batch_uid=batch, fate=RowFate.ADDED, choice=RowChoice.SKIP),
    ):
        with acting(people.stranger) as actor, pytest.raises(Absent):
            verb(actor)
