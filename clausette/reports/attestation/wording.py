"""The facts of an attestation said in French: titles, sentences and cells, ready to be set.

Every text goes through `printable`: what a person typed is data for the template, never markup.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from clausette.hours.rules.apart import told_apart
from clausette.kernel.french import (
    HARD,
    equivalent,
    format_date,
    format_euros,
    format_hours,
    format_month,
    format_number,
    format_percent,
)
from clausette.reports.attestation.definitions import definitions
from clausette.reports.attestation.facts import (
    AttestationFacts,
    Body,
    Calculation,
    Figures,
    MonthRow,
    facts_hash,
)
from clausette.reports.fonts import printable

UNKNOWN_MONTH = "relevé non reçu"
NO_HOUR = "aucune heure"
PENDING = "à valider"
NONE_GIVEN = "–"
Tree: TypeAlias = "str | bool | float | Sequence[Tree] | dict[str, Tree] | None"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and the lines said about it."""

    term: str
    lines: tuple[str, ...]


def words(facts: AttestationFacts) -> dict[str, Tree]:
    """Return all the texts of the document, as a tree of JSON values in the shape `attestation.typ` reads."""
    figures = facts.figures
    tree: dict[str, Tree] = {
        "title": "Attestation d’heures d’insertion",
        "document_title": f"Attestation d’heures d’insertion {facts.number}",
        "number": f"N° {facts.number}",
        "issued": f"établie le {format_date(facts.issued_on)}",
        "issuer": {"name": facts.issuer.name, "lines": list(_address(facts.issuer))},
        "correction": _correction(facts),
        "statement": _statement(facts),
        "equivalent": _equivalent(facts),
        "headline": _headline(facts),
        "gauge": _gauge(figures),
        "identity_title": "Ce qui est attesté",
        "identity": [{"term": entry.term, "lines": list(entry.lines)} for entry in _identity(facts)],
        "figures": _figures_table(facts),
        "modalities": _modalities_table(facts),
        "months": _months_table(facts),
        "definitions_title": "Comment lire ces chiffres",
        "definitions": [{"term": term, "text": text} for term, text in definitions(facts)],
        "verification": _verification(facts),
        "signature": _signature(facts),
        "footer": f"Attestation n° {facts.number} · {facts.issuer.name} · modèle {facts.template_version}",
        "hash_label": "Empreinte SHA-256 des données :",
    }
    return {key: _printable(value) for key, value in tree.items()} | {"hash": facts_hash(facts)}


def format_rate(rate: Decimal) -> str:
    """Return « 84 % » from 0.84; a rate under 1 is never rounded up to « 100 % »."""
    return format_percent(min(rate, Decimal("0.999")) if rate < 1 else rate)


def remaining_label(*, ended: bool) -> str:
    """Return the label of the hours that lack: while the engagement runs, or once it has ended."""
    return "Heures non réalisées" if ended else "Heures restant à réaliser"


def _printable(value: Tree) -> Tree:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_printable(one) for one in value]
    return value


def _address(body: Body) -> Iterator[str]:
    if body.town:
        yield body.town
    if body.siret:
        yield f"SIRET {_siret(body.siret)}"


def _siret(siret: str) -> str:
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:])) if len(siret) == 14 else siret


def _market_name(facts: AttestationFacts) -> str:
    market = facts.market
    return f"{market.usual_name}, {market.lot}" if market.lot else market.usual_name


def _correction(facts: AttestationFacts) -> str:
    old = facts.corrects
    if old is None:
        return ""
    reason = f" Motif : {old.reason.rstrip('. ')}." if old.reason.strip() else ""
    return f"Annule et remplace l’attestation n° {old.number} du {format_date(old.issued_on)}.{reason}"


def _statement(facts: AttestationFacts) -> str:
    figures = facts.figures
    return (
        f"{facts.issuer.name} atteste que {facts.firm.name} a réalisé "
        f"{format_hours(figures.validated)} d’insertion, validées au {format_date(figures.as_of)}, "
        f"au titre de l’engagement d’insertion pris envers {facts.buyer.name} pour « {_market_name(facts)} »."
        f"{_apart(figures)}"
    )


def _apart(figures: Figures) -> str:
    """« Dont 420 h de reprise au 31 août 2026, 60 h non nominatives. », or « »."""
    text = told_apart(
        opening=figures.opening_balance or Decimal(0),
        opening_word=_opening_label(figures).removeprefix("dont "),
        collective=figures.collective or Decimal(0),
        reserved=figures.reserved or Decimal(0),
    )
    return f" {text}" if text else ""


def _equivalent(facts: AttestationFacts) -> str:
    said = equivalent(facts.figures.validated, facts.monthly_hours)
    month = format_hours(facts.monthly_hours)
    return f"Soit {said} à temps plein ({month} par mois)." if said else ""


