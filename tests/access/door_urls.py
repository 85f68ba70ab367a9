"""Addresses that exist only to try the doors."""

from uuid import UUID

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from clausette.access.models import Organisation
from clausette.access.queries import find_organisations, get_organisation
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Conflict, NotAllowed, Refusal
from clausette.kernel.operation import writing
from clausette.web.doors import action, page, personal, public

handler400 = "clausette.web.layout.errors.bad_request"
handler403 = "clausette.web.layout.errors.forbidden"
handler404 = "clausette.web.layout.errors.not_found"
handler500 = "clausette.web.layout.errors.incident"

entered: list[str] = []
"""The views called, by name."""


@page()
def count(request: HttpRequest, actor: Actor) -> HttpResponse:
    entered.append("count")
    return HttpResponse(f"{actor.slug} {len(find_organisations(actor=actor))}")


@page("buyer", "funder")
def reserved(request: HttpRequest, actor: Actor) -> HttpResponse:
    entered.append("reserved")
    return HttpResponse("réservé")


@page()
def one(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    return HttpResponse(get_organisation(actor=actor, uid=uid).name)


@page()
def writes(request: HttpRequest, actor: Actor) -> HttpResponse:
    with writing("test"):
        Organisation.objects.filter(pk=actor.organisation_id).update(name="écrit en lisant")
    return HttpResponse("non")


@page()
def reads(request: HttpRequest, actor: Actor) -> HttpResponse:
    note_reading(request, ReadingKind.IDENTITY, [UUID(int=7), UUID(int=7), UUID(int=8)])
    return HttpResponse("lu")


@action(methods=("GET", "POST"))
def act(request: HttpRequest, actor: Actor) -> HttpResponse:
    match request.POST.get("say"):
        case "conflict":
            raise Conflict("Quelqu'un est passé avant vous.")
        case "refusal":
            raise Refusal("Ce n'est pas possible.")
        case "not allowed":
            raise NotAllowed("Pas vous.")
        case "integrity":
            raise IntegrityError("unknown")
    return HttpResponse("fait")


@personal()
def me(request: HttpRequest) -> HttpResponse:
    return HttpResponse("moi")


@public()
def all_of_us(request: HttpRequest) -> HttpResponse:
    return HttpResponse("tous")


urlpatterns = [
    path("o/<slug:slug>/count/", count),
    path("o/<slug:slug>/reserved/", reserved),
    path("o/<slug:slug>/one/<uuid:uid>/", one),
    path("o/<slug:slug>/writes/", writes),
    path("o/<slug:slug>/reads/", reads),
    path("o/<slug:slug>/act/", act),
    path("compte/me/", me),
    path("tous/", all_of_us),
    path("", include("clausette.web.resume.urls")),
]
