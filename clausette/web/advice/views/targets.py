"""« Objectifs des acheteurs »: the share of a buyer's contracts with a social consideration, beside its target."""

from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.response import TemplateResponse

from clausette.access.queries import get_organisation
from clausette.imports.queries import shares_of_buyer
from clausette.imports.rules import YearShare
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_euros, format_percent, plural
from clausette.kernel.parsing import parse_decimal
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import FirmLine, firm_lines
from clausette.reference.queries import parameter_row
from clausette.reports.bars import Bar, share_bars
from clausette.web.advice.views.common import href, tabs
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table, Under
from clausette.web.desk.sheets import as_xlsx
from clausette.web.doors import page

SCREEN = ("Année", "Marchés", "Avec considération sociale", "Part en nombre", "Montant HT", "Part en montant")
UNDER = {
    "Marchés": Under("Non renseignés", lambda row: f"{row.unknown} non renseignés" if row.unknown else ""),
    "Montant HT": Under("Avec considération", lambda row: f"dont {format_euros(row.social_amount)}"),
}
CODE = "pnad_social_share"
WIDE, NARROW, LAST = 640, 330, 8
COLUMNS: tuple[Column[YearShare], ...] = (
    Column("Année", lambda row: str(row.year)),
    Column("Marchés", lambda row: row.contracts, "int"),
    Column("Avec considération sociale", lambda row: row.social, "int"),
    Column("Part en nombre", lambda row: row.by_number, "percent"),
    Column("Montant HT", lambda row: row.amount, "euros"),
    Column("Montant avec considération", lambda row: row.social_amount, "euros"),
    Column("Part en montant", lambda row: row.by_amount, "percent"),
    Column("Non renseignés", lambda row: row.unknown, "int"),
    Column("Connus de vous seul", lambda row: row.own, "int"),
)
SHOWN = tuple(column for column in COLUMNS if column.label in SCREEN)


def _target(request: HttpRequest) -> tuple[Decimal, str]:
    """The target (0–1) typed in the address, that of the PNAD otherwise, and what it is."""
    try:
        typed = parse_decimal(request.GET.get("objectif", "").rstrip(" %"), places=2)
    except ValueError:
        typed = Decimal(0)
    if 0 < typed <= 100:
        return typed / 100, "saisi (SPASER de l'acheteur)"
    row = parameter_row(code=CODE, on=clock.today())
    return row.value, row.source


@page("facilitator")
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The buyers of the structure."""
    rows = firm_lines(actor=actor, roles=(PartyRole.BUYER,))
    columns: list[Column[FirmLine]] = [
        Column("Maître d'ouvrage", lambda row: row.name),
        Column("Marchés suivis", lambda row: row.contracts, "int"),
    ]
    why = "Enregistrez un marché, ou importez les données essentielles d'un acheteur."
    table = Table(
        "Maîtres d'ouvrage", columns, rows, row_href=lambda row: href(actor, "advice:target", uid=row.uid),
        narrow="plain", empty=EmptyState("Aucun maître d'ouvrage", why),
    )  # fmt: skip
    context = {"tabs": tabs(actor, "advice:targets"), "table": table}
    return TemplateResponse(request, "advice/targets.html", context)


@page("facilitator")
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The shares of a buyer, year by year, with the picture and the table."""
    buyer = get_organisation(actor=actor, uid=uid)
    target, source = _target(request)
    rows = shares_of_buyer(actor=actor, buyer=buyer)
    typed = request.GET.get("objectif", "")
    query = {"objectif": typed} if typed else None
    chart = href(actor, "advice:target_chart", uid=uid, query=query)
    last = rows[0] if rows else None
    context = {
        "tabs": tabs(actor, "advice:targets"),
        "crumbs": Breadcrumb((Crumb("Objectifs des acheteurs", href(actor, "advice:targets")),)),
        "buyer": buyer,
        "table": Table("Considérations sociales par année", SHOWN, rows, under=UNDER, narrow="cards"),
        "rows": rows,
        "chart": chart,
        "chart_narrow": f"{chart}{'&' if query else '?'}largeur={NARROW}",
        "xlsx": href(actor, "advice:target_xlsx", uid=uid),
        "typed": typed,
        "facts": Facts(
            [
                Fact("Objectif", format_percent(target), help=source),
                Fact(f"En {last.year}" if last else "Dernière année", _standing(last, target)),
            ]
        ),
    }
    return TemplateResponse(request, "advice/target.html", context)


def _standing(last: YearShare | None, target: Decimal) -> str | None:
    if last is None or last.by_number is None:
        return None
    if last.own * 2 >= last.contracts:
        many = f"{last.own} sur {last.contracts}" if last.own < last.contracts else "tous"
        return f"{format_percent(last.by_number)}, mais {many} connus de vous seul : importez ses données publiées"
    told = "objectif atteint" if last.by_number >= target else "sous l'objectif"
    known = plural(last.contracts, "marché connu", "marchés connus")
    return f"{format_percent(last.by_number)} en nombre, {told} sur {known}"


@page("facilitator")
def chart(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The shares as a picture; drawn again only when a figure changed."""
    target, _ = _target(request)
    rows = shares_of_buyer(actor=actor, buyer=get_organisation(actor=actor, uid=uid))
    bars = [Bar(str(row.year), row.by_number, row.by_amount) for row in reversed(rows[:LAST])]
    width = NARROW if request.GET.get("largeur") == str(NARROW) else WIDE
    drawn = share_bars(bars, target, width=width)
    etag = f'"{sha256(drawn).hexdigest()[:32]}"'
    unchanged = request.headers.get("If-None-Match") == etag
    response: HttpResponse = (
        HttpResponseNotModified() if unchanged else HttpResponse(drawn, content_type="image/svg+xml")
    )
    response.headers["ETag"] = etag
    return response


@page("facilitator")
def xlsx(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The same figures as a workbook."""
    buyer = get_organisation(actor=actor, uid=uid)
    rows = shares_of_buyer(actor=actor, buyer=buyer)
    if not rows:
        raise Absent("organisation")
    note = f"{buyer.name}. Données publiées importées, complétées par les marchés suivis de {actor.organisation_name}."
    totals = {"Année": "Total"} | _totals(rows)
    return as_xlsx("objectifs.xlsx", "Considérations sociales", COLUMNS, rows, totals=totals, note=note)


def _totals(rows: tuple[YearShare, ...]) -> dict[str, object]:
    return {
        "Marchés": sum(row.contracts for row in rows),
        "Avec considération sociale": sum(row.social for row in rows),
        "Montant HT": sum((row.amount for row in rows), Decimal(0)),
        "Montant avec considération": sum((row.social_amount for row in rows), Decimal(0)),
    }
