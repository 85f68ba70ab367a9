"""Addresses of the deposits, under `/o/<slug>/`. The link of the mail is among those of accounts."""

from django.urls import path

from clausette.web.deposits import home, opening

app_name = "deposits"

urlpatterns = [
    path("depot/", home.home, name="home"),
    path("contacts/<uuid:uid>/depot/", opening.open_one, name="open"),
    path("depots/<uuid:uid>/", opening.show, name="show"),
    path("depots/<uuid:uid>/mot-d-acces/", opening.word, name="word"),
    path("depots/<uuid:uid>/lien/", opening.send, name="send"),
    path("depots/<uuid:uid>/prolonger/", opening.extend, name="extend"),
    path("depots/<uuid:uid>/retirer/", opening.revoke, name="revoke"),
]
