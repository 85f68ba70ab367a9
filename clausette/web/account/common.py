"""What the pages of accounts share: how they are shown, where one goes next, how a refusal reaches the form."""

from typing import TYPE_CHECKING, Any, cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from clausette.access.places import Place
from clausette.access.queries import is_demonstration
from clausette.kernel.errors import Refusal
from clausette.web.components.lists import Tab, Tabs
from clausette.web.layout.navigation import optional_reverse

if TYPE_CHECKING:
    from clausette.access.models import Account

OWN_PAGES = (
    ("Mon compte", "account:profile"),
    ("Mot de passe", "account:change_password"),
    ("Adresse", "account:change_email"),
    ("Double authentification", "account:second_factor"),
    ("Connexions", "account:sessions"),
)


def me(request: HttpRequest) -> "Account":
    """Return the account signed in: behind a door that has checked there is one."""
    return cast("Account", request.user)


def show(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Return a page of accounts: never kept by the browser, with the banner of the demonstration."""
    vars(request)["demonstration"] = is_demonstration()
    response = render(request, f"accounts/{template}.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def show_own(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Return a page of one's own account, with the tabs of the others."""
    match = request.resolver_match
    current = match.view_name if match else ""
    tabs = Tabs([Tab(label, reverse(name), name == current) for label, name in OWN_PAGES], "Mon compte")
    return show(request, template, status, tabs=tabs, **context)


def refuse(form: Form, refusal: Refusal) -> None:
    """Put the sentence of a refusal at its field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def wanted_page(request: HttpRequest, path: str) -> str:
    """Return where to go after the sign-in: the page asked for if it is one of ours, else the entrance."""
    secure = request.is_secure()
    hosts = {request.get_host()}
    return path if path and url_has_allowed_host_and_scheme(path, hosts, require_https=secure) else "/"


def site_of(request: HttpRequest) -> str:
    """Return the address of this installation, for the links of mails (its names are checked by the settings)."""
    return request.build_absolute_uri("/").rstrip("/")


def day_of(slug: str) -> str:
    """Return the first page of an organisation."""
    return optional_reverse("desk:day", slug) or f"/o/{slug}/"


def home_of(place: Place) -> str:
    """Return the first page of a place: « Ma journée », or the hours of a firm for which one declares."""
    return optional_reverse("deposits:home", place.slug) if place.is_mandate else day_of(place.slug)
