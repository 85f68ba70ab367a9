"""What the page of a person shows, made of components; a firm reads its own part only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clausette.hours.queries import Limit
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date, format_hours, format_percent, plural
from clausette.kernel.months import add_months, first_day
from clausette.outcomes.queries import Path
from clausette.participants.enums import CheckState
from clausette.participants.queries import CheckLine, CheckReasons, ParticipantSheet
from clausette.participants.rules import age_at
from clausette.placements.queries import WorkContractLine
from clausette.privacy.permissions import can_erase
from clausette.reference.facts.publics import PublicRow
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.people.common import crumbs, href, is_firm, standing_badge, standing_sentence
from clausette.web.people.data import data_of
from clausette.web.people.path import check_day, check_detail, hours_figure, next_gesture, timeline


@dataclass(frozen=True, slots=True)
class WorkCard:
    """One work contract, ready to show."""

    title: str
    badge: Badge
    facts: Facts
    buttons: Sequence[LinkButton]
    parts: Sequence[LinkButton]
    """Gestures on one mise à disposition among several, folded: there may be twenty."""


def sheet_context(
    actor: Actor,
    sheet: ParticipantSheet,
    works: Sequence[WorkContractLine],
    limits: Sequence[Limit],
    path: Path | None,
    today: date,
) -> dict[str, object]:
    """Return the context of the page. `limits`: for how long hours count, by the rules of the engagements."""
    firm, hired_on = is_firm(actor), works[0].starts_on if works else None
    return {
        "sheet": sheet,
        "title": sheet.name,
        "crumbs": crumbs(actor),
        "badge": standing_sentence(sheet.standing, hired_on)
        if firm
        else standing_badge(sheet.standing, hired_on),
        "identity": None if firm else _identity(sheet, today),
        "dates": _dates(sheet, limits, firm=firm),
        "works": [_card(actor, sheet, line, today, latest=line is works[0]) for line in works],
        "count": len(works),
        "no_work": EmptyState(
            "Aucun contrat de travail",
            "Il apparaîtra ici après la mise à l'emploi sur un engagement.",
            icon="market",
        ),
        "timeline": None if firm else timeline(actor, sheet, works, path),
        "next": next_gesture(actor, sheet.uid, works, path) if path else None,
        "hours": hours_figure(path, limits, today) if path else None,
        "data": None if firm or not sheet.can_follow else data_of(actor, sheet),
        "market": None,
        "checks": None if firm or not sheet.checks else _decisions(actor, sheet),
        "take": "" if firm or not sheet.can_follow else _take(actor, sheet),
        **_buttons(actor, sheet, firm=firm),
    }


def _buttons(actor: Actor, sheet: ParticipantSheet, *, firm: bool) -> dict[str, object]:
    if firm:
        return {"actions": [], "reasons": None, "more": []}
    follow, read = sheet.can_follow, sheet.can_read_reasons
    check_first = not sheet.standing.opens
    check = LinkButton(
        "Vérifier l'éligibilité", href(actor, "people:check", uid=sheet.uid),
        "primary" if check_first else "secondary", disabled=follow.reason,
    )  # fmt: skip
    place = LinkButton(
        "Mettre à l'emploi", href(actor, "people:place", uid=sheet.uid),
        "secondary" if check_first else "primary", disabled=follow.reason,
    )  # fmt: skip
    path = LinkButton("Parcours", href(actor, "outcomes:path", uid=sheet.uid), "secondary", disabled=follow.reason)
    change = LinkButton("Corriger l'identité", href(actor, "people:change", uid=sheet.uid), "quiet")
    reasons = LinkButton(
        "Voir les motifs", href(actor, "people:reasons", uid=sheet.uid), "secondary", disabled=read.reason
    )
    if not actor.can("facilitator"):
        return {"actions": [], "reasons": reasons, "more": []}
    more = [
        LinkButton("Domicile et quartier", href(actor, "people:home", uid=sheet.uid), "quiet"),
        LinkButton("Pour un marché", f"{href(actor, 'people:show', uid=sheet.uid)}?marche=#marche", "quiet"),
        LinkButton("Prolonger ou suspendre les heures", href(actor, "people:limits", uid=sheet.uid), "quiet"),
    ]
    erase = LinkButton(
        "Effacer les données", href(actor, "people:erase", uid=sheet.uid), "quiet",
        disabled=can_erase(actor, owner_org_id=sheet.owner_org_id).reason,
    )  # fmt: skip
    return {
        "actions": [check, place, path, *([change, erase] if follow else [])],
        "reasons": reasons,
        "more": more if follow else [],
    }


def _take(actor: Actor, sheet: ParticipantSheet) -> str:
    """Where « en vérification » is sent, « » when nothing is to check or somebody looks at it already."""
    if not actor.can("facilitator") or sheet.standing.opens or sheet.standing.state == CheckState.IN_REVIEW:
        return ""
    return href(actor, "people:check", uid=sheet.uid)


def _identity(sheet: ParticipantSheet, today: date) -> Facts:
    born = f"{format_date(sheet.birth_date)}, {age_at(sheet.birth_date, today)} ans"
    referred = sheet.referred_by_name
    if sheet.referred_on:
        referred = f"{referred}, le {format_date(sheet.referred_on)}"
    return Facts(
        [
            Fact("Date de naissance", born),
            Fact("Commune de résidence", sheet.commune_name or None),
            *([Fact("Téléphone", sheet.phone)] if sheet.phone else []),
            *([Fact("Adresse électronique", sheet.email)] if sheet.email else []),
            Fact("Sexe", sheet.sex_label),
            *([Fact("Prescripteur", referred or "Candidature directe")] if sheet.can_read_reasons else []),
            Fact("Suivi par", sheet.owner_name),
        ]
    )


def _dates(sheet: ParticipantSheet, limits: Sequence[Limit], *, firm: bool) -> Facts:
    """The four dates, never merged; a firm reads the two that concern its hirings and its hours."""
    standing = sheet.standing
    eligible = standing.state == CheckState.ELIGIBLE
    fresh = (
        f"vue et fraîche le {format_date(standing.decided_on)}" if eligible and standing.decided_on else None
    )
    hire = Fact(
        "Valable pour une embauche jusqu'au", format_date(standing.hire_before) if standing.hire_before else None,
        help="Une embauche plus tardive demande une nouvelle décision.",
    )  # fmt: skip
    until = [_until(limit, alone=len(limits) == 1) for limit in limits]
    if firm:
        return Facts([hire, *until])
    return Facts(
        [
            Fact("Pièce justificative", fresh, help="Seul compte son âge le jour de la décision."),
            hire,
            *until,
            Fact(
                "Fin du PASS IAE", format_date(standing.pass_ends_on) if standing.pass_ends_on else "sans PASS IAE",
                help="Ne sert qu'aux embauches dans une SIAE.",
            ),
        ]
    )  # fmt: skip


def _until(limit: Limit, *, alone: bool) -> Fact:
    """One limit; with the marchés that say it when others say another one."""
    told = plural(limit.months, "mois", "mois")
    term = "Heures comptées jusqu'au"
    if not alone:
        term = f"{term}, pour {' et '.join(f'« {name} »' for name in limit.names)}"
    if limit.counted is None:
        return Fact(term, "pas encore d'heure", help=f"Pendant {told} à partir de la première heure.")
    begun = format_date(limit.counted.first_hour_on)
    return Fact(term, format_date(limit.counted.until), help=f"Première heure : {begun}, plus {told}.")


def _card(
    actor: Actor, sheet: ParticipantSheet, line: WorkContractLine, today: date, *, latest: bool
) -> WorkCard:
    after = [_following_button(actor, line)] if latest and line.last_day and _may_place(actor, sheet) else []
    return WorkCard(
        title=f"{line.job or line.work_contract.label} chez {line.employer_name}",
        badge=_state(line, today),
        facts=Facts(_facts(actor, line)),
        buttons=[*_split_button(actor, line, today), *after, *_work_buttons(actor, line)],
        parts=_part_buttons(actor, line),
    )


def _may_place(actor: Actor, sheet: ParticipantSheet) -> bool:
    return actor.can("facilitator") and bool(sheet.can_follow)


def _following_button(actor: Actor, line: WorkContractLine) -> LinkButton:
    """The last work contract goes on in another: the same form, already filled with what does not change."""
    address = f"{href(actor, 'people:place', uid=line.participant_uid)}?suite={line.uid}"
    about = f"{line.work_contract.label} chez {line.employer_name}"
    return LinkButton("Donner une suite", address, "secondary", about=about)


def _state(line: WorkContractLine, today: date) -> Badge:
    if line.ended_on is not None:
        return Badge("terminé", "neutral")
    if line.starts_on > today:
        return Badge("à venir", "info")
    return Badge("en cours", "ok") if line.runs_on(today) else Badge("fin prévue passée", "warn")


def _facts(actor: Actor, line: WorkContractLine) -> list[Fact]:
    end = f"au {format_date(line.ends_on)}" if line.ends_on else "sans terme"
    facts = [
        Fact("Contrat de travail", f"{line.work_contract.label}, du {format_date(line.starts_on)} {end}"),
        Fact("Modalité", line.modality.label),
        Fact("Durée", f"{format_hours(line.weekly_hours)} par semaine"),
    ]
    for part in line.allocations:
        share = "" if part.share == 1 else f", {format_percent(part.share)}"
        if len(line.allocations) > 1:
            until = f" au {format_date(part.ends_on)}" if part.ends_on else ""
            share = f"{share}, du {format_date(part.starts_on)}{until}"
        where = f"{part.host_name}, marché « {part.contract_name} »{share}"
        address = href(actor, "contracts:commitment", uid=part.commitment_uid)
        facts.append(Fact("Entreprise utilisatrice", where, address))
    if line.refusal and not is_firm(actor):
        help_text = f"{line.refusal} Les heures seront signalées au contrôle du relevé."
        facts.append(Fact("À l'embauche", Badge("aucune décision valable", "warn"), help=help_text))
    if line.link is not None:
        facts.append(Fact("Lien", line.link.label))
    if line.already_employed_reason:
        facts.append(Fact("Déjà salarié, accepté", line.already_employed_reason))
    if line.ended_on is not None and line.end_reason is not None and not is_firm(actor):
        facts.append(Fact("Fin réelle", f"{format_date(line.ended_on)} : {line.end_reason.label.lower()}"))
    return facts


def _split_button(actor: Actor, line: WorkContractLine, today: date) -> list[LinkButton]:
    """One total for several mises à disposition: for its employer and the structures in charge."""
    ours = actor.can("facilitator") or (actor.can("employer") and line.employer_id == actor.organisation_id)
    if not ours or len(line.allocations) < 2:
        return []
    month = min(add_months(first_day(today), -1), first_day(line.last_day or today))
    address = f"{href(actor, 'hours:split', uid=line.uid)}?mois={month:%Y-%m}"
    about = f"{line.work_contract.label} chez {line.employer_name}"
    return [LinkButton("Répartir un total", address, "secondary", about=about)]


def _work_buttons(actor: Actor, line: WorkContractLine) -> list[LinkButton]:
    if not actor.can("facilitator") or line.ended_on is not None:
        return []
    about = f"{line.work_contract.label} chez {line.employer_name}"
    change, more = line.can_change.reason, line.can_prolong.reason
    buttons = [
        LinkButton(
            "Prolonger", href(actor, "people:prolong", uid=line.uid), "secondary", disabled=more, about=about
        ),
        LinkButton(
            "Terminer", href(actor, "people:end", uid=line.uid), "secondary", disabled=change, about=about
        ),
    ]
    lent = any(part.host_uid != line.employer_uid for part in line.allocations)
    if lent and line.can_change:
        address = href(actor, "people:allocate", uid=line.uid)
        buttons.append(LinkButton("Autre mise à disposition", address, "quiet", about=about))
    buttons.append(
        LinkButton(
            "Retirer", href(actor, "people:withdraw", uid=line.uid), "quiet", disabled=change, about=about
        )
    )
    return buttons


def _part_buttons(actor: Actor, line: WorkContractLine) -> list[LinkButton]:
    """How one mise à disposition among several ends, or is withdrawn."""
    ours = actor.can("facilitator") and line.ended_on is None
    if not ours or len(line.allocations) < 2 or not line.can_change:
        return []
    buttons = []
    for part in line.allocations:
        end = href(actor, "people:end_allocation", uid=part.uid)
        away = href(actor, "people:withdraw_allocation", uid=part.uid)
        about = f"marché {part.contract_name}, depuis le {format_date(part.starts_on)}"
        buttons.append(LinkButton(f"Terminer chez {part.host_name}", end, "quiet", about=about))
        buttons.append(LinkButton(f"Retirer chez {part.host_name}", away, "quiet", about=about))
    return buttons


def _decisions(actor: Actor, sheet: ParticipantSheet) -> Table:
    """Every check with its dates, and the way to withdraw a mistake."""

    def withdraw(check: CheckLine) -> LinkButton | None:
        if not sheet.can_follow or check.state != CheckState.ELIGIBLE:
            return None
        address = href(actor, "people:withdraw_check", uid=sheet.uid, check=check.uid)
        return LinkButton("Retirer", address, "quiet", about=f"la décision du {format_date(check_day(check))}")

    columns: tuple[Column[CheckLine], ...] = (
        Column("Décision", lambda row: row.state_label),
        Column("Le", check_day, "date"),
        Column("Portée", lambda row: check_detail(row) or "tous les marchés"),
        Column("Geste", withdraw),
    )
    return Table("Décisions", columns, sheet.checks)


def reason_facts(check: CheckReasons) -> Facts:
    """The public retenu with its paper, then the other criteria."""
    facts = []
    for reason in check.reasons:
        dated = f", datée du {format_date(reason.evidence_on)}" if reason.evidence_on else ""
        term = "Public retenu" if reason.is_main else "Autre critère"
        facts.append(Fact(term, reason.label, help=f"{reason.means_label}{dated}" if reason.is_main else ""))
    return Facts(facts or [Fact("Motif", "aucun motif enregistré")])


_PAPERS: tuple[Column[PublicRow], ...] = (
    Column("Public", lambda row: row.label),
    Column("Pièce à voir", lambda row: row.evidence),
    Column(
        "Âge maximal",
        lambda row: plural(row.evidence_months, "mois", "mois") if row.evidence_months else "sans",
    ),
    Column("Qui la donne", lambda row: row.prescriber),
)


def papers(publics: Sequence[PublicRow]) -> Table:
    """Which paper for which public, and how old it may be."""
    return Table(
        "Quelle pièce pour quel public", _PAPERS, [row for row in publics if row.stored], narrow="cards"
    )
