"""Tables made of ``kernel.columns.Column``: the same columns feed the screen, CSV and XLSX."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any, ClassVar, Literal

from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
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
            return mark_safe("")
        href = self.href(row) if self.href else ""
        inside = format_html('<a href="{}">{}</a>', href, said) if href else said
        return format_html(
            '<span class="c-under"><span class="visually-hidden">{} : </span>{}</span>', self.label, inside
        )


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


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, formatted. ``missing`` is shown as a dash and read « non renseigné »."""

    label: str
    content: str | Component | None
    numeric: bool
    href: str = ""
    under: SafeString | str = ""

    @property
    def missing(self) -> bool:
        return self.content is None or self.content == ""

    @property
    def html(self) -> SafeString:
        """The content, in its link."""
        content = safe(MISSING if self.missing else self.content)
        if self.href and not self.missing:
            content = f'<a href="{safe(self.href)}">{content}</a>'
        return SafeString(content + safe(self.under))

    def written(self, *, first: bool, total: bool = False) -> SafeString:
        """The whole cell. Written here and not in a template: a page has hundreds of them."""
        if first:
            return SafeString(f'<th scope="row" role="rowheader">{self.html}</th>')
        void = total and self.missing
        css = " ".join(name for name, on in (("is-number", self.numeric), ("is-void", void)) if on)
        classes = f' class="{css}"' if css else ""
        content = "" if void else self.html
        return SafeString(f'<td role="cell" data-label="{safe(self.label)}"{classes}>{content}</td>')


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
        """The cells of each line, written."""
        return [self._written(self._line(row)) for row in self.rows]

    @property
    def total_line(self) -> SafeString:
        return self._written(self._total(), total=True)

    @staticmethod
    def _written(cells: Sequence[Cell], *, total: bool = False) -> SafeString:
        return SafeString(
            "".join(cell.written(first=place == 0, total=total) for place, cell in enumerate(cells))
        )

    def _line(self, row: Any) -> list[Cell]:
        cells = []
        for place, column in enumerate(self.columns):
            link = self.row_href if place == 0 and self.row_href else self.links.get(column.label)
            below = self.under.get(column.label)
            cells.append(
                Cell(
                    column.label,
                    shown(column.value(row), column.kind),
                    column.kind in NUMERIC,
                    link(row) if link else "",
                    below.written(row) if below else "",
                )
            )
        return cells

    def _total(self) -> list[Cell]:
        return [
            Cell(
                column.label,
                shown(self.totals.get(column.label, "Total" if place == 0 else None), column.kind),
                column.kind in NUMERIC,
                self.totals_links.get(column.label, ""),
            )
            for place, column in enumerate(self.columns)
        ]
