"""The tables of the page « Structure »."""

from collections.abc import Sequence

from django.urls import reverse

from clausette.access.enums import BodyKind, MemberRole
from clausette.access.queries import InvitationLine, MemberLine, OrganisationCard
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.web.account.sessions import moment
from clausette.web.account.words import roles_of
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.tables import Table


def structure_facts(card: OrganisationCard) -> Facts:
    """The public facts of the structure."""
    siret = f"{card.siret[:3]} {card.siret[3:6]} {card.siret[6:9]} {card.siret[9:]}" if card.siret else None
    return Facts(
        (
            Fact("Type", BodyKind(card.body_kind).label),
            Fact("Rôles", roles_of(card.capabilities)),
            Fact("SIRET", siret),
            Fact("Commune", card.commune_name),
        )
    )


def member_table(actor: Actor, lines: Sequence[MemberLine], reason: str) -> Table:
    """One line per member; `reason` says why the actor may not change them, "" when they may."""

    def act(line: MemberLine) -> LinkButton:
        href = reverse("account:member", kwargs={"slug": actor.slug, "uid": line.uid})
        return LinkButton("Modifier", href, disabled=reason, about=line.full_name)

    columns: tuple[Column[MemberLine], ...] = (
        Column("Personne", lambda line: line.full_name + (" (vous)" if line.is_self else "")),
        Column("Adresse", lambda line: line.email),
        Column(
            "Rôle",
            lambda line: Badge(line.role.label, "info" if line.role is MemberRole.ADMIN else "neutral"),
        ),
        Column("Depuis", lambda line: line.valid_from, "date"),
        Column("Modifier", act),
    )
    # one sentence under the title says why; the same five times over would be noise
    return Table("Membres", columns if not reason else columns[:-1], lines)


def invitation_table(actor: Actor, lines: Sequence[InvitationLine], reason: str, token: str) -> Table:
    """One line per invitation that waits."""

    def act(line: InvitationLine) -> PostButton:
        href = reverse("account:withdraw", kwargs={"slug": actor.slug, "uid": line.uid})
        return PostButton("Retirer", href, "secondary", about=f"l'invitation de {line.email}", token=token)

    columns: tuple[Column[InvitationLine], ...] = (
        Column("Adresse", lambda line: line.email),
        Column("Personne", lambda line: line.full_name),
        Column("Rôle", lambda line: line.role.label),
        Column("Valable jusqu'au", lambda line: moment(line.expires_at)),
        Column("Retirer", act),
    )
    return Table("Invitations en attente", columns if not reason else columns[:-1], lines)
