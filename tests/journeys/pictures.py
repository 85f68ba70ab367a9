"""Take the pictures of the documentation from a demonstration that runs.

    .venv/bin/python -m tests.journeys.pictures http://127.0.0.1:8000

Writes docs/pictures/*.png: five screens, in 128 colours so that each stays light.
"""

import base64
import json
import os
import re
import struct
import sys
import zlib

from playwright.sync_api import Browser, Page, sync_playwright

from clausette.access.demonstration import PASSWORD
from tests.journeys.conftest import ARGUMENTS, CHROMIUM
from tests.journeys.installation import ROOT
from tests.journeys.main_job import FERRAND, INES, NADIA, PLIE
from tests.journeys.page import PATIENCE, TELEPHONE, Journey

FOLDER = ROOT / "docs/pictures"
DESK = {"width": 1280, "height": 860}
# the most frequent colours make the palette; every pixel takes the nearest of them
REDUCE = """async (url) => {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), pen = canvas.getContext("2d");
  pen.drawImage(bitmap, 0, 0);
  const dots = pen.getImageData(0, 0, bitmap.width, bitmap.height).data, seen = new Map();
  for (let i = 0; i < dots.length; i += 4) {
    const colour = (dots[i] << 16) | (dots[i + 1] << 8) | dots[i + 2];
    seen.set(colour, (seen.get(colour) || 0) + 1);
  }
  const palette = [];
  for (const [colour] of [...seen].sort((a, b) => b[1] - a[1])) {
    const [r, g, b] = [colour >> 16, (colour >> 8) & 255, colour & 255];
    if (palette.every(([x, y, z]) => Math.abs(x - r) + Math.abs(y - g) + Math.abs(z - b) > 8)) palette.push([r, g, b]);
    if (palette.length === 128) break;
  }
  const nearest = new Map();
  for (const colour of seen.keys()) {
    const [r, g, b] = [colour >> 16, (colour >> 8) & 255, colour & 255];
    let best = 0, distance = Infinity;
    palette.forEach(([x, y, z], place) => {
      const far = (x - r) ** 2 + (y - g) ** 2 + (z - b) ** 2;
      if (far < distance) { best = place; distance = far; }
    });
    nearest.set(colour, best);
  }
  let out = "";
  for (let i = 0; i < dots.length; i += 4)
    out += String.fromCharCode(nearest.get((dots[i] << 16) | (dots[i + 1] << 8) | dots[i + 2]));
  return JSON.stringify({width: bitmap.width, height: bitmap.height, palette, dots: btoa(out)});
}"""


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def light_png(browser: Browser, picture: bytes) -> bytes:
    """Return the picture in 128 colours, as an indexed PNG."""
    page = browser.new_page()
    address = "data:image/png;base64," + base64.b64encode(picture).decode()
    found = json.loads(page.evaluate(REDUCE, address))
    page.close()
    width, dots = found["width"], base64.b64decode(found["dots"])
    lines = b"".join(b"\0" + dots[start : start + width] for start in range(0, len(dots), width))
    header = struct.pack(">IIBBBBB", width, found["height"], 8, 3, 0, 0, 0)
    palette = bytes(part for colour in found["palette"] for part in colour)
    chunks = (b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def enter(browser: Browser, site: str, email: str, size: dict[str, int]) -> Journey:
    """Sign in with a window of that size."""
    context = browser.new_context(viewport=size, locale="fr-FR", timezone_id="Europe/Paris")  # type: ignore[arg-type]  # a plain dictionary
    context.set_default_timeout(PATIENCE)
    one = Journey(context.new_page(), site)
    one.sign_in(email, PASSWORD)
    one.page.wait_for_url("**/o/*/")
    return one


def take(browser: Browser, page: Page, name: str) -> None:
    """Write one picture of what the window shows."""
    page.wait_for_load_state("networkidle")
    data = light_png(browser, page.screenshot())
    (FOLDER / f"{name}.png").write_bytes(data)
    sys.stdout.write(f"{name}.png {len(data) // 1000} kB\n")


def main(site: str) -> None:
    """Take the five pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        french: dict[str, str | float | bool] = {
            **os.environ,
            "LANGUAGE": "fr_FR",
        }  # the browser's own words: dates, « Choisir un fichier »
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, env=french)
        nadia = enter(browser, site, NADIA, DESK)
        take(browser, nadia.page, "day")
        nadia.goto(f"/o/{PLIE}/tableau-de-suivi/")
        take(browser, nadia.page, "board")
        row = nadia.page.get_by_role("row", name=re.compile("Gymnase des Acacias")).first
        row.locator("a[href*='/engagements/']").first.click()
        take(browser, nadia.page, "commitment")
        nadia.goto(f"/o/{PLIE}/documents/")
        nadia.page.locator("main table a[href*='/documents/']:not([href$='.pdf'])").first.click()
        take(browser, nadia.page, "attestation")
        ines = enter(browser, site, INES, TELEPHONE)
        ines.goto(f"/o/{FERRAND}/")
        ines.page.get_by_role("link", name=re.compile(r"^Déclarer")).first.click()
        take(browser, ines.page, "month")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
