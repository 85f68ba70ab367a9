"""The sheet of the dated rules of the engagements, line by line: what they take, since when, up to what."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.rules import Valued, check_valued
from clausette.imports.hours_book import sheets
from clausette.imports.hours_book.remarks import Remarks
from clausette.imports.hours_book.tables import Row, Table
from clausette.kernel.errors import Invalid

EVER = date(1900, 1, 1)
_HERE = "ce classeur"
_LABELS = {column.code: column.label for column in sheets.RULES.columns}


def rules_said(
    table: Table, rows: Iterable[tuple[int, Row]], spoil: Callable[[str], None], remarks: Remarks
) -> dict[str, list[Valued]]:
    """Return the rules by engagement. `spoil`: called with an engagement of which a rule cannot be used, once told."""
    found: dict[str, list[Valued]] = defaultdict(list)
    for place, row in rows:
        owed, line = row["commitment"], table.number(place)
        rule = Valued(
            ValuedMatter(row["matter"]), row["starts_on"] or EVER, row["admitted"], person_most=row["person_most"],
            hours_most=row["hours_most"], share_most=row["share_most"], days_most=row["days_most"], source=_HERE,
            control=row["control"] or "", months=row["months"],
        )  # fmt: skip
        same = next((one for one in found[owed] if _of(one) == _of(rule)), None)
        try:
            check_valued(rule, starts_on=rule.starts_on, ends_on=rule.starts_on)
        except Invalid as refused:
            for name, sentence in refused.errors.items():
                remarks.add(table.plan.name, line, "E201", sentence,
                            place=table.places.get(name), label=_LABELS[name])  # fmt: skip
            spoil(owed)
            continue
        if same is None:
            found[owed].append(rule)
        else:
            sentence = f"« {owed} » a déjà cette règle à partir du même jour, sur une autre ligne."
            remarks.add(table.plan.name, line, "W201" if same == rule else "E220", sentence,
                        place=table.places["matter"], label=_LABELS["matter"])  # fmt: skip
            if same != rule:
                spoil(owed)
    return found


def _of(rule: Valued) -> tuple[ValuedMatter, str, date]:
    """What a rule is of, and since when."""
    return rule.matter, rule.control, rule.starts_on
