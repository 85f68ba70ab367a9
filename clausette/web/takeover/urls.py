"""Addresses of the takeover, under those of the imports."""

from django.urls import path

from clausette.web.takeover.views import acts, columns, files, preview, reconciling, start

app_name = "takeover"

urlpatterns = [
    path("", start.start, name="start"),
    path("modele/", files.template, name="template"),
    path("personnes/", start.persons, name="persons"),
    path("personnes/modele/", files.persons_template, name="persons_template"),
    path("<uuid:uid>/", preview.show, name="show"),
    path("<uuid:uid>/lignes/", preview.lines, name="lines"),
    path("<uuid:uid>/lignes/<uuid:line>/", preview.decide, name="decide"),
    path("<uuid:uid>/colonnes/", columns.columns, name="columns"),
    path("<uuid:uid>/relire/", preview.again, name="again"),
    path("<uuid:uid>/abandonner/", preview.cancel, name="cancel"),
    path("<uuid:uid>/reprendre/", acts.apply, name="apply"),
    path("<uuid:uid>/avancement/", acts.advance, name="advance"),
    path("<uuid:uid>/defaire/", acts.undo, name="undo"),
    path("<uuid:uid>/rapprochement/", reconciling.reconciliation, name="reconciliation"),
    path("<uuid:uid>/rapprochement/xlsx/", reconciling.reconciliation_xlsx, name="reconciliation_xlsx"),
    path("<uuid:uid>/classeur/", files.workbook, name="workbook"),
    path("<uuid:uid>/retour/", files.returned, name="returned"),
]
