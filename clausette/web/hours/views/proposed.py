"""What the pages say of the corrections proposed: on a statement, on the month of the firm, on the desks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token

from clausette.hours.enums import LineState, ProposalState, StatementState
from clausette.hours.permissions import can_propose_correction, can_validate
from clausette.hours.queries import (
    CollectiveLine,
    ProposalLine,
    SheetLine,
    StatementSheet,
    proposals_of,
    proposals_waiting,
)
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import HARD, format_change, format_hours, format_month, plural
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.components.tables import Table, Under
from clausette.web.hours.views.common import href
from clausette.web.hours.views.reopened import day_of

SEVEN, MOST = 7, 500
TONES: dict[ProposalState, Tone] = {
    ProposalState.OPEN: "wait",
    ProposalState.ACCEPTED: "ok",
    ProposalState.DECLINED: "danger",
    ProposalState.WITHDRAWN: "neutral",
    ProposalState.MOOT: "neutral",
}
UNKNOWN = "Personne d'un autre employeur"
WHOLE = "Heures non nominatives"
MOOT = "La ligne a été corrigée autrement, ou changée par un acte, ou le mois rouvert."


@dataclass(frozen=True, slots=True)
class ShownProposals:
    """`table`: the corrections proposed on a statement, None without any; `links`: where one is proposed, by line."""

    table: Table | None
    links: dict[UUID, str]
    hint: str = ""
    every: PostButton | None = None
    """Accept all those that wait, when there are several."""


def who(line: ProposalLine) -> str:
    """Of whom the hours are."""
    return WHOLE if line.whole else line.person or UNKNOWN


def badge_of(line: ProposalLine) -> Badge:
    """« En attente de réponse », « Acceptée »."""
    return Badge(line.state.label, TONES[line.state])


def shown_proposals(
    request: HttpRequest, actor: Actor, sheet: StatementSheet, *, reopened: bool = False
) -> ShownProposals:
    """Return the corrections proposed on a statement, and the lines on which the actor may propose one.

    Nothing is read of a month that was never validated; `reopened`: it was.
    """
    if sheet.state != StatementState.VALIDATED and not reopened:
        return ShownProposals(None, {})
    found = proposals_of(actor=actor, statement_id=sheet.id)
    own = bool(can_propose_correction(actor, sheet.part, sheet.declarant_id))
    waiting = {one.line_uid for one in found if one.waits}
    links: dict[UUID, str] = {}
    if own and sheet.state == StatementState.VALIDATED:
        links = {line.uid: _address(actor, line, waiting) for line in sheet.lines if _validated(line)}
        links |= {row.uid: _address(actor, row, waiting) for row in sheet.collective if _validated_whole(row)}
    table = _table(request, actor, found, own=own, piloted=sheet.part.piloted) if found else None
    hint = "Rien ne change dans les heures validées avant la réponse du facilitateur." if own else ""
    return ShownProposals(table, links, hint, _every(request, actor, sheet, found))


def _every(
    request: HttpRequest, actor: Actor, sheet: StatementSheet, found: Sequence[ProposalLine]
) -> PostButton | None:
    waiting = [str(one.uid) for one in found if one.waits][:MOST]
    if len(waiting) < 2 or not can_validate(sheet.part):
        return None
    return PostButton(
        f"Accepter les {len(waiting)} corrections", href(actor, "hours:accept_proposals", uid=sheet.uid), "secondary",
        fields={"propositions": ",".join(waiting)}, token=get_token(request),
    )  # fmt: skip


def _validated(line: SheetLine) -> bool:
    return line.state == LineState.VALIDATED and line.corrects is None and bool(line.person)


def _validated_whole(row: CollectiveLine) -> bool:
    return row.state == LineState.VALIDATED and row.corrects is None


def _address(actor: Actor, line: SheetLine | CollectiveLine, waiting: set[UUID | None]) -> str:
    return "" if line.uid in waiting else href(actor, "hours:propose", uid=line.uid)


def proposable_table(sheet: StatementSheet, shown: ShownProposals) -> Table | None:
    """The lines of the firm on which a correction may be proposed, in the order of the statement, then hours without
    names."""
    every: tuple[SheetLine | CollectiveLine, ...] = (*sheet.lines, *sheet.collective)
    lines = [line for line in every if shown.links.get(line.uid)]
    if not lines:
        return None
    columns: list[Column[SheetLine | CollectiveLine]] = [
        Column("Personne", _named),
        Column("Validées", lambda line: line.current, "hours"),
        Column("Correction", lambda line: LinkButton(
            "Proposer une correction", shown.links[line.uid], "secondary", about=_named(line)
        )),
    ]  # fmt: skip
    return Table("Lignes validées", columns, lines, under={"Personne": Under("Nature", _aside)})


def _named(line: SheetLine | CollectiveLine) -> str:
    return line.person if isinstance(line, SheetLine) else WHOLE


def _aside(line: SheetLine | CollectiveLine) -> str:
    return line.kind.aside if isinstance(line, SheetLine) else plural(line.people, "personne")


def _table(
    request: HttpRequest, actor: Actor, found: Sequence[ProposalLine], *, own: bool, piloted: bool
) -> Table:
    token = get_token(request)

    def gesture(line: ProposalLine) -> object:
        if line.waits and piloted:
            return answer_button(actor, line)
        if line.waits and own:
            address = href(actor, "hours:withdraw_proposal", uid=line.uid)
            return PostButton("Retirer", address, "quiet", about=f"la correction, {who(line)}", token=token)
        return ""

    columns: list[Column[ProposalLine]] = [
        Column("Personne", who),
        Column("Validées", lambda line: line.validated, "hours"),
        Column("Proposées", lambda line: line.hours, "hours"),
        Column("Réponse", badge_of),
    ]
    if any(line.waits for line in found) and (own or piloted):
        columns.append(Column("Suite", gesture))
    return Table(
        "Corrections proposées", columns, found,
        under={
            "Personne": Under("Motif", lambda line: line.reason),
            "Proposées": Under("Écart", lambda line: format_change(line.hours - line.validated)),
            "Réponse": Under("Quand", _when),
        },
    )  # fmt: skip


def _when(line: ProposalLine) -> str:
    """« proposée le 3 mars 2026 par Inès Ferrand », or when it was answered and why."""
    by = f"par {line.proposed_by}" if line.proposed_by else ""
    if line.mandated_name:
        by = f"{by}, par mandat de déclaration ({line.mandated_name})" if by else f"par {line.mandated_name}"
    if line.waits or line.ended_at is None:
        return f"proposée le {day_of(line.proposed_at)} {by}".strip()
    why = MOOT if line.state == ProposalState.MOOT else line.end_reason
    return f"le {day_of(line.ended_at)}{f'{HARD}: {why}' if why else ''} (proposée le {day_of(line.proposed_at)} {by})"


def answer_button(actor: Actor, line: ProposalLine) -> LinkButton:
    """Where a facilitator accepts or declines."""
    return LinkButton(
        "Répondre", href(actor, "hours:answer_proposal", uid=line.uid), "secondary", about=who(line)
    )


def proposals_block(actor: Actor) -> NextActions:
    """« Corrections proposées », by month of a declarant, the oldest first. Empty where none waits."""
    found = proposals_waiting(actor=actor)
    rows = []
    for one in found[:SEVEN]:
        month = f"{format_month(one.month)}, {one.declarant_name}"
        address = href(actor, "hours:answer_proposal", uid=one.first_uid)
        if one.count > 1:
            address = f"{href(actor, 'hours:statement', uid=one.statement_uid)}#corrections-proposees"
        rows.append(
            NextAction(
                one.declarant_name,
                f"{format_month(one.month)}, {plural(one.count, 'ligne')}, {format_change(one.change)}",
                f"depuis le {day_of(one.since)}",
                one.contract_name,
                address,
                action=LinkButton("Répondre", address, "secondary", about=month),
            )
        )
    total = sum(one.count for one in found)
    return NextActions("Corrections proposées", rows, "par les entreprises, sur des mois validés", total)


def told_row(actor: Actor, line: ProposalLine) -> NextAction:
    """What was answered to a firm, on its first page. No name of a person: it opens on its statement."""
    why = MOOT if line.state == ProposalState.MOOT else line.end_reason
    figures = f"{format_hours(line.hours)} au lieu de {format_hours(line.validated)}"
    when = f"le {day_of(line.ended_at)}" if line.ended_at else ""
    return NextAction(
        line.contract_name,
        f"{format_month(line.month)}{HARD}: votre correction proposée, {figures}",
        detail=f"Réponse {when}{f'{HARD}: {why}' if why else ''}",
        badge=badge_of(line),
        action=LinkButton(
            "Voir le relevé", href(actor, "hours:statement", uid=line.statement_uid), "secondary",
            about=f"{format_month(line.month)}, {line.contract_name}",
        ),
    )  # fmt: skip

