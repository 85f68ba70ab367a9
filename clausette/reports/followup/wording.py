"""Blocks that the follow-up documents share: each table with how its figures are counted, printed beside."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from clausette.kernel.french import equivalent, format_date, format_hours, plural
from clausette.reports.attestation.facts import Body, Correction
from clausette.reports.curve_layers import CurvePoint
from clausette.reports.followup.facts import ZERO, BreakdownRow, EngagementRow, FollowUpFacts, ShareRow
from clausette.reports.paper import MASKED, Bar, Box, Chart, Head, Ledger, Typed, Value, format_rate, total_of
from clausette.reports.rules import MAIN, Span

UNKNOWN = "Un mois sans relevé est inconnu : ce n’est pas zéro."


def period(facts: FollowUpFacts) -> str:
    """« année 2026 »."""
    return Span(facts.starts_on, facts.ends_on).label


def address(body: Body) -> tuple[str, ...]:
    """Name, commune, SIRET."""
    siret = body.siret
    written = "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:])) if len(siret) == 14 else siret
    return tuple(part for part in (body.name, body.town, f"SIRET {written}" if written else "") if part)


def correction(corrects: Correction | None) -> str:
    """« Annule et remplace le document n° … »."""
    if corrects is None:
        return ""
    reason = f" Motif : {corrects.reason.rstrip('. ')}." if corrects.reason.strip() else ""
    return (
        f"Annule et remplace le document n° {corrects.number} du {format_date(corrects.issued_on)}.{reason}"
    )


def full_time(facts: FollowUpFacts, hours: Decimal) -> str:
    """« Soit ≈ 3 personnes pendant 10 mois à temps plein »."""
    told = equivalent(hours, facts.monthly_hours)
    return f"Soit {told} à temps plein ({format_hours(facts.monthly_hours)} par mois)." if told else ""


def verification(facts: FollowUpFacts) -> str:
    """How a reader checks the paper."""
    return (
        f"Pour vérifier ce document : {facts.issuer.name} conserve les chiffres arrêtés dont il est tiré, "
        "et les fichiers établis. Donnez-lui le numéro et l’empreinte, ou le fichier : il dit si rien n’a été "
        "modifié. Empreinte SHA-256 :"
    )


def signature(facts: FollowUpFacts) -> tuple[str, ...]:
    """Place, date, who signs."""
    place = f"{facts.issuer.town}, le" if facts.issuer.town else "Le"
    signed = (facts.signatory.name, facts.signatory.function) if facts.signatory else ()
    return (f"{place} {format_date(facts.issued_on)}", *(part for part in signed if part))


def due_box(facts: FollowUpFacts) -> Box:
    """Hours due firm at term, with those due on the day."""
    totals = facts.totals
    if not totals.due_firm:
        return Box("Déclarées, à valider", format_hours(totals.waiting))
    return Box(
        "Dues fermes au terme",
        format_hours(totals.due_firm),
        f"{format_hours(totals.due_to_date)} dues à ce jour",
    )


def validated_box(facts: FollowUpFacts) -> Box:
    """Hours validated since the start."""
    rate = facts.totals.capped
    note = f"taux plafonné {format_rate(rate)}" if rate is not None else "suivi sans objectif chiffré"
    return Box("Validées depuis le début", format_hours(facts.totals.validated), note, main=True)


def bar(facts: FollowUpFacts) -> Bar | None:
    """Hours done out of hours due: the capped rate, so that an excess here hides no shortfall there."""
    totals = facts.totals
    if not totals.due_firm or totals.capped is None:
        return None
    due = min(Decimal(1), totals.due_to_date / totals.due_firm)
    told = f"{format_rate(totals.capped)} des {format_hours(totals.due_firm)} dues fermes"
    caption = f"Barre pleine : taux plafonné, {told}. Trait noir : {format_hours(totals.due_to_date)} dues à ce jour."
    return Bar(min(Decimal(1), totals.capped), due, f"Barre : {told}.", caption)


def chart(facts: FollowUpFacts) -> Chart | None:
    """The curve, when there is something to draw."""
    points = tuple(CurvePoint(row.month, row.due, row.validated, row.declared) for row in facts.curve)
    if not any(point.due is not None or point.validated is not None for point in points):
        return None
    totals = facts.totals
    firm = totals.due_firm or None
    alt = f"Courbe des heures cumulées au {format_date(facts.as_of)} : {format_hours(totals.validated)} validées"
    alt += (
        f", {format_hours(totals.due_to_date)} dues à ce jour, {format_hours(firm)} dues fermes au terme."
        if firm
        else "."
    )
    dashes = "Tirets : heures dues. " if firm else ""
    note = f"{dashes}Trait plein : heures validées. Points : avec les heures à valider. Aucune prévision."
    to_date = totals.due_to_date if firm else None
    title = "Heures dues et réalisées, cumulées" if firm else "Heures réalisées, cumulées"
    return Chart(title, points, facts.as_of, firm, to_date, totals.opening, alt, note)


_FIGURES = (Head("Chiffre", width=4), Head("Valeur", "int", 2), Head("Comment il est compté", width=5))


def _hours(label: str, hours: Decimal, how: str) -> tuple[Value, ...]:
    return label, Typed(hours, "hours"), how


def figures(facts: FollowUpFacts) -> Ledger:
    """Every figure with its definition beside."""
    totals = facts.totals
    rows = [
        *_due(facts),
        _hours("Heures validées", totals.validated, "contrôlées et retenues, depuis le début"),
    ]
    rows += _made_of(facts)
    if totals.followed and totals.due_firm:
        rows.append(_hours("dont suivi sans objectif chiffré", totals.followed, "comptées, dans aucun taux"))
    rows.append(_hours("Heures à valider", totals.waiting, "déclarées, pas encore contrôlées"))
    if totals.refused:
        rows.append(_hours("Heures non retenues", totals.refused, "déclarées et non comptées"))
    if totals.due_firm:
        how = "somme de ce qui manque à chaque engagement"
        rows.append(_hours("Heures restant à réaliser", totals.remaining, how))
    if totals.raw is not None and totals.capped is not None:
        raw, capped = Typed(totals.raw, "percent"), Typed(totals.capped, "percent")
        rows.append(("Taux de réalisation brut", raw, "validées ÷ dues fermes ; peut dépasser 100 %"))
        rows.append(("Taux de réalisation plafonné", capped, "par engagement, pas plus que ses heures dues"))
    return Ledger(f"Chiffres arrêtés au {format_date(facts.as_of)}", _FIGURES, tuple(rows))


def _made_of(facts: FollowUpFacts) -> Iterator[tuple[Value, ...]]:
    """What the hours validated since the start are made of, when they are not all of one kind."""
    totals = facts.totals
    if totals.named == totals.validated:
        return
    for label, hours, how in (
        ("dont nominatives", totals.named, "personne par personne, mois par mois"),
        ("dont retenues sous réserve", totals.reserved, "une pièce est attendue, avec une date limite"),
        ("dont non nominatives", totals.collective, "attestées en bloc : des heures, aucun participant"),
        (
            f"dont {opening_word(totals.opening_on)}",
            totals.opening,
            "validées avant le suivi, dans aucun mois",
        ),
    ):
        if hours:
            yield _hours(label, hours, how)


def opening_word(on: date | None) -> str:
    """« reprise au 31 août 2026 », or « reprises » when they are of several days."""
    return f"reprise au {format_date(on)}" if on else "reprises"


def done_by(facts: FollowUpFacts) -> str:
    """« pour 12 participants et 14 contrats de travail, », or « » when nobody is named."""
    if not facts.participants:
        return ""
    works = plural(facts.work_contracts, "contrat de travail", "contrats de travail")
    return f"pour {plural(facts.participants, 'participant')} et {works}, "


def apart(reserved: Decimal, collective: Decimal, opening: Decimal = ZERO, on: date | None = None) -> str:
    """« Dont 1 120 h de reprise au 31 août 2026, 60 h non nominatives, 35 h retenues sous réserve. », or « »."""
    told = [
        f"{format_hours(opening)} de {opening_word(on)}" if opening else "",
        f"{format_hours(collective)} non nominatives" if collective else "",
        f"{format_hours(reserved)} retenues sous réserve" if reserved else "",
    ]
    text = ", ".join(part for part in told if part)
    return f" Dont {text}." if text else ""


def made_of(facts: FollowUpFacts) -> Ledger | None:
    """The same for each engagement that holds hours of several kinds, the others summed in one line."""
    apart_rows = [row for row in facts.engagements if row.named != row.validated]
    others = [row for row in facts.engagements if row.named == row.validated]
    if not apart_rows or len(facts.engagements) < 2:
        return None
    heads = (
        Head("Engagement", width=6), Head("Nominatives", "hours"), Head("Sous réserve", "hours"),
        Head("Non nominatives", "hours"), Head("Reprise", "hours"), Head("Validées", "hours"),
    )  # fmt: skip
    cells: list[tuple[Value, ...]] = [
        (_place(row, facts), row.named, row.reserved, row.collective, row.opening, row.validated)
        for row in apart_rows
    ]
    if others:
        label = f"{plural(len(others), 'autre engagement', 'autres engagements')}"
        hours = sum((row.validated for row in others), ZERO)
        cells.append((label, hours, ZERO, ZERO, ZERO, hours))
    told = [n for n in range(len(heads)) if n in (0, 5) or any(row[n] for row in cells)]
    shown = tuple(tuple(row[n] or (None if 0 < n < 5 else row[n]) for n in told) for row in cells)
    kept = tuple(heads[n] for n in told)
    note = "Depuis le début. Une reprise est validée avant le suivi, dans aucun mois."
    return Ledger(
        "De quoi sont faites les heures validées", kept, shown, total_of("Total", shown, kept), note
    )


def _due(facts: FollowUpFacts) -> Iterator[tuple[Value, ...]]:
    """The three figures never mixed, when something is due."""
    totals = facts.totals
    if totals.due_firm:
        yield _hours(
            "Heures dues à ce jour", totals.due_to_date, "ce que le calendrier demande à la date d’arrêté"
        )
        yield _hours(
            "Heures dues fermes au terme", totals.due_firm, "parties fermes seulement, jusqu’au terme"
        )
    if totals.due_possible:
        how = "tranches et reconductions non décidées, à part"
        yield _hours("Heures dues possibles", totals.due_possible, how)


def worked(facts: FollowUpFacts) -> Ledger:
    """Hours of the period, people and work contracts, with their definitions."""
    rows = [_hours("Heures validées de la période", facts.totals.in_period, "rangées au mois travaillé")]
    for row in facts.asides:
        how = "comprises dans les heures validées" if row.inside else "à part, dans aucun taux"
        rows.append(_hours(row.label, row.hours, row.note or how))
    missions = (
        f"missions successives, même employeur et même marché, à {plural(facts.gap_days, 'jour')} au plus"
    )
    rows += [
        ("Équivalents temps plein", facts.fte, f"heures de la période ÷ {facts.fte_label}"),
        ("Participants", facts.participants, "au moins une heure validée dans la période"),
        ("dont nouveaux", facts.new_entrants, "première heure validée ici dans la période"),
        ("Contrats de travail", facts.work_contracts, "avec des heures validées dans la période"),
        ("Contrats comptés", facts.counted_contracts, missions),
    ]
    return Ledger(f"Réalisé, {period(facts)}", _FIGURES, tuple(rows))


def contracts(facts: FollowUpFacts) -> Ledger:
    """What was bought."""
    heads = (
        Head("Marché", width=5), Head("N°", width=3), Head("Forme", width=3), Head("Levier juridique", width=4),
        Head("Notifié le", "date", 4), Head("Montant HT", "euros", 3),
    )  # fmt: skip
    rows = tuple(
        (row.name, row.number, row.kind, row.device, row.notified_on, row.amount_ht)
        for row in facts.contracts
    )
    note = "Le montant d’un accord-cadre est un maximum."
    return Ledger("Ce qui a été acheté", heads, rows, note=note)


def engagements(facts: FollowUpFacts) -> Ledger:
    """Where each engagement stands; columns without any figure are left out."""
    rows_of = facts.engagements
    columns: list[tuple[Head, Sequence[Value]]] = [
        (Head("Engagement", width=13), [_named(row, facts) for row in rows_of]),
        (Head("Dues à ce jour", "hours", 5), [row.due_to_date for row in rows_of]),
        (Head("Dues fermes", "hours", 5), [row.due_firm for row in rows_of]),
        (Head("Possibles", "hours", 4), [row.due_possible or None for row in rows_of]),
        (Head("Validées", "hours", 5), [row.validated for row in rows_of]),
        (Head("De la période", "hours", 5), _of_period(facts)),
        (Head("À valider", "hours", 4), [row.waiting or None for row in rows_of]),
        (Head("Restant", "hours", 5), [row.remaining for row in rows_of]),
        (Head("Brut", "percent", 4), [row.raw for row in rows_of]),
        (Head("Plafonné", "percent", 4), [row.capped for row in rows_of]),
    ]
    kept = [(head, values) for head, values in columns if any(value is not None for value in values)]
    heads = tuple(head for head, _ in kept)
    rows: tuple[tuple[Value, ...], ...] = tuple(zip(*(values for _, values in kept), strict=True))
    total = list(total_of("Total", rows, heads)) if len(rows) > 1 else []
    for place, head in enumerate(heads):
        if total and head.label in ("Brut", "Plafonné"):
            total[place] = facts.totals.raw if head.label == "Brut" else facts.totals.capped
    note = f"Depuis le début de chaque engagement, au {format_date(facts.as_of)}. {UNKNOWN}"
    return Ledger("Engagements d’insertion", heads, rows, tuple(total), note)


def _of_period(facts: FollowUpFacts) -> list[Value]:
    """Hours of the period by engagement; left out when they are all the hours, and from a point d'étape."""
    rows = facts.engagements
    if facts.kind != "summary" or all(row.in_period == row.validated for row in rows):
        return [None for _ in rows]
    return [row.in_period for row in rows]


