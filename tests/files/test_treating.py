"""Pieces written again: nothing that acts, tells or hides is left; numbers of persons are painted over."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from clausette.files.enums import Treatment
from clausette.files.errors import FileRefused
from clausette.files.rules import FileKind
from clausette.files.rules.searching import private_spans
from clausette.files.treating import child
from clausette.files.treating.run import make_fit
from tests.files import builders as made

IBAN = "FR76 3000 6000 0112 3456 7890 189"


def pages(*texts: str) -> bytes:
    return typst.compile("\n#pagebreak()\n".join(f'#text("{one}")' for one in texts).encode(), format="pdf")


def active() -> bytes:
    """A PDF that starts a script, carries a file, notes on its making, and a link."""
    with pikepdf.open(BytesIO(pages("Feuille d’heures"))) as pdf, pdf.open_metadata() as notes:
        notes["dc:creator"] = ["Zoé"]
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.attachments["secret.txt"] = b"attached"
        action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
        )
        pdf.pages[0].Annots = pikepdf.Array([link])
        pdf.pages[0].AA = pikepdf.Dictionary(O=action)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def photograph(form: str) -> bytes:
    """A picture of 40 × 20 points held sideways, with the camera's notes."""
    image, out = Image.new("RGB", (40, 20), "red"), BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    image.save(out, form, exif=exif)
    return out.getvalue()


def words(data: bytes) -> Iterator[str]:
    """Every key and name of a PDF."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for one in [*pdf.objects, pdf.trailer]:
            yield from one.keys() if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) else ()


def test_what_acts_and_what_tells_is_left_behind() -> None:
    treated = child.write_again(active())
    left = {"/OpenAction", "/AA", "/A", "/Annots", "/Names", "/Metadata", "/JS", "/EmbeddedFiles", "/Info"}
    assert not left & set(words(treated["data"]))
    assert left & set(words(active())) >= {"/OpenAction", "/AA", "/Annots", "/Names", "/Metadata"}
    assert treated["texts"] == ["Feuille d’heures"]


def test_the_same_piece_gives_the_same_bytes() -> None:
    """The control of a piece handed in twice rests on it."""
    data = pages("Feuille")
    assert child.write_again(data)["data"] == child.write_again(data)["data"]


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_photograph_stands_upright_and_says_no_more_where_it_was_taken(form: str) -> None:
    with Image.open(BytesIO(child.draw_again(photograph(form), form)["data"])) as image:
        assert (image.size, dict(image.getexif()), "exif" in image.info) == ((20, 40), {}, False)
        assert image.convert("RGB").getpixel((10, 20)) in {(255, 0, 0), (254, 0, 0)}


def test_a_picture_kept_in_a_pdf_loses_its_notes_too() -> None:
    noted = photograph("JPEG")
    bare = child.without_notes(noted)
    assert b"Camera" in noted
    assert b"Camera" not in bare
    with Image.open(BytesIO(bare)) as image:
        assert image.size == (40, 20)


@settings(max_examples=30)
@given(st.binary(max_size=200))
def test_notes_are_looked_for_in_any_bytes(rest: bytes) -> None:
    assert len(child.without_notes(b"\xff\xd8" + rest)) <= len(rest) + 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"n° {made.nir_with_key()}.", [made.nir_with_key()]),
        (f"{made.NIR}, puis {IBAN} BIC AGRIFRPP", [made.NIR, IBAN]),
        (f"{made.nir_with_key()} {made.nir_with_key()}", [made.nir_with_key()] * 2),
        (IBAN.replace(" ", ""), [IBAN.replace(" ", "")]),
        ("SIRET 732 829 320 00074, 06 12 34 56 78, 2840359350123, FR76 3000 6000 0112 3456 7890 188", []),
    ],
)
def test_numbers_of_persons_are_found_where_they_stand(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in private_spans(text)] == found


def test_a_pay_slip_is_kept_with_its_numbers_painted_over() -> None:
    fit = make_fit(FileKind.PDF, pages(f"Bulletin, n° {made.nir_with_key()}, {IBAN}", "Détail des heures"))
    assert fit.treatment is Treatment.MASKED
    assert child.write_again(fit.data)["texts"] == ["", "Détail des heures"]  # the guilty page is now a picture


def test_a_text_is_kept_with_its_numbers_hidden() -> None:
    fit = make_fit(FileKind.CSV, f"Nom;NIR\nDupont é;{made.nir_with_key()}".encode("cp1252"))
    assert (fit.data.decode("utf-8-sig"), fit.treatment) == (f"Nom;NIR\nDupont é;{'X' * 15}", Treatment.MASKED)
    assert make_fit(FileKind.CSV, made.TEXT).data == made.TEXT


def bomb() -> bytes:
    """A PNG that says it is huge."""
    out = BytesIO()
    Image.new("1", (20_000, 3_000)).save(out, "PNG")
    return out.getvalue()


def locked() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(made.PDF)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def test_hostile_pieces_are_refused_with_a_sentence() -> None:
    with pytest.raises(child.Refused, match="pixels"):
        child.draw_again(bomb(), "PNG")
    with pytest.raises(child.Refused, match="locked"):
        child.write_again(locked())
    with pytest.raises(FileRefused, match="abîmé"):
        make_fit(FileKind.PDF, b"%PDF-1.7\nnothing\n%%EOF")
