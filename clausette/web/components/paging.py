"""Fifty lines a page, and always the total."""

from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest, QueryDict

from clausette.kernel.french import plural
from clausette.web.components.base import Component
from clausette.web.components.querystring import with_params

PAGE_SIZE = 50


def page_number(request: HttpRequest) -> int:
    """The page asked by ``?page=``; 1 when it is missing or not a number."""
    raw = request.GET.get("page", "1")
    return max(1, int(raw)) if raw.isascii() and raw.isdigit() and len(raw) < 7 else 1


@dataclass(frozen=True, slots=True)
class Pagination(Component):
    """Where we are in a list of ``total`` lines. ``noun`` is the plural said after the total (« marchés »)."""

    template: ClassVar[str] = "pagination"
    total: int
    page: int = 1
    noun: str = "lignes"
    query: QueryDict | None = None
    size: int = PAGE_SIZE
    singular: str = ""
    label: str = "Pages de la liste"

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def current(self) -> int:
        return min(max(1, self.page), self.pages)

    @property
    def offset(self) -> int:
        """Index of the first line of the page: ``rows[p.offset:p.offset + p.size]``."""
        return (self.current - 1) * self.size

    @property
    def first(self) -> int:
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def total_words(self) -> str:
        return plural(self.total, self.singular or self.noun.removesuffix("s"), self.noun)

    @property
    def previous_href(self) -> str:
        return with_params(self.query, page=self.current - 1) if self.current > 1 else ""

    @property
    def next_href(self) -> str:
        return with_params(self.query, page=self.current + 1) if self.current < self.pages else ""

    @property
    def links(self) -> list[tuple[int, str]]:
        """(page, address) around the current page; page 0 stands for « … »."""
        near = {1, self.pages, self.current - 1, self.current, self.current + 1}
        wanted = sorted(n for n in near if 1 <= n <= self.pages)
        links: list[tuple[int, str]] = []
        for n in wanted:
            if links and n - links[-1][0] > 1:
                links.append((0, ""))
            links.append((n, with_params(self.query, page=n)))
        return links
