"""Ask ClamAV about bytes, when one is configured (`CLAUSETTE_CLAMAV`): closed when it does not answer.

Protocol of clamd, INSTREAM: slices with their length in four bytes, an empty one at the end, one sentence back.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings

from clausette.files.errors import FileRefused, ScannerDown

PATIENCE = 30  # seconds for the whole question
SLICE = 256 * 1024
INFECTED = "L'antivirus a reconnu un programme dangereux dans ce fichier : il est refusé, rien n'en est gardé."


def demand_clean(data: bytes) -> None:
    """Refuse bytes that the antivirus refuses, or that it could not look at. Raises FileRefused, ScannerDown."""
    address = settings.CLAUSETTE_CLAMAV
    if not address:
        return
    try:
        said = _ask(address, data)
    except OSError as exc:
        raise ScannerDown from exc
    if said.endswith("FOUND"):
        raise FileRefused(INFECTED)
    if not said.endswith("OK"):
        raise ScannerDown


def _ask(address: str, data: bytes) -> str:
    with _connected(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), SLICE):
            piece = data[start : start + SLICE]
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and (more := line.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", errors="replace").strip()


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    place = urlsplit(address)
    if place.scheme == "unix":
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(PATIENCE)
            line.connect(place.path)
            yield line
    else:
        with socket.create_connection((place.hostname or "", place.port or 3310), timeout=PATIENCE) as line:
            yield line
