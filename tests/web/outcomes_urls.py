"""Addresses of paths, people and the layout: these pages do not wait for the other areas."""

from django.urls import include, path

handler400 = "clausette.web.layout.errors.bad_request"
handler403 = "clausette.web.layout.errors.forbidden"
handler404 = "clausette.web.layout.errors.not_found"
handler500 = "clausette.web.layout.errors.incident"

urlpatterns = [
    path("", include("clausette.web.layout.urls")),
    path("o/<slug:slug>/", include("clausette.web.people.urls")),
    path("o/<slug:slug>/", include("clausette.web.outcomes.urls")),
]