def _place(row: EngagementRow, facts: FollowUpFacts) -> str:
    several = len({one.contract for one in facts.engagements}) > 1
    return ", ".join(part for part in (row.contract if several else "", row.lot, row.firm) if part)


def _named(row: EngagementRow, facts: FollowUpFacts) -> str:
    name = _place(row, facts)
    late = [f"{row.missing} mois sans relevé"] if row.missing else []
    late += ["heures dues provisoires"] if row.provisional else []
    return f"{name} ({', '.join(late)})" if late else name


def months(facts: FollowUpFacts) -> Ledger:
    """Hours of each month worked, then « rattrapages » on lines of their own."""
    heads = (Head("Mois travaillé", "month", 4), Head("Validées", "hours"), Head("À valider", "hours"))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.month, row.validated, row.waiting or None) for row in facts.months
    )
    total = ("Total", facts.totals.in_period, facts.totals.waiting_in_period)
    return Ledger(
        "Heures par mois travaillé", heads, rows, total, "Une heure compte au mois où elle est travaillée."
    )


def catch_up(facts: FollowUpFacts) -> Ledger | None:
    """Hours of closed years validated since."""
    if not facts.catch_up:
        return None
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (f"Rattrapages {row.year}", row.hours) for row in facts.catch_up
    )
    heads = (Head("Année travaillée", width=4), Head("Validées depuis", "hours"))
    note = (
        f"Heures travaillées avant le {format_date(facts.starts_on)} et validées après le "
        f"{format_date(facts.closed_on)} : elles ne sont pas dans les heures de la période."
    )
    return Ledger("Rattrapages des années closes", heads, rows, total_of("Total", rows, heads), note)


