"""Plausible bodies: the forms that the pages themselves show, filled as a person would."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from django.urls import Resolver404, resolve

Fields = list[tuple[str, str]]
SENT = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>', re.IGNORECASE)
ACTION = re.compile(r'\baction="([^"?]*)')
UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BY_TYPE = {"date": "2026-11-16", "number": "7", "email": "essai@exemple.fr", "month": "2026-10"}
BY_NAME = {"hours": "7,5", "fingerprint": "0" * 64, "reason": "Un motif écrit pour l'essai", "siret": "", "siren": "",
           "lines": "03/11/2026;F-7;10", "amount": "10", "qpv_codes": "QN00101M",
           "hors-liste-birth_date": "", "hors-liste-starts_on": "", "hors-liste-ends_on": "",
           "hours_planned": "7,5", "hours_done": "7,5"}  # fmt: skip


@dataclass
class Form:
    """A form of a page: where it is sent, what it holds."""

    action: str
    method: str
    fields: Fields = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.select = ""
        self.chosen = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.forms.append(Form(found.get("action", ""), found.get("method", "get").lower()))
        if not self.forms:
            return
        name = found.get("name", "")
        if tag == "input" and name:
            self._input(name, found)
        elif tag == "textarea" and name:
            self._add(name, BY_NAME.get(name, "Un texte écrit pour l'essai"))
        elif tag == "select":
            self.select, self.chosen = name, ""
        elif tag == "option" and self.select:
            if "selected" in found and found.get("value"):
                self.chosen = found["value"]
            self.chosen = self.chosen or found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            self._add(self.select, self.chosen)
            self.select = ""

    def _add(self, name: str, value: str) -> None:
        self.forms[-1].fields.append((name, value))

    def _input(self, name: str, found: dict[str, str]) -> None:
        kind = found.get("type", "text")
        if kind in ("submit", "button", "image", "reset", "file") or name == "csrfmiddlewaretoken":
            return
        if kind in ("checkbox", "radio"):
            taken = any(known == name for known, _ in self.forms[-1].fields)
            if "checked" in found or (not taken and (kind == "radio" or "required" in found)):
                self._add(name, found.get("value", "on"))
            return
        value = found.get("value", "")
        if not value and kind != "hidden":
            value = BY_NAME.get(name, BY_NAME.get(name.rsplit("-", 1)[-1], BY_TYPE.get(kind, "Essai")))
        self._add(name, value)


@cache
def _named(pattern: str) -> str:
    try:
        return resolve(pattern).view_name
    except Resolver404:
        return ""


def name_of(action: str, address: str) -> str:
    """The name of the address a form is sent to, empty when there is none. Which uid it holds changes nothing."""
    return _named(UID.sub("00000000-0000-4000-8000-000000000000", (action or address).split("?")[0]))


def forms_of(html: str, address: str, known: Collection[str] = ()) -> list[tuple[str, Fields]]:
    """Return the forms to be posted that a page shows, with the name of the address each is sent to.

    A page is not read when all its forms are `known`.
    """
    actions = [ACTION.search(tag) for tag in SENT.findall(html)]
    if all(name_of(action[1] if action else "", address) in known for action in actions):
        return []
    reader = _Reader()
    reader.feed(html)
    named = [(name_of(form.action, address), form.fields) for form in reader.forms if form.method == "post"]
    return [(name, fields) for name, fields in named if name]
