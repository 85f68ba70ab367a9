"""Sets the attestation as a tagged PDF (PDF/UA-1 export of typst), from its facts alone."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from clausette.reports.attestation.coherence import IncoherentFacts, inconsistencies
from clausette.reports.attestation.facts import AttestationFacts
from clausette.reports.attestation.wording import words
from clausette.reports.fonts import font_folder

_TEMPLATE = Path(__file__).with_name("attestation.typ")


def render_pdf(facts: AttestationFacts) -> bytes:
    """Return the PDF of these facts; the same facts give the same bytes (same engine and fonts).

    Raises IncoherentFacts, with one French sentence for each contradiction, when the figures do not add up.
    """
    wrong = inconsistencies(facts)
    if wrong:
        raise IncoherentFacts(" ".join(wrong))
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        font_paths=[font_folder()],
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(words(facts), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=datetime.combine(facts.issued_on, time(), UTC),
    )
