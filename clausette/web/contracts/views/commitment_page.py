"""What the page of an engagement shows, made of components."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from django import forms
from django.http import HttpRequest

from clausette.commitments.enums import CommitmentKind, PartStatus
from clausette.commitments.permissions import can_add_version, can_close, can_simulate_shortfall
from clausette.commitments.queries import CommitmentSheet, LegalLine, PartLine, VersionLine, acts_of
from clausette.hours.enums import MonthStatus
from clausette.hours.permissions import reads_all
from clausette.hours.queries import MonthPoint, Progress, followed
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import equivalent, format_date, format_hours, format_month, format_number, plural
from clausette.kernel.months import last_day
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import LinkButton
from clausette.web.components.figures import Figure, Gauge
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts, Timeline, TimelineEvent
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.contracts.people import AtWork, at_work
from clausette.web.contracts.views.common import href, lines_href
from clausette.web.contracts.views.engagement_side import beside, carried_figures, counting_facts
from clausette.web.contracts.views.valuing import dated_rules, valued_facts
from clausette.web.hours.apart import apart_figures
from clausette.web.inputs import FrenchDate

_MONTHS: dict[MonthStatus, Tone] = {
    MonthStatus.UNKNOWN: "warn",
    MonthStatus.NIL: "neutral",
    MonthStatus.DRAFT: "neutral",
    MonthStatus.DECLARED: "wait",
    MonthStatus.RETURNED: "danger",
    MonthStatus.VALIDATED: "ok",
    MonthStatus.TAKEN_OVER: "info",
}
_PARTS: dict[PartStatus, Tone] = {
    PartStatus.FIRM: "ok",
    PartStatus.CONDITIONAL: "wait",
    PartStatus.CANCELLED: "neutral",
}
SHORT = 8  # months shown first
OWN_ONLY = (
    "Vous lisez ici les heures que votre organisme déclare. Celles des autres employeurs ne vous sont pas ouvertes : "
    "ce qui reste à faire est lu par le titulaire, le maître d'ouvrage et la structure qui suit le marché."
)
SHOWN = {"fermes": PartStatus.FIRM, "possibles": PartStatus.CONDITIONAL}


_KNOWN = {
    CommitmentKind.PER_AMOUNT: "Selon les montants connus ce jour-là.",
    CommitmentKind.SHARE_OF_HOURS: "Selon les heures travaillées connues ce jour-là.",
}


class DayForm(forms.Form):
    """The day of the figures."""

    au = FrenchDate("Chiffres au", required=False)


def _figures(sheet: CommitmentSheet, address: str) -> list[Figure]:
    three = sheet.figures
    if three.followed:
        return []
    return [
        Figure(
            format_hours(three.to_date), "dues à ce jour", equivalent(three.to_date, sheet.month_hours),
            f"{address}&parties=fermes#echeancier",
            _KNOWN.get(sheet.kind, "Parties fermes, réparties également par jour."),
        ),
        Figure(
            format_hours(three.firm_at_term), "dues fermes au terme", equivalent(three.firm_at_term, sheet.month_hours),
            f"{address}&parties=fermes#echeancier", f"Au {format_date(sheet.ends_on)}.",
        ),
        Figure(
            format_hours(three.possible), "dues possibles", equivalent(three.possible, sheet.month_hours),
            f"{address}&parties=possibles#echeancier", "Parties conditionnelles, jamais ajoutées aux autres.",
        ),
    ]  # fmt: skip


def _parts(sheet: CommitmentSheet, shown: str) -> Table:
    columns: list[Column[PartLine]] = [
        Column("Partie", lambda row: row.label),
        Column("État", lambda row: Badge(row.status.label, _PARTS[row.status])),
        Column("Du", lambda row: row.starts_on, "date"),
        Column("Au", lambda row: row.ends_on, "date"),
        Column("Heures", lambda row: row.hours, "hours"),
        Column("Dues à ce jour", lambda row: row.due, "hours"),
    ]
    rows = [part for part in sheet.parts if shown not in SHOWN or part.status == SHOWN[shown]]
    totals: dict[str, object] = {}
    if shown in SHOWN and rows:
        totals = {
            "Heures": sum((part.hours for part in rows), Decimal(0)),
            "Dues à ce jour": sheet.figures.to_date,
        }
        if shown == "possibles":
            totals["Dues à ce jour"] = Decimal(0)
    why = (
        "Un suivi sans objectif chiffré n'a pas d'échéancier."
        if sheet.figures.followed
        else "Ces heures viennent de leur base, sans échéancier."
        if sheet.owing.basis is not None
        else "Cet engagement n'a pas de partie de cette sorte."
    )
    return Table("Échéancier", columns, rows, totals=totals, empty=EmptyState("Aucune partie", why))


def _state(
    row: MonthPoint, as_of: date, missing: Collection[date] | None, since: date | None, *, whole: bool
) -> Badge:
    """What is known of a month; one that is not finished, or not expected (yet), is not « inconnu »."""
    if row.status == MonthStatus.UNKNOWN and since is not None and row.month < since:
        return Badge("avant le suivi", "neutral")
    if row.status == MonthStatus.UNKNOWN and last_day(row.month) > as_of:
        return Badge("mois en cours", "neutral")
    if row.status == MonthStatus.UNKNOWN and not whole:
        return Badge("rien de vous", "neutral")
    if row.status == MonthStatus.UNKNOWN and missing is not None and row.month not in missing:
        return Badge("pas encore attendu", "neutral")
    return Badge(row.status.label, _MONTHS[row.status])


def _months(actor: Actor, sheet: CommitmentSheet, rows: Sequence[MonthPoint], done: Progress | None) -> Table:
    missing, whole = done.missing_months if done else None, reads_all(actor, sheet.contractor_id)
    columns: list[Column[MonthPoint]] = [
        Column("Mois", lambda row: row.month, "month"),
        Column("À valider", lambda row: row.month_declared or None, "hours"),
        Column("Validées", lambda row: row.month_validated if _counts(row) else None, "hours"),
        Column("Non retenues", lambda row: row.month_refused or None, "hours"),
        Column("État", lambda row: _state(row, sheet.as_of, missing, sheet.expected_from, whole=whole)),
    ]

    def lines(row: MonthPoint) -> str:
        return href(actor, "hours:lines", query={"engagement": sheet.uid, "mois": f"{row.month:%Y-%m}"})

    links = {"Validées": lines, "À valider": lines, "Non retenues": lines}
    empty = EmptyState("Aucun mois", "Les mois s'affichent dès le début de l'engagement.")
    return Table(
        "Heures de chaque mois", columns, rows, row_href=lines, links=links, narrow="scroll", empty=empty
    )


def _counts(row: MonthPoint) -> bool:
    return row.status in {MonthStatus.VALIDATED, MonthStatus.NIL} or row.month_validated != 0


def _version(actor: Actor, row: VersionLine, current: VersionLine | None) -> TimelineEvent:
    told = [format_hours(row.hours)] if row.hours is not None else []
    told += [row.comment] if row.comment else []
    now = " (en vigueur)" if current and current.uid == row.uid else ""
    return TimelineEvent(
        f"applicable le {format_date(row.effective_on)}",
        f"{row.number} · {row.reason_label}{now}",
        " · ".join([*told, *(["document joint"] if row.document_uid else [])]),
        href(actor, "hours:evidence", uid=row.document_uid) if row.document_uid else "",
    )


def _legal_told(legal: LegalLine | None) -> str:
    """« Condition d'exécution, consultation engagée le 12 janvier 2026 »."""
    return f"{legal.device_label}, {legal.basis} {format_date(legal.on)}" if legal and legal.on else ""


