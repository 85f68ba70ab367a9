"""Addresses of the directory area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.directory import views

app_name = "directory"

urlpatterns = [
    path("organismes/", views.organisations, name="list"),
    path("organismes/<uuid:uid>/modifier/", views.change, name="change"),
]
