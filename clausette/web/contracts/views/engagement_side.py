"""Beside the figures of an engagement: its gestures, its sub-targets, its group, its acts, its counting rules."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import WITHOUT_FIGURE, ActKind, CommitmentKind, PartStatus, ValuedMatter
from clausette.commitments.permissions import can_add_version, can_declare_base, can_reopen
from clausette.commitments.queries import ActLine, CommitmentSheet, around, shares_of
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_hours, format_percent, plural
from clausette.placements.enums import Modality
from clausette.procurement.permissions import can_pilot
from clausette.reference.facts.publics import PUBLICS
from clausette.web.components.buttons import LinkButton
from clausette.web.components.figures import Figure
from clausette.web.components.lists import Fact, Facts
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.counting_rules import first_counting

NOBODY_ELSE = "Ce marché n'a pas d'autre engagement qui puisse recevoir des heures dues."
NO_OTHER_CONTRACT = "Ce titulaire n'a pas d'engagement sur un autre marché : il n'y a rien à globaliser."
NO_OTHER_ENGAGEMENT = (
    "Ce titulaire n'a pas d'autre engagement en cours envers ce maître d'ouvrage : le surplus reste ici."
)
NOT_SETTLED = "Soldez d'abord l'engagement : son surplus n'est connu qu'une fois fini."
NO_OTHER_FIRM = "Transférez d'abord l'attribution : le marché n'a pas d'autre titulaire."
NO_GROUP = "Ce titulaire n'a pas de cotraitant : ajoutez le groupement au marché."
_PUBLICS = {row.code: row.label for row in PUBLICS}


def _suspended(sheet: CommitmentSheet) -> bool:
    pauses = sheet.owing.pauses
    return bool(pauses) and pauses[-1].ends_on is None


def gestures(actor: Actor, sheet: CommitmentSheet) -> list[LinkButton]:
    """What can be done of the life of an engagement, for those who follow contracts; each says why when it cannot."""
    found = [_bases(actor, sheet)] if sheet.kind == CommitmentKind.SHARE_OF_HOURS else []
    if not actor.can("facilitator"):
        return found
    owner, state = sheet.contract.owner_org_id, sheet.contract.state
    reason = can_add_version(actor, owner_org_id=owner, contract_state=state, closed_on=sheet.closed_on).reason
    beside_it = around(actor=actor, sheet=sheet)
    named = [("Reprendre", "resume_commitment", "") if _suspended(sheet) else ("Suspendre", "suspend_commitment", "")]
    last = sheet.versions[0].parts if sheet.versions else ()
    if any(part.status == PartStatus.CONDITIONAL for part in last):
        named.append(("Décider des parties", "decide_parts", ""))
    if sheet.kind not in WITHOUT_FIGURE:
        named += [
            ("Céder des heures", "move_hours", "" if beside_it.same_contract else NOBODY_ELSE),
            ("Parts du groupement", "group_shares", "" if beside_it.grouped else NO_GROUP),
        ]
    named += [
        ("Globaliser", "globalise", "" if beside_it.same_contractor else NO_OTHER_CONTRACT),
        ("Transférer le solde", "transfer_commitment", "" if beside_it.other_contractor else NO_OTHER_FIRM),
        ("Conditions", "conditions", ""),
        ("Règles de valorisation", "valued", ""),
    ]
    found += [LinkButton(word, _href(actor, sheet, name), "quiet", reason or why) for word, name, why in named]
    found.append(LinkButton("Structure déclarante", href(actor, "hours:reporting", uid=sheet.uid), "quiet"))
    if sheet.kind not in WITHOUT_FIGURE:
        why = NOT_SETTLED if sheet.closed_on is None else "" if beside_it.same_firm else NO_OTHER_ENGAGEMENT
        pilot = can_pilot(actor, owner_org_id=owner).reason
        found.append(LinkButton("Reporter le surplus", _href(actor, sheet, "carry_over"), "quiet", pilot or why))
    if sheet.closed_on is not None:
        again = can_reopen(actor, owner_org_id=owner, contract_state=state, closed_on=sheet.closed_on)
        found.append(LinkButton("Rouvrir", _href(actor, sheet, "reopen_commitment"), "quiet", again.reason))
    return found


def _href(actor: Actor, sheet: CommitmentSheet, name: str) -> str:
    return href(actor, f"contracts:{name}", uid=sheet.uid)


def _bases(actor: Actor, sheet: CommitmentSheet) -> LinkButton:
    may = can_declare_base(
        actor, lead_org_id=sheet.lead_org_id, owner_org_id=sheet.contract.owner_org_id,
        contractor_id=sheet.contractor_id, kind=sheet.kind, closed_on=sheet.closed_on,
    )  # fmt: skip
    word = "Déclarer les heures travaillées" if may else "Voir les heures travaillées"
    readers = actor.can("facilitator") or actor.can("buyer") or actor.can("contractor")
    reason = "" if readers else "Réservé au titulaire, au maître d'ouvrage et aux structures du marché."
    return LinkButton(word, _href(actor, sheet, "bases"), "secondary", reason)


def _act(act: ActLine, sheet: CommitmentSheet) -> str:
    gives = act.from_id == sheet.id
    name = act.to_name if gives else act.from_name
    other = name or "un autre engagement"
    if act.kind == ActKind.GLOBALISATION:
        end = f" au {format_date(act.ends_on)}" if act.ends_on else ""
        way = "vers" if gives else "depuis"
        most = f"{format_hours(act.ceiling or 0)} au plus"
        told = f"Globalisation {way} {other}, {most}, du {format_date(act.starts_on)}{end}"
    elif act.kind == ActKind.CARRY_OVER:
        place = (act.to_place if gives else act.from_place) or "un autre marché"
        way = f"reportées vers « {place} »" if gives else f"reçues par report depuis « {place} »"
        told = f"Report du surplus : {format_hours(act.hours or 0)} {way}, au {format_date(act.starts_on)}"
    else:
        word = "Transfert" if act.kind == ActKind.TRANSFER else "Mouvement"
        way = f"cédées à {other}" if gives else f"reçues de {name}" if name else f"reçues d'{other}"
        told = f"{word} : {format_hours(act.hours or 0)} {way}, au {format_date(act.starts_on)}"
    word = "Annulé" if act.kind == ActKind.CARRY_OVER else "Retirée"
    gone = f" {word} le {format_date(act.withdrawn_on)} : {act.withdrawn_reason}" if act.withdrawn_on else ""
    return f"{told}. Signé le {format_date(act.signed_on)}. {act.reason.rstrip('. ')}.{gone}"


def carried_figures(acts: Sequence[ActLine], sheet: CommitmentSheet) -> list[Figure]:
    """« reportées », « reçues par report »: what acts carried from here and to here, already in the hours validated."""
    alive = [act for act in acts if act.kind == ActKind.CARRY_OVER and act.withdrawn_on is None]
    given = sum((act.hours or Decimal(0) for act in alive if act.from_id == sheet.id), Decimal(0))
    received = sum((act.hours or Decimal(0) for act in alive if act.to_id == sheet.id), Decimal(0))
    told = (
        (given, "reportées", "Surplus compté sur un autre engagement, déduit des heures validées."),
        (received, "reçues par report", "Surplus d'un autre engagement, compris dans les heures validées."),
    )
    return [Figure(format_hours(hours), word, definition=note) for hours, word, note in told if hours]


def acts_told(
    actor: Actor, sheet: CommitmentSheet, acts: Sequence[ActLine]
) -> list[tuple[str, str, str, str]]:
    """(sentence, address of the paper, address to credit hours by it, address to withdraw it) for each act."""
    found = []
    for act in acts:
        paper = href(actor, "hours:evidence", uid=act.document_uid) if act.document_uid else ""
        own = act.owner_org_id == actor.organisation_id and act.withdrawn_on is None
        gone = own and act.kind == ActKind.GLOBALISATION and act.from_uid is not None
        credit = href(actor, "hours:credit", uid=act.uid) if gone else ""
        away = href(actor, "contracts:withdraw_act", uid=act.uid) if gone else ""
        if own and act.kind == ActKind.CARRY_OVER and act.to_uid is not None:
            away = href(actor, "contracts:withdraw_act", uid=act.uid)
        found.append((_act(act, sheet), paper, credit, away))
    return found


def shares_facts(actor: Actor, sheet: CommitmentSheet, as_of: date) -> Facts | None:
    """The share of each member of the group, in percent and in hours due firm."""
    known = shares_of(actor=actor, commitment_id=sheet.id, as_of=as_of)
    if not known:
        return None
    firm = sheet.figures.firm_at_term
    return Facts(
        [Fact(one.name, f"{format_percent(one.share)}, soit {format_hours(firm * one.share)}") for one in known]
    )


def targets_facts(sheet: CommitmentSheet) -> Facts | None:
    """The sub-targets of the version in force."""
    targets = sheet.version.targets if sheet.version else ()
    if not targets:
        return None
    return Facts([Fact(one.kind.label, f"{format_percent(one.share)}, {one.base.label.lower()}") for one in targets])


def _reads_targets(actor: Actor) -> bool:
    return actor.can("facilitator") or actor.can("buyer") or actor.can("contractor")


def counting_facts(sheet: CommitmentSheet, but: Collection[ValuedMatter]) -> list[Fact]:
    """Who is admitted, the counting rules that apply, and where each comes from; `but`: told by a dated rule."""
    rules = sheet.counting
    modalities = ", ".join(Modality(one).label for one in sheet.modalities if one in Modality.values)

    where = "Règle de ce marché." if "validity_months" in rules.own else "Règle de la structure, ou usage daté."
    return [
        Fact("Publics admis", ", ".join(_PUBLICS.get(code, code) for code in sheet.publics) or "tous les publics"),
        Fact("Modalités admises", modalities or "toutes les modalités"),
        *first_counting(sheet, but),
        Fact(
            "Une personne est comptée",
            plural(rules.validity_months, "mois", "mois"),
            help=where,
        ),
    ]


def notices(sheet: CommitmentSheet) -> list[str]:
    """What a reader must know before the figures: suspended, provisional."""
    found = []
    if _suspended(sheet):
        since = format_date(sheet.owing.pauses[-1].starts_on)
        found.append(f"Engagement suspendu depuis le {since} : aucune heure ne devient due.")
    if sheet.figures.provisional:
        found.append(
            "Chiffres provisoires : des heures travaillées ne sont pas encore déclarées, elles reposent sur "
            "l'estimation."
        )
    return found


def beside(actor: Actor, sheet: CommitmentSheet, acts: Sequence[ActLine]) -> dict[str, object]:
    """All that the template needs beside the figures."""
    return {
        "gestures": gestures(actor, sheet),
        "acts": acts_told(actor, sheet, acts),
        "shares": shares_facts(actor, sheet, sheet.as_of),
        "targets": targets_facts(sheet),
        "targets_href": _href(actor, sheet, "targets") if _reads_targets(actor) else "",
        "notices": notices(sheet),
        "versions_href": href(actor, "contracts:versions", uid=sheet.uid),
    }
