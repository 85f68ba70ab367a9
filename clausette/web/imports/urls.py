"""Addresses of the imports area, under `/o/<slug>/`."""

from django.urls import include, path

from clausette.web.imports.views import acts, batches, changes, matching, show

app_name = "imports"

urlpatterns = [
    path("imports/", batches.batches, name="list"),
    path("imports/reprise/", include("clausette.web.takeover.urls")),
    path("imports/nouveau/", batches.create, name="create"),
    path("imports/changements/", changes.changes, name="changes"),
    path("imports/changements/<uuid:uid>/", changes.close, name="close_change"),
    path("imports/rapprochements/", matching.matches, name="matches"),
    path("imports/publications/<uuid:uid>/rapprocher/", matching.accept, name="accept_match"),
    path("imports/publications/<uuid:uid>/ecarter/", matching.leave, name="leave_match"),
    path("imports/clauses/", matching.clauses, name="clauses"),
    path("imports/publications/<uuid:uid>/suivre/", matching.follow, name="follow_record"),
    path("imports/publications/<uuid:uid>/laisser/", matching.leave_one, name="leave_record"),
    path("imports/<uuid:uid>/", show.show, name="show"),
    path("imports/<uuid:uid>/fichier/", show.file, name="file"),
    path("imports/<uuid:uid>/relire/", acts.again, name="again"),
    path("imports/<uuid:uid>/lignes/<int:position>/", acts.decide, name="decide"),
    path("imports/<uuid:uid>/lignes/", acts.decide_all, name="decide_all"),
    path("imports/<uuid:uid>/appliquer/", acts.apply, name="apply"),
    path("imports/<uuid:uid>/abandonner/", acts.cancel, name="cancel"),
]
