"""Advice before the tender: what the structure knows of its trades, two studies, one of which the buyer accepted."""

from datetime import timedelta
from decimal import Decimal

from clausette.access.queries import organisation_with_siret
from clausette.advice.enums import BuyerKind, Method, StudyState, ValueKind
from clausette.advice.operations import (
    StudiedLot,
    create_study,
    keep_calibration,
    move_study,
    set_value,
    state_offer,
)
from clausette.advice.queries import own_figures, proposals_of_cpv, study_sheet
from clausette.advice.rules import Ask, complete
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from clausette.procurement.enums import ContractNature, ExchangeKind
from clausette.procurement.operations import note_exchange
from clausette.procurement.queries import contract_key, contractors_of, silent_contracts
from config.world.cast import BODY
from config.world.stage import Stage

LIBRARY = "Médiathèque des Quais"
GYMNASIUM = "Rénovation du gymnase Paul-Fort"
LOTS = (
    StudiedLot("1", "Gros œuvre", Decimal(1_900_000), "45262522-6"),
    StudiedLot("2", "Peinture intérieure", Decimal(240_000), "45442100-8"),
    StudiedLot("3", "Ascenseur", Decimal(110_000), "45313100-5"),
)
RATE = Decimal("0.05")


def advise(stage: Stage) -> None:
    """The PLIE sets a value of its own, hears two structures of insertion, and studies two purchases."""
    as_of = stage.calendar.as_of
    with stage.structure("plie") as actor:
        set_value(
            actor=actor, trade="painting", kind=ValueKind.LABOUR_SHARE, value=Decimal("0.68"),
            starts_on=add_months(as_of, -8).replace(day=1), source="relevé de neuf marchés soldés",
        )  # fmt: skip
        for key, trade, hours in (("geiq", "masonry", 420), ("jardins", "green_upkeep", 600)):
            body = organisation_with_siret(actor=actor, siret=BODY[key].siret)
            state_offer(
                actor=actor, provider_name=BODY[key].name, provider_uid=body.uid if body else None, trade=trade,
                monthly_hours=Decimal(hours), stated_on=as_of - timedelta(days=30), place=BODY[key].commune,
            )  # fmt: skip
        for one in silent_contracts(actor=actor, on=as_of, days=15)[2:]:
            firms = contractors_of(actor=actor, contract_id=contract_key(actor, one.uid).id)
            note_exchange(
                actor=actor, contract_uid=one.uid, organisation_uid=firms[0][0], kind=ExchangeKind.CALL,
                on=as_of - timedelta(days=6), today=as_of, note="Réunion de démarrage à fixer.",
            )  # fmt: skip
        _accepted(stage, actor)
        _under_study(stage, actor)


def _accepted(stage: Stage, actor: Actor) -> None:
    """Three lots, hours kept for the two that have labour on site, accepted by the métropole."""
    asked = stage.calendar.as_of - timedelta(days=45)
    buyer = organisation_with_siret(actor=actor, siret=BODY["metropole"].siret)
    uid = create_study(
        actor=actor, buyer_name=BODY["metropole"].name, buyer_uid=buyer.uid if buyer else None, title=LIBRARY,
        asked_on=asked, lots=LOTS, buyer_kind=BuyerKind.LOCAL, reference="2026-T-112", nature=ContractNature.WORKS,
        amount_ht=Decimal(7_250_000), cpv="45212330-8", engaged_on=asked + timedelta(days=20), duration_months=16,
        place=BODY["metropole"].commune,
    )  # fmt: skip
    own = own_figures(actor=actor, on=asked)
    for lot in study_sheet(actor=actor, uid=uid).lots[:2]:
        proposal = proposals_of_cpv(lot.cpv, on=asked, own=own)[0]
        completed = complete(Ask(Method.LOT, amount=lot.amount_ht, insertion_rate=RATE), proposal)
        keep_calibration(actor=actor, study_uid=uid, completed=completed, on=asked, lot_uid=lot.uid)
    for state in (StudyState.UNDER_STUDY, StudyState.OPINION_GIVEN, StudyState.ACCEPTED):
        move_study(actor=actor, study_uid=uid, state=state)


def _under_study(stage: Stage, actor: Actor) -> None:
    """A purchase of the département, whose opinion is due in a few days."""
    asked = stage.calendar.as_of - timedelta(days=22)
    buyer = organisation_with_siret(actor=actor, siret=BODY["departement"].siret)
    uid = create_study(
        actor=actor, buyer_name=BODY["departement"].name, buyer_uid=buyer.uid if buyer else None, title=GYMNASIUM,
        asked_on=asked, buyer_kind=BuyerKind.LOCAL, nature=ContractNature.WORKS, amount_ht=Decimal(1_450_000),
        cpv="45212225-9", engaged_on=stage.calendar.as_of + timedelta(days=30), duration_months=9,
        place=BODY["departement"].commune,
    )  # fmt: skip
    move_study(actor=actor, study_uid=uid, state=StudyState.UNDER_STUDY)
