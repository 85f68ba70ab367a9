"""What the texts say, from a study or from a contract."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from clausette.advice.queries.facts import obligation_of
from clausette.advice.queries.purchase import BoughtStudy, Volume, at_or_above
from clausette.advice.rules import Purchase
from clausette.advice.rules.articles import article_of
from clausette.advice.texts.context import FollowRules, TextFacts, TextLot
from clausette.commitments.queries import (
    CommitmentLine,
    Conditions,
    LegalLine,
    default_conditions,
    legal_line,
    list_commitments,
    usual_counting,
)
from clausette.commitments.rules import LegalReference
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_hours
from clausette.procurement.enums import ContractKind, LegalDeviceKind
from clausette.procurement.queries import ContractSheet, contract_sheet
from clausette.reference.enums import PublicGroup
from clausette.reference.queries import categories, legal_articles, parameters_on

WHOLE = "unique"
"""Number of the lot of a purchase that has none."""


def study_texts(*, actor: Actor, study: BoughtStudy, on: date, lot: UUID | None = None) -> TextFacts:
    """Return what the texts say of a study, of one of its lots when told. Raises Absent."""
    law = study.engaged_on
    above = at_or_above(study, law) if law else None

    def article(device: LegalDeviceKind | None) -> str:
        if law is None or device is None:
            return ""
        return _whole(
            article_of(
                legal_articles(), device=device, kind=study.kind, on=law, at_or_above=above, defence=study.defence
            )
        )

    lots = _lots_of(study, lot)
    return TextFacts(
        structure=actor.organisation_name,
        facilitator=actor.account_name,
        buyer=study.buyer_name,
        title=study.title,
        law_on=law,
        reference=study.reference,
        place=study.place,
        amount_ht=study.amount_ht,
        months=study.duration_months,
        engaged_on=law,
        asked_on=study.asked_on,
        device=study.device,
        device_reasons=study.device_reasons,
        obligation=_obligation(study),
        device_article=article(study.device or LegalDeviceKind.EXECUTION),
        execution_article=article(LegalDeviceKind.EXECUTION),
        criterion_article=article(LegalDeviceKind.CRITERION),
        waiver=_waiver(study),
        hours=study.hours,
        lots=lots,
        follow=_rules(actor, on),
    )


def _lots_of(study: BoughtStudy, wanted: UUID | None) -> tuple[TextLot, ...]:
    if not study.lots:
        return (_lot(WHOLE, study.title, study.whole),)
    lots = [one for one in study.lots if wanted in (None, one.uid)]
    if not lots:
        raise Absent("advice.StudyLot")
    return tuple(_lot(one.number, one.title, one.volume) for one in lots)


def _lot(number: str, title: str, volume: Volume | None) -> TextLot:
    return TextLot(
        number, title, volume=volume.written if volume else "", arithmetic=volume.arithmetic if volume else ""
    )


def _whole(found: LegalReference | LegalLine | None) -> str:
    """« article L2112-2 du code de la commande publique »; those of other texts keep their name in brackets."""
    if found is None:
        return ""
    if not found.text.startswith("Code"):
        return found.label
    articles, comma, note = found.articles.partition(",")
    return f"{articles} du {found.text[0].lower()}{found.text[1:]}{comma}{note}"


def _purchase(study: BoughtStudy) -> Purchase | None:
    if study.buyer_kind is None or study.nature is None or study.amount_ht is None or study.engaged_on is None:
        return None
    return Purchase(
        study.buyer_kind, study.nature, study.amount_ht, study.engaged_on, defence=study.defence,
        concession=study.is_concession,
    )  # fmt: skip


def _obligation(study: BoughtStudy) -> str:
    purchase = _purchase(study)
    return obligation_of(purchase).sentence if purchase else ""


def _waiver(study: BoughtStudy) -> str:
    """The paragraph of the motive chosen, where the condition is due."""
    purchase = _purchase(study)
    if purchase is None or not study.waiver:
        return ""
    found = [one.text for one in obligation_of(purchase).motives if one.code == study.waiver and not one.refusal]
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class ContractTexts:
    """What the texts say of a contract, and its firms (uid, name): a letter is written to one of them."""

    facts: TextFacts
    firms: tuple[tuple[UUID, str], ...]


def contract_texts(*, actor: Actor, uid: UUID, on: date, firm: UUID | None = None) -> ContractTexts:
    """Return what the texts say of a contract followed: its firms, what they owe; of one firm when told. Raises
    Absent."""
    sheet = contract_sheet(actor=actor, uid=uid)
    owed = list_commitments(actor=actor, as_of=on, contract_ids=[sheet.id])
    firms = {one.contractor.uid: one.contractor.name for one in sheet.awards if one.ended_on is None}
    firms |= {one.contractor_uid: one.contractor_name for one in owed}
    if firm is not None and firm not in firms:
        raise Absent("procurement.Award")
    facts = _of_contract(actor, sheet, [one for one in owed if firm in (None, one.contractor_uid)], on)
    told = firms[firm] if firm else ", ".join(firms.values())
    return ContractTexts(replace(facts, contractor=told), tuple(firms.items()))


def _of_contract(actor: Actor, sheet: ContractSheet, owed: Sequence[CommitmentLine], on: date) -> TextFacts:
    legal = legal_line(sheet)
    notified = sheet.notified_on or next((one.notified_on for one in sheet.awards if one.notified_on), None)
    return TextFacts(
        structure=actor.organisation_name,
        facilitator=actor.account_name,
        buyer=sheet.buyer.name,
        title=sheet.title or sheet.common_name,
        law_on=legal.on if legal else None,
        reference=sheet.official_id,
        place=sheet.place_code,
        amount_ht=sheet.amount_ht,
        months=sheet.duration_months,
        engaged_on=sheet.consultation_on,
        device=LegalDeviceKind(sheet.device),
        device_article=_whole(legal),
        criterion_article=_criterion(sheet, legal.on if legal else None),
        lots=_owed_lots(sheet, owed),
        notified_on=notified,
        starts_on=sheet.starts_on,
        ends_on=sheet.ends_on,
        follow=_rules(actor, on),
    )


def _criterion(sheet: ContractSheet, on: date | None) -> str:
    if sheet.device not in (LegalDeviceKind.CRITERION, LegalDeviceKind.BOTH):
        return ""
    kind, device = ContractKind(sheet.kind), LegalDeviceKind.CRITERION
    return _whole(article_of(legal_articles(), device=device, kind=kind, on=on, at_or_above=None))


def _owed_lots(sheet: ContractSheet, owed: Sequence[CommitmentLine]) -> tuple[TextLot, ...]:
    """One line for each engagement; lots without one are not named."""
    return tuple(
        TextLot(
            one.lot_number or WHOLE,
            one.lot_title or sheet.title or sheet.common_name,
            volume="suivi des heures, sans objectif chiffré"
            if one.figures.followed
            else format_hours(one.figures.firm_at_term),
            contractor=one.contractor_name,
        )
        for one in owed
    )


def _rules(actor: Actor, on: date) -> FollowRules:
    """Publics, counting and statements: the rules of the structure, else the dated practice."""
    own = default_conditions(actor=actor, owner_org_id=actor.organisation_id, on=on)
    said = own or Conditions()
    rows = categories(codes=said.publics or None)
    counting = usual_counting(on=on, structure=own.counting if own else None)
    far = (PublicGroup.B, PublicGroup.B_OPTION) if said.publics else (PublicGroup.B,)
    return FollowRules(
        publics_known=tuple(row.label for row in rows if row.group == PublicGroup.A),
        publics_far=tuple(row.label for row in rows if row.group in far),
        validity_months=counting.validity_months,
        penalty=own.penalty_multiplier if own else parameters_on(on).get("penalty_multiplier"),
        ett=said.ett,
        periodicity=said.periodicity,
        due_day=said.due_day,
    )
