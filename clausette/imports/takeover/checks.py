"""Is a mapping good enough to read the lines? What a person must still say of the columns."""

from collections.abc import Iterable

from clausette.imports.takeover.extract.needs import NEEDS
from clausette.imports.takeover.fields import BY_CODE, KIND_LABELS, MONTH, PARTS_OF, Part, SheetKind
from clausette.imports.takeover.mapping import SheetPlan
from clausette.imports.takeover.records import RecordKind

SURE = 70
_KINDS = {Part.CONTRACT: RecordKind.CONTRACT, Part.PERSON: RecordKind.PERSON, Part.WORK: RecordKind.WORK,
          Part.HOURS: RecordKind.HOURS}  # fmt: skip
# in a sheet of everything, what may be known otherwise
_ELSEWHERE = frozenset({"contract_starts_on", "contract_ends_on", "work_starts_on", "birth_date", "buyer_name",
                        "contractor_name"})  # fmt: skip


def missing_columns(plan: SheetPlan) -> list[str]:
    """Return, in French, the columns that the lines of a sheet cannot do without; [] when it may be read."""
    places = plan.places()
    names = set(places) | ({"last_name", "first_name"} if "full_name" in places else set())
    if any(code.startswith(MONTH) for code in places):
        names |= {"month", "hours"}
    missing: list[str] = []
    for part in PARTS_OF[plan.kind]:
        for group in NEEDS[_KINDS[part]]:
            if plan.kind is SheetKind.FLAT and group[0] in _ELSEWHERE:
                continue
            if not names & set(group):
                missing.append(" ou ".join(f"« {BY_CODE[code].label} »" for code in group))
    return list(dict.fromkeys(missing))


def twice(plan: SheetPlan) -> list[str]:
    """Return the labels of fields given to two columns."""
    codes = [column.field for column in plan.columns if column.field]
    return [BY_CODE[code].label for code in dict.fromkeys(codes) if codes.count(code) > 1 and code in BY_CODE]


def is_sure(plans: Iterable[SheetPlan]) -> bool:
    """Say whether the columns need no look: every sheet taken is complete, and each guess is sure."""
    taken = [plan for plan in plans if plan.kind is not SheetKind.IGNORED]
    return bool(taken) and all(
        not missing_columns(plan) and all(one.confidence >= SURE for one in plan.columns if one.field)
        for plan in taken
    )


def refusals(plans: Iterable[SheetPlan]) -> dict[str, str]:
    """Return, by sheet, why the lines cannot be read; {} when they can."""
    plans = list(plans)
    found: dict[str, str] = {}
    for plan in plans:
        if plan.kind is SheetKind.IGNORED:
            continue
        missing, doubled = missing_columns(plan), twice(plan)
        if doubled:
            found[plan.sheet] = f"Deux colonnes sont « {doubled[0]} » : gardez-en une."
        elif missing:
            found[plan.sheet] = f"Une feuille « {KIND_LABELS[plan.kind]} » a besoin de {', '.join(missing)}."
    if plans and all(plan.kind is SheetKind.IGNORED for plan in plans):
        found[plans[0].sheet] = "Aucune feuille n'est reprise : dites ce qu'est au moins l'une d'elles."
    return found
