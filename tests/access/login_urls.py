"""The sign-in library's own addresses, to try them under the guard of writes."""

from django.urls import include, path

from tests.access import door_urls

handler400 = "clausette.web.layout.errors.bad_request"
handler403 = "clausette.web.layout.errors.forbidden"
handler404 = "clausette.web.layout.errors.not_found"
handler500 = "clausette.web.layout.errors.incident"

urlpatterns = [
    path("compte/", include("allauth.account.urls")),
    path("compte/2fa/", include("allauth.mfa.urls")),
    *door_urls.urlpatterns,
]
