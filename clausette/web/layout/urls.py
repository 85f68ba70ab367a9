"""Addresses of the public pages."""

from django.urls import path

from clausette.web.layout import pages

app_name = "public"

urlpatterns = [
    path("code-source/", pages.source, name="source"),
    path("attributions/", pages.attributions, name="attributions"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("donnees-personnelles/", pages.privacy, name="privacy"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
]
