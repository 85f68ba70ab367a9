"""Addresses of the referrals, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.referrals.views import needs, pieces, prescriber, shared, structure

app_name = "referrals"

urlpatterns = [
    path("candidats/", prescriber.mine, name="list"),
    path("candidats/nouveau/", prescriber.propose, name="propose"),
    path("candidats/<uuid:uid>/completer/", prescriber.complete, name="complete"),
    path("candidats/<uuid:uid>/retirer/", prescriber.withdraw, name="withdraw"),
    path("candidats/<uuid:uid>/pieces/nouvelle/", pieces.join, name="join"),
    path("candidats/<uuid:uid>/pieces/<uuid:piece>/retirer/", pieces.remove, name="remove"),
    path("orientations/<uuid:uid>/pieces/<uuid:piece>/", pieces.read, name="piece"),
    path("orientations/", structure.received, name="received"),
    path("orientations/<uuid:uid>/", shared.show, name="show"),
    path("orientations/<uuid:uid>/prendre/", structure.take, name="take"),
    path("orientations/<uuid:uid>/accepter/", structure.accept, name="accept"),
    path("orientations/<uuid:uid>/renvoyer/", structure.send_back, name="return"),
    path("orientations/<uuid:uid>/refuser/", structure.refuse, name="refuse"),
    path("prescripteurs/", needs.prescribers, name="prescribers"),
    path("prescripteurs/<uuid:uid>/retirer/", needs.untie, name="untie"),
    path("besoins/", needs.needs, name="needs"),
    path("besoins/nouveau/", needs.tell, name="tell"),
    path("besoins/<uuid:uid>/clore/", needs.close, name="close"),
]
