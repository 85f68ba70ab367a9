"""Run alone, by path: take a piece on the standard input, give it back fit to be kept on the standard output.

It imports nothing of the house; its memory and time are bounded before the first byte is read. What a hostile file
does to a library ends this process, never the one that serves pages.
"""

import io
import resource
import sys
from typing import Any

import msgspec

MEMORY = 1536 * 1024 * 1024
SECONDS = 20
DPI = 150
MOST_SIDE = 2600  # pixels of a page painted over, whatever its size on paper
MOST_PIXELS = 50_000_000
MOST_PAGES = 100
MOST_PAINTED = 20
MOST_CHARACTERS = 500_000
MARGIN = 2  # pixels around a number
# what a page needs to be seen; all else (actions, annotations, private data of programs) stays behind
PAGE_KEYS = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit", "/Group",
}  # fmt: skip
FORBIDDEN = ("/AA", "/OpenAction", "/JS", "/JavaScript", "/Metadata", "/PieceInfo", "/AF", "/EF", "/Ref", "/OPI")
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")  # bytes of a stream that would be fetched elsewhere


class Refused(Exception):
    """The piece is refused; the argument is a code that the parent turns into a sentence."""


def bound() -> None:
    """Bound memory and time of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def draw_again(data: bytes, form: str) -> dict[str, Any]:
    """An image (JPEG or PNG) drawn again: the same pixels, upright, without anything that tells where or when."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted here, before a pixel is decoded
    with Image.open(io.BytesIO(data), formats=[form]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Refused("pixels")
        upright = ImageOps.exif_transpose(image)
        shown = upright.convert(_mode(form, upright))
    clean = Image.new(shown.mode, shown.size)  # a new image carries no note of the old one
    clean.paste(shown)
    out = io.BytesIO()
    if form == "JPEG":
        clean.save(out, "JPEG", quality=90)
    else:
        clean.save(out, "PNG")
    return {"data": out.getvalue()}


def _mode(form: str, image: Any) -> str:
    """How pixels are kept: grey or colours, with transparency where a PNG has some."""
    grey = image.mode in ("1", "L", "I", "I;16")
    if form == "PNG" and (image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info):
        return "RGBA"
    return "L" if grey else "RGB"


def write_again(data: bytes) -> dict[str, Any]:
    """A PDF written again with its pages alone, and the characters of each page, one for one as pdfium counts them."""
    clean = _pages_alone(data)
    return {"data": clean, "texts": _texts(clean)}


def _pages_alone(data: bytes) -> bytes:
    import pikepdf

    try:
        source = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as exc:
        raise Refused("locked") from exc
    with source, pikepdf.new() as made:
        if not len(source.pages):
            raise Refused("broken")
        if len(source.pages) > MOST_PAGES:
            raise Refused("pages")
        if "/AcroForm" in source.Root:  # what was typed in a form becomes part of its page
            source.generate_appearance_streams()
        source.flatten_annotations("screen")
        made.pages.extend(source.pages)
        for page in made.pages:
            for key in set(page.obj.keys()) - PAGE_KEYS:
                del page[key]
        for one in made.objects:
            _strip(one)
        return _saved(made)


def _strip(one: Any) -> None:
    """Take off an object what acts, what tells, what is fetched elsewhere."""
    import pikepdf

    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return
    is_stream = isinstance(one, pikepdf.Stream)
    for key in FORBIDDEN + (OUTSIDE if is_stream else ()):
        if key in one:
            del one[key]
    if isinstance(one, pikepdf.Stream) and one.get("/Filter") in (pikepdf.Name.DCTDecode, [pikepdf.Name.DCTDecode]):
        parameters = one.get("/DecodeParms")
        known = parameters if isinstance(parameters, pikepdf.Dictionary | pikepdf.Array) else None
        one.write(without_notes(one.read_raw_bytes()), filter=pikepdf.Name.DCTDecode, decode_parms=known)


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without its notes (place, day, camera, words): only the parts that give its pixels, colours included."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        mark = jpeg[at + 1]
        if not (mark == 0xFE or (0xE1 <= mark <= 0xEF and mark not in (0xE2, 0xEE))):
            kept.append(jpeg[at:end])
        at = end
    return b"".join(kept) + jpeg[at:]


def _saved(pdf: Any) -> bytes:
    import pikepdf

    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _texts(data: bytes) -> list[str]:
    import pypdfium2

    texts, room = [], MOST_CHARACTERS
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            found = page.get_textpage()
            count = found.count_chars()
            room -= count
            if room < 0:
                raise Refused("long")
            codes = (pypdfium2.raw.FPDFText_GetUnicode(found.raw, at) for at in range(count))
            texts.append("".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " " for code in codes))
    return texts


def paint(data: bytes, spans: dict[int, list[tuple[int, int]]]) -> dict[str, Any]:
    """The same PDF, its guilty pages replaced by their picture with each number painted over."""
    import pikepdf
    import pypdfium2

    if len(spans) > MOST_PAINTED:
        raise Refused("painted")
    with pypdfium2.PdfDocument(data) as document:
        pictures = [_painted(document[number], spans[number]) for number in sorted(spans)]
    drawn = io.BytesIO()
    pictures[0].save(drawn, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:], quality=85)
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.open(drawn) as images:
        for place, number in enumerate(sorted(spans)):
            pdf.pages[number] = images.pages[place]
        whole = io.BytesIO()
        pdf.save(whole)
    clean = _pages_alone(whole.getvalue())  # the former pages are left behind, with all that they alone used
    return {"data": clean, "texts": _texts(clean)}


def _painted(page: Any, spans: list[tuple[int, int]]) -> Any:
    from PIL import ImageDraw

    width, height = page.get_size()
    scale = min(DPI / 72, MOST_SIDE / max(width, height, 1))
    bitmap = page.render(scale=scale)
    place = bitmap.get_posconv(page)
    picture = bitmap.to_pil().convert("RGB")
    pen, found = ImageDraw.Draw(picture), page.get_textpage()
    for start, end in spans:
        for box in _boxes(found, start, end):
            (x1, y1), (x2, y2) = place.to_bitmap(box[0], box[1]), place.to_bitmap(box[2], box[3])
            left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
            pen.rectangle((left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN), fill="black")
    return picture


def _boxes(found: Any, start: int, end: int) -> list[tuple[float, float, float, float]]:
    """Where these characters stand, each in its whole box: the line's height, not the ink's. Raises Refused."""
    boxes = []
    for at in range(start, end):
        box = found.get_charbox(at, loose=True)
        if box[0] != box[2] and box[1] != box[3]:
            boxes.append(box)
    if not boxes:
        raise Refused("unplaced")
    return boxes


def main() -> None:
    """Treat, write the answer, end."""
    bound()
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read())
    answer: dict[str, Any]
    try:
        if asked["spans"]:
            answer = paint(asked["data"], asked["spans"])
        elif asked["kind"] == "PDF":
            answer = write_again(asked["data"])
        else:
            answer = draw_again(asked["data"], asked["kind"])
    except Refused as refused:
        answer = {"refused": refused.args[0]}
    except MemoryError:
        answer = {"refused": "heavy"}
    except Exception:  # noqa: BLE001 - whatever the libraries say of a hostile file, it is refused
        answer = {"refused": "broken"}
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
