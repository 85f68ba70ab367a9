"""Addresses of the people area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.people.views import (
    checks,
    erasing,
    home,
    limits,
    lists,
    options,
    person,
    situation,
    twins,
    withdrawing,
    work,
)

app_name = "people"

urlpatterns = [
    path("participants/", lists.people, name="list"),
    path("participants/nouveau/", person.create, name="create"),
    path("participants/eligibilite/", situation.ask, name="situation"),
    path("participants/publics-sur-option/", options.options, name="options"),
    path("participants/<uuid:uid>/domicile/", home.home, name="home"),
    path("participants/<uuid:uid>/heures-comptees/", limits.limits, name="limits"),
    path("participants/<uuid:uid>/heures-comptees/<uuid:move>/retirer/", limits.withdraw, name="withdraw_move"),
    path("participants/doublons/", twins.twins, name="twins"),
    path("participants/doublons/<uuid:uid>/", twins.twin, name="twin"),
    path("participants/reunions/<uuid:uid>/defaire/", twins.part, name="part"),
    path("participants/<uuid:uid>/", person.show, name="show"),
    path("participants/<uuid:uid>/modifier/", person.change, name="change"),
    path("participants/<uuid:uid>/effacer/", erasing.erase, name="erase"),
    path("participants/<uuid:uid>/motifs/", person.reasons, name="reasons"),
    path("participants/<uuid:uid>/verification/", checks.check, name="check"),
    path(
        "participants/<uuid:uid>/verification/<uuid:check>/retirer/", checks.withdraw, name="withdraw_check"
    ),
    path("participants/<uuid:uid>/mise-a-l-emploi/", work.place, name="place"),
    path("mises-a-l-emploi/<uuid:uid>/prolonger/", work.prolong, name="prolong"),
    path("mises-a-l-emploi/<uuid:uid>/terminer/", work.end, name="end"),
    path("mises-a-l-emploi/<uuid:uid>/retirer/", withdrawing.withdraw, name="withdraw"),
    path("mises-a-disposition/<uuid:uid>/terminer/", withdrawing.end_allocation, name="end_allocation"),
    path("mises-a-disposition/<uuid:uid>/retirer/", withdrawing.withdraw_allocation, name="withdraw_allocation"),
    path("mises-a-l-emploi/<uuid:uid>/mise-a-disposition/", work.allocate, name="allocate"),
]
