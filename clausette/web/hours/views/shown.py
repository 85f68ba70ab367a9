"""What the page of a statement shows of its lines and of what the controls say of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest

from clausette.hours.enums import LineState
from clausette.hours.operations import LATE
from clausette.hours.permissions import can_validate
from clausette.hours.queries import LineFinding, SheetLine, StatementSheet
from clausette.hours.rules.reserves import LIFTABLE
from clausette.kernel.actor import Actor
from clausette.web.components.badges import Badge
from clausette.web.hours.views.common import SEVERITY_TONES, href, line_badge


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding on screen: sentence first, code last."""

    finding: LineFinding
    badge: Badge


@dataclass(frozen=True, slots=True)
class Asked:
    """One box of justification: what was found under one code, on which lines."""

    code: str
    title: str
    help: str
    answer: str
    error: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line on screen, with the box « ne pas retenir » and what was typed in it."""

    line: SheetLine
    badge: Badge
    remarks: tuple[Remark, ...]
    person_href: str
    correct_href: str
    refusal: str = ""
    error: str = ""
    refusable: bool = False
    liftable: bool = False
    reserve: tuple[str, str] = ("", "")
    late: str = ""
    settle_href: str = ""
    propose_href: str = ""
    is_new: bool = False
    """The month before is known, and this person had no hours in it."""

    @property
    def change(self) -> Decimal | None:
        """What moved since the month before, corrections included."""
        return None if self.line.previous is None else self.line.current - self.line.previous


def remarks_of(sheet: StatementSheet) -> list[Remark]:
    """What the controls found, with the badge of its weight."""
    return [Remark(one, Badge(one.severity.label, SEVERITY_TONES[one.severity])) for one in sheet.remarks]


def general_codes(sheet: StatementSheet) -> frozenset[str]:
    """Codes found on every line of a statement of several: said once, not beside each line."""
    touched: dict[str, set[UUID]] = {}
    for finding in sheet.remarks:
        touched.setdefault(finding.code, set()).update(finding.line_uids)
    every = {line.uid for line in sheet.lines if line.state != LineState.REFUSED}
    return frozenset(code for code, uids in touched.items() if len(every) > 1 and uids >= every)


def asked_of(
    request: HttpRequest, sheet: StatementSheet, errors: Mapping[str, str], *, late: bool
) -> list[Asked]:
    """One box for each code of warning, with the persons concerned; one for a late validation."""
    people = {line.uid: line.person for line in sheet.lines}
    general = general_codes(sheet)
    by_code: dict[str, list[LineFinding]] = {}
    for finding in sheet.remarks:
        if finding.asks:
            by_code.setdefault(finding.code, []).append(finding)
    told = {LATE: ("Validation tardive", "Plus de trois mois après : dites pourquoi.")} if late else {}
    for code, found in by_code.items():
        names = dict.fromkeys(people.get(uid, "") for one in found for uid in one.line_uids)
        who = "Toutes les lignes" if code in general else ", ".join(names)
        told[code] = (found[0].title, f"{who}. {found[0].fix} Sinon, dites pourquoi vous acceptez.")
    before = {answer.code: answer.text for answer in sheet.answers}  # of a month validated, then reopened
    return [
        Asked(code, title, help_text, request.POST.get(f"motif-{code}", before.get(code, "")), errors.get(code, ""))
        for code, (title, help_text) in told.items()
    ]


def lines_of(
    request: HttpRequest,
    actor: Actor,
    sheet: StatementSheet,
    remarks: list[Remark],
    errors: Mapping[str, str],
    proposable: Mapping[UUID, str],
) -> list[ShownLine]:
    """The lines, each with its remarks, what was typed for it, and its gestures.

    `proposable`: where the declarant proposes another figure, by line.
    """
    shown, general = [], general_codes(sheet)
    for line in sheet.lines:
        own = tuple(
            r
            for r in remarks
            if line.uid in r.finding.line_uids and (r.finding.stops or r.finding.code not in general)
        )
        correctable = (
            line.state == LineState.VALIDATED and line.corrects is None and bool(can_validate(sheet.part))
        )
        person = href(actor, "people:show", uid=line.participant_uid) if line.participant_uid else ""
        # reopened, a month shows again what was answered: the reserve, the reason of a late decision
        under = line.state == LineState.DECLARED and line.reserved_until is not None and not line.reason
        limit = line.reserved_until.isoformat() if line.reserved_until and under else ""
        shown.append(
            ShownLine(
                line,
                line_badge(line.state),
                own,
                person if actor.can("facilitator") else "",
                href(actor, "hours:correct", uid=line.uid) if correctable else "",
                request.POST.get(f"refus-{line.uid}", ""),
                errors.get(str(line.uid), ""),
                refusable=under or any(remark.finding.stops for remark in own),
                liftable=under or any(remark.finding.code in LIFTABLE for remark in own),
                reserve=(
                    request.POST.get(f"reserve-{line.uid}", line.reserve_reason if under else ""),
                    request.POST.get(f"limite-{line.uid}", limit),
                ),
                late=request.POST.get(f"retard-{line.uid}", line.late_reason),
                settle_href=href(actor, "hours:settle", uid=line.uid)
                if line.state == LineState.RESERVED and can_validate(sheet.part)
                else "",
                propose_href=proposable.get(line.uid, ""),
                is_new=sheet.previous_total is not None and line.previous is None and line.corrects is None,
            )
        )
    return shown
