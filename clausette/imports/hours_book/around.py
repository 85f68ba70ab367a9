"""What surrounds the lines: engagements, persons, work contracts, months validated, each found by its reference."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import COUNTING_MATTERS, EttAdmission, ValuedMatter, WorkStudyCounting
from clausette.commitments.rules import Valued, in_force
from clausette.hours.rules.controls import Part, Span, WorkFacts
from clausette.imports.hours_book import sheets
from clausette.imports.hours_book.remarks import Remarks
from clausette.imports.hours_book.said import EVER, rules_said
from clausette.imports.hours_book.tables import Row, Table
from clausette.participants.rules import hire_refusal

ZERO = Decimal(0)
_MONTHLY = COUNTING_MATTERS | {ValuedMatter.CONTROL}


@dataclass(frozen=True, slots=True)
class Commitment:
    """One engagement. `number`: opaque key; `market`: what its statements are of."""

    number: int
    market: str
    dates: Span | None
    row: Row
    suspended: tuple[Span, ...] = ()
    parts: tuple[Part, ...] = ()
    rules: tuple[Valued, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether its months may differ by their controls, or by how their hours count."""
        return any(rule.matter in _MONTHLY for rule in self.rules)

    def cdi_months(self, month: date | None) -> int | None:
        """How many months of a CDI count for hours of a month; None without limit."""
        rule = self._rule(ValuedMatter.CDI, month)
        return rule.months if rule else self.row["cdi_months"]

    def company_only(self, month: date | None) -> bool:
        """In alternance, only the hours in the company count for a month."""
        rule = self._rule(ValuedMatter.WORK_STUDY, month)
        return not rule.admitted if rule else self.row["study"] == WorkStudyCounting.COMPANY

    def training_most(self, month: date | None) -> Decimal | None:
        """The most hours of training that it takes, as hours of a month are told; None without ceiling."""
        rule = self._rule(ValuedMatter.TRAINING_CAP, month)
        own: Decimal | None = self.row["training_most"]
        if rule is None:
            return own
        return rule.most(self.row["due"]) if rule.admitted else ZERO

    def _rule(self, matter: ValuedMatter, month: date | None) -> Valued | None:
        return in_force(self.rules, matter, month) if month else None

    @property
    def ett(self) -> str:
        """Whether ordinary temporary work is admitted; unsaid, it is."""
        return str(self.row["ett"] or EttAdmission.YES)


@dataclass(frozen=True, slots=True)
class WorkContract:
    """One work contract with what is known of its person. `unapproved`: no convention nor approval was ever given."""

    number: int
    person: int
    dates: Span
    hired_on: date
    work: WorkFacts
    kind: str
    weekly_hours: Decimal | None
    public: str | None
    refusal: str
    eligible_on: date | None
    first_hour_on: date | None
    hours_until: date | None
    unapproved: bool


@dataclass(slots=True)
class Around:
    """All of it. `spoiled`: references, by sheet, of lines that cannot be used."""

    commitments: dict[str, Commitment] = field(default_factory=dict)
    work: dict[str, WorkContract] = field(default_factory=dict)
    locked: set[tuple[str, str, date]] = field(default_factory=set)
    spoiled: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def around_of(tables: Mapping[str, Table], remarks: Remarks) -> Around:
    """Return what surrounds the lines; what cannot be used is told."""
    found = Around()
    owed = _indexed(tables, sheets.COMMITMENTS, "commitment", found, remarks)
    pauses, parts = _pauses(tables, owed, found, remarks), _parts(tables, owed, found, remarks)
    rules = _rules(tables, owed, found, remarks)
    for number, (reference, row) in enumerate(owed.items()):
        if reference in found.spoiled[sheets.COMMITMENTS.name]:
            continue
        dates = None
        if row["starts_on"] or row["ends_on"]:
            dates = Span(row["starts_on"] or EVER, row["ends_on"])
        if row["suspended_from"]:
            pauses[reference].insert(0, Span(row["suspended_from"], row["suspended_to"]))
        found.commitments[reference] = Commitment(
            number, row["market"] or reference, dates, row, tuple(pauses[reference]), tuple(parts[reference]),
            tuple(rules.get(reference, ())),
        )  # fmt: skip
    _work(tables, found, remarks)
    for _, row in _rows(tables, sheets.LOCKED):
        found.locked.add((row["declarant"] or "", row["market"], row["month"]))
    return found


def _rows(tables: Mapping[str, Table], plan: sheets.Plan) -> Collection[tuple[int, Row]]:
    table = tables.get(plan.name)
    return list(table.rows()) if table else ()


def _indexed(
    tables: Mapping[str, Table], plan: sheets.Plan, code: str, found: Around, remarks: Remarks
) -> dict[str, Row]:
    """The lines of a sheet by their reference, each once; incoherent dates and references said twice are told."""
    table, index = tables.get(plan.name), dict[str, Row]()
    if table is None:
        return index
    spoiled = found.spoiled[plan.name]
    spoiled.update(one for place, one in enumerate(table.values(code)) if one and place in table.faulty)
    for place, row in table.rows():
        reference, line = row[code], table.number(place)
        if reference in index:
            same = index[reference] == row
            remarks.add(plan.name, line, "W201" if same else "E220", f"« {reference} » est déjà sur une autre ligne.",
                        place=table.places[code], label=plan.columns[0].label)  # fmt: skip
            if not same:
                spoiled.add(reference)
        elif _coherent(plan.name, line, row, remarks):
            index[reference] = row
        else:
            spoiled.add(reference)
    return {reference: row for reference, row in index.items() if reference not in spoiled}