def _facts(actor: Actor, sheet: CommitmentSheet) -> Facts:
    terms = sheet.version.terms if sheet.version else None
    minimum = terms.minimum_hours if terms else None
    offer = terms.offer_hours if terms else None
    dated = dated_rules(actor, sheet)
    labour = sheet.calculation.labour_hours if sheet.calculation else None
    return Facts(
        [
            Fact("Nature", sheet.kind.label),
            Fact("Levier juridique", sheet.legal.label if sheet.legal else None, help=_legal_told(sheet.legal)),
            Fact("Du", format_date(sheet.starts_on)),
            Fact("Au", format_date(sheet.ends_on)),
            *([Fact("Soldé le", format_date(sheet.closed_on))] if sheet.closed_on else []),
            *([Fact("Minimum exigé", format_hours(minimum))] if minimum is not None else []),
            *([Fact("Engagement de l'offre", format_hours(offer))] if offer is not None else []),
            *([Fact("Heures de main-d'œuvre du marché", format_hours(labour))] if labour is not None else []),
            Fact("Intérim classique", sheet.ett_label),
            Fact("Relevés", f"{sheet.periodicity_label.lower()}, attendus le {sheet.due_day}", help=_followed(sheet)),
            *counting_facts(sheet, dated),
            *valued_facts(dated),
            Fact("Pénalité", f"{format_number(sheet.penalty_multiplier)} × SMIC horaire par heure non réalisée"),
        ]
    )  # fmt: skip


