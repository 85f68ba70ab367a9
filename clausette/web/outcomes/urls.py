"""Addresses of the outcomes area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.outcomes.views import exits, gestures
from clausette.web.outcomes.views import path as paths

app_name = "outcomes"

urlpatterns = [
    path("participants/<uuid:uid>/parcours/", paths.show, name="path"),
    path("participants/<uuid:uid>/formations/nouvelle/", gestures.add_training, name="add_training"),
    path("formations/<uuid:uid>/corriger/", gestures.change_training, name="change_training"),
    path("formations/<uuid:uid>/terminer/", gestures.end_training, name="end_training"),
    path("formations/<uuid:uid>/retirer/", gestures.withdraw_training, name="withdraw_training"),
    path("participants/<uuid:uid>/entretiens/nouveau/", gestures.note_interview, name="note_interview"),
    path("entretiens/<uuid:uid>/retirer/", gestures.withdraw_interview, name="withdraw_interview"),
    path("participants/<uuid:uid>/sortie/", gestures.confirm_exit, name="confirm_exit"),
    path("sorties/", exits.listing, name="exits"),
    path("sorties/classeur/", exits.xlsx, name="exits_xlsx"),
    path("sorties/<uuid:uid>/retirer/", gestures.withdraw_exit, name="withdraw_exit"),
    path("sorties/<uuid:uid>/suivi/", gestures.follow_up, name="follow_up"),
]
