"""Sort, filters and page live in the address: build the address of the same list, changed."""

from collections.abc import Mapping

from django.http import QueryDict


def with_params(params: Mapping[str, object] | QueryDict | None, **changes: object) -> str:
    """``?…`` with ``changes`` applied over ``params``; a value ``None`` or "" takes the parameter away."""
    query = QueryDict(mutable=True)
    if isinstance(params, QueryDict):
        query = params.copy()
    else:
        for key, kept in (params or {}).items():
            query[key] = str(kept)
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = str(value)
    return "?" + query.urlencode()
