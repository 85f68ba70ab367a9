"""Lines to the facts that the controls read: the same meaning as that of the lines kept in the base."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from clausette.commitments.rules import switched
from clausette.hours.enums import HoursKind
from clausette.hours.rules.controls import LineFacts, OwedFacts
from clausette.hours.rules.controls.counting import cdi_end, is_study_training
from clausette.hours.rules.controls.facts import CountingFacts, PostFacts
from clausette.hours.rules.pieces import Handed, approval_asked, seen_before
from clausette.imports.hours_book.around import Around, Commitment, WorkContract
from clausette.imports.hours_book.lines import Line
from clausette.imports.hours_book.valued import Valuing
from clausette.kernel.french import of_month
from clausette.reference.facts.pieces import PIECES

ZERO = Decimal(0)
_Statement = tuple[date, str, str]  # month, market, declarant
_Pair = tuple[PostFacts, tuple[CountingFacts, CountingFacts]]
"""What holds for all the lines of a work contract on an engagement; the counting rules, of work and of training."""


@dataclass(slots=True)
class _Sums:
    """What is told of many lines: hours by engagement, totals of months, statements by piece."""

    counted: dict[int, Decimal]
    training: dict[int, Decimal]
    stated: dict[tuple[int, date], Decimal]
    pieces: dict[str, set[_Statement]]


class _Keys(dict[str, int]):
    """Opaque keys: one number for each text."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]


def facts_of(lines: Sequence[Line], around: Around) -> list[LineFacts]:
    """Return the facts of the lines, in their order."""
    declarants, markets = _Keys(), _Keys()
    sums, valuing = _sums(lines), Valuing(lines)
    handed = {
        piece: [Handed(markets[market], declarants[declarant], month) for month, market, declarant in sorted(several)]
        for piece, several in sums.pieces.items() if len(several) > 1
    }  # fmt: skip
    owed_facts = {one.number: _owed(one, sums) for one in around.commitments.values()}
    dated = {one.number for one in around.commitments.values() if one.is_dated}
    pairs: dict[tuple[int, int, date | None], _Pair] = {}
    found = []
    for key, line in enumerate(lines):
        work, owed = line.work, line.commitment
        month = line.month if owed.number in dated else None  # else all the months are alike
        pair = pairs.get((work.number, owed.number, month))
        if pair is None:
            pair = _pair(work, owed, owed_facts[owed.number], sums, month)
            pairs[work.number, owed.number, month] = pair
        piece, (post, counting) = line.piece, pair
        # in the order of LineFacts: with names, a hundred thousand cost three times as much
        found.append(LineFacts(
            key, declarants[line.declarant], line.month, line.hours, bool(piece), work.hours_until,
            *post, *counting[line.kind is HoursKind.TRAINING],
            line.subject, ZERO, False,  # a workbook says all that is known
            work.first_hour_on,
            sums.stated.get((work.number, line.month)),
            (line.declarant, owed.market, line.month) in around.locked,
            line.uncounted, line.is_correction,
            line.piece_on if piece else None,
            _seen(handed[piece], line, declarants, markets) if piece in handed else "",
            None, "",
            _asked(work.work.modality, line.month) if work.unapproved else "",
            line.kind is HoursKind.BEFORE,
            valuing.prior(line) if line.training else None,
            valuing.siae(line) if owed.rules else None,
            post,
        ))  # fmt: skip
    return found


@lru_cache
def _asked(modality: str, month: date) -> str:
    return approval_asked([row for row in PIECES if row.starts_on <= month], modality)


def _sums(lines: Iterable[Line]) -> _Sums:
    sums = _Sums(defaultdict(lambda: ZERO), defaultdict(lambda: ZERO), {}, defaultdict(set))
    for line in lines:
        owed = line.commitment.number
        if not line.uncounted:
            sums.counted[owed] += line.hours
        if line.kind is HoursKind.TRAINING:
            sums.training[owed] += line.hours
        if line.stated is not None:
            sums.stated.setdefault((line.work.number, line.month), line.stated)
        if line.piece:
            sums.pieces[line.piece].add((line.month, line.commitment.market, line.declarant))
    return sums


def _seen(handed: Iterable[Handed], line: Line, declarants: _Keys, markets: _Keys) -> str:
    """Where the piece of a line was handed in already."""
    already = seen_before(Handed(markets[line.commitment.market], declarants[line.declarant], line.month), handed)
    return f"le relevé {of_month(already)}" if already else ""


def _owed(owed: Commitment, sums: _Sums) -> OwedFacts:
    row = owed.row
    return OwedFacts(
        suspended=owed.suspended,
        terminated_on=row["terminated_on"],
        transferred_on=row["transferred_on"],
        settled_on=row["settled_on"],
        notified_on=row["notified_on"],
        modalities=row["modalities"],
        ett=owed.ett,
        parts=owed.parts,
        due=row["due"],
        counted=(row["counted"] or ZERO) + sums.counted[owed.number],
    )


def _off(owed: Commitment, month: date | None) -> frozenset[str]:
    """The controls that do not speak of a month: those of the engagement, and what its dated rules say by then."""
    off = frozenset[str](owed.row["off"] or ())
    said = switched(owed.rules, month) if month else {}
    return (off | {code for code, speaks in said.items() if not speaks}) - {code for code, yes in said.items() if yes}


def _pair(work: WorkContract, owed: Commitment, facts: OwedFacts, sums: _Sums, month: date | None) -> _Pair:
    row = owed.row
    publics, cdi_until = row["publics"], cdi_end(work.kind, work.hired_on, months=owed.cdi_months(month))
    post = PostFacts(
        person=work.person,
        work_contract=work.number,
        work_dates=work.dates,
        commitment_dates=owed.dates,
        hired_on=work.hired_on,
        refusal_at_hire=work.refusal,
        weekly_hours=work.weekly_hours,
        commitment=owed.number,
        eligible_on=work.eligible_on,
        public_refused=bool(publics and work.public and work.public not in publics),
        off=_off(owed, month),
        owed=facts,
        work=work.work,
    )
    known, most = (row["training_known"] or ZERO) + sums.training[owed.number], owed.training_most(month)
    at_work, at_school = (
        CountingFacts(
            is_training, cdi_until,
            is_study_training(work.kind, is_training=is_training, company_only=owed.company_only(month)), known,
            most,
        )
        for is_training in (False, True)
    )  # fmt: skip
    return post, (at_work, at_school)