def _followed(sheet: CommitmentSheet) -> str:
    """Since when statements are expected, when it is not since the start."""
    if sheet.expected_from is None:
        return ""
    since = format_month(sheet.expected_from)
    return f"Attendus depuis {since} : les mois d'avant le suivi ne sont demandés à personne."


def ended_word(sheet: CommitmentSheet) -> str:
    """Hours not done are « restant à réaliser » while the engagement runs, « non réalisées » once it is over."""
    over = sheet.as_of > sheet.ends_on or (sheet.closed_on is not None and sheet.as_of >= sheet.closed_on)
    return "non réalisées" if over else "restant à réaliser"


def _remaining(actor: Actor, sheet: CommitmentSheet, done: Progress | None) -> Figure | None:
    if done is None or done.remaining is None or not reads_all(actor, sheet.contractor_id):
        return None
    waiting = f"{format_hours(done.declared)} déclarées à valider" if done.declared else ""
    gauge = Gauge(sheet.figures.firm_at_term, done.validated, done.declared, sheet.elapsed)
    told = equivalent(done.remaining, sheet.month_hours)
    if done.remaining == 0:
        over = done.validated - sheet.figures.firm_at_term
        told = (
            f"L'engagement est tenu, avec {format_hours(over)} de plus."
            if over > 0
            else "L'engagement est tenu."
            if sheet.figures.firm_at_term
            else "Rien n'est dû pour l'instant."
        )
    address = lines_href(actor, engagement=sheet.uid, state="declared", as_of=sheet.as_of)
    return Figure(
        format_hours(done.remaining),
        ended_word(sheet),
        told,
        address if done.declared else "",
        waiting,
        gauge,
    )


def _done(actor: Actor, sheet: CommitmentSheet, done: Progress | None) -> list[Figure]:
    if done is None:
        return []

    def lines(state: str) -> str:
        return lines_href(actor, engagement=sheet.uid, state=state, as_of=sheet.as_of)

    found = [
        Figure(
            format_hours(done.validated),
            "validées",
            equivalent(done.validated, sheet.month_hours),
            lines("validated"),
        ),
        Figure(format_hours(done.declared), "à valider", "", lines("declared")),
    ]
    taken_over = href(actor, "hours:openings", uid=sheet.uid)
    found += apart_figures(done.makeup, taken_over, lines("reserved"))
    if done.refused:
        found.append(Figure(format_hours(done.refused), "non retenues", "", lines("refused")))
    return found


def missing_told(done: Progress | None) -> str:
    """« 2 mois sans relevé : août 2026, septembre 2026 »."""
    if done is None or not done.missing_months:
        return ""
    months = ", ".join(format_month(month) for month in done.missing_months[:6])
    more = "…" if len(done.missing_months) > 6 else ""
    return f"{plural(len(done.missing_months), 'mois', 'mois')} sans relevé : {months}{more}"


def _crumbs(actor: Actor, sheet: CommitmentSheet) -> Breadcrumb:
    contract = sheet.contract
    named = f"marché {contract.official_id}" if contract.official_id else contract.common_name
    lot = [Crumb(f"lot {sheet.lot.number} {sheet.lot.title}")] if sheet.lot else []
    return Breadcrumb(
        (
            Crumb(contract.buyer_name, href(actor, "contracts:buyer", uid=contract.buyer_uid)),
            Crumb(named, href(actor, "contracts:show", uid=contract.uid)),
            *lot,
        )
    )


def _people(actor: Actor, rows: Sequence[AtWork]) -> list[tuple[AtWork, str]]:
    return [
        (row, href(actor, "people:show", uid=row.participant_uid) if row.participant_uid else "")
        for row in rows
    ]


def followed_of(actor: Actor, sheet: CommitmentSheet) -> tuple[Progress, tuple[MonthPoint, ...]]:
    """Progress and months of an engagement whose sheet is read (two queries)."""
    return followed(actor=actor, key=sheet.key, owing=sheet.owing, as_of=sheet.as_of)


