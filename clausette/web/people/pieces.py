"""The pieces that came with a referral, wherever they are read: pages of the referral, of the check, of the reasons."""

from collections.abc import Callable, Sequence

from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date
from clausette.participants.enums import PieceState
from clausette.participants.queries import PieceLine
from clausette.web.addresses import address_of
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table, Under

MASKED = "Numéros masqués à l'entrée."
HANDED = "À la décision, elles sont détruites, sauf celles que votre structure a choisi de conserver."
DATED = Under("Date écrite dessus", lambda row: f"datée du {format_date(row.dated_on)}" if row.dated_on else None)


def told(piece: PieceLine) -> str:
    """What became of a piece: « Vue par Zoé Martin le 28/11/2026, non conservée »."""
    seen = f"Vue par {piece.seen_by} le {format_date(piece.seen_on)}" if piece.seen_on else ""
    if piece.state == PieceState.SEEN:
        return f"{seen}, non conservée"
    if piece.state == PieceState.DESTROYED:
        return f"Détruite le {format_date(piece.gone_on)}" if piece.gone_on else PieceState.DESTROYED.label
    joined = f"Jointe le {format_date(piece.joined_on)} par {piece.joined_by}"
    if piece.unseen is not None:
        return f"{joined}. {piece.unseen.label}."
    said = f"{seen}, conservée avec la décision" if piece.state == PieceState.KEPT else joined
    return f"{said}. {MASKED}" if piece.masked else said


def open_button(actor: Actor, piece: PieceLine) -> LinkButton | None:
    """The way to the file, when there is one."""
    if not piece.readable:
        return None
    address = address_of(actor, "referrals:piece", uid=piece.referral_uid, piece=piece.uid)
    return LinkButton("Ouvrir", address, "secondary", about=piece.label)


def piece_facts(actor: Actor, pieces: Sequence[PieceLine]) -> Facts:
    """The pieces that came to one decision, beside its reasons."""
    address = {one.uid: address_of(actor, "referrals:piece", uid=one.referral_uid, piece=one.uid) for one in pieces}
    return Facts(
        [
            Fact("Pièce jointe", one.label, href=address[one.uid] if one.readable else "", help=told(one))
            for one in pieces
        ]
    )


def pieces_table(
    actor: Actor,
    pieces: Sequence[PieceLine],
    *,
    why: str,
    remove: Callable[[PieceLine], PostButton | None] | None = None,
) -> Table:
    """The pieces, what became of each, the way to read it. `why`: what is said when there is none."""
    columns: list[Column[PieceLine]] = [
        Column("Pièce", lambda row: row.label),
        Column("Suivi", told),
        Column("Fichier", lambda row: open_button(actor, row)),
    ]
    if remove is not None:
        columns.append(Column("Geste", remove))
    rows = sorted(pieces, key=lambda one: one.state == PieceState.DESTROYED)
    empty = EmptyState("Aucune pièce jointe", why, icon="file")
    return Table("Pièces jointes", tuple(columns), rows, under={"Pièce": DATED}, narrow="cards", empty=empty)
