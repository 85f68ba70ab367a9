"""Addresses of the advice area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.advice.views import calculate, devices, following, obligation, own, purchase, studies

app_name = "advice"

urlpatterns = [
    path("conseil/", obligation.test, name="obligation"),
    path("conseil/calculer/", calculate.calculate, name="calculate"),
    path("conseil/valeurs/", own.values, name="values"),
    path("conseil/offres/", own.offers, name="offers"),
    path("conseil/offres/<uuid:uid>/retirer/", own.withdraw, name="withdraw_offer"),
    path("conseil/etudes/", studies.listing, name="studies"),
    path("conseil/etudes/nouvelle/", purchase.create, name="create_study"),
    path("conseil/etudes/<uuid:uid>/", studies.show, name="study"),
    path("conseil/etudes/<uuid:uid>/modifier/", purchase.change, name="change_study"),
    path("conseil/etudes/<uuid:uid>/derogation/", purchase.waive, name="waive_study"),
    path("conseil/etudes/<uuid:uid>/marche/", following.follow, name="follow_study"),
    path("conseil/etudes/<uuid:uid>/attribuer/", following.award, name="award_study"),
    path("conseil/etudes/<uuid:uid>/etat/", studies.move, name="move_study"),
    path("conseil/etudes/<uuid:uid>/calculs/", studies.keep, name="keep"),
    path("conseil/etudes/<uuid:uid>/levier/", devices.choose, name="device"),
]