def _headline(facts: AttestationFacts) -> list[Tree]:
    figures = facts.figures
    shown: list[Tree] = []
    if figures.due_firm is not None:
        so_far = "" if figures.due_to_date is None else f"{format_hours(figures.due_to_date)} dues à ce jour"
        shown.append(_headline_box("Dues fermes au terme", figures.due_firm, so_far))
    rate = f"taux plafonné {format_rate(figures.capped_rate)}" if figures.capped_rate is not None else ""
    shown.append(_headline_box("Validées", figures.validated, rate, main=True))
    if figures.remaining is not None:
        people = equivalent(figures.remaining, facts.monthly_hours)
        shown.append(_headline_box(remaining_label(ended=figures.ended), figures.remaining, people))
    else:
        shown.append(_headline_box("Déclarées", figures.declared))
    return shown


def _headline_box(label: str, hours: Decimal, note: str = "", *, main: bool = False) -> Tree:
    return {"label": label, "value": format_hours(hours), "note": note, "main": main}


def _gauge(figures: Figures) -> Tree:
    if not figures.due_firm or figures.due_firm < 0:
        return None
    due = figures.due_to_date
    done, total = format_hours(figures.validated), format_hours(figures.due_firm)
    mark = f" Trait noir : {format_hours(due)} dues à ce jour." if due is not None else ""
    return {
        "done": float(min(Decimal(1), max(Decimal(0), figures.validated / figures.due_firm))),
        "due": float(min(Decimal(1), max(Decimal(0), due / figures.due_firm))) if due is not None else None,
        "alt": f"Barre : {done} validées sur {total} dues fermes.",
        "caption": f"Barre pleine : heures validées, sur {total} dues fermes au terme.{mark}",
    }


def _identity(facts: AttestationFacts) -> Iterator[Entry]:
    yield Entry("Entreprise", _body_lines(facts.firm))
    yield Entry("Acheteur", _body_lines(facts.buyer))
    yield Entry(facts.market.kind[:1].upper() + facts.market.kind[1:], tuple(_market_lines(facts)))
    legal = facts.legal_basis
    if legal is not None:
        on = f", à la date du {format_date(legal.applicable_on)}" if legal.applicable_on else ""
        article = (f"{legal.article}{on}",) if legal.article else ()
        yield Entry("Levier juridique", (legal.device, *article))
    yield Entry("Engagement d’insertion", tuple(_commitment_lines(facts)))


def _body_lines(body: Body) -> tuple[str, ...]:
    name = f"{body.name} ({body.role})" if body.role else body.name
    address = " · ".join(_address(body))
    return (name, address) if address else (name,)


def _market_lines(facts: AttestationFacts) -> Iterator[str]:
    market = facts.market
    yield _market_name(facts)
    if market.purpose and market.purpose != market.usual_name:
        yield market.purpose
    number = f"n° {market.number}" if market.number else ""
    notified = f"notifié le {format_date(market.notified_on)}" if market.notified_on else ""
    if number or notified:
        yield " · ".join(part for part in (number, notified) if part)


def _commitment_lines(facts: AttestationFacts) -> Iterator[str]:
    commitment = facts.commitment
    yield commitment.kind
    if commitment.calculation is not None:
        yield arithmetic(commitment.calculation)
    asked = [
        f"{label} : {format_hours(hours)}"
        for label, hours in (
            ("minimum exigé", commitment.minimum),
            ("engagement de l’offre", commitment.offer),
        )
        if hours is not None
    ]
    if asked:
        yield " · ".join(asked)


def arithmetic(calculation: Calculation) -> str:
    """Return « 1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 h, arrondi à 833 h »."""
    shares = (
        format_percent(share, places=2) for share in (calculation.labour_share, calculation.insertion_rate)
    )
    product = " × ".join((format_euros(calculation.amount), *shares))
    rounding = (
        "" if calculation.exact == calculation.hours else f", arrondi à {format_hours(calculation.hours)}"
    )
    return (
        f"{product} ÷ {format_euros(calculation.hourly_cost)}/h = {format_hours(calculation.exact)}{rounding}"
    )


def _table(
    title: str, head: list[str], rows: list[list[str]], *, widths: list[int], texts: int, total: list[str]
) -> Tree:
    return {"title": title, "head": head, "rows": rows, "widths": widths, "texts": texts, "total": total}


