"""An address asked of a geocoder, when the site has one: the national address API's question and answer.

What leaves: the address and the Insee code of its commune, nothing else, to the one host of the setting, without
following it elsewhere. What comes back is data: bounded in size and in time, and whatever fails is one sentence.
"""

import json
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, build_opener

from django.conf import settings

from clausette.reference.geometry import Point

SECONDS = 3.0
"""How long a person waits for the geocoder, name resolution included."""
LARGEST = 200_000
MOST = 5


class NoAnswer(Exception):
    """The geocoder did not answer, or not in its format: the message is the French sentence for the page."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address as the geocoder knows it, and its point."""

    label: str
    point: Point
    is_exact: bool
    """Down to the number of the street."""


class _Stay(HTTPRedirectHandler):
    """The address goes to the host of the setting and to no other."""

    def redirect_request(self, *args: Any, **options: Any) -> None:
        return None


def geocoder_host() -> str:
    """Return the name of the host asked, as the page tells it; empty when the site has no geocoder."""
    return urlsplit(settings.CLAUSETTE_GEOCODER).hostname or ""


def places_of(address: str, *, commune: str = "") -> tuple[Place, ...]:
    """Return at most five places of an address, the likeliest first; () when it is not known.

    `commune`: Insee code, asked with the address when it is known. Raises NoAnswer within about three seconds.
    """
    query = {"q": address, "limit": str(MOST)} | ({"citycode": commune} if commune else {})
    waiting: Future[bytes] = _pool().submit(_fetched, f"{settings.CLAUSETTE_GEOCODER}?{urlencode(query)}")
    try:
        return read_places(waiting.result(SECONDS))
    except Late as error:
        waiting.cancel()
        raise NoAnswer("Le service d'adresses n'a pas répondu à temps. Placez le point sur la carte.") from error
    except HTTPError as error:
        error.close()
        raise NoAnswer(
            f"Le service d'adresses a refusé la question (réponse {error.code}). Placez le point sur la carte."
        ) from error
    except (OSError, ValueError) as error:
        raise NoAnswer("Le service d'adresses ne répond pas comme prévu. Placez le point sur la carte.") from error


def read_places(data: bytes) -> tuple[Place, ...]:
    """Read a GeoJSON FeatureCollection of points. Raises ValueError for anything else."""
    said = json.loads(data)
    if not isinstance(said, dict) or not isinstance(said.get("features"), list):
        raise ValueError("no features")
    return tuple(_place(one) for one in said["features"][:MOST])


def _place(feature: Any) -> Place:
    try:
        longitude, latitude = (float(one) for one in feature["geometry"]["coordinates"][:2])
        said = feature.get("properties") or {}
        label = str(said.get("label") or "")[:200]
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("no point") from error
    if not label or not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError("no such place")
    return Place(label, (longitude, latitude), said.get("type") == "housenumber")


@cache
def _pool() -> ThreadPoolExecutor:
    """Two questions at once: a third waits its turn, and is told late like the others."""
    return ThreadPoolExecutor(2, thread_name_prefix="geocoder")


@cache
def _opener() -> OpenerDirector:
    return build_opener(_Stay)


def _fetched(url: str) -> bytes:
    """The answer, cut when it is too long or comes drop by drop."""
    end, got = monotonic() + SECONDS, b""
    with _opener().open(url, timeout=SECONDS) as answer:
        while part := answer.read1(16_384):
            got += part
            if len(got) > LARGEST or monotonic() > end:
                raise ValueError("too long")
    return got
