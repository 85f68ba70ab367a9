"""Public plain pages: licence, attributions, legal notice, personal data, accessibility."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clausette.access.queries import is_demonstration
from clausette.web.doors import public


def _page(request: HttpRequest, name: str) -> HttpResponse:
    facts = {
        "operator": str(getattr(settings, "CLAUSETTE_OPERATOR", "")),
        "contact": str(getattr(settings, "CLAUSETTE_CONTACT", "")),
        "source_url": str(getattr(settings, "CLAUSETTE_SOURCE_URL", "")),
    }
    vars(request)["demonstration"] = is_demonstration()  # nobody's rights are open here: asked of the one row
    return render(request, f"layout/{name}.html", facts)


@public()
def source(request: HttpRequest) -> HttpResponse:
    """Licence and source code."""
    return _page(request, "source")


@public()
def attributions(request: HttpRequest) -> HttpResponse:
    """Works of others that Clausette carries."""
    return _page(request, "attributions")


@public()
def legal(request: HttpRequest) -> HttpResponse:
    """Who runs this service."""
    return _page(request, "legal")


@public()
def privacy(request: HttpRequest) -> HttpResponse:
    """What is known of people, who sees it, how to have it corrected."""
    return _page(request, "privacy")


@public()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is checked, what is not yet."""
    return _page(request, "accessibility")
