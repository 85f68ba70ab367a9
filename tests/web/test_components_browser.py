"""The gallery in a real browser: 0 axe violation, no sideways scroll, keyboard grid. No server: pages are lent."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from clausette.kernel.actor import Actor
from clausette.web.components.gallery import gallery
from tests.journeys.conftest import ARGUMENTS, CHROMIUM

AXE = [settings.ROOT / "build/test/axe.min.js", settings.ROOT / "node_modules/axe-core/axe.min.js"]
ORIGIN = "http://clausette.test"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# The browser's own loop runs in this thread while the pages that we lend it read the database: one at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.skipif(not any(path.exists() for path in AXE), reason="axe-core is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@dataclass(frozen=True, slots=True)
class Lent:
    """A page made by its view before the browser asks for it."""

    status: int
    body: bytes
    policy: str


def made(path: str) -> Lent:
    """Make the page here: inside the browser's own loop the connection of the test is not known."""
    plain = path.partition("?")[0]
    response = Client().get(plain)
    body = response.content
    if "connecte" in path:
        request = RequestFactory().get(plain)
        person = Actor(1, "Nadia Berger", 1, "PLIE", "plie", frozenset({"facilitator"}), is_admin=False)
        vars(request).update(actor=person, demonstration=True)
        body = gallery(request).content
    return Lent(response.status_code, body, response.headers["Content-Security-Policy"])


def lend(route: Route, page: Lent) -> None:
    """Answer the browser ourselves: static files from the finders, the page that was made."""
    path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
    if not path.startswith("/static/"):
        headers = {"Content-Security-Policy": page.policy}
        route.fulfill(
            status=page.status, body=page.body, content_type="text/html; charset=utf-8", headers=headers
        )
        return
    found = finders.find(path.removeprefix("/static/"))
    if found is None:
        route.fulfill(status=404)
        return
    file = Path(found)
    route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])


def opened(browser: Browser, path: str, width: int, scheme: Any = "light") -> tuple[Page, list[str]]:
    page = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR"
    ).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    lent = made(path)
    page.route("**/*", lambda route: lend(route, lent))
    page.goto(ORIGIN + path)
    page.wait_for_load_state("networkidle")
    return page, said


def violations(page: Page) -> list[str]:
    """What axe finds. Given through the debugger, because the page refuses foreign scripts."""
    debugger = page.context.new_cdp_session(page)
    source = next(path for path in AXE if path.exists()).read_text(encoding="utf-8")
    debugger.send("Runtime.evaluate", {"expression": source})
    ask = f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then((r) => JSON.stringify(r.violations))"
    answer = debugger.send(
        "Runtime.evaluate", {"expression": ask, "awaitPromise": True, "returnByValue": True}
    )
    return [
        f"{one['id']}: {node['target']}"
        for one in json.loads(answer["result"]["value"])
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/composants/", "/composants/?connecte=1", "/donnees-personnelles/", "/nulle-part/"]
)
def test_no_axe_violation_and_no_sideways_scroll(
    browser: Browser, path: str, scheme: str, width: int
) -> None:
    page, said = opened(browser, path, width, scheme)
    try:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [line for line in said if "404" not in line] == []
    finally:
        page.context.close()


def test_the_grid_moves_pastes_and_adds_up(browser: Browser) -> None:
    page, _ = opened(browser, "/composants/", 1280)
    try:
        first = page.locator("#id_h1_2")
        first.focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#id_h2_2")).to_be_focused()
        page.keyboard.press("Enter")  # last line: stays
        expect(page.locator("#id_h2_2")).to_be_focused()
        first.evaluate(
            """input => { const data = new DataTransfer();
            data.setData("text/plain", "7,5\\t7h30\\n1 000\\t0:15\\n");
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            input.dispatchEvent(new ClipboardEvent("paste", how)); }"""
        )
        expect(page.locator("#id_h2_3")).to_have_value("0:15")
        grid = page.locator("[data-grid]").first
        expect(grid.locator("[data-column-total]").nth(1)).to_have_text("1\u202f007,5\u00a0h")
        expect(grid.locator("[data-column-total]").nth(2)).to_have_text("7,75\u00a0h")
        expect(grid.locator("[data-row-total]").first).to_have_text("136,5\u00a0h")
        page.locator("#id_h1_3").fill("douze")
        expect(grid.locator("[data-grand-total]")).to_have_text("à corriger")
    finally:
        page.context.close()


def test_a_form_is_sent_once_and_opens_again(browser: Browser) -> None:
    page, _ = opened(browser, "/composants/", 1280)
    try:
        page.evaluate(
            "window.sent = 0; document.addEventListener('submit', (e) => { if (!e.defaultPrevented) sent += 1; })"
        )
        page.evaluate(
            """() => { const form = document.querySelector(".c-next form[data-once]");
            form.target = "ailleurs"; form.requestSubmit(); form.requestSubmit(); }"""
        )
        assert page.evaluate("window.sent") == 1
        button = page.locator(".c-next form[data-once] button")
        expect(button).to_be_disabled()
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        expect(button).to_be_enabled()
    finally:
        page.context.close()
