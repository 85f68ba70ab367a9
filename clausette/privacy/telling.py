"""The answer to the right of access as a document: every table, in words; what all lines share is said once."""

from hashlib import sha256

import msgspec

from clausette.kernel.french import format_date, plural
from clausette.privacy.queries.export import HeldSection, Holding, as_json
from clausette.reports.paper import Head, Ledger, Paper

TITLE = "Vos données personnelles"
MOST_COLUMNS = 6
LONG = 60
HIDDEN = frozenset({"uid", "created_at", "sort_key", "participant", "owner_org"})
"""Left out of the document, not of the JSON: internal numbers, and what the head of the document says already."""


def holding_paper(holding: Holding) -> Paper:
    """Return the document."""
    person = holding.person
    return Paper(
        title=TITLE,
        subtitle=f"{person.name}, né(e) le {format_date(person.birth_date)}",
        number="",
        issued=f"au {format_date(holding.on)}",
        issuer=(holding.structure,),
        recipient=(),
        correction="",
        notice=(
            "Ce document répond à votre droit d’accès (article 15 du RGPD). Vous pouvez faire corriger ou effacer une "
            "information, ou vous opposer à son usage : écrivez à la structure ci-dessus. Vous pouvez aussi vous "
            "adresser à la CNIL (cnil.fr)."
        ),
        statement=f"Voici tout ce que {holding.structure} détient sur vous.",
        equivalent="",
        boxes=(),
        bar=None,
        identity=(),
        blocks=tuple(ledger for section in holding.filled for ledger in ledgers(section)),
        definitions=(("Rien n’est détenu pour :", f"{', '.join(holding.empty).lower()}."),)[: len(holding.empty)],
        verification="Le fichier JSON remis avec ce document contient les mêmes données, pour un autre logiciel.",
        signature=(),
        footer=f"{TITLE} · {holding.structure} · document confidentiel",
        hash=sha256(msgspec.json.encode(as_json(holding))).hexdigest(),
        issued_on=holding.on,
    )


def ledgers(section: HeldSection) -> tuple[Ledger, ...]:
    """Return one table for many lines; for one line, or lines too wide, what and its value."""
    told = [number for number, name in enumerate(section.names) if name not in HIDDEN]
    used = [number for number in told if any(row[number] for row in section.rows)]
    same = [n for n in used if len({row[n] for row in section.rows}) == 1]
    varying = [n for n in used if n not in same]
    if len(section.rows) == 1 or len(varying) > MOST_COLUMNS:
        return tuple(_sheet(section, number, used) for number in range(len(section.rows)))
    note = " · ".join(f"{section.heads[n]} : {section.rows[0][n]}" for n in same)
    if not varying:
        return (Ledger(f"{section.title} ({plural(len(section.rows), 'ligne')})", _PAIR, _pairs(section, 0, same)),)
    heads = tuple(Head(section.heads[n], width=_width(section, n)) for n in varying)
    rows = tuple(tuple(row[n] or "–" for n in varying) for row in section.rows)
    return (Ledger(section.title, heads, rows, note=f"Pour chaque ligne : {note}" if note else ""),)


_PAIR = (Head("Donnée", width=2), Head("Valeur", width=5))


def _sheet(section: HeldSection, number: int, used: list[int]) -> Ledger:
    count = len(section.rows)
    title = section.title if count == 1 else f"{section.title}, {number + 1} sur {count}"
    return Ledger(title, _PAIR, _pairs(section, number, used))


def _pairs(section: HeldSection, number: int, used: list[int]) -> tuple[tuple[str, str], ...]:
    row = section.rows[number]
    return tuple((section.heads[n], row[n]) for n in used if row[n])


def _width(section: HeldSection, number: int) -> int:
    longest = max(len(row[number]) for row in section.rows)
    return 5 if longest > LONG else 3 if longest > LONG // 2 else 2
