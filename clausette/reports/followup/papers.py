"""The three follow-up documents as papers: bilan, point d'étape of one page, attestation of a firm for a year."""

from dataclasses import replace

from clausette.kernel.french import equivalent, format_date, format_hours, format_number, plural
from clausette.reports.enums import Audience, ReportKind
from clausette.reports.followup import wording as say
from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.frozen import frozen_hash
from clausette.reports.paper import Box, Chart, Head, Ledger, Paper, Value

TITLES = {
    ReportKind.SUMMARY: "Bilan des heures d’insertion",
    ReportKind.UPDATE: "Point d’étape",
    ReportKind.YEAR_CERTIFICATE: "Attestation annuelle d’heures d’insertion",
}
SHORT_MONTHS, SHORT_ENGAGEMENTS = 6, 8


def follow_up_paper(facts: FollowUpFacts) -> Paper:
    """Return the document of these facts."""
    kind = ReportKind(facts.kind)
    makers = {
        ReportKind.SUMMARY: _summary,
        ReportKind.UPDATE: _update,
        ReportKind.YEAR_CERTIFICATE: _yearly,
    }
    return makers[kind](facts, _common(facts, TITLES[kind]))


def _common(facts: FollowUpFacts, title: str) -> Paper:
    """What the three have alike."""
    number = f"N° {facts.number}" if facts.number else ""
    return Paper(
        title=title,
        subtitle=f"{facts.subject.name}, {say.period(facts)}",
        number=number,
        issued=f"établi le {format_date(facts.issued_on)}",
        issuer=say.address(facts.issuer),
        recipient=say.address(facts.recipient) if facts.recipient else (),
        correction=say.correction(facts.corrects),
        notice="",
        statement="",
        equivalent="",
        boxes=(),
        bar=say.bar(facts),
        identity=(),
        blocks=(),
        definitions=(),
        verification=say.verification(facts),
        signature=say.signature(facts),
        footer=f"{title} n° {facts.number} · {facts.issuer.name} · modèle {facts.template_version}",
        hash=frozen_hash(facts),
        issued_on=facts.issued_on,
    )


def _fte(facts: FollowUpFacts) -> str:
    return f"{format_number(facts.fte)} ETP à {format_hours(facts.fte_divisor)}"


def _notice(facts: FollowUpFacts) -> str:
    if facts.audience == Audience.OWN:
        return (
            "Copie de la structure : les répartitions par critère personnel ne sont pas masquées. "
            "À ne pas communiquer."
        )
    return (
        f"Exemplaire communicable : les répartitions par critère personnel sont masquées sous {facts.mask_below} "
        "personnes, avec ce qui permettrait de les retrouver. Les heures ne sont jamais masquées."
    )


def _summary(facts: FollowUpFacts, common: Paper) -> Paper:
    totals = facts.totals
    statement = (
        f"{format_hours(totals.in_period)} d’insertion validées ({say.period(facts)}) {say.done_by(facts)}"
        f"sur {plural(len(facts.engagements), 'engagement')}."
        f"{say.apart(totals.reserved_in_period, totals.collective_in_period)}"
    )
    box = Box("Validées de la période", format_hours(totals.in_period), _fte(facts))
    chart, caught = say.chart(facts), say.catch_up(facts)
    blocks: list[Ledger | Chart | None] = [
        chart,
        say.figures(facts),
        say.worked(facts),
        say.engagements(facts) if facts.engagements else None,
        say.made_of(facts),
        say.contracts(facts),
        say.months(facts) if facts.months else None,
        caught,
        say.shares("Heures par modalité", "Modalité", facts.modalities, totals.in_period)
        if facts.modalities
        else None,
        say.shares(
            "Heures par contrat de travail", "Contrat de travail", facts.contract_kinds, totals.in_period
        )
        if facts.contract_kinds
        else None,
        *say.breakdowns(facts),
    ]
    return replace(
        common,
        notice=_notice(facts),
        statement=statement,
        equivalent=say.full_time(facts, totals.in_period),
        boxes=(say.due_box(facts), say.validated_box(facts), box),
        identity=_identity(facts),
        blocks=tuple(block for block in blocks if block is not None),
        lines=say.detail(facts),
    )


def _identity(facts: FollowUpFacts) -> tuple[tuple[str, tuple[str, ...]], ...]:
    labels = {"buyer": "Maître d’ouvrage", "operation": "Opération", "firm": "Entreprise"}
    rows = [(labels.get(facts.subject.kind, "Marché"), (facts.subject.name, *facts.subject.details))]
    if facts.recipient and facts.recipient.name != facts.subject.name:
        rows.append(("Destinataire", say.address(facts.recipient)))
    buyers = sorted(
        {row.buyer for row in facts.contracts} - {facts.recipient.name if facts.recipient else ""}
    )
    if buyers:
        rows.append(("Maîtres d’ouvrage" if len(buyers) > 1 else "Maître d’ouvrage", (", ".join(buyers),)))
    rows.append(("Période", (say.period(facts), f"chiffres arrêtés au {format_date(facts.as_of)}")))
    return tuple(rows)


