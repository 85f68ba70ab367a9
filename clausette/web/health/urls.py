"""Addresses of the health pages."""

from django.urls import path

from clausette.web.health import views

app_name = "health"

urlpatterns = [
    path("sante/vivant", views.alive, name="alive"),
    path("sante/pret", views.ready, name="ready"),
]
