"""Addresses of the advice area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.advice.views import (
    calculate,
    devices,
    following,
    obligation,
    own,
    purchase,
    studies,
    targets,
    templates,
    tender,
    texts,
)

app_name = "advice"

urlpatterns = [
    path("conseil/", obligation.test, name="obligation"),
    path("conseil/calculer/", calculate.calculate, name="calculate"),
    path("conseil/valeurs/", own.values, name="values"),
    path("conseil/offres/", own.offers, name="offers"),
    path("conseil/offres/<uuid:uid>/retirer/", own.withdraw, name="withdraw_offer"),
    path("conseil/objectifs/", targets.listing, name="targets"),
    path("conseil/objectifs/<uuid:uid>/", targets.show, name="target"),
    path("conseil/objectifs/<uuid:uid>/graphique/", targets.chart, name="target_chart"),
    path("conseil/objectifs/<uuid:uid>/classeur/", targets.xlsx, name="target_xlsx"),
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
    path("conseil/etudes/<uuid:uid>/textes/", texts.listing, name="texts"),
    path("conseil/etudes/<uuid:uid>/textes/<slug:kind>/", texts.show, name="text"),
    path("conseil/etudes/<uuid:uid>/textes/<slug:kind>/docx/", texts.word, name="text_word"),
    path("conseil/etudes/<uuid:uid>/dce/", tender.check, name="tender"),
    path("conseil/modeles/", templates.listing, name="templates"),
    path("conseil/modeles/textes/<slug:kind>/", templates.variables, name="template_kind"),
    path("conseil/modeles/textes/<slug:kind>/docx/", templates.ours, name="our_template"),
    path("conseil/modeles/<uuid:uid>/fichier/", templates.own_file, name="template_file"),
    path("conseil/modeles/<uuid:uid>/retirer/", templates.withdraw, name="withdraw_template"),
    path("conseil/marches/<uuid:uid>/textes/", texts.contract_listing, name="contract_texts"),
    path("conseil/marches/<uuid:uid>/textes/<slug:kind>/", texts.contract_show, name="contract_text"),
    path("conseil/marches/<uuid:uid>/textes/<slug:kind>/docx/", texts.contract_word, name="contract_text_word"),
]
