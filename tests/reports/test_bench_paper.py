"""The bilan that the benchmarks set has the pages they say."""

from io import BytesIO

from pypdf import PdfReader

from clausette.reports.followup.papers import follow_up_paper
from clausette.reports.rendering.pdf import pdf_of
from config.world.bench_paper import PAGES, lengthened
from tests.reports.followups import summary


def test_a_short_bilan_is_lengthened_to_twelve_pages_and_read_as_many() -> None:
    pages, facts = lengthened(summary())
    assert pages >= PAGES
    assert len(PdfReader(BytesIO(pdf_of(follow_up_paper(facts)))).pages) == pages
