"""Statements of many marchés and months filled at once, as by a file: as many queries for one line as for thousands.

The rules are those of `save_statement` and `submit_statement`, line by line; what differs is how it is written. A line
that a rule refuses is left, with why, and the others are written. Lines have no event of their own: the event of their
statement tells each of them (ADR 0019), and the replay reads them there.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import IntegrityError
from django.db.models import Sum

from clausette.hours.enums import HoursKind, LineState, StatementSource, StatementState
from clausette.hours.models import HoursLine, Statement, WorkedMonth
from clausette.hours.operations.certifying import UNCERTIFIED, by_mandates
from clausette.hours.operations.common import ZERO, may_change
from clausette.hours.operations.filling_parts import (
    HANDED,
    Change,
    FilledLine,
    FilledStatement,
    NothingFilled,
    Place,
    Sheet,
    beyond,
    beyond_all,
    empty_out,
    identify,
    take_away,
    telling,
)
from clausette.hours.permissions import ContractPart, can_type
from clausette.hours.queries.filling import Post, openings_until, posts_on, reported_by
from clausette.hours.queries.visible import (
    collective_visible_to,
    contract_parts,
    lines_visible_to,
    statements_visible_to,
    worked_months_visible_to,
)
from clausette.hours.rules.entries import MOST, refusal_of
from clausette.hours.rules.openings import within_opening
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import POURED, insert, numbers, pour_parts, update
from clausette.kernel.errors import Conflict, Refusal
from clausette.kernel.french import of_month
from clausette.kernel.months import first_day
from clausette.kernel.operation import beside, created, isolated, lock_all, operation

ELSEWHERE = "Ce relevé vient d'être saisi par quelqu'un d'autre."
TOTALS = ("placement_id", "employer_id", "owner_org_id", "month", "hours")
READ_ONLY = "Votre organisation peut lire ceci, mais pas le modifier."


@operation("hours.statements.filled")
def fill_statements(
    *, actor: Actor, declarant_id: int, lines: Sequence[FilledLine], source: StatementSource, submit: bool,
    at: datetime, on: date, tell: Callable[[FilledStatement], None],
) -> Mapping[int, str]:  # fmt: skip
    """Write lines of hours of one declarant in their statements, made or changed; hand these over when `submit`.

    A line already there takes the hours given; at 0 h it is taken away. Lines refused by a rule are left: returns why,
    by key. `tell` hears of each statement, while the database writes its lines: it may not query.
    Raises NothingFilled (all are refused), Conflict (a statement or a total was written meanwhile by somebody else).
    """
    filler = _Filler(actor, declarant_id, source, submit, at, on, tell)
    sheets = filler.sheets(filler.allowed(lines))
    filler.compare(sheets)
    filler.bound(sheets)
    filler.refused |= empty_out(actor, sheets)
    kept = [sheet for sheet in sheets if sheet.changes or sheet.is_nil]
    if not kept:
        raise NothingFilled(filler.refused)
    filler.write(kept)
    return filler.refused


@dataclass(slots=True)
class _Filler:
    """One file being written. The order of the locks is that of the room: statements, months, lines."""

    actor: Actor
    declarant_id: int
    source: StatementSource
    submit: bool
    at: datetime
    on: date
    tell: Callable[[FilledStatement], None]
    refused: dict[int, str] = field(default_factory=dict)
    posts: Mapping[tuple[int, int], Post] = field(default_factory=dict)
    parts: Mapping[int, ContractPart] = field(default_factory=dict)
    months: dict[Place, WorkedMonth] = field(default_factory=dict)
    made: list[tuple[int, int, int, date, Decimal]] = field(default_factory=list)
    """Totals to make: work contract, employer, structure, month, hours."""
    ids: dict[Place, int] = field(default_factory=dict)
    """Numbers of the totals, those made included."""
    moved: list[WorkedMonth] = field(default_factory=list)

    def _sift(self, lines: Iterable[FilledLine], why: Callable[[FilledLine], str]) -> list[FilledLine]:
        kept = []
        for line in lines:
            refusal = why(line)
            if refusal:
                self.refused[line.key] = refusal
            else:
                kept.append(line)
        return kept

    def allowed(self, lines: Sequence[FilledLine]) -> list[FilledLine]:
        """The lines that the rules of the entry take: rights, month, hours, people, months taken over as a whole."""
        contracts = {line.contract_id for line in lines}
        self.parts = contract_parts(self.actor, contracts)
        self.posts = posts_on(actor=self.actor, contract_ids=contracts)
        until = openings_until(actor=self.actor, contract_ids=contracts)
        rights = {
            pk: can_type(self.actor, self.parts[pk], self.declarant_id).reason
            if pk in self.parts else "Ce marché n'est pas le vôtre."
            for pk in contracts
        }  # fmt: skip
        last = first_day(self.on)

        def refusal(line: FilledLine) -> str:
            if rights[line.contract_id]:
                return rights[line.contract_id]
            if line.month > last:
                return f"Le mois {of_month(line.month)} n'est pas commencé : il ne peut pas être déclaré."
            if line.hours < 0 or line.hours > MOST or not (line.hours or line.nil or line.seen):
                return refusal_of(line.hours) or "Indiquez les heures travaillées."
            post = self.posts.get((line.placement_id, line.commitment_id))
            if post is None or post.contract_id != line.contract_id:
                return "Cette personne n'est pas mise à l'emploi sur ce marché pour cet engagement."
            if self.declarant_id not in (post.host_id, post.employer_id):
                return "Cet organisme n'emploie ni n'accueille cette personne."
            return within_opening(until.get(line.commitment_id), line.month)

        return self._sift(lines, refusal)

    def sheets(self, lines: Iterable[FilledLine]) -> list[Sheet]:
        """The statements of these lines, locked when they are there; those that may not change refuse theirs."""
        groups: dict[Place, list[FilledLine]] = defaultdict(list)
        for line in lines:
            groups[line.contract_id, line.month].append(line)
        seen = statements_visible_to(self.actor)
        wide = seen.filter(
            declarant_id=self.declarant_id, contract_id__in={contract for contract, _ in groups},
            month__in={month for _, month in groups},
        ).order_by()  # fmt: skip
        there = {
            pk
            for pk, contract, month in wide.values_list("pk", "contract_id", "month")
            if (contract, month) in groups
        }
        locked = lock_all(seen.filter(pk__in=there)) if there else []
        held = {(row.contract_id, row.month): row for row in locked}
        found = []
        for place, group in sorted(groups.items()):
            row = held.get(place)
            why = READ_ONLY if row is None and len(locked) < len(there) else self._unchanged(row)
            if why:
                self.refused |= {line.key: why for line in group}
                continue
            if row is None:
                row = Statement(
                    contract_id=place[0], declarant_id=self.declarant_id, month=place[1], source=self.source
                )
                found.append(Sheet(row, "", group))
            else:
                found.append(Sheet(row, row.state, group))
        return found

    def _unchanged(self, row: Statement | None) -> str:
        """Why a statement already there does not change, « » when it may."""
        if row is None:
            return ""
        try:
            return may_change(row, self.parts[row.contract_id]).reason
        except Refusal as refusal:
            return refusal.message

    def compare(self, sheets: Sequence[Sheet]) -> None:
        """What each line changes in its statement; the lines changed are locked."""
        there = [sheet.row.pk for sheet in sheets if sheet.before]
        rows = lines_visible_to(self.actor).filter(statement_id__in=there, corrects=None)
        held: dict[tuple[int, int, int, str], HoursLine] = {}
        if there:
            for one in rows.order_by("id").select_for_update(of=("self",), no_key=True):
                held[one.statement_id, one.placement_id, one.commitment_id, one.kind] = one
        counts = Counter(key[0] for key in held)
        for sheet in sheets:
            sheet.there = counts[sheet.row.pk or 0]
            for line in sheet.lines:
                known = held.get((sheet.row.pk or 0, line.placement_id, line.commitment_id, line.kind))
                if (known.hours if known else None) != line.seen:
                    raise Conflict(ELSEWHERE)
                if line.hours != (known.hours if known else ZERO):
                    sheet.changes.append(Change(line, known, (line.placement_id, line.month)))

    def bound(self, sheets: Sequence[Sheet]) -> None:
        """Leave the lines beyond the total stated for their month, or beyond what a month can hold."""
        places = {one.place for sheet in sheets for one in sheet.changes}
        rows = worked_months_visible_to(self.actor).filter(
            placement_id__in={placement for placement, _ in places}, month__in={month for _, month in places}
        )
        locked = rows.order_by("placement_id", "month").select_for_update(of=("self",), no_key=True)
        self.months = {
            (row.placement_id, row.month): row for row in locked if (row.placement_id, row.month) in places
        }
        stated = [row for row in self.months.values() if row.is_stated]
        total = self._credited(stated) | {
            place: row.hours for place, row in self.months.items() if not row.is_stated
        }
        for sheet in sheets:
            moved: dict[Place, Decimal] = {}
            for one in sheet.changes:
                moved[one.place] = moved.get(one.place, ZERO) + one.gap
            refusals = {}
            for place, gap in moved.items():
                hours = total.get(place, ZERO) + gap
                refusal = beyond(self.months[place], hours) if place in self.months else beyond_all(hours)
                if refusal:
                    refusals[place] = refusal
                else:
                    total[place] = max(ZERO, hours)
            if refusals:
                left = [one for one in sheet.changes if one.place in refusals]
                self.refused |= {one.line.key: refusals[one.place] for one in left}
                sheet.changes = [one for one in sheet.changes if one.place not in refusals]
        self._raise(total)

    def _raise(self, total: Mapping[Place, Decimal]) -> None:
        """Give each total the hours of its lines; those stated stay."""
        works = {placement: post for (placement, _), post in self.posts.items()}
        for place, hours in sorted(total.items()):
            row = self.months.get(place)
            if row is None:
                post = works[place[0]]
                self.made.append((place[0], post.employer_id, post.owner_org_id, place[1], hours))
            elif not row.is_stated and row.hours != hours:
                row.hours = hours
                self.moved.append(row)

    def _credited(self, worked: Sequence[WorkedMonth]) -> dict[Place, Decimal]:
        """What the visible lines of these totals are worth."""
        if not worked:
            return {}
        rows = lines_visible_to(self.actor).filter(worked_month_id__in=[row.pk for row in worked])
        worked_rows = rows.exclude(state=LineState.REFUSED).exclude(kind=HoursKind.BEFORE)
        sums = worked_rows.order_by().values_list("placement_id", "month")
        return {(placement, month): total for placement, month, total in sums.annotate(total=Sum("hours"))}

    def write(self, sheets: Sequence[Sheet]) -> None:
        """Totals, statements, lines: each in one statement of SQL, or one for each thousands of rows.

        New lines are numbered first, and named while the database writes the totals.
        """
        new = [one for sheet in sheets for one in sheet.changes if one.held is None]
        self._totals(new, numbers(HoursLine, len(new)))
        self._statements(sheets)
        self._lines(sheets)

    def _totals(self, new: Sequence[Change], drawn: Sequence[int]) -> None:
        self.ids = {place: row.pk for place, row in self.months.items()}
        if self.made:
            made = numbers(WorkedMonth, len(self.made))
            self.ids |= {(one[0], one[3]): number for number, one in zip(made, self.made, strict=True)}
            try:
                with isolated():
                    pour_parts(WorkedMonth, self._total_parts(made, new, drawn), is_stated=False)
            except IntegrityError as error:
                raise Conflict(ELSEWHERE) from error
        else:
            identify(new, drawn)
        update(self.moved, "hours")

    def _total_parts(
        self, made: Sequence[int], new: Sequence[Change], drawn: Sequence[int]
    ) -> Iterator[dict[str, Sequence[Any]]]:
        """The totals to make, a part after the other; lines are named while the database writes the first."""
        for start in range(0, len(made), POURED):
            rows = zip(*self.made[start : start + POURED], strict=True)
            yield dict(zip(("id", *TOTALS), (made[start : start + POURED], *rows), strict=True))
            if not start:
                identify(new, drawn)

    def _statements(self, sheets: Sequence[Sheet]) -> None:
        """Make the new ones, change the others; lines already there follow those that are handed over.

        Who acts by a mandate hands a new one over by a change, which names the mandate: written first as a draft.
        """
        handed, follow, late = self._handed(sheets), [], []
        for sheet in sheets:
            row = sheet.row
            row.source, row.is_nil = self.source, sheet.is_nil
            if sheet.before:
                row.version += 1
            if handed and sheet.before != StatementState.SUBMITTED and (sheet.is_nil or not sheet.empty):
                follow.append(row.pk)
                late.append(row)
        if not self.actor.mandate:
            _hand(late, handed)
        new = [sheet.row for sheet in sheets if not sheet.before]
        try:
            with isolated():
                insert(new)
        except IntegrityError as error:
            raise Conflict(ELSEWHERE) from error
        for row in new:
            created(row)
        changed = [sheet.row for sheet in sheets if sheet.before]
        if self.actor.mandate:
            _hand(late, handed)
            changed = [sheet.row for sheet in sheets] if late else changed
        update(changed, "source", "is_nil", "version", *HANDED)
        if any(follow):
            for rows in (lines_visible_to(self.actor), collective_visible_to(self.actor)):
                known = [pk for pk in follow if pk]
                rows.filter(statement_id__in=known, state=LineState.DRAFT).update(state=LineState.DECLARED)

    def _handed(self, sheets: Sequence[Sheet]) -> dict[int, dict[str, object]]:
        """What a statement handed over takes, by contract: in whose name it is; {} when they are kept as drafts."""
        if not self.submit:
            return {}
        contracts = {sheet.row.contract_id for sheet in sheets}
        mandated = by_mandates(self.actor, contracts, self.on)
        taken: dict[str, object] = {
            "state": StatementState.SUBMITTED, "submitted_at": self.at, "submitted_by_id": self.actor.account_id,
            "return_reason": "", **UNCERTIFIED,
        }  # fmt: skip
        return {contract: taken | mandated.get(contract, {}) for contract in contracts}

    def _lines(self, sheets: Sequence[Sheet]) -> None:
        """Make and change the lines, and tell them in the event of their statement."""
        changes = [one for sheet in sheets for one in sheet.changes]
        reported = reported_by(pairs={(one.line.commitment_id, one.line.month) for one in changes})
        handed = [sheet for sheet in sheets if sheet.row.state == StatementState.SUBMITTED]
        kept = [sheet for sheet in sheets if sheet.row.state != StatementState.SUBMITTED]
        for state, written in ((LineState.DECLARED, handed), (LineState.DRAFT, kept)):
            pour_parts(
                HoursLine, self._parts(written, reported), declarant_id=self.declarant_id, state=state, reason="",
                reserve_reason="", late_reason="",
            )  # fmt: skip
        there = [(one.held, one.line.hours) for one in changes if one.held]
        for row, hours in there:
            row.hours = hours or row.hours
        update([row for row, hours in there if hours], "hours")
        if not take_away([row.pk for row, hours in there if not hours]):
            raise Conflict(ELSEWHERE)

    def _parts(
        self, sheets: Sequence[Sheet], reported: Mapping[tuple[int, date], int]
    ) -> Iterator[dict[str, Sequence[Any]]]:
        """The new lines of these statements, a part after the other, column by column.

        While the database writes a part, a share of the statements is told.
        """
        new = [(sheet.row.pk, one) for sheet in sheets for one in sheet.changes if one.held is None]
        parts, told = range(0, len(new), POURED), self._told(sheets)
        for start in parts:
            part = [one for _, one in new[start : start + POURED]]
            lines = [one.line for one in part]
            of = [line.contract_id for line in lines]
            yield {
                "id": [one.id for one in part], "uid": [one.uid for one in part],
                "statement_id": [pk for pk, _ in new[start : start + POURED]], "contract_id": of,
                "worked_contract_id": of, "month": [line.month for line in lines],
                "worked_month_id": [self.ids[one.place] for one in part],
                "placement_id": [line.placement_id for line in lines],
                "commitment_id": [line.commitment_id for line in lines], "kind": [line.kind for line in lines],
                "hours": [line.hours for line in lines],
                "reporting_org_id": [reported.get((line.commitment_id, line.month)) for line in lines],
            }  # fmt: skip
            for _ in islice(told, -(-len(sheets) // len(parts))):
                pass
        for _ in told:  # when no line is new
            pass

    def _told(self, sheets: Iterable[Sheet]) -> Iterator[None]:
        """Tell statements, with all their lines, in their events and to who asked to hear; a step each."""
        for sheet in sheets:
            beside(sheet.row, lines=[telling(one, self.ids[one.place]) for one in sheet.changes])
            self.tell(sheet.filled)
            yield


def _hand(rows: Sequence[Statement], handed: Mapping[int, Mapping[str, object]]) -> None:
    """Hand statements over."""
    for row in rows:
        for name, value in handed[row.contract_id].items():
            setattr(row, name, value)
