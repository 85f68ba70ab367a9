"""Official records (DECP) as purchases: what a buyer bought says what he will buy again."""

from typing import Any

from clausette.imports.decp import DecpFile, DecpRecord, Effect
from clausette.imports.programmes.cells import read_code
from clausette.imports.programmes.results import ReadLine, Remark

ALREADY = "Ce sont des marchés déjà attribués : le test est fait pour un achat semblable, au jour du repérage."
LOST = "Cet enregistrement ne peut pas être lu."


def lines_of_records(read: DecpFile) -> tuple[ReadLine, ...]:
    """Return one purchase a record; a record met twice is read once."""
    return tuple(_line(record) for record in read.records if record.duplicate_of is None)


def _line(record: DecpRecord) -> ReadLine:
    told = [
        Remark(problem.sentence, problem.path or "enregistrement", "", problem.value[:60], stops=problem.blocking)
        for problem in record.problems
        if problem.blocking or problem.effect is Effect.RECORD
    ]
    values: dict[str, Any] = {}
    fields = record.fields
    if fields is None:
        told = told or [Remark(LOST)]
        said = record.raw.get("objet")
        values = {"title": said[:200]} if isinstance(said, str) and said else {}
    else:
        values = {
            "title": fields.title[:200],
            "reference": fields.official_id[:60],
            "amount": fields.amount_ht if fields.amount_ht and fields.amount_ht > 0 else None,
            "duration": fields.duration_months if fields.duration_months and fields.duration_months >= 1 else None,
            "place": (fields.place_code or "")[:100],
            "form": "concession" if fields.concession else "",
            "said_social": "Clause sociale (DECP)" if fields.has_social_clause else "",
        }
        if fields.cpv:
            try:
                values["cpv"] = read_code(fields.cpv)
            except ValueError as refused:
                told.append(Remark(str(refused), "codeCPV", "Code CPV", fields.cpv, stops=False))
    kept = {code: value for code, value in values.items() if value}
    return ReadLine("", record.position, record.position, kept, tuple(told))
