"""Address of the page where a form is sent again."""

from django.urls import path

from clausette.web.resume import views

app_name = "resume"

urlpatterns = [path("compte/reprise/", views.resume, name="resume")]
