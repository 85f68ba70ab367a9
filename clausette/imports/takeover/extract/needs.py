"""What a record cannot do without, and dates that cannot stand together."""

from collections.abc import Collection, Mapping

from clausette.imports.takeover.fields import BY_CODE
from clausette.imports.takeover.findings import Finding, letter
from clausette.imports.takeover.records import Record, RecordKind
from clausette.kernel.french import format_date
from clausette.kernel.months import add_months

# one of each group is needed
NEEDS: Mapping[RecordKind, tuple[tuple[str, ...], ...]] = {
    RecordKind.CONTRACT: (
        ("contract_number", "contract_name"), ("buyer_name", "buyer_siret"), ("contractor_name", "contractor_siret"),
        ("contract_starts_on",), ("contract_ends_on", "duration_months"),
    ),
    RecordKind.PERSON: (("last_name",), ("first_name",), ("birth_date",)),
    RecordKind.WORK: (("last_name",), ("first_name",), ("contract_number", "contract_name"), ("work_starts_on",)),
    RecordKind.HOURS: (("last_name",), ("first_name",), ("contract_number", "contract_name"), ("month",), ("hours",)),
}  # fmt: skip


def complete(
    record: Record, places: Mapping[str, int], *, wrong: Collection[str] = (), flat: bool = False
) -> None:
    """Say what is missing, and which dates contradict each other. `wrong`: fields already told to be wrong."""
    for group in NEEDS[record.kind]:
        if flat and group == ("work_starts_on",):
            continue  # known from the first month of hours
        if any(code in record.values for code in group):
            continue
        if any(code in wrong for code in group):
            continue
        code = next((one for one in group if one in places), group[0])
        labels = " ou ".join(f"« {BY_CODE[one].label} »" for one in group)
        place = letter(places[code]) if code in places else ""
        where = "est vide" if place else "manque : aucune colonne ne le donne"
        record.findings.append(Finding("E202", f"{labels} {where}.", place, BY_CODE[code].label))
    if record.kind is RecordKind.CONTRACT:
        _contract_dates(record)
    elif record.kind is RecordKind.WORK:
        _work_dates(record)
    elif record.kind is RecordKind.PERSON:
        _person_dates(record)


def _contract_dates(record: Record) -> None:
    starts, ends = record.day("contract_starts_on"), record.day("contract_ends_on")
    months = record.whole("duration_months")
    if ends is None and starts is not None and months:
        record.values["contract_ends_on"] = ends = add_months(starts, months)
    if starts and ends and ends < starts:
        record.say("E210", f"La fin du marché ({format_date(ends)}) précède son début ({format_date(starts)}).",
                   "contract_ends_on")  # fmt: skip
    first = min((day for day in (record.day("notified_on"), starts) if day), default=None)
    amended = record.day("amendment_on")
    if amended and first and amended < first:
        record.say("E211", f"L'avenant du {format_date(amended)} est antérieur au marché ({format_date(first)}).",
                   "amendment_on")  # fmt: skip
    opening = record.day("opening_on")
    if opening and starts and opening < starts and (record.number("opening_hours") or record.opening_by_year):
        record.say("E210", f"La reprise au {format_date(opening)} précède le début du marché.", "opening_on")
    _opening(record)


def _opening(record: Record) -> None:
    total, years = record.number("opening_hours"), record.opening_by_year
    if total is not None and years and sum(years.values()) > total:
        record.say("E210", "Les heures déjà validées par année dépassent leur total.", "opening_hours")
    if (
        (total or years)
        and record.day("opening_on") is None
        and not any(finding.label == BY_CODE["opening_on"].label for finding in record.findings)
    ):
        record.say("E202", "Des heures déjà validées sont écrites sans la date de reprise.", "opening_on")


def _work_dates(record: Record) -> None:
    starts, ends, ended = (
        record.day("work_starts_on"),
        record.day("work_ends_on"),
        record.day("work_ended_on"),
    )
    if starts and ends and ends < starts:
        record.say(
            "E210", f"La fin du contrat de travail ({format_date(ends)}) précède son début.", "work_ends_on"
        )
    elif starts and ended and ended < starts:
        record.say("E210", f"La fin réelle ({format_date(ended)}) précède le début.", "work_ended_on")


def _person_dates(record: Record) -> None:
    born, decided, before = record.day("birth_date"), record.day("decided_on"), record.day("hire_before")
    if born and decided and decided < born:
        record.say("E210", "L'éligibilité est décidée avant la naissance.", "decided_on")
    if decided and before and before < decided:
        record.say("E210", "La date limite d'embauche précède la décision.", "hire_before")
