"""What a person does and sees in the browser, and what each page is checked for."""

import json
import os
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.journeys.installation import ROOT

AXE = (ROOT / "build/test/axe.min.js", ROOT / "node_modules/axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 20_000  # milliseconds: two cores may be shared by many
expect.set_options(timeout=PATIENCE)
# the same document on a telephone: what is laid out, after a first page looked at whole (its menu, its heading)
LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable", "label", "button-name", "link-name"]
DESKTOP = {"width": 1280, "height": 900}
TELEPHONE = {"width": 360, "height": 740}


class Journey:
    """One person in one browser. Console errors of any page fail the journey at its end (`said`)."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.said: list[str] = []
        self.looked_at = 0
        self.asked_for: set[str] = set()  # pages asked for: an answer may be heard after the person left
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda asked: self._only_ours(asked.url))
        page.on("request", lambda asked: self.asked_for.update([asked.url] if asked.is_navigation_request() else []))

    def _hear(self, word: ConsoleMessage) -> None:
        # a form refused (400) or a page that is not there (404) is an answer, not a fault of the page
        answered = "status of 4" in word.text and word.location["url"] in {self.page.url, *self.asked_for}
        # so is a part of the page still on its way when the person leaves it
        left = word.text.startswith(("htmx:sendError", "htmx:sendAbort"))
        if word.type == "error" and not answered and not left:
            self.said.append(word.text)

    def _only_ours(self, url: str) -> None:
        # « chrome-extension: » is the browser's own viewer of PDF
        if not url.startswith((self.site, "data:", "blob:", "chrome-extension:")):
            self.said.append(f"request to another host: {url}")

    def goto(self, address: str) -> None:
        """Open a path of this site, or a whole address."""
        self.page.goto(address if address.startswith("http") else self.site + address)

    def fill(self, **fields: str) -> None:
        """Type in fields by their names."""
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def press(self, label: str) -> None:
        """Press a button, or follow a link that looks like one."""
        named = self.page.get_by_role("button", name=label, exact=True)
        (named.or_(self.page.get_by_role("link", name=label, exact=True))).first.click()

    def title(self, text: str) -> None:
        """Wait for the title of the page, and for its scripts: a key pressed before them is heard by nobody."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)
        self.page.wait_for_load_state()

    def sees(self, text: str) -> Locator:
        """Wait for a text, and for the scripts of its page; return where it is."""
        found = self.page.get_by_text(text).first
        expect(found).to_be_visible()
        self.page.wait_for_load_state()
        return found

    def sign_in(self, email: str, password: str) -> None:
        """Address and password."""
        self.goto("/compte/connexion/")
        self.fill(email=email, password=password)
        self.press("Se connecter")

    def check(self, name: str) -> None:
        """Look at the page on a desktop and on a telephone: no axe violation, nothing sideways, a picture of each.

        Pictures go to the folder PICTURES when it is given.
        """
        for size in (DESKTOP, TELEPHONE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dictionary
            self._picture(f"{name}-{size['width']}")
            self.page.wait_for_load_state()  # a page on its way has no document yet
            self.page.wait_for_function("document.documentElement !== null")
            wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{name}: {wide} pixels too wide at {size['width']}"
            found = self.violations(LAYOUT if size is TELEPHONE and self.looked_at else RULES)
            assert found == [], f"{name} at {size['width']}: {found}"
        self.looked_at += 1
        self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a plain dictionary

    def _picture(self, name: str) -> None:
        folder = os.environ.get("PICTURES")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def violations(self, rules: list[str] = RULES) -> list[str]:
        """What axe finds. Given through the debugger, because the page refuses foreign scripts."""
        source = next((path for path in AXE if path.exists()), None)
        if source is None:
            return []
        debugger = self.page.context.new_cdp_session(self.page)
        known = debugger.send("Runtime.evaluate", {"expression": "typeof axe === 'object'"})["result"]["value"]
        if not known:  # else this document was looked at in another size
            debugger.send("Runtime.evaluate", {"expression": source.read_text(encoding="utf-8")})
        ask = f"axe.run(document, {{runOnly: {json.dumps(rules)}}}).then((r) => JSON.stringify(r.violations))"
        call = {"expression": ask, "awaitPromise": True, "returnByValue": True}
        found = json.loads(debugger.send("Runtime.evaluate", call)["result"]["value"])
        debugger.detach()
        return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]
