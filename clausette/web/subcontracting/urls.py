"""Addresses of the sub-contractors that firms ask for, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.subcontracting import views

app_name = "subcontracting"

urlpatterns = [
    path("marches/<uuid:uid>/inviter-un-sous-traitant/", views.ask, name="ask"),
    path("sous-traitants/<uuid:uid>/retirer/", views.withdraw, name="withdraw"),
    path("sous-traitants/<uuid:uid>/", views.answer, name="answer"),
]
