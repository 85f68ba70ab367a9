"""Addresses of the documents, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.reports import views

app_name = "reports"

urlpatterns = [
    path("documents/", views.documents, name="list"),
    path("documents/<uuid:uid>/", views.show, name="show"),
    path("documents/<uuid:uid>.pdf", views.pdf, name="pdf"),
    path("engagements/<uuid:uid>/attestation/", views.issue, name="issue"),
]
