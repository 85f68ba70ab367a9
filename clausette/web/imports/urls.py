"""Addresses of the imports area, under `/o/<slug>/`."""

from django.urls import include, path

from clausette.web.imports.views import acts, batches, changes, show

app_name = "imports"

urlpatterns = [
    path("imports/", batches.batches, name="list"),
    path("imports/reprise/", include("clausette.web.takeover.urls")),
    path("imports/nouveau/", batches.create, name="create"),
    path("imports/changements/", changes.changes, name="changes"),
    path("imports/changements/<uuid:uid>/", changes.close, name="close_change"),
    path("imports/<uuid:uid>/", show.show, name="show"),
    path("imports/<uuid:uid>/fichier/", show.file, name="file"),
    path("imports/<uuid:uid>/relire/", acts.again, name="again"),
    path("imports/<uuid:uid>/lignes/<int:position>/", acts.decide, name="decide"),
    path("imports/<uuid:uid>/lignes/", acts.decide_all, name="decide_all"),
    path("imports/<uuid:uid>/appliquer/", acts.apply, name="apply"),
    path("imports/<uuid:uid>/abandonner/", acts.cancel, name="cancel"),
]
