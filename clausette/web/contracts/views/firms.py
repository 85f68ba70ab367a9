"""Progress per firm and per buyer."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.access.queries import OrganisationCard, get_organisation, with_members
from clausette.commitments.queries import list_commitments
from clausette.hours.queries import Progress, Total, progress_by_buyer, progress_by_firm, total_of
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Absent
from clausette.kernel.french import equivalent, format_hours
from clausette.kernel.siret import format_siret
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import ContractFilters, FirmLine, firm_lines, list_contracts
from clausette.web.components.buttons import LinkButton
from clausette.web.components.figures import Figure, Gauge
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Link, Table
from clausette.web.contracts.views.apart import apart_figures
from clausette.web.contracts.views.common import READERS, day_asked, href, lines_href, state_badge
from clausette.web.contracts.views.contract_page import Owed, owed_by, owed_table
from clausette.web.contracts.views.lists import area_tabs
from clausette.web.doors import page
from clausette.web.hours.apart import apart_told
from clausette.web.routes import opens_to

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation and the sum of its engagements (None: none that counts)."""

    line: FirmLine
    total: Total | None

    @property
    def gauge(self) -> Gauge | None:
        """Validated and declared against due."""
        done = self.total
        return (
            Gauge(done.due_firm, done.validated, done.declared, compact=True)
            if done and done.due_firm
            else None
        )


def _table(actor: Actor, caption: str, name: str, key: str, rows: list[Standing], as_of: date) -> Table:
    def number(label: str, attribute: str) -> Column[Standing]:
        return Column(label, lambda row: getattr(row.total, attribute) if row.total else None, "hours")

    columns: list[Column[Standing]] = [
        Column("Organisme", lambda row: row.line.name),
        Column("Marchés", lambda row: row.line.contracts, "int"),
        number("Dues à ce jour", "due_to_date"),
        number("Dues fermes au terme", "due_firm"),
        number("Validées", "validated"),
        number("À valider", "declared"),
        Column("Taux", lambda row: row.total.raw if row.total else None, "percent"),
        Column("Avancement", lambda row: row.gauge),
    ]

    def lines(state: str) -> Link:
        return lambda row: lines_href(
            actor, state=state, as_of=as_of, nature="clause", **{key: row.line.uid}
        )

    def address(row: Standing) -> str:
        return href(actor, name, uid=row.line.uid)

    links = {
        "Marchés": address,
        "Dues à ce jour": address,
        "Dues fermes au terme": address,
        "Validées": lines("validated"),
        "À valider": lines("declared"),
    }
    empty = EmptyState(
        "Personne pour l'instant",
        "Cette liste se remplit quand un marché est enregistré et attribué.",
        icon="market",
    )
    return Table(caption, columns, rows, row_href=address, links=links, empty=empty)


