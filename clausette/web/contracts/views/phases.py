"""How the page of a contract shows its phases, its steps, what it is tied to, whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.queries import CommitmentLine, last_parts
from clausette.commitments.rules import already_told
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date, format_short_date
from clausette.procurement import permissions
from clausette.procurement.enums import ContractKind, PhaseKind, PhaseState
from clausette.procurement.queries import (
    ContactLine,
    ContractSheet,
    DepositLine,
    PhaseLine,
    contacts_of,
    deposits_on,
    phases_of,
    steps_of,
)
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Timeline, TimelineEvent
from clausette.web.components.tables import Table, Under
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.exchanges_side import note_button
from clausette.web.contracts.views.phase_proposal import names_of
from clausette.web.deposits.words import state_of

_TONES: dict[str, Tone] = {
    PhaseState.CONFIRMED: "ok",
    PhaseState.NOT_MADE: "neutral",
    PhaseState.PLANNED: "wait",
}
CONCESSIONS = (ContractKind.CONCESSION, ContractKind.DSP)


@dataclass(frozen=True, slots=True)
class NextStep:
    """After a decision: « adapter l'engagement », for each engagement of the contract or of the lot."""

    told: str
    links: tuple[LinkButton, ...]


def phases_table(actor: Actor, sheet: ContractSheet, rows: Sequence[PhaseLine], reason: str) -> Table:
    """The phases in the order of time; what waits has its button."""

    def decided(row: PhaseLine) -> object:
        if row.waits and actor.can("facilitator"):
            address = href(actor, "contracts:decide_phase", uid=row.uid)
            return LinkButton("Décider", address, "quiet", reason, about=row.name)
        return Badge(row.told, _TONES[row.state])

    def period(row: PhaseLine) -> str:
        return f"{format_short_date(row.starts_on)} → {format_short_date(row.ends_on)}"

    columns: list[Column[PhaseLine]] = [
        Column("Phase", lambda row: row.name),
        Column("Période", period),
        Column("Montant HT", lambda row: row.amount_ht, "euros"),
        Column("Décision", decided),
    ]

    def paper(row: PhaseLine) -> str:
        return href(actor, "hours:evidence", uid=row.document_uid) if row.document_uid else ""

    def lot(row: PhaseLine) -> str:
        return f"lot {row.lot_number}" if row.lot_number else ""

    def why(row: PhaseLine) -> str:
        day = f"le {format_short_date(row.decided_on)}" if row.decided_on else ""
        return " · ".join(part for part in (day, row.reason, "document joint" if row.document_uid else "") if part)

    below = {"Phase": Under("Lot", lot), "Décision": Under("Motif", why, paper)}
    return Table("Phases", columns, rows, under=below)


def next_steps(
    actor: Actor, sheet: ContractSheet, rows: Sequence[PhaseLine], owed: Sequence[CommitmentLine], reason: str
) -> NextStep | None:
    """The last decision and where the engagements are adapted; nothing when none was taken, or all tell it already."""
    made = [row for row in rows if row.decided_on is not None]
    if not made or not owed or sheet.owner_org_id != actor.organisation_id:
        return None
    last = max(made, key=lambda row: (row.decided_on or row.starts_on, row.id))
    concerned = [line for line in owed if not last.lot_number or line.lot_number == last.lot_number]
    concerned = _not_adapted(actor, last, concerned)
    if not concerned:
        return None
    links = tuple(
        LinkButton(
            "Adapter l'engagement",
            href(actor, f"contracts:{_page_of(line)}", uid=line.uid, query={"phase": last.uid}),
            "quiet",
            reason,
            about=line.name,
        )
        for line in concerned
    )
    return NextStep(f"{last.name} : {last.told.lower()}. L'engagement d'insertion suit par une version.", links)


def _not_adapted(actor: Actor, phase: PhaseLine, owed: Sequence[CommitmentLine]) -> list[CommitmentLine]:
    """The engagements of which the schedule does not tell yet what was decided of this phase."""
    parts = last_parts(actor=actor, commitment_ids=[line.id for line in owed])
    names = names_of(phase)
    return [
        line for line in owed if not already_told(parts.get(line.id, ()), phase_id=phase.id, names=names)
    ]


