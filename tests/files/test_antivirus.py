"""ClamAV speaks its own protocol on a socket of the machine; when it does not answer, nothing is taken."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clausette.files.antivirus import demand_clean
from clausette.files.errors import FileRefused, ScannerDown
from config import env
from tests.files.clamd import clamd


def test_bytes_are_sent_whole_in_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address, received = clamd(tmp_path, b"stream: OK\0")
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", address)
    demand_clean(b"x" * 300_000)
    assert [len(one) for one in received] == [262_144, 37_856]


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [(b"stream: Eicar-Test-Signature FOUND\0", FileRefused), (b"INSTREAM size limit exceeded. ERROR\0", ScannerDown)],
)
def test_what_it_refuses_or_could_not_read_is_not_taken(
    answer: bytes, refusal: type[FileRefused], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", clamd(tmp_path, answer)[0])
    with pytest.raises(FileRefused) as refused:
        demand_clean(b"x")
    assert type(refused.value) is refusal


def test_without_an_answer_nothing_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", f"unix://{tmp_path}/nobody")
    with pytest.raises(ScannerDown, match="L'antivirus ne répond pas"):
        demand_clean(b"x")


@pytest.mark.parametrize("given", ["clamd:3310", "tcp://", "unix://", "https://clam"])
def test_an_address_that_is_none_stops_the_start(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CLAUSETTE_CLAMAV"):
        env.clamav({"CLAUSETTE_CLAMAV": given})
    assert env.clamav({"CLAUSETTE_CLAMAV": "tcp://clamd:3310"}) == "tcp://clamd:3310"
