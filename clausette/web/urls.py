"""All addresses. Each area has its own ``urls.py``; those of an organisation live under ``/o/<slug>/``."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

handler400 = "clausette.web.layout.errors.bad_request"
handler403 = "clausette.web.layout.errors.forbidden"
handler404 = "clausette.web.layout.errors.not_found"
handler500 = "clausette.web.layout.errors.incident"

# « account » writes whole addresses (/connexion/, /compte/…, /o/<slug>/structure/…).
AT_THE_ROOT = ("account", "components", "guide", "health", "layout", "resume")
UNDER_AN_ORGANISATION = (
    "desk", "reminders", "advice", "contracts", "deposits", "mandates", "people", "referrals", "outcomes", "hours",
    "subcontracting", "imports", "reports", "directory", "privacy",
)  # fmt: skip


def _area(name: str, prefix: str) -> list[URLPattern | URLResolver]:
    """The addresses of one area, none as long as it is not built."""
    module = f"clausette.web.{name}"
    if find_spec(module) is None or find_spec(f"{module}.urls") is None:
        return []
    return [path(prefix, include(f"{module}.urls"))]


urlpatterns: list[URLPattern | URLResolver] = [
    *[address for name in AT_THE_ROOT for address in _area(name, "")],
    *[address for name in UNDER_AN_ORGANISATION for address in _area(name, "o/<slug:slug>/")],
]