def _apart(facts: FollowUpFacts) -> str:
    """What the hours validated since the start hold besides those of people, one by one."""
    totals = facts.totals
    return say.apart(totals.reserved, totals.collective, totals.opening, totals.opening_on)


def _update(facts: FollowUpFacts, common: Paper) -> Paper:
    """One page: where we stand, the curve, the last months, what is awaited."""
    totals = facts.totals
    left = Box(
        "Restant à réaliser",
        format_hours(totals.remaining),
        equivalent(totals.remaining, facts.monthly_hours),
    )
    missing = sum(row.missing for row in facts.engagements)
    awaited = [
        f"{plural(missing, 'mois sans relevé', 'mois sans relevé')} à transmettre" if missing else "",
        f"{format_hours(totals.waiting)} à valider" if totals.waiting else "",
    ]
    told = " ; ".join(part for part in awaited if part)
    statement = (
        f"Au {format_date(facts.as_of)}, {format_hours(totals.validated)} d’insertion sont validées"
        f"{f' sur {format_hours(totals.due_firm)} dues fermes au terme' if totals.due_firm else ''}."
        f"{_apart(facts)}"
        f"{f' Attendu : {told}.' if told else ' Tous les relevés attendus sont reçus et contrôlés.'}"
    )
    last = facts.months[-SHORT_MONTHS:]
    recent = Ledger(
        "Derniers mois",
        (Head("Mois travaillé", "month", 4), Head("Validées", "hours"), Head("À valider", "hours")),
        tuple((row.month, row.validated, row.waiting or None) for row in last),
        note=say.UNKNOWN,
    )
    several = say.engagements(facts)
    if len(several.rows) > SHORT_ENGAGEMENTS:
        more = f"Les {SHORT_ENGAGEMENTS} premiers sur {len(several.rows)} ; le total est celui de tous."
        several = replace(several, rows=several.rows[:SHORT_ENGAGEMENTS], note=more)
    blocks = (
        say.chart(facts),
        several if len(facts.engagements) > 1 else say.figures(facts),
        recent if last else None,
    )
    return replace(
        common,
        subtitle=", ".join((facts.subject.name, *facts.subject.details)),
        statement=statement,
        boxes=(say.due_box(facts), say.validated_box(facts), *([left] if totals.due_firm else [])),
        signature=(),
        compact=True,
        blocks=tuple(block for block in blocks if block is not None),
    )


def _yearly(facts: FollowUpFacts, common: Paper) -> Paper:
    """Hours of a firm in a year, on all its engagements with the structure."""
    totals = facts.totals
    statement = (
        f"{facts.issuer.name} atteste que {facts.subject.name} a réalisé {format_hours(totals.in_period)} d’insertion "
        f"({say.period(facts)}), validées au {format_date(facts.issued_on)}, sur "
        f"{plural(len(facts.engagements), 'engagement')} d’insertion."
        f"{say.apart(totals.reserved_in_period, totals.collective_in_period)}"
    )
    heads = (
        Head("Marché", width=5),
        Head("Maître d’ouvrage", width=4),
        Head("Validées de l’année", "hours"),
        Head("Validées depuis le début", "hours"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (", ".join(part for part in (row.contract, row.lot) if part), row.buyer, row.in_period, row.validated)
        for row in facts.engagements
    )
    total = ("Total", "", totals.in_period, totals.validated)
    note = f"Une heure compte au mois où elle est travaillée. Depuis le début :{_apart(facts).lower()}"
    if not _apart(facts):
        note = "Une heure compte au mois où elle est travaillée."
    ledger = Ledger("Heures par engagement", heads, rows, total, note)
    shares = say.shares("Heures par modalité", "Modalité", facts.modalities, totals.in_period)
    blocks = (
        ledger, say.worked(facts), say.months(facts) if facts.months else None, say.catch_up(facts),
        shares if facts.modalities else None,
    )  # fmt: skip
    return replace(
        common,
        issued=common.issued.replace("établi", "établie"),
        bar=None,
        statement=statement,
        equivalent=say.full_time(facts, totals.in_period),
        boxes=_people_boxes(facts),
        identity=(
            ("Entreprise", say.address(facts.recipient) if facts.recipient else (facts.subject.name,)),
        ),
        blocks=tuple(block for block in blocks if block is not None),
    )


def _people_boxes(facts: FollowUpFacts) -> tuple[Box, ...]:
    """Hours of the year, people, work contracts."""
    new = f"dont {plural(facts.new_entrants, 'nouveau', 'nouveaux')}"
    raw = f"pour {plural(facts.work_contracts, 'contrat de travail', 'contrats de travail')}"
    return (
        Box("Validées de l’année", format_hours(facts.totals.in_period), _fte(facts), main=True),
        Box("Participants", format_number(facts.participants), new),
        Box("Contrats comptés", format_number(facts.counted_contracts), raw),
    )