def shares(title: str, first: str, rows: tuple[ShareRow, ...], total: Decimal) -> Ledger:
    """Hours by modality or kind of work contract."""
    heads = (
        Head(first, width=5),
        Head("Contrats de travail", "int"),
        Head("Contrats comptés", "int"),
        Head("Validées", "hours"),
    )
    cells: tuple[tuple[Value, ...], ...] = tuple(
        (r.label, r.work_contracts, r.counted, r.hours) for r in rows
    )
    return Ledger(title, heads, cells, ("Total", "", "", total), "Heures validées de la période.")


def breakdowns(facts: FollowUpFacts) -> tuple[Ledger, ...]:
    """By personal criterion: what is masked says so. Hours without names are nobody's: they are left out."""
    nominative = facts.totals.in_period - facts.totals.collective_in_period
    return tuple(
        Ledger(
            one.title,
            (Head(one.title, width=5), Head("Participants", "int"), Head("Heures validées", "hours")),
            tuple(_group(row) for row in one.rows)
            or ((f"Répartition masquée : moins de {facts.mask_below} personnes", "", ""),),
            ("Total", facts.participants, nominative) if one.rule == MAIN else (),
            _counted_once(facts)
            if one.rule == MAIN
            else "Plusieurs critères possibles par personne : la somme dépasse le total.",
        )
        for one in facts.breakdowns
    )


def _counted_once(facts: FollowUpFacts) -> str:
    apart_told = " Heures non nominatives à part." if facts.totals.collective_in_period else ""
    return f"Chaque personne est dans une seule ligne : la somme fait le total.{apart_told}"


def _group(row: BreakdownRow) -> tuple[Value, ...]:
    hidden = row.people is None
    return row.label, MASKED if hidden else row.people, MASKED if hidden else row.hours


def detail(facts: FollowUpFacts) -> Ledger | None:
    """The lines of the workbook."""
    if not facts.lines:
        return None
    heads = (
        Head("Mois", "month"), Head("Marché", width=5), Head("Lot", width=3), Head("Entreprise", width=4),
        Head("Déclarant", width=4), Head("Modalité", width=4), Head("Contrat de travail", width=3), Head("Nature"),
        Head("État"), Head("Heures", "hours"),
    )  # fmt: skip
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            r.month,
            r.contract,
            r.lot,
            r.firm,
            r.declarant,
            r.modality,
            r.work_contract,
            r.nature,
            r.state,
            r.hours,
        )
        for r in facts.lines
    )
    return Ledger("Lignes d’heures", heads, rows)
