"""« vivant »: the web process answers. « prêt »: it could serve a page now (RELIABILITY.md, operation).

A name and a yes or no for each check: what is wrong in detail is in the log, not on a public page.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from clausette.kernel.readiness import checks
from clausette.web.doors import public


def _answer(state: str, status: int, **facts: object) -> JsonResponse:
    response = JsonResponse(
        {"etat": state, **facts}, status=status, json_dumps_params={"ensure_ascii": False}
    )
    response["Cache-Control"] = "no-store"
    return response


@public()
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return _answer("vivant", 200)


@public()
def ready(request: HttpRequest) -> JsonResponse:
    """Database, role, migrations, files, row-level security: 200 when all hold, 503 otherwise."""
    found = checks(Path(settings.STATE) / "files")
    good = all(found.values())
    return _answer("prêt" if good else "pas prêt", 200 if good else 503, controles=found)
