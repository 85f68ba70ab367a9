"""What the page of a contract shows, made of components."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.permissions import can_create_commitment
from clausette.commitments.queries import CommitmentLine, legal_line, list_commitments
from clausette.hours.permissions import reads_all
from clausette.hours.queries import OWED, Progress, progress_of_known, total_of
from clausette.imports.queries import ChangeSeen, changes_of
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date, format_euros
from clausette.procurement import permissions
from clausette.procurement.enums import ContractKind, ContractState, PartyRole
from clausette.procurement.queries import (
    ContractSheet,
    ModificationLine,
    framework_orders,
    leads_in,
    shares_contract,
)
from clausette.procurement.rules import RELAUNCHED
from clausette.reports.permissions import can_issue
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import ButtonStyle, LinkButton
from clausette.web.components.figures import Gauge
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.contracts.views.apart import apart_figures
from clausette.web.contracts.views.common import due_of, href, lines_href, state_badge
from clausette.web.contracts.views.framework import ceiling_facts, orders_table
from clausette.web.contracts.views.history import history
from clausette.web.contracts.views.parties_tables import (
    awards_table,
    lots_table,
    parties_table,
    subcontracts_table,
)
from clausette.web.contracts.views.phases import life_context


@dataclass(frozen=True, slots=True)
class Owed:
    """One engagement with what was done of it (None: the hours are not the actor's to read).

    `whole`: the actor reads all of its hours, not only those it declares itself.
    """

    line: CommitmentLine
    progress: Progress | None
    whole: bool

    @property
    def remaining(self) -> Decimal | None:
        """Hours still to do; None to whom part of what was done is closed."""
        return self.progress.remaining if self.progress and self.whole else None

    @property
    def gauge(self) -> Gauge | str:
        """Validated and declared against due, and the time gone; words when there is no figure."""
        due = due_of(self.line)
        if due is None:
            return "Hors clause" if self.line.kind == CommitmentKind.VOLUNTARY else "Suivi sans objectif"
        if not self.whole:
            return "Vos heures seules"
        done = self.progress
        return Gauge(
            due,
            done.validated if done else due * 0,
            done.declared if done else due * 0,
            self.line.elapsed,
            compact=True,
        )


def owed_by(actor: Actor, lines: Sequence[CommitmentLine], as_of: date) -> list[Owed]:
    """Engagements with their progress: two queries."""
    owed = [{name: getattr(line, name) for name in OWED} for line in lines]
    figures = {line.id: line.figures for line in lines}
    progress = progress_of_known(actor=actor, owed=owed, figures=figures, as_of=as_of)
    return [
        Owed(line, done, done is None or reads_all(actor, done.contractor_id))
        for line in lines
        for done in (progress.get(line.id),)
    ]


def _owed_columns(*, with_contract: bool) -> list[Column[Owed]]:
    names: list[Column[Owed]] = [Column("Engagement", lambda row: row.line.name)]
    if with_contract:
        names = [
            Column("Marché", lambda row: row.line.contract_name),
            Column("Titulaire", lambda row: row.line.name),
        ]
    return [
        *names,
        Column(
            "Dues à ce jour",
            lambda row: None if row.line.figures.followed else row.line.figures.to_date,
            "hours",
        ),
        Column("Dues fermes au terme", lambda row: due_of(row.line), "hours"),
        Column("Validées", lambda row: row.progress.validated if row.progress else None, "hours"),
        Column("À valider", lambda row: row.progress.declared if row.progress else None, "hours"),
        Column("Restant à réaliser", lambda row: row.remaining, "hours"),
        Column("Avancement", lambda row: row.gauge),
    ]


def owed_table(
    actor: Actor,
    rows: Sequence[Owed],
    as_of: date,
    *,
    behind: Mapping[str, object],
    empty: EmptyState | None = None,
    with_contract: bool = False,
) -> Table:
    """The engagements, each number opening on its lines; `behind`: filter of the lines behind the totals."""
    day = "" if as_of == clock.today() else as_of.isoformat()

    def page(row: Owed, anchor: str = "") -> str:
        return href(actor, "contracts:commitment", uid=row.line.uid, query={"au": day}) + anchor

    links = {
        "Dues à ce jour": lambda row: page(row, "#echeancier"),
        "Dues fermes au terme": lambda row: page(row, "#echeancier"),
        "Validées": lambda row: lines_href(actor, engagement=row.line.uid, state="validated", as_of=as_of),
        "À valider": lambda row: lines_href(actor, engagement=row.line.uid, state="declared", as_of=as_of),
        "Restant à réaliser": lambda row: page(row),
    }
    return Table(
        "Heures dues et réalisées, par engagement",
        _owed_columns(with_contract=with_contract),
        rows,
        row_href=page,
        links=links,
        totals=_totals(rows),
        totals_links={
            label: lines_href(actor, state=state, as_of=as_of, nature="clause", **dict(behind))
            for label, state in (("Validées", "validated"), ("À valider", "declared"))
        },
        narrow="cards",
        empty=empty,
    )


def _totals(rows: Sequence[Owed]) -> dict[str, object]:
    """Sums of what has hours due, never of what is counted apart; nothing for a single line."""
    if len(rows) < 2 or not any(due_of(row.line) is not None for row in rows):
        return {}
    totals: dict[str, object] = {
        "Dues à ce jour": sum(row.line.figures.to_date for row in rows),
        "Dues fermes au terme": sum(due_of(row.line) or 0 for row in rows),
    }
    done = [row.progress for row in rows if row.progress]
    if done:
        total = total_of(done)
        totals |= {
            "Validées": total.validated,
            "À valider": total.declared,
        }
    if done and all(row.whole for row in rows):
        totals["Restant à réaliser"] = sum(row.remaining or 0 for row in rows)
    return totals


def _modifications(sheet: ContractSheet) -> Table | None:
    columns: list[Column[ModificationLine]] = [
        Column("Avenant", lambda row: str(row.number)),
        Column("Notifié le", lambda row: row.notified_on, "date"),
        Column("Nouveau montant HT", lambda row: row.amount_ht, "euros"),
        Column("Nouvelle durée", lambda row: f"{row.duration_months} mois" if row.duration_months else None),
        Column("Origine", lambda row: row.source_label),
    ]
    if any(row.contractors for row in sheet.modifications):
        columns.append(Column("Titulaires", lambda row: row.contractors or None))
    return Table("Avenants", columns, sheet.modifications) if sheet.modifications else None


def _changes(actor: Actor, sheet: ContractSheet) -> list[tuple[ChangeSeen, str, str]]:
    """What publications changed and nobody has dealt with: each with where to say so, and its import."""
    if sheet.owner_org_id != actor.organisation_id:
        return []
    return [
        (one, href(actor, "imports:close_change", uid=one.uid), href(actor, "imports:show", uid=one.batch_uid))
        for one in changes_of(actor=actor, contract_id=sheet.id)
    ]


def _ties(actor: Actor, sheet: ContractSheet) -> list[Fact]:
    """The accord-cadre it is made under, what it begins again, what begins it again."""
    ties = sheet.ties
    lot = f", lot {ties.framework_lot}" if ties.framework_lot else ""
    named = (
        ("Accord-cadre", ties.framework, lot),
        ("Relance de", ties.relaunches, ""),
        ("Relancé par", ties.relaunched_by, ""),
    )
    return [
        Fact(term, f"{one.common_name}{more}", href=href(actor, "contracts:show", uid=one.uid))
        for term, one, more in named
        if one is not None
    ]


def _facts(actor: Actor, sheet: ContractSheet) -> Facts:
    legal = legal_line(sheet)
    article = ""
    if legal:
        article = f"{legal.label} · {legal.basis} {format_date(legal.on)}" if legal.on else legal.label
    amount = format_euros(sheet.amount_ht) if sheet.amount_ht is not None else None
    maximum = sheet.amount_is_maximum or sheet.kind == ContractKind.FRAMEWORK
    renewals = "" if not amount or sheet.amount_includes_renewals else "Sans les reconductions."
    project = href(actor, "contracts:project", uid=sheet.operation_uid) if sheet.operation_uid else ""
    dates = [format_date(day) if day else "?" for day in (sheet.starts_on, sheet.ends_on)]
    return Facts(
        [
            Fact(
                "Levier juridique",
                sheet.device_label,
                help=article or "Donnez la date de consultation : elle décide de l'article.",
            ),
            Fact("Forme", f"{sheet.kind_label} · {sheet.nature_label.lower()}"),
            Fact("Montant HT", f"{amount} au plus" if amount and maximum else amount, help=renewals),
            Fact("Exécution", f"{dates[0]} → {dates[1]}" if sheet.starts_on or sheet.ends_on else None),
            Fact("Notifié le", format_date(sheet.notified_on) if sheet.notified_on else None),
            Fact("Durée", f"{sheet.duration_months} mois" if sheet.duration_months else None),
            *_ties(actor, sheet),
            Fact("Opération", sheet.operation_name or None, href=project),
            Fact("Référent", sheet.referent_name or None),
            Fact("Code CPV", sheet.cpv or None),
            Fact("Structure référente", sheet.owner.name),
            Fact("Origine de la fiche", sheet.source_label),
        ]
    )


def _crumbs(actor: Actor, sheet: ContractSheet) -> Breadcrumb:
    number = [Crumb(f"marché {sheet.official_id}")] if sheet.official_id else []
    buyer = Crumb(sheet.buyer.name, href(actor, "contracts:buyer", uid=sheet.buyer.uid))
    return Breadcrumb((Crumb("Marchés", href(actor, "contracts:list")), buyer, *number))


def _buttons(actor: Actor, sheet: ContractSheet, shares: bool) -> dict[str, LinkButton]:
    """What can be done with the contract; what cannot says why."""
    change = permissions.can_change_contract(actor, owner_org_id=sheet.owner_org_id, state=sheet.state).reason
    pilot = permissions.can_pilot(actor, owner_org_id=sheet.owner_org_id).reason
    moves = pilot or ("" if sheet.next_states else "Aucun autre état ne suit celui-ci.")
    awarded = any(award.ended_on is None for award in sheet.awards)
    engage = can_create_commitment(
        actor, owner_org_id=sheet.owner_org_id, contract_state=sheet.state, has_contractor=awarded
    ).reason

    admit = permissions.can_admit(
        actor, owner_org_id=sheet.owner_org_id, state=sheet.state, role=PartyRole.SUBCONTRACTOR,
        shares=shares,
    ).reason  # fmt: skip

    def link(label: str, name: str, disabled: str, style: ButtonStyle = "secondary") -> LinkButton:
        return LinkButton(label, href(actor, name, uid=sheet.uid), style, disabled)

    return {
        "summary": _document(actor, sheet, "Bilan", {"nature": "summary", "periode": str(clock.today().year)}),
        "update": _document(actor, sheet, "Point d'étape", {"nature": "update", "periode": "debut"}),
        "texts": link("Textes", "advice:contract_texts", "" if actor.can("facilitator") else pilot),
        "engage": link("Ajouter un engagement", "contracts:create_commitment", engage, "primary"),
        "award": link("Attribuer", "contracts:award", change),
        "change": link("Modifier", "contracts:change", change),
        "lots": link("Ajouter des lots", "contracts:add_lots", change, "quiet"),
        "move": link("Changer l'état", "contracts:move", moves),
        "amend": link("Enregistrer un avenant", "contracts:amend", change),
        "admit": link("Ajouter un sous-traitant", "contracts:admit", admit),
        "share": link("Partager ce marché", "contracts:share", change),
        "relaunch": link("Relancer le marché", "contracts:relaunch", pilot, "primary"),
        "order": link("Nouvelle commande", "contracts:create_order", change),
        "buyers": link("Ajouter du côté du maître d'ouvrage", "contracts:admit_buyer", change),
        "amounts": link("Commandes et factures", "contracts:amounts", ""),
    }


def _document(actor: Actor, sheet: ContractSheet, label: str, query: dict[str, object]) -> LinkButton:
    """A document about the contract: its figures in one click, issued in two."""
    address = href(actor, "reports:new", query=query | {"objet": f"contract:{sheet.uid}"})
    return LinkButton(label, address, disabled=can_issue(actor, owner_org_id=sheet.owner_org_id).reason)


def _ask_href(actor: Actor, sheet: ContractSheet) -> str:
    """Where a firm of the contract invites its sub-contractor; "" for others."""
    leads = actor.can("contractor") and leads_in(actor=actor, contract_id=sheet.id)
    return href(actor, "subcontracting:ask", uid=sheet.uid) if leads else ""


def contract_context(
    actor: Actor, sheet: ContractSheet, as_of: date, *, every_event: bool = False
) -> dict[str, object]:
    """All that the template needs."""
    lines = list_commitments(actor=actor, contract_ids=[sheet.id], as_of=as_of)
    owed, behind = owed_by(actor, lines, as_of), {"marche": sheet.uid}
    follows = actor.can("facilitator") and sheet.owner_org_id != actor.organisation_id
    shares = follows and shares_contract(actor=actor, contract_id=sheet.id)
    buttons = _buttons(actor, sheet, shares)
    why = "Un engagement dit combien d'heures une entreprise doit, d'où vient ce nombre et jusqu'à quand."
    empty = EmptyState("Aucun engagement d'insertion", why, buttons["engage"], icon="clock")
    pilot = bool(permissions.can_pilot(actor, owner_org_id=sheet.owner_org_id))
    orders = framework_orders(actor=actor, uid=sheet.uid) if sheet.kind == ContractKind.FRAMEWORK else None
    again = ContractState(sheet.state) in RELAUNCHED and sheet.ties.relaunched_by is None
    return {
        **life_context(actor, sheet, lines, shares=shares),
        "orders": orders_table(actor, orders) if orders else None,
        "ceiling": ceiling_facts(orders) if orders else None,
        "relaunch": buttons["relaunch"] if pilot and again else None,
        "sheet": sheet,
        "crumbs": _crumbs(actor, sheet),
        "state": state_badge(sheet.state),
        "owed": owed_table(actor, owed, as_of, behind=behind, empty=empty),
        "apart": apart_figures(actor, [row.progress for row in owed if row.progress], as_of, behind),
        "owed_count": len(lines),
        "lots": lots_table(actor, sheet, buttons["change"].disabled) if sheet.lots else None,
        "parties": parties_table(actor, sheet, buttons["change"].disabled),
        "modifications": _modifications(sheet),
        "subcontracts": subcontracts_table(actor, sheet),
        "changes": _changes(actor, sheet),
        "facts": _facts(actor, sheet),
        "awards": awards_table(actor, sheet, buttons["change"].disabled),
        "history": history(actor, sheet, lines, every=every_event),
        "shares": [
            (row, href(actor, "contracts:revoke", uid=sheet.uid, structure=row.organisation.uid))
            for row in sheet.shares
        ],
        "shared": Badge("Partagé", "info") if sheet.shares else None,
        "buttons": buttons,
        "pilot": pilot,
        "ask_href": _ask_href(actor, sheet),
        "grid_href": href(actor, "hours:grid", uid=sheet.uid) if actor.can("facilitator") else "",
    }