def _figures_table(facts: AttestationFacts) -> Tree:
    figures = facts.figures
    hours: list[tuple[str, Decimal | None]] = [
        ("Heures dues à ce jour", figures.due_to_date),
        ("Heures dues fermes au terme", figures.due_firm),
        ("Heures déclarées", figures.declared),
        ("Heures validées", figures.validated),
        *_made_of(figures),
        *((aside.label, aside.hours) for aside in facts.asides),
        (remaining_label(ended=figures.ended), figures.remaining),
    ]
    rates = [
        ("Taux de réalisation brut", figures.raw_rate),
        ("Taux de réalisation plafonné", figures.capped_rate),
    ]
    rows = [[label, format_hours(value)] for label, value in hours if value is not None]
    rows += [[label, format_rate(value)] for label, value in rates if value is not None]
    rows += [["Personnes", format_number(figures.people)]]
    rows += [["Contrats de travail comptés", format_number(figures.work_contracts)]]
    title = f"Chiffres arrêtés au {format_date(figures.as_of)}"
    return _table(title, ["Chiffre", "Valeur"], rows, widths=[1, 0], texts=1, total=[])


def _made_of(figures: Figures) -> list[tuple[str, Decimal | None]]:
    """What the hours validated are made of; nominative hours are said when others are beside."""
    others = (figures.reserved, figures.collective, figures.opening_balance)
    return [
        ("dont nominatives", figures.named if any(others) else None),
        ("dont retenues sous réserve", figures.reserved),
        ("dont non nominatives", figures.collective),
        (_opening_label(figures), figures.opening_balance),
    ]


def _opening_label(figures: Figures) -> str:
    since = f" au {format_date(figures.opening_on)}" if figures.opening_on else ""
    return f"dont reprise{since}"


def _modalities_table(facts: AttestationFacts) -> Tree:
    if not facts.modalities:
        return None
    figures = facts.figures
    say = _aligned([row.validated for row in facts.modalities], figures.opening_balance, figures.validated)
    rows = [[row.label, _count(row.work_contracts), say(row.validated)] for row in facts.modalities]
    if figures.opening_balance:
        rows.append([f"{_opening_title(figures)}, sans détail", NONE_GIVEN, say(figures.opening_balance)])
    head = ["Modalité", "Contrats de travail comptés", "Validées"]
    total = ["Total", "", say(figures.validated)]
    return _table("Heures validées par modalité", head, rows, widths=[5, 3, 2], texts=1, total=total)


def _months_table(facts: AttestationFacts) -> Tree:
    if not facts.months:
        return None
    figures = facts.figures
    ordered = sorted(facts.months, key=lambda row: (row.month, row.declarant))
    say = _aligned(
        [hours for row in ordered for hours in (row.declared, row.validated)],
        figures.opening_balance,
        figures.declared,
        figures.validated,
    )
    rows = [_month_row(row, say) for row in ordered]
    if figures.opening_balance:
        rows.insert(
            0,
            [
                "Reprise",
                _opening_title(figures).removeprefix("Reprise").strip(),
                NONE_GIVEN,
                say(figures.opening_balance),
            ],
        )
    total = ["Total", "", say(figures.declared), say(figures.validated)]
    head = ["Mois travaillé", "Déclarant", "Déclarées", "Validées"]
    return _table("Mois par mois", head, rows, widths=[2, 4, 2, 2], texts=2, total=total)


def _month_row(row: MonthRow, say: Callable[[Decimal], str]) -> list[str]:
    nil = UNKNOWN_MONTH if row.declared is None else NO_HOUR
    declared = say(row.declared) if row.declared else nil
    missing = NONE_GIVEN if row.declared is None else PENDING
    validated = missing if row.validated is None else say(row.validated)
    return [format_month(row.month), row.declarant, declared, validated]


def _opening_title(figures: Figures) -> str:
    return _opening_label(figures).replace("dont reprise", "Reprise", 1)


def _count(number: int | None) -> str:
    return NONE_GIVEN if number is None else format_number(number)


def _aligned(column: Sequence[Decimal | None], *others: Decimal | None) -> Callable[[Decimal], str]:
    """Return a writer of hours with as many decimals as the longest of the column, so that digits line up."""
    values = [value for value in (*column, *others) if value is not None]
    places = max((len(format_number(value).partition(",")[2]) for value in values), default=0)
    return lambda value: f"{format_number(value, places=places, fixed=True)}{HARD}h"


def _verification(facts: AttestationFacts) -> str:
    return (
        f"Pour vérifier ce document : {facts.issuer.name} conserve les données arrêtées dont il est tiré. "
        "Donnez-lui le numéro et l’empreinte imprimés en pied de page : si les deux correspondent aux "
        "données conservées, les chiffres n’ont pas été modifiés. Empreinte SHA-256 :"
    )


def _signature(facts: AttestationFacts) -> list[Tree]:
    place = f"{facts.issuer.town}, le" if facts.issuer.town else "Le"
    lines: list[Tree] = [f"{place} {format_date(facts.issued_on)}"]
    if facts.signatory is not None:
        lines += [text for text in (facts.signatory.name, facts.signatory.function) if text]
    return lines


__all__ = ["PENDING", "UNKNOWN_MONTH", "arithmetic", "format_rate", "remaining_label", "words"]
