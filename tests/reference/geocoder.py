"""A geocoder of this machine, for tests: it answers what it is told and remembers what it was asked."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import override_settings

FOUND = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [3.3442, 44.2555]},
            "properties": {"label": "12 Rue du Puits 00100 Valmorel", "type": "housenumber", "score": 0.97},
        },
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [3.35, 44.25]},
            "properties": {"label": "Rue du Puits 00100 Valmorel", "type": "street", "score": 0.6},
        },
    ],
}


class Geocoder(ThreadingHTTPServer):
    """A server of this machine that answers what it is told, and remembers what it was asked."""

    daemon_threads = True
    answer: tuple[int, bytes] = (200, json.dumps(FOUND).encode())
    held: threading.Event | None = None
    asked: list[str]


class _Answering(BaseHTTPRequestHandler):
    server: Geocoder

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.server.held is not None:
            self.server.held.wait(10)
        status, body = self.server.answer
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/ailleurs")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # the name is the base's
        """Nothing is printed."""


@pytest.fixture
def geocoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Geocoder]:
    """A geocoder of this machine, configured."""
    monkeypatch.setenv("no_proxy", "*")
    server = Geocoder(("127.0.0.1", 0), _Answering)
    server.asked = []
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    with override_settings(CLAUSETTE_GEOCODER=f"http://127.0.0.1:{server.server_port}/search/"):
        yield server
    if server.held is not None:
        server.held.set()
    server.shutdown()
    server.server_close()
