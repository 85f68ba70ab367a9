"""Addresses of the advice area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.advice.views import calculate, obligation

app_name = "advice"

urlpatterns = [
    path("conseil/", obligation.test, name="obligation"),
    path("conseil/calculer/", calculate.calculate, name="calculate"),
]
