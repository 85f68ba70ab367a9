"""Lists that are not tables: who acts next, what happened, where we are, what is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from clausette.web.components.badges import Badge
from clausette.web.components.base import Component
from clausette.web.components.buttons import Button, LinkButton, PostButton
from clausette.web.components.markup import safe


@dataclass(frozen=True, slots=True)
class NextAction(Component):
    """One line of a desk: who, what, since when, and one button.

    ``who`` is in bold, ``what`` follows it, ``detail`` is the second line; ``since`` is a phrase
    (« depuis 3 jours »), in red when ``late`` and then it must say so in words (« 7 jours de retard »).
    """

    who: str
    what: str
    since: str = ""
    detail: str = ""
    href: str = ""
    badge: Badge | None = None
    late: bool = False
    action: Button | LinkButton | PostButton | None = None

    def render(self) -> SafeString:
        """Written here and not in a template: the first page of the day has dozens of them."""
        who = f"<strong>{safe(self.who)}</strong>"
        first = f'<a href="{safe(self.href)}">{who}</a>' if self.href else who
        what = f" · {safe(self.what)}" if self.what else ""
        parts = [f'<p class="c-next__first">{first}{what}</p>']
        if self.detail or self.badge:
            badge = f" {self.badge}" if self.badge else ""
            parts.append(f'<p class="c-next__detail">{safe(self.detail)}{badge}</p>')
        told = [f'<div class="c-next__what">{"".join(parts)}</div>']
        if self.since:
            late = " is-late" if self.late else ""
            told.append(f'<p class="c-next__since{late}">{safe(self.since)}</p>')
        if self.action:
            told.append(f'<div class="c-next__act">{self.action}</div>')
        return SafeString(f'<li class="c-next">{"".join(told)}</li>')


@dataclass(frozen=True, slots=True)
class NextActions(Component):
    """A block of the desk: title, number of things, hint, lines (seven at most), and « tout voir »."""

    template: ClassVar[str] = "next_actions"
    title: str
    rows: Sequence[NextAction]
    hint: str = ""
    total: int = 0
    more_href: str = ""

    @property
    def count(self) -> int:
        return self.total or len(self.rows)  # a line may speak of the others: « 5 relevés sans remarque »


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened: ``when`` is written (« hier, 17 h 12 »)."""

    when: str
    what: str
    detail: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Timeline(Component):
    """What happened, most recent first."""

    template: ClassVar[str] = "timeline"
    events: Sequence[TimelineEvent]


StepState = Literal["done", "current", "todo", "blocked"]
STEP_WORDS: dict[StepState, str] = {
    "done": "fait",
    "current": "en cours",
    "todo": "à venir",
    "blocked": "bloqué",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step; ``detail`` says the date, or why it is blocked."""

    label: str
    state: StepState = "todo"
    detail: str = ""
    href: str = ""

    @property
    def word(self) -> str:
        return STEP_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Stepper(Component):
    """Where we are on a path of a few steps. ``label`` names the path."""

    template: ClassVar[str] = "stepper"
    steps: Sequence[Step]
    label: str = "Étapes"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: a link to a page of its own."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Tabs(Component):
    """Tabs are links: each has an address, the back button works."""

    template: ClassVar[str] = "tabs"
    tabs: Sequence[Tab]
    label: str = "Vues"


@dataclass(frozen=True, slots=True)
class Fact:
    """A known thing: ``term``, ``value`` (text or component), and where it opens."""

    term: str
    value: object
    href: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Facts(Component):
    """A list of definitions. A value ``None`` or "" is shown as « non renseigné »."""

    template: ClassVar[str] = "facts"
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path to the page; the last one has no address."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Breadcrumb(Component):
    """The path to the page, without the page itself (its title says it)."""

    template: ClassVar[str] = "breadcrumb"
    crumbs: Sequence[Crumb]
