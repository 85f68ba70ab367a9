"""All the addresses, and the pages of errors: the roof's own."""

from clausette.web.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
