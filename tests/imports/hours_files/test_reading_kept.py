"""What was read of a file taken in: used when it is read, never needed, gone with the file."""

import zlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.conf import settings
from django.core.management import call_command

from clausette.files import readings, storage
from clausette.files.errors import BytesGone
from clausette.files.models import StoredFile
from clausette.files.sweeping import sweep
from clausette.imports.hours_files.fingerprint import fingerprint
from clausette.imports.models import HoursFile
from clausette.imports.operations.hours_files import (
    cancel_hours_file,
    compare_hours_file,
    read_hours_file,
    take_in_hours_file,
)
from clausette.imports.queries.hours_files import hours_file_returned
from clausette.imports.takeover.masking import mask
from clausette.imports.takeover.reading import Line, Sheet, Workbook, packed, read_workbook, unpacked
from clausette.kernel import clock
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import World, world
from tests.imports.hours_files.books import HEAD, book, row
from tests.imports.hours_files.kept import kept
from tests.imports.takeover.books import NIR, xlsx

LONG = 2001
ROWS = [row("Diallo", "Salif", 100), *(row(f"Inconnu{n % 40}", "Jean", 1 + n % 90) for n in range(LONG - 2))]


# --- pure -------------------------------------------------------------------------------------------------------------


def two_sheets() -> Workbook:
    first = xlsx({"Heures": [HEAD, *ROWS[:3], (), ("  ",), ("Roy", NIR)], "Notes": [("a", None, "b")]})
    return mask(read_workbook(first, kind="book")).workbook


def test_a_workbook_comes_back_the_same_from_what_was_kept_of_it() -> None:
    found = two_sheets()
    again = unpacked(packed(found))
    assert again == found
    assert [line.number for line in found.sheets[0].lines] == [1, 2, 3, 4, 7]
    assert found.sheets[1].lines[0].cells == ("a", "", "b")


def test_a_social_security_number_is_in_no_text_kept() -> None:
    assert NIR.encode() not in zlib.decompress(packed(two_sheets()))
    assert two_sheets().sheets[0].lines[4].cells[:2] == ("Roy", "")


@pytest.mark.parametrize("where", [0, 20, -1])
def test_what_is_damaged_is_not_read(where: int) -> None:
    kept = bytearray(packed(two_sheets()))
    kept[where] ^= 0xFF
    assert unpacked(bytes(kept)) is None
    assert unpacked(bytes(kept[: len(kept) // 2])) is None
    assert unpacked(b"") is None
    assert unpacked(None) is None


def changed(at: int, value: Any) -> bytes:
    told = msgspec.msgpack.decode(zlib.decompress(packed(two_sheets())))
    told[at] = value
    return zlib.compress(msgspec.msgpack.encode(told))


def test_what_another_reader_made_or_what_lacks_texts_is_not_read() -> None:
    assert unpacked(changed(1, [])) is not None
    assert unpacked(changed(0, "0" * 64)) is None
    assert unpacked(changed(2, [[""]])) is None
    assert unpacked(changed(2, [])) is None


def test_the_fingerprint_of_a_file_stays_what_it_was() -> None:
    """Files taken in before are known by it."""
    heads, line = ("Nom ", "Mois", "Heures", ""), ("DIALLO  Salif", "01/03/2026", "7,50")
    rows = (heads, line, ("", " ", ""), ("x", "", "1 234,5"))
    sheet = Sheet("S", tuple(Line(number, cells) for number, cells in enumerate(rows, 1)))
    known = "347228960fd45b1f39d780b6729c67b274d493778a1e76f69b66f2b1bee5bb64"
    assert fingerprint(Workbook((sheet, sheet))) == known


# --- kept with the batch ---------------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "STATE", tmp_path)
    return tmp_path


@pytest.fixture
def small(db: None) -> World:
    return world()


def take(small: World, *rows: Any) -> UUID:
    with acting(small.etti) as actor:
        return take_in_hours_file(actor=actor, name="paie.xlsx", data=book(*(rows or ROWS)), on=TODAY)


def read(small: World, uid: UUID) -> int:
    with acting(small.etti) as actor:
        read_hours_file(actor=actor, batch_uid=uid, on=TODAY)
    return len(kept(batch__uid=uid))


def digest() -> str:
    with as_owner():
        return StoredFile.objects.get().sha256


def on_disk(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def test_the_file_is_not_opened_again_to_be_read_compared_and_given_back(small: World, disk: Path) -> None:
    uid = take(small)
    storage.path_of(digest()).unlink()
    assert read(small, uid) == LONG - 1
    with acting(small.etti) as actor:
        first = hours_file_returned(actor=actor, batch_uid=uid).data
        compare_hours_file(actor=actor, batch_uid=uid, on=TODAY)
        read_hours_file(actor=actor, batch_uid=uid, on=TODAY)
    back = read_workbook(first, kind="book").sheets[0]
    assert back.lines[0].cells[-1] == "À corriger"
    assert back.lines[1].cells[0] == "Diallo"


def test_the_kept_reading_is_sealed_and_short_files_have_none(small: World, disk: Path) -> None:
    take(small, *ROWS[:5])
    assert not readings.path_of(digest()).exists()
    take(small)
    with as_owner():
        long = HoursFile.objects.get(size=LONG).file.sha256
    kept = readings.path_of(long).read_bytes()
    assert kept.startswith(storage.SEALED)
    assert unpacked(readings.take(long)) is not None
    assert unpacked(kept) is None
    with pytest.raises(BytesGone):
        storage.unseal(long, kept)


@pytest.mark.parametrize("trouble", ["gone", "damaged", "cut", "of another file", "of another reader"])
def test_without_a_sound_reading_the_file_is_opened_again(small: World, disk: Path, trouble: str) -> None:
    uid, own = take(small), digest()
    path = readings.path_of(own)
    if trouble == "gone":
        path.unlink()
    elif trouble == "damaged":
        path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    elif trouble == "cut":
        path.write_bytes(path.read_bytes()[:8])
    elif trouble == "of another file":
        readings.put("0" * 64, packed(Workbook((Sheet("Heures", (Line(1, ("rien",)),)),))))
        readings.path_of("0" * 64).rename(path)
    else:
        told = msgspec.msgpack.decode(zlib.decompress(readings.take(own) or b""))
        readings.put(own, zlib.compress(msgspec.msgpack.encode(["avant", *told[1:]])))
    assert read(small, uid) == LONG - 1


def test_after_the_purge_neither_the_file_nor_its_reading_is_on_the_disk(small: World, disk: Path) -> None:
    with clock.pretending(datetime.now(clock.PARIS)):
        uid = take(small)
    read(small, uid)
    assert len(on_disk(disk)) == 2
    later = clock.now() + timedelta(days=2)
    with as_owner():
        call_command("purge", "--future", "--as-of", f"{TODAY + timedelta(days=60)}", skip_checks=True)
        sweep(before=datetime.now(clock.PARIS) - timedelta(hours=24))
        assert len(on_disk(disk)) == 2
        sweep(before=max(later, datetime.now(clock.PARIS) + timedelta(hours=1)))
    assert on_disk(disk) == []


def test_a_file_given_up_loses_its_reading(
    small: World, disk: Path, django_capture_on_commit_callbacks: Any
) -> None:
    uid = take(small)
    with acting(small.etti) as actor, django_capture_on_commit_callbacks(execute=True):
        cancel_hours_file(actor=actor, batch_uid=uid)
    assert not readings.path_of(digest()).exists()
    assert storage.path_of(digest()).exists()
