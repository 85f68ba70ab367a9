"""What is said of a workbook as lines of JSON, in the order of the sheet; the last one is the summary."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from clausette.hours.rules.controls import Finding
from clausette.imports.hours_book.checking import Checked
from clausette.imports.hours_book.remarks import Remark
from clausette.imports.takeover.findings import BY_CODE

Said = dict[str, Any]


def tell(checked: Checked) -> Iterator[str]:
    """Yield what is said: first of the other sheets, then line by line."""
    encode = msgspec.json.Encoder().encode
    for said in _objects(checked):
        yield encode(said).decode()


def tell_summary(checked: Checked) -> str:
    """Return the summary."""
    counts: Counter[str] = Counter(remark.code for remark in checked.remarks)
    if checked.controlled:
        counts.update(checked.controlled.seen.counts)
    said = {
        "lines": checked.lines,
        "findings": dict(sorted(counts.items())),
        "hours": f"{checked.hours:.2f}",
        "notices": list(checked.book.notices),
        "steps": {name: round(seconds, 3) for name, seconds in checked.steps.items()},
    }
    return msgspec.json.encode(said).decode()


def tell_refusal(refusal: str) -> str:
    """Return the only object said of a file that cannot be read."""
    return msgspec.json.encode({"ok": False, "sentence": refusal}).decode()


def _objects(checked: Checked) -> Iterator[Said]:
    by_line: dict[int, list[Remark]] = defaultdict(list)
    for remark in checked.remarks:
        if remark.elsewhere:
            yield _remark(remark)
        else:
            by_line[remark.line].append(remark)
    remarked = sorted(by_line.items(), reverse=True)
    for line, findings in checked.walk():
        while remarked and remarked[-1][0] <= line:
            yield from map(_remark, remarked.pop()[1])
        for finding in findings:
            yield _finding(line, finding)
    for _, remarks in reversed(remarked):
        yield from map(_remark, remarks)


def _remark(remark: Remark) -> Said:
    said = {
        "line": remark.line,
        "code": remark.code,
        "severity": BY_CODE[remark.code].severity.value,
        "sentence": remark.sentence,
        "fix": remark.fix,
        "expected": "",
        "found": remark.value,
        "column": remark.column,
        "label": remark.label,
    }
    return {"sheet": remark.sheet, **said} if remark.elsewhere else said


def _finding(line: int, finding: Finding) -> Said:
    return {
        "line": line,
        "code": finding.code,
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "fix": finding.fix,
        "expected": finding.expected,
        "found": finding.found,
    }
