"""What a gesture of the trade costs in the browser, counted by the page from the real events of the person.

A click (or a tap) is a press of the pointer. A key is one that acts: « / », Enter, Escape, an arrow, a Tab that brings
to nothing filled. A choice is a list whose answer changed. A field is one that was typed, pasted or given a file; the
key that brings to it (Tab, Enter of the grid) belongs to it. The cost is clicks + keys + choices: it is what MODEL.md
calls « clics »; the fields are what the person knows and the product does not, told beside.

Nothing is gained by script: a value set without typing is found when the form is sent, a click made by script or a
page opened by its address is refused.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame

from tests.isolation.summary import say
from tests.journeys.page import Journey

LISTENER = Path(__file__).with_name("counting.js").read_text(encoding="utf-8")


@dataclass
class Count:
    """What was done during one gesture."""

    clicks: int = 0
    keys: int = 0
    choices: int = 0
    fields: int = 0
    boxes: int = 0
    by_script: list[str] = field(default_factory=list)
    _moving: bool = False
    _acted: bool = False

    @property
    def cost(self) -> int:
        """What is held against the goal."""
        return self.clicks + self.keys + self.choices

    def heard(self, what: dict[str, Any]) -> None:
        """One event of the page."""
        kind = what["kind"]
        if kind == "script":
            self.by_script.append(what["name"])
        elif kind == "box":
            self.boxes += 1
        elif kind in {"choice", "field"}:
            self._filled(is_choice=kind == "choice")
        else:
            self.clicks, self.keys = self.clicks + (kind == "click"), self.keys + (kind == "key")
            self._moving, self._acted = bool(what.get("moves")), True

    def _filled(self, *, is_choice: bool) -> None:
        self.choices, self.fields = self.choices + is_choice, self.fields + (not is_choice)
        self.keys -= self._moving  # that key brought to this field: it belongs to it
        self._moving = False

    def left(self, address: str) -> None:
        """Another page came."""
        if not self._acted:
            self.by_script.append(address)
        self._moving = self._acted = False

    def __str__(self) -> str:
        parts = ((self.clicks, "click"), (self.keys, "key"), (self.choices, "choice"), (self.fields, "field"))
        return ", ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in parts if n) or "nothing"


class Counter:
    """Counts the gestures of one person. Made before they come in, so that every page tells."""

    def __init__(self, journey: Journey) -> None:
        self.journey, self.count = journey, Count()
        journey.page.expose_binding("gesture", lambda source, text: self.count.heard(json.loads(text)))
        journey.page.add_init_script(LISTENER)
        journey.page.on("framenavigated", self._left)

    def _left(self, frame: Frame) -> None:
        if frame == self.journey.page.main_frame:
            self.count.left(frame.url)

    @contextmanager
    def gesture(self, name: str, goal: int, why: str = "") -> Iterator[Count]:
        """Count what the block does, say it, and hold it against the goal. `why`: why the goal is above the model's."""
        self.journey.page.wait_for_load_state("networkidle")
        self.count = count = Count()
        yield count
        self.journey.page.wait_for_load_state()
        self.count = Count()
        told = f"goal {goal}{f' ({why})' if why else ''}"
        say(f"{name}: {count}; cost {count.cost}, {told}", "gestures")
        assert count.by_script == [], f"{name}: done by script: {count.by_script}"
        assert count.boxes <= count.clicks + count.keys, f"{name}: boxes ticked by script"
        assert count.cost <= goal, f"{name}: {count}"