def commitment_context(request: HttpRequest, actor: Actor, sheet: CommitmentSheet) -> dict[str, object]:
    """All that the template needs."""
    today = clock.today()
    done, points = followed_of(actor, sheet)
    reached, every = (
        [point for point in reversed(points) if point.month <= sheet.as_of],
        request.GET.get("mois") == "tous",
    )
    shown = request.GET.get("parties", "")
    whole = reads_all(actor, sheet.contractor_id)
    acts = acts_of(actor=actor, commitment_id=sheet.id)
    address = href(actor, "contracts:commitment", uid=sheet.uid, query={"au": sheet.as_of})
    curve = href(actor, "contracts:curve", uid=sheet.uid, query={"au": sheet.as_of})
    change = can_add_version(
        actor,
        owner_org_id=sheet.contract.owner_org_id,
        contract_state=sheet.contract.state,
        closed_on=sheet.closed_on,
    )
    simulate = can_simulate_shortfall(actor).reason or (
        "Aucune heure n'est due." if sheet.figures.followed else ""
    )
    return {
        "sheet": sheet,
        "crumbs": _crumbs(actor, sheet),
        "firm_href": href(actor, "contracts:firm", uid=sheet.contractor_uid),
        "figures": _figures(sheet, address),
        "done": [*_done(actor, sheet, done), *carried_figures(acts, sheet)],
        "remaining": _remaining(actor, sheet, done),
        "missing": missing_told(done) if whole else "",
        "own_only": "" if whole else OWN_ONLY,
        "day_form": DayForm({"au": sheet.as_of.isoformat()}),
        "today_href": href(actor, "contracts:commitment", uid=sheet.uid),
        "more_months": f"{address}&mois=tous#mois" if len(reached) > SHORT and not every else "",
        "is_today": sheet.as_of == today,
        "parts": _parts(sheet, shown),
        "parts_shown": shown if shown in SHOWN else "",
        "all_parts": f"{address}#echeancier",
        "months": _months(actor, sheet, reached if every else reached[:SHORT], done),
        "curve": curve,
        "curve_narrow": f"{curve}&largeur=330",
        "versions": Timeline([_version(actor, row, sheet.version) for row in sheet.versions]),
        "facts": _facts(actor, sheet),
        "people": _people(actor, at_work(actor, sheet)),
        "buttons": _buttons(actor, sheet, change.reason, simulate),
        "settle": _settle(actor, sheet),
    } | beside(actor, sheet, acts)


def _settle(actor: Actor, sheet: CommitmentSheet) -> LinkButton | None:
    """The gesture that ends the life of the engagement, for those who follow contracts."""
    if not actor.can("facilitator"):
        return None
    contract = sheet.contract
    decision = can_close(
        actor, owner_org_id=contract.owner_org_id, contract_state=contract.state, closed_on=sheet.closed_on
    )
    address = href(actor, "contracts:close_commitment", uid=sheet.uid)
    return LinkButton("Solder l'engagement", address, "quiet", decision.reason)


def _point(actor: Actor, subject: str) -> list[LinkButton]:
    """« Point d'étape »: one page, in two clicks."""
    if not actor.can("facilitator"):
        return []
    query: dict[str, object] = {"nature": "update", "objet": subject, "periode": "debut"}
    return [LinkButton("Point d'étape", href(actor, "reports:new", query=query))]


def _buttons(actor: Actor, sheet: CommitmentSheet, change: str, simulate: str) -> list[LinkButton]:
    certificate = href(actor, "reports:issue", uid=sheet.uid)
    issue = (
        [LinkButton("Établir l'attestation", certificate, "primary")]
        if certificate and actor.can("facilitator")
        else []
    )
    return [
        *issue,
        *_point(actor, f"commitment:{sheet.uid}"),
        LinkButton("Nouvelle version", href(actor, "contracts:add_version", uid=sheet.uid), disabled=change),
        LinkButton(
            "Simuler les heures non réalisées",
            href(actor, "contracts:shortfall", uid=sheet.uid),
            disabled=simulate,
        ),
        *_taken_over(actor, sheet),
    ]


def _taken_over(actor: Actor, sheet: CommitmentSheet) -> list[LinkButton]:
    """Hours validated before we began: for those who follow contracts."""
    if not actor.can("facilitator"):
        return []
    return [LinkButton("Reprise", href(actor, "hours:openings", uid=sheet.uid), "quiet")]
