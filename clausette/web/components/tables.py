"""Tables made of ``kernel.columns.Column``: the same columns feed the screen, CSV and XLSX."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any, ClassVar, Literal

from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString, mark_safe

from clausette.kernel.columns import Column
from clausette.web.components.base import Component
from clausette.web.components.formats import NUMERIC, shown
from clausette.web.components.markup import safe
from clausette.web.components.notices import EmptyState
from clausette.web.components.querystring import with_params

Link = Callable[[Any], str]

MISSING = mark_safe('<span aria-hidden="true">–</span><span class="visually-hidden">non renseigné</span>')


@dataclass(frozen=True, slots=True)
class Sort:
    """How a list is sorted: ``?tri=fin`` or ``?tri=-fin``.

    ``keys`` maps the label of a column to its key; ``current`` is the key in force.
    """

    keys: Mapping[str, str]
    current: str = ""
    descending: bool = False
    query: QueryDict | None = None

    @classmethod
    def asked(cls, request: HttpRequest, keys: Mapping[str, str], default: str) -> "Sort":
        """The sort asked by the address, or ``default`` (« fin », « -fin ») when it is missing or unknown."""
        raw = request.GET.get("tri", default)
        if raw.removeprefix("-") not in keys.values():
            raw = default
        return cls(keys, raw.removeprefix("-"), raw.startswith("-"), request.GET)

    def href(self, label: str) -> str:
        """Address of the same list sorted by this column; the other way round if it is already."""
        key = self.keys.get(label, "")
        if not key:
            return ""
        flipped = key == self.current and not self.descending
        return with_params(self.query, tri=f"-{key}" if flipped else key, page=None)

    def direction(self, label: str) -> str:
        """Value of ``aria-sort`` for this column."""
        if self.keys.get(label) != self.current or not self.current:
            return ""
        return "descending" if self.descending else "ascending"


@dataclass(frozen=True, slots=True)
class Under:
    """A second line in the cells of a column: what a wide table cannot give a column of its own."""

    label: str
    value: Callable[[Any], str | Component | None]
    href: Link | None = None

    def written(self, row: Any) -> SafeString:
        """The line, its label read aloud; nothing when there is nothing to say."""
        said = self.value(row)
        if said is None or said == "":
            return SafeString("")
        inside = _content(said, self.href(row) if self.href else "")
        label = f'<span class="visually-hidden">{safe(self.label)} : </span>'
        return SafeString(f'<span class="c-under">{label}{inside}</span>')


@dataclass(frozen=True, slots=True)
class Head:
    """A header: label, alignment, address of the sort, direction in force; below, the same of its second line."""

    label: str
    numeric: bool = False
    href: str = ""
    direction: str = ""
    under: "Head | None" = None

    @property
    def sorted(self) -> str:
        """Value of ``aria-sort``: by the one label or the other."""
        return self.direction or (self.under.direction if self.under else "")


def _content(said: str | Component | None, href: str, under: str = "") -> str:
    """What a cell says, in its link; nothing is a dash, read « non renseigné »."""
    if said is None or said == "":
        return f"{MISSING}{under}"
    return f'<a href="{safe(href)}">{safe(said)}</a>{under}' if href else f"{safe(said)}{under}"


def _edges(column: Column[Any], *, first: bool, void: bool = False) -> tuple[str, str]:
    """What opens and what closes a cell of that column: the same for all the lines."""
    if first:
        return '<th scope="row" role="rowheader">', "</th>"
    css = " ".join(name for name, on in (("is-number", column.kind in NUMERIC), ("is-void", void)) if on)
    classes = f' class="{css}"' if css else ""
    return f'<td role="cell" data-label="{safe(column.label)}"{classes}>', "</td>"


@dataclass(frozen=True, slots=True)
class Table(Component):
    """A table of ``rows`` by ``columns``.

    - ``row_href(row)``: the first cell of each line becomes a link to it;
    - ``under[label]``: a second line in the cells of that column, sorted by its own label;
    - ``links[label](row)``: any other number opens on its lines ("" = no link for that row);
    - ``sort``: headers become links; ``totals[label]``: last line, raw values formatted like their column;
    - ``narrow``: on a phone, « cards » (each line a card), « scroll » (the table scrolls in its own region) or
      « plain » (two or three short columns: it stays a table);
    - ``empty``: what is shown when there is no row.
    """

    template: ClassVar[str] = "table"
    caption: str
    columns: Sequence[Column[Any]]
    rows: Sequence[Any]
    row_href: Link | None = None
    links: Mapping[str, Link] = field(default_factory=dict)
    under: Mapping[str, Under] = field(default_factory=dict)
    sort: Sort | None = None
    totals: Mapping[str, object] = field(default_factory=dict)
    totals_links: Mapping[str, str] = field(default_factory=dict)
    narrow: Literal["cards", "scroll", "plain"] = "cards"
    show_caption: bool = False
    empty: EmptyState | None = None

    @property
    def uid(self) -> str:
        return "table-" + blake2s(self.caption.encode(), digest_size=4).hexdigest()

    @property
    def heads(self) -> list[Head]:
        return [self._head(column.label, column.kind in NUMERIC) for column in self.columns]

    def _head(self, label: str, numeric: bool = False) -> Head:
        below = self.under.get(label)
        return Head(
            label,
            numeric,
            self.sort.href(label) if self.sort else "",
            self.sort.direction(label) if self.sort else "",
            self._head(below.label) if below else None,
        )

    @property
    def lines(self) -> list[SafeString]:
        """The cells of each line, written. Here and not in a template: a page has hundreds of them."""
        writers = [self._writer(column, first=place == 0) for place, column in enumerate(self.columns)]
        return [SafeString("".join([write(row) for write in writers])) for row in self.rows]

    def _writer(self, column: Column[Any], *, first: bool) -> Link:
        """What writes the cell of that column for a row."""
        link = self.row_href if first and self.row_href else self.links.get(column.label)
        below = self.under.get(column.label)
        opening, closing = _edges(column, first=first)
        value, kind = column.value, column.kind

        def write(row: Any) -> str:
            href, under = link(row) if link else "", below.written(row) if below else ""
            return f"{opening}{_content(shown(value(row), kind), href, under)}{closing}"

        return write

    @property
    def total_line(self) -> SafeString:
        return SafeString("".join(self._total(column, first=place == 0) for place, column in enumerate(self.columns)))

    def _total(self, column: Column[Any], *, first: bool) -> str:
        said = shown(self.totals.get(column.label, "Total" if first else None), column.kind)
        void = not first and (said is None or said == "")
        opening, closing = _edges(column, first=first, void=void)
        inside = "" if void else _content(said, self.totals_links.get(column.label, ""))
        return f"{opening}{inside}{closing}"
