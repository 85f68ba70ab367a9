"""Addresses of the reminders, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.reminders.views import firms, letters, settings

app_name = "reminders"

urlpatterns = [
    path("relances/", firms.today, name="today"),
    path("relances/calendrier/", settings.ladder, name="ladder"),
    path("relances/textes/<str:kind>/", settings.text, name="text"),
    path("relances/textes/<str:kind>/le-notre/", settings.usual, name="usual_text"),
    path("relances/envois/", letters.listing, name="letters"),
    path("relances/envois/<uuid:uid>/", letters.letter, name="letter"),
    path("relances/envois/<uuid:uid>/erreur/", letters.failed, name="failed"),
    path("relances/envois/<uuid:uid>/remettre/", letters.cleared, name="cleared"),
    path("relances/<uuid:uid>/maintenant/", firms.now, name="now"),
    path("relances/<uuid:uid>/appel/", firms.called, name="called"),
    path("relances/<uuid:uid>/report/", firms.put_off, name="put_off"),
]
