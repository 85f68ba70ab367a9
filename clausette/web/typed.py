"""Keep what was typed, in the session that signs in (never in the address, never in a cookie)."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict

from clausette.access.sessions import account_of_ended

KEY = "typed"
TOO_LONG = 200_000
LEFT_OUT = ("csrfmiddlewaretoken",)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form to be sent again: its address and its fields, in their order. Files cannot be kept."""

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, even empty: the form then says what is missing. None when its page is only read."""
    return request.POST if request.method == "POST" else None


def _author(request: HttpRequest) -> int | None:
    if request.user.is_authenticated:
        return request.user.pk
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return account_of_ended(cookie) if cookie else None


def keep_typed(request: HttpRequest) -> bool:
    """Keep the form for the person who was typing it; return whether it is kept.

    A form too long is not, nor one whose author cannot be told: on a shared computer, the next person to sign in
    must not read it.
    """
    author = _author(request)
    if author is None:
        return False
    fields = [[name, text] for name, texts in request.POST.lists() if name not in LEFT_OUT for text in texts]
    if sum(len(name) + len(text) for name, text in fields) > TOO_LONG:
        return False
    request.session[KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "author": author,
    }
    return True


def kept(request: HttpRequest) -> Typed | None:
    """Return the form that waits in this session, None when there is none."""
    found = request.session.get(KEY)
    if not isinstance(found, dict) or found.get("author") != request.user.pk:
        forget_typed(request)
        return None
    fields = tuple((str(name), str(text)) for name, text in found["fields"])
    return Typed(str(found["path"]), fields, bool(found["had_files"]))


def forget_typed(request: HttpRequest) -> None:
    """Drop what was kept."""
    request.session.pop(KEY, None)