@page("facilitator", "buyer")
def firms(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The firms of the contracts, with the sum of their engagements."""
    as_of = day_asked(request)
    totals = progress_by_firm(actor=actor, as_of=as_of)
    rows = [Standing(line, totals.get(line.id)) for line in firm_lines(actor=actor)]
    context = {
        "title": "Entreprises",
        "lead": "Titulaires, cotraitants et sous-traitants de vos marchés.",
        "table": _table(actor, "Entreprises", "contracts:firm", "titulaire", rows, as_of),
        "tabs": area_tabs(actor, "contracts:firms"),
    }
    return TemplateResponse(request, "contracts/standings.html", context)


@page("facilitator")
def buyers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The buyers of the contracts, with the sum of the engagements owed to them."""
    as_of = day_asked(request)
    totals = progress_by_buyer(actor=actor, as_of=as_of)
    rows = [Standing(line, totals.get(line.id)) for line in firm_lines(actor=actor, roles=(PartyRole.BUYER,))]
    context = {
        "title": "Maîtres d'ouvrage",
        "lead": "Ceux qui achètent, et ce qui leur est dû.",
        "table": _table(actor, "Maîtres d'ouvrage", "contracts:buyer", "mo", rows, as_of),
        "tabs": area_tabs(actor, "contracts:buyers"),
    }
    return TemplateResponse(request, "contracts/standings.html", context)


@page(*READERS)
def firm(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """One firm: its engagements, its contracts, the sum."""
    card, as_of = get_organisation(actor=actor, uid=uid), day_asked(request)
    owed = owed_by(actor, list_commitments(actor=actor, contractor_id=card.id, as_of=as_of), as_of)
    crumbs = _crumbs(actor, "Entreprises", "contracts:firms")
    return _organisation_page(request, actor, card, owed, as_of, key="titulaire", crumbs=crumbs)


@page(*READERS)
def buyer(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """One buyer: the engagements owed to it, its contracts, the sum."""
    card, as_of = get_organisation(actor=actor, uid=uid), day_asked(request)
    owed = owed_by(actor, list_commitments(actor=actor, buyer_id=card.id, as_of=as_of), as_of)
    crumbs = _crumbs(actor, "Maîtres d'ouvrage", "contracts:buyers")
    return _organisation_page(request, actor, card, owed, as_of, key="mo", crumbs=crumbs)


def _crumbs(actor: Actor, label: str, name: str) -> Breadcrumb:
    return Breadcrumb((Crumb(label, href(actor, name) if opens_to(actor, name) else ""),))


def _invitation(actor: Actor, card: OrganisationCard) -> LinkButton | str:
    """Bring in the first person of a body where nobody sits yet: a firm declares, a buyer follows."""
    address = href(actor, "account:invite_first", uid=card.uid) if actor.can("facilitator") else ""
    if not address or card.id == actor.organisation_id or with_members([card.id]):
        return ""
    return LinkButton("Inviter cet organisme", address)


def _organisation_page(
    request: HttpRequest,
    actor: Actor,
    card: OrganisationCard,
    owed: list[Owed],
    as_of: date,
    *,
    key: str,
    crumbs: Breadcrumb,
) -> HttpResponse:
    found = list_contracts(actor=actor, filters=ContractFilters(organisation_uid=card.uid), size=200)
    if not found.rows:  # a body met in no contract of ours has no page here
        raise Absent("organisation")
    contracts = Table(
        "Marchés",
        (
            Column("Marché", lambda row: row.common_name),
            Column("Numéro", lambda row: row.official_id),
            Column("Fin", lambda row: row.ends_on, "date"),
            Column("État", lambda row: state_badge(row.state)),
        ),
        found.rows,
        row_href=lambda row: href(actor, "contracts:show", uid=row.uid),
    )
    done = [row.progress for row in owed if row.progress]
    empty = EmptyState(
        "Aucun engagement d'insertion",
        "Les heures dues s'affichent ici dès qu'un engagement est enregistré.",
        icon="clock",
    )
    context = {
        "card": card,
        "invite": _invitation(actor, card),
        "crumbs": crumbs,
        "figures": _figures(actor, card, done, as_of, key) if done and all(row.whole for row in owed) else (),
        "owed": owed_table(actor, owed, as_of, behind={key: card.uid}, empty=empty, with_contract=True),
        "contracts": contracts,
        "contracts_count": found.total,
        "facts": Facts(
            [
                Fact("SIRET", format_siret(card.siret) if card.siret else None),
                Fact("Type d'organisme", card.body_kind.label),
                Fact("Commune", card.commune_name or None),
            ]
        ),
    }
    return TemplateResponse(request, "contracts/organisation.html", context)


def _figures(
    actor: Actor, card: OrganisationCard, done: list[Progress], as_of: date, key: str
) -> list[Figure]:
    total = total_of(done)
    gauge = Gauge(total.due_firm, total.validated, total.declared) if total.due_firm else None
    validated = lines_href(actor, **{key: card.uid}, state="validated", as_of=as_of, nature="clause")
    return [
        Figure(
            format_hours(total.validated), "validées", equivalent(total.validated), validated,
            apart_told(total.makeup), gauge,
        ),
        Figure(format_hours(total.due_to_date), "dues à ce jour", "", "#engagements"),
        Figure(
            format_hours(total.due_firm), "dues fermes au terme", equivalent(total.due_firm), "#engagements"
        ),
        *apart_figures(actor, done, as_of, {key: card.uid}),
    ]
