"""A social security number in the text of a PDF is refused; a scan is not read, and nobody is told that it was."""

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from clausette.files.enums import Purpose
from clausette.files.errors import NirInFile
from clausette.files.rules import check_file
from clausette.files.rules.pdfs import text_of_pdf

NIR = "1 85 05 78 006 084"  # made up; its key is calculated


def with_key() -> str:
    body = NIR.replace(" ", "")
    return f"{NIR} {97 - int(body) % 97:02d}"


def pdf(text: str) -> bytes:
    return typst.compile(f'#text("{text}")'.encode(), format="pdf")


def test_a_pay_slip_with_its_number_is_refused_with_what_to_do() -> None:
    with pytest.raises(NirInFile) as caught:
        check_file(name="bulletin.pdf", data=pdf(f"Bulletin de paie, n° {with_key()}"), purpose=Purpose.EVIDENCE)
    assert "vue, non conservée" in caught.value.message
    assert "numéro de sécurité sociale" in caught.value.message


def test_the_same_slip_masked_is_taken() -> None:
    data = pdf("Bulletin de paie, n° X XX XX XX XXX XXX XX, 151,67 h, SIRET 552 100 554 00013")
    assert check_file(name="bulletin.pdf", data=data, purpose=Purpose.EVIDENCE).name == "bulletin.pdf"
    assert "151,67" in text_of_pdf(data)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text(rest: bytes) -> None:
    assert isinstance(text_of_pdf(b"%PDF-1.4\n" + rest + b"\n%%EOF"), str)
