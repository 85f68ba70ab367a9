"""Addresses of the outcomes area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.outcomes.views import entries, exits, fse, gestures
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
    path("operations-fse/", fse.listing, name="operations"),
    path("operations-fse/nouvelle/", fse.create, name="create_operation"),
    path("operations-fse/<uuid:uid>/", fse.show, name="operation"),
    path("operations-fse/<uuid:uid>/modifier/", fse.change, name="change_operation"),
    path("operations-fse/<uuid:uid>/classeur/", fse.book, name="operation_book"),
    path("participants/<uuid:uid>/entree-fse/", entries.enter, name="enter"),
    path("entrees-fse/<uuid:uid>/", entries.show, name="entry"),
    path("entrees-fse/<uuid:uid>/questionnaire/", entries.questionnaire, name="questionnaire"),
    path("entrees-fse/<uuid:uid>/sortie/", entries.leave, name="leave"),
    path("entrees-fse/<uuid:uid>/retirer/", entries.withdraw, name="withdraw_entry"),
]
