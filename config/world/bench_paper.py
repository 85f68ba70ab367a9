"""How long a bilan of twelve pages takes: its facts read, its PDF set, as one request does it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter
from uuid import UUID

from clausette.access.queries import Seat
from clausette.access.rights import named_rights
from clausette.commitments.queries import list_commitments
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.months import last_day
from clausette.reports.enums import Audience, ReportKind, SubjectKind
from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.followup.papers import follow_up_paper
from clausette.reports.queries import Asked, Target, draft_follow_up
from clausette.reports.rendering.pdf import pdf_of
from clausette.reports.rules import Span, usual_closing
from config.world.bench import served_as_worker

PAGES = 12
A_PAGE = 25
"""Engagements that fill a page, about."""


@dataclass(frozen=True, slots=True)
class PaperTime:
    """Milliseconds (median): the facts of the largest bilan of a maître d'ouvrage, and its PDF of `pages` pages."""

    engagements: int
    pages: int
    facts: float
    pdf: float

    @property
    def whole(self) -> float:
        """What somebody waits."""
        return self.facts + self.pdf


def paper_time(seat: Seat, *, times: int) -> PaperTime:
    """Measure the bilan of the maître d'ouvrage with the most engagements, since the start."""
    with served_as_worker(), named_rights(seat.account_id, seat.organisation_id, read_only=True) as actor:
        asked = _asked(actor)
        facts = draft_follow_up(actor=actor, asked=asked, on=clock.today()).facts
        read = _timed(lambda: draft_follow_up(actor=actor, asked=asked, on=clock.today()), times)
    pages, facts = lengthened(facts)
    pdf = _timed(lambda: pdf_of(follow_up_paper(facts)), times)
    return PaperTime(len(facts.engagements), pages, read, pdf)


def _asked(actor: Actor) -> Asked:
    """The bilan of the buyer to whom the most is owed."""
    on = clock.today()
    owed = list_commitments(actor=actor, as_of=on)
    buyers: Counter[UUID] = Counter(line.buyer_uid for line in owed)
    span = Span(min(line.starts_on for line in owed).replace(day=1), last_day(on))
    target = Target(SubjectKind.BUYER, buyers.most_common(1)[0][0])
    return Asked(ReportKind.SUMMARY, target, span, Audience.PARTIES, usual_closing(span, months=2))


def lengthened(facts: FollowUpFacts) -> tuple[int, FollowUpFacts]:
    """The same facts with their engagements written again, or cut, until the document has PAGES pages."""
    rows, count = facts.engagements, len(facts.engagements)
    pages = 0
    while pages < PAGES:
        grown = replace(facts, engagements=(rows * (count // len(rows) + 1))[:count])
        pages = _pages(pdf_of(follow_up_paper(grown)))
        count += max(1, (PAGES - pages) * A_PAGE)
    return pages, grown


def _pages(pdf: bytes) -> int:
    """Pages of a document, from its « 1 / 12 »: the number of the tree of its pages."""
    return max(int(found) for found in re.findall(rb"/Count (\d+)", pdf))


def _timed(once: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        start = perf_counter()
        once()
        taken.append((perf_counter() - start) * 1000)
    return median(taken)
