"""Every address has a door, and no door opens elsewhere than it says."""

from clausette.web.routes import all_routes


def test_every_address_is_declared() -> None:
    assert [route.pattern for route in all_routes() if route.access == "undeclared"] == []


def test_doors_of_an_organisation_are_under_its_address_and_personal_ones_under_the_account() -> None:
    for route in all_routes():
        if route.access in ("page", "action"):
            assert route.pattern.startswith("/o/<slug:slug>/"), route
        if route.access == "personal":
            assert route.pattern.startswith(("/compte/", "/ ")) or route.pattern == "/", route


def test_pages_only_read() -> None:
    assert [r.pattern for r in all_routes() if r.access == "page" and set(r.methods) != {"GET", "HEAD"}] == []
