"""Address of the gallery."""

from django.urls import path

from clausette.web.components.gallery import gallery

app_name = "components"

urlpatterns = [path("composants/", gallery, name="gallery")]
