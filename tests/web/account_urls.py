"""Only the pages of accounts and what surrounds them: their tests do not depend on the other areas."""

from django.urls import include, path

handler400 = "clausette.web.layout.errors.bad_request"
handler403 = "clausette.web.layout.errors.forbidden"
handler404 = "clausette.web.layout.errors.not_found"
handler500 = "clausette.web.layout.errors.incident"

urlpatterns = [
    path("", include("clausette.web.account.urls")),
    path("", include("clausette.web.layout.urls")),
    path("", include("clausette.web.resume.urls")),
    path("o/<slug:slug>/", include("clausette.web.directory.urls")),
]
