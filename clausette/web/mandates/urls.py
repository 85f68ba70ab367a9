"""Addresses of the mandates, under `/o/<slug>/`. The link of the mail is among those of accounts."""

from django.urls import path

from clausette.web.mandates import views

app_name = "mandates"

urlpatterns = [
    path("structure/mandats/", views.given, name="list"),
    path("structure/mandats/donner/", views.give, name="give"),
    path("structure/mandats/<uuid:uid>/", views.show, name="show"),
    path("structure/mandats/<uuid:uid>/prolonger/", views.extend, name="extend"),
    path("structure/mandats/<uuid:uid>/lien/", views.send, name="send"),
    path("structure/mandats/<uuid:uid>/retirer/", views.revoke, name="revoke"),
]
