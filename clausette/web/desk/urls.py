"""Addresses of the desk, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.desk.views import board, day, paths, search

app_name = "desk"

urlpatterns = [
    path("", day.day, name="day"),
    path("tableau-de-suivi/", board.board_page, name="board"),
    path("tableau-de-suivi.csv", board.board_csv, name="board_csv"),
    path("tableau-de-suivi.xlsx", board.board_xlsx, name="board_xlsx"),
    path("parcours-a-suivre/", paths.paths_page, name="paths"),
    path("recherche/", search.search_page, name="search"),
]