def _coherent(sheet: str, line: int, row: Row, remarks: Remarks) -> bool:
    """Say whether the pairs of dates of a line are in order."""
    good = True
    for first, last in (("starts_on", "ends_on"), ("suspended_from", "suspended_to"), ("eligible_from", "eligible_to")):
        begins, ends = row.get(first), row.get(last)
        if begins and ends and ends < begins:
            remarks.add(sheet, line, "E210", "La fin précède le début.")
            good = False
        if first == "suspended_from" and ends and not begins:
            remarks.add(sheet, line, "E202", "« Suspendu du » est vide.")
            good = False
    return good


Owed = Mapping[str, Row]


def _pauses(tables: Mapping[str, Table], owed: Owed, found: Around, remarks: Remarks) -> dict[str, list[Span]]:
    pauses: dict[str, list[Span]] = defaultdict(list)
    for _, row in _dependent(tables, sheets.SUSPENSIONS, owed, found, remarks):
        pauses[row["commitment"]].append(Span(row["starts_on"], row["ends_on"]))
    return pauses


def _parts(tables: Mapping[str, Table], owed: Owed, found: Around, remarks: Remarks) -> dict[str, list[Part]]:
    parts: dict[str, list[Part]] = defaultdict(list)
    for _, row in _dependent(tables, sheets.PARTS, owed, found, remarks):
        parts[row["commitment"]].append(Part(Span(row["starts_on"], row["ends_on"]), bool(row["firm"])))
    return parts


def _rules(tables: Mapping[str, Table], owed: Owed, found: Around, remarks: Remarks) -> dict[str, list[Valued]]:
    rows = _dependent(tables, sheets.RULES, owed, found, remarks)
    if not rows:
        return {}
    return rules_said(tables[sheets.RULES.name], rows, found.spoiled[sheets.COMMITMENTS.name].add, remarks)


def _dependent(
    tables: Mapping[str, Table], plan: sheets.Plan, owed: Owed, found: Around, remarks: Remarks
) -> Collection[tuple[int, Row]]:
    """The lines of a sheet that complete an engagement; one that cannot be used spoils it, as a line of its own."""
    kept, spoiled = [], found.spoiled[sheets.COMMITMENTS.name]
    if plan.name in tables:
        said = tables[plan.name].values("commitment")
        spoiled.update(said[place] for place in tables[plan.name].faulty if said[place] in owed)
    for place, row in _rows(tables, plan):
        line = tables[plan.name].number(place)
        if row["commitment"] not in owed:
            remarks.add(plan.name, line, "E224", f"« {row['commitment']} » n'est pas un engagement lu.")
        elif _coherent(plan.name, line, row, remarks):
            kept.append((place, row))
        else:
            spoiled.add(row["commitment"])
    return kept


def _work(tables: Mapping[str, Table], found: Around, remarks: Remarks) -> None:
    persons = _indexed(tables, sheets.PERSONS, "person", found, remarks)
    numbers = {reference: number for number, reference in enumerate(persons)}
    employers: dict[str, int] = {}
    contracts = _indexed(tables, sheets.WORK, "work_contract", found, remarks)
    lines = _lines_of(tables, sheets.WORK, "work_contract")
    for number, (reference, row) in enumerate(contracts.items()):
        person = persons.get(row["person"])
        if person is None:
            spoiled = row["person"] in found.spoiled[sheets.PERSONS.name]
            code, told = ("E219", "n'est pas lu") if spoiled else ("E206", "n'est pas sur la feuille « Personnes »")
            sentence = f"« {row['person']} » {told}."
            remarks.add(sheets.WORK.name, lines[reference], code, sentence, label="Personne")
            found.spoiled[sheets.WORK.name].add(reference)
            continue
        employer = employers.setdefault(row["employer"] or "", len(employers))
        found.work[reference] = _contract(number, numbers[row["person"]], employer, row, person)


def _lines_of(tables: Mapping[str, Table], plan: sheets.Plan, code: str) -> dict[str, int]:
    return {row[code]: tables[plan.name].number(place) for place, row in reversed(list(_rows(tables, plan)))}


def _contract(number: int, person_number: int, employer: int, row: Row, person: Row) -> WorkContract:
    hired_on, since = row["hired_on"] or row["starts_on"], person["eligible_from"]
    return WorkContract(
        number=number,
        person=person_number,
        dates=Span(row["starts_on"], row["ends_on"]),
        hired_on=hired_on,
        work=WorkFacts(
            employer, row["employer_kind"] or "", row["modality"] or "", row["kind"] or "", row["job"] or "",
            person["born_on"],
        ),
        kind=row["kind"] or "",
        weekly_hours=row["weekly_hours"],
        public=person["public"],
        refusal=hire_refusal(hired_on, since=since, until=person["eligible_to"]),
        eligible_on=since if since and since > hired_on else None,
        first_hour_on=person["first_hour_on"],
        hours_until=person["hours_until"],
        unapproved=row["approved"] is False,
    )  # fmt: skip
