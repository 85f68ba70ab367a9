"""Addresses of the privacy area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.privacy.views import held, notice, retention

app_name = "privacy"

urlpatterns = [
    path("participants/<uuid:uid>/donnees/", held.show, name="held"),
    path("participants/<uuid:uid>/donnees/pdf/", held.pdf, name="held_pdf"),
    path("participants/<uuid:uid>/donnees/json/", held.data, name="held_json"),
    path("participants/<uuid:uid>/conservation/", held.hold, name="hold"),
    path("conservations/<uuid:uid>/revoir/", held.review, name="review_hold"),
    path("conservations/<uuid:uid>/lever/", held.lift, name="lift_hold"),
    path("participants/<uuid:uid>/notice/", notice.give, name="notice"),
    path("participants/<uuid:uid>/notice/pdf/", notice.pdf, name="notice_pdf"),
    path("participants/<uuid:uid>/notice/docx/", notice.word, name="notice_word"),
    path("donnees-personnelles/", retention.durations, name="retention"),
    path("donnees-personnelles/registre/", retention.register, name="register"),
    path("donnees-personnelles/pieces/", retention.papers, name="papers"),
]
