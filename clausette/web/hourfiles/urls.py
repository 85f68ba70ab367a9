"""Addresses of the files of hours, under those of the hours."""

from django.urls import path

from clausette.web.hourfiles.views import acts, columns, files, matches, preview, start

app_name = "files"

urlpatterns = [
    path("", start.start, name="start"),
    path("<uuid:uid>/", preview.show, name="show"),
    path("<uuid:uid>/lignes/", preview.lines, name="lines"),
    path("<uuid:uid>/lignes/<uuid:line>/", matches.one, name="match_one"),
    path("<uuid:uid>/rapprochements/", matches.matches, name="matches"),
    path("<uuid:uid>/colonnes/", columns.columns, name="columns"),
    path("<uuid:uid>/relire/", acts.again, name="again"),
    path("<uuid:uid>/abandonner/", acts.cancel, name="cancel"),
    path("<uuid:uid>/confirmer/", acts.apply, name="apply"),
    path("<uuid:uid>/avancement/", acts.advance, name="advance"),
    path("<uuid:uid>/defaire/", acts.undo, name="undo"),
    path("<uuid:uid>/fichier/", files.workbook, name="workbook"),
    path("<uuid:uid>/retour/", files.returned, name="returned"),
]
