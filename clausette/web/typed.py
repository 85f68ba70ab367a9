"""Keep what was typed, in the session that signs in (never in the address, never in a cookie)."""

from dataclasses import dataclass

from django.http import HttpRequest

KEY = "typed"
TOO_LONG = 200_000
LEFT_OUT = ("csrfmiddlewaretoken",)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form to be sent again: its address and its fields, in their order. Files cannot be kept."""

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def keep_typed(request: HttpRequest) -> bool:
    """Keep the form posted by nobody signed in; return whether it is kept (a form too long is not)."""
    fields = [[name, text] for name, texts in request.POST.lists() if name not in LEFT_OUT for text in texts]
    if sum(len(name) + len(text) for name, text in fields) > TOO_LONG:
        return False
    request.session[KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
    }
    return True


def kept(request: HttpRequest) -> Typed | None:
    """Return the form that waits in this session, None when there is none."""
    found = request.session.get(KEY)
    if not isinstance(found, dict):
        return None
    fields = tuple((str(name), str(text)) for name, text in found["fields"])
    return Typed(str(found["path"]), fields, bool(found["had_files"]))


def forget_typed(request: HttpRequest) -> None:
    """Drop what was kept."""
    request.session.pop(KEY, None)
