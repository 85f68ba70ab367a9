"""`manage locate-qpv`: JSON lines in, JSON lines out, many points in one question to the database."""

import json
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand

from clausette.reference.geometry import Point
from clausette.reference.operations import generations_loaded
from clausette.reference.queries.districts import DistrictFound, districts_at

TOGETHER = 5_000


class Command(BaseCommand):
    """Say in which « quartier prioritaire » each point is."""

    help = "Dit dans quel quartier prioritaire est un point : une question par ligne de JSON, une réponse par ligne."

    def handle(self, *args: object, **options: object) -> None:
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        for line in answers(sys.stdin):
            self.stdout.write(line)


def answers(lines: Iterable[str]) -> Iterator[str]:
    """Yield one answer for each line that is not empty, in the same order."""
    loaded = generations_loaded()
    asked = (line for line in lines if line.strip())
    while several := list(islice(asked, TOGETHER)):
        read = [_read(line) for line in several]
        points = [one for one in read if isinstance(one, tuple)]
        found = iter(districts_at(points) if loaded else ())
        for line, one in zip(several, read, strict=True):
            said = {"ok": False, "sentence": one} if isinstance(one, str) else _told(next(found, None))
            yield json.dumps({**_named(line), **said}, ensure_ascii=False)


def _told(found: tuple[DistrictFound, ...] | None) -> dict[str, Any]:
    if found is None:
        return {"ok": False, "sentence": "Aucun contour n'est chargé : manage load-qpv."}
    first = found[0] if found else None
    return {
        "ok": True,
        "code": first.code if first else None,
        "name": first.name if first else None,
        "all": [{"code": one.code, "name": one.name, "list": int(one.generation)} for one in found],
    }


def _read(line: str) -> Point | str:
    """The point of a line, or what is wrong with it."""
    try:
        said = json.loads(line)
        point = float(said["longitude"]), float(said["latitude"])
    except (ValueError, TypeError, KeyError):
        return 'Un objet est attendu : {"longitude": 5.2211, "latitude": 46.2102}.'
    inside = -180 <= point[0] <= 180 and -90 <= point[1] <= 90
    return point if inside else "Une longitude va de -180 à 180 et une latitude de -90 à 90, en degrés."


def _named(line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return {"id": said["id"]} if isinstance(said, dict) and isinstance(said.get("id"), str | int) else {}
