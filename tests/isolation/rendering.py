"""A template shows what the view read: a query that starts while a page is being written is a fault.

It would run a query for each row of a list, and read outside the one read call of the view. Two are known and allowed:
the list of one's organisations in the header, which asks no table of the trade, and the messages kept in the session.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.template.base import Template

ALLOWED = ("sec.organisations_of", "access_session", "SAVEPOINT")


@contextmanager
def watched(found: set[str]) -> Iterator[None]:
    """Collect in `found` the queries that start while a template is rendered, under the template's name."""
    names: list[str] = []
    render = Template.render

    def rendering(self: Template, context: Any) -> Any:
        names.append(str(self.name))
        try:
            return render(self, context)
        finally:
            names.pop()

    def executing(
        execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if names and not any(known in str(sql) for known in ALLOWED):
            found.add(f"{names[0]}: {str(sql)[:160]}")
        return execute(sql, params, many, context)

    setattr(Template, "render", rendering)  # noqa: B010  # a method replaced for the time of a run
    try:
        with connection.execute_wrapper(executing):
            yield
    finally:
        setattr(Template, "render", render)  # noqa: B010  # put back