def _page_of(line: CommitmentLine) -> str:
    """Parts that wait are decided on their own page; elsewhere a new version says what the decision changes."""
    waits = line.figures.possible > 0 and line.kind != CommitmentKind.PER_AMOUNT
    return "decide_parts" if waits else "add_version"


def steps_timeline(actor: Actor, contract_id: int) -> Timeline:
    """The states the contract went through, the latest first."""
    return Timeline(
        [
            TimelineEvent(
                format_date(row.on),
                f"{row.from_label} → {row.to_label}",
                " · ".join(
                    part
                    for part in (row.motive_label, row.reason, "document joint" if row.document_uid else "")
                    if part
                ),
                href(actor, "hours:evidence", uid=row.document_uid) if row.document_uid else "",
            )
            for row in steps_of(actor=actor, contract_id=contract_id)
        ]
    )


def contacts_table(actor: Actor, rows: Sequence[ContactLine]) -> Table | None:
    """Whom to call, for the structure that typed it."""
    columns: list[Column[ContactLine]] = [
        Column("Contact", lambda row: row.name),
        Column("Organisme", lambda row: row.organisation_name),
        Column("Fonction", lambda row: row.function),
        Column("Adresse électronique", lambda row: row.email),
        Column("Téléphone", lambda row: row.phone),
    ]

    def address(row: ContactLine) -> str:
        return href(actor, "contracts:change_contact", uid=row.uid)

    return Table("Contacts", columns, rows, row_href=address) if rows else None


def deposits_table(actor: Actor, rows: Sequence[DepositLine]) -> Table | None:
    """Who declares without an account, those of the past included."""
    on = clock.today()
    columns: list[Column[DepositLine]] = [
        Column("Personne", lambda row: row.name),
        Column("Entreprise", lambda row: row.organisation_name),
        Column("État", lambda row: state_of(row, on)),
    ]

    def address(row: DepositLine) -> str:
        return href(actor, "deposits:show", uid=row.uid)

    return Table("Dépôts sans compte", columns, rows, row_href=address) if rows else None


def life_context(
    actor: Actor, sheet: ContractSheet, owed: Sequence[CommitmentLine], *, shares: bool
) -> dict[str, object]:
    """What the page of a contract says of its life."""
    reason = permissions.can_change_contract(actor, owner_org_id=sheet.owner_org_id, state=sheet.state).reason
    phases = phases_of(actor=actor, contract_id=sheet.id)
    keeps = permissions.can_keep_contacts(actor, owner_org_id=sheet.owner_org_id, shares=shares)
    years = sheet.kind in CONCESSIONS and not any(row.kind == PhaseKind.YEAR for row in phases)
    dated = "" if sheet.starts_on and sheet.ends_on else "Donnez d'abord le début et la fin d'exécution."
    return {
        "phases": phases_table(actor, sheet, phases, reason) if phases else None,
        "next_step": next_steps(actor, sheet, phases, owed, reason),
        "plan_phase": LinkButton(
            "Ajouter une phase", href(actor, "contracts:plan_phase", uid=sheet.uid), disabled=reason
        ),
        "plan_years": href(actor, "contracts:plan_years", uid=sheet.uid) if years else "",
        "years_refused": reason or dated,
        "steps": steps_timeline(actor, sheet.id),
        "contacts": contacts_table(actor, contacts_of(actor=actor, contract_id=sheet.id)) if keeps else None,
        "deposits": deposits_table(actor, deposits_on(actor=actor, contract_id=sheet.id)) if keeps else None,
        "add_contact": LinkButton("Ajouter un contact", href(actor, "contracts:add_contact", uid=sheet.uid))
        if keeps
        else None,
        "note_exchange": note_button(actor, sheet) if keeps else None,
        "reminders_href": href(actor, "contracts:reminders", uid=sheet.uid),
    }
