"""The optional geocoder: what it is asked, what is read of its answer, what fails and how it is told."""

import json
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from clausette.reference import geocoding
from clausette.reference.geocoding import NoAnswer, Place, geocoder_host, places_of, read_places
from config import env
from tests.reference.geocoder import Geocoder, geocoder

__all__ = ["geocoder"]


def test_the_address_alone_leaves_and_points_come_back(geocoder: Geocoder) -> None:
    assert geocoder_host() == "127.0.0.1"
    assert places_of("12 rue du Puits", commune="00001") == (
        Place("12 Rue du Puits 00100 Valmorel", (3.3442, 44.2555), True),
        Place("Rue du Puits 00100 Valmorel", (3.35, 44.25), False),
    )
    (asked,) = geocoder.asked
    assert urlsplit(asked).path == "/search/"
    assert parse_qs(urlsplit(asked).query) == {"q": ["12 rue du Puits"], "limit": ["5"], "citycode": ["00001"]}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((500, b"oups"), "réponse 500"),
        ((302, b""), "réponse 302"),  # the address follows nobody
        ((200, b"<html>"), "comme prévu"),
        ((200, b'{"features": [{"geometry": null}]}'), "comme prévu"),
        ((200, json.dumps({"features": [{"geometry": {"coordinates": [500, 1]}}]}).encode()), "comme prévu"),
        ((200, b"[" * 300_000), "comme prévu"),
    ],
)
def test_what_fails_is_one_kind_sentence(geocoder: Geocoder, answer: tuple[int, bytes], told: str) -> None:
    geocoder.answer = answer
    with pytest.raises(NoAnswer, match=told) as refused:
        places_of("12 rue du Puits")
    assert "Placez le point sur la carte." in str(refused.value)


def test_a_geocoder_that_keeps_silent_blocks_nobody(geocoder: Geocoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geocoding, "SECONDS", 0.05)
    geocoder.held = threading.Event()
    with pytest.raises(NoAnswer, match="à temps"):
        places_of("12 rue du Puits")


def test_a_geocoder_that_is_not_there_is_told() -> None:
    with override_settings(CLAUSETTE_GEOCODER="http://127.0.0.1:9/search/"), pytest.raises(NoAnswer):
        places_of("12 rue du Puits")


def test_no_place_is_an_answer() -> None:
    assert read_places(b'{"features": []}') == ()


def test_only_a_safe_address_is_taken() -> None:
    assert env.geocoder({}) == ""
    assert env.geocoder({"CLAUSETTE_GEOCODER": "https://adresses.example/search/"}) == "https://adresses.example/search/"
    for wrong in ("http://adresses.example/", "file:///etc/passwd", "https:///x", "https://a.example/?key=1", "oui"):
        with pytest.raises(ImproperlyConfigured):
            env.geocoder({"CLAUSETTE_GEOCODER": wrong})
