"""Addresses of the guide."""

from django.urls import path

from clausette.web.guide import views

app_name = "guide"

urlpatterns = [
    path("guide/", views.contents, name="contents"),
    path("guide/premiers-pas/", views.first_steps, name="first_steps"),
    path("guide/donnees-essentielles/", views.imports, name="imports"),
    path("guide/demarrer/", views.takeover, name="takeover"),
    path("guide/conseiller/", views.advice, name="advice"),
    path("guide/programme-d-achats/", views.purchases, name="purchases"),
    path("guide/mois-de-releves/", views.statements, name="statements"),
    path("guide/parcours/", views.paths, name="paths"),
    path("guide/entreprise/", views.firm, name="firm"),
    path("guide/prescripteur/", views.prescriber, name="prescriber"),
    path("guide/maitre-d-ouvrage/", views.buyer, name="buyer"),
    path("guide/du-conseil-au-suivi/", views.follow_up, name="follow_up"),
    path("guide/cas-difficiles/", views.hard_cases, name="hard_cases"),
    path("guide/du-fichier-a-l-attestation/", views.main_job, name="main_job"),
]
