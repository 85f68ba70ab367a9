"""Addresses of the advice area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.advice.views import calculate, devices, obligation, studies

app_name = "advice"

urlpatterns = [
    path("conseil/", obligation.test, name="obligation"),
    path("conseil/calculer/", calculate.calculate, name="calculate"),
    path("conseil/etudes/", studies.listing, name="studies"),
    path("conseil/etudes/nouvelle/", studies.create, name="create_study"),
    path("conseil/etudes/<uuid:uid>/", studies.show, name="study"),
    path("conseil/etudes/<uuid:uid>/etat/", studies.move, name="move_study"),
    path("conseil/etudes/<uuid:uid>/calculs/", studies.keep, name="keep"),
    path("conseil/etudes/<uuid:uid>/levier/", devices.choose, name="device"),
]
