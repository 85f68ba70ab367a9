"""Uploads cut while they are read: what is too heavy never reaches memory nor disk whole.

The limit must be known before the form is read, and the CSRF check reads the form: hence a decorator that stands
before it, as Django's documentation asks.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    StopUpload,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from clausette.files.enums import Purpose
from clausette.files.rules import LIMITS, too_large_sentence
from clausette.web.components.fields import FileInput
from clausette.web.doors import error_page

View = Callable[..., HttpResponse]
CUT, CUT_AT = "clausette.upload_cut", "clausette.upload_cut_at"
# Beyond this many times the limit, the rest is not even read through to answer inside the form.
BEYOND = 4


class _Counter(FileUploadHandler):
    """Count the bytes of each file as they come, and stop past the limit."""

    def __init__(self, request: HttpRequest, purpose: Purpose) -> None:
        super().__init__(request)
        self.purpose = purpose
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > LIMITS[self.purpose].most_bytes:
            if self.request is not None:
                self.request.META[CUT] = too_large_sentence(self.purpose)
                self.request.META[CUT_AT] = str(self.field_name)
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def limited_upload(purpose: Purpose) -> Callable[[View], View]:
    """Decorate the outside of a door: its files stop at the limit of `purpose`.

    The view asks `refuse_cut(request, form)`; far beyond the limit the answer is the 413 page, without reading.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt  # only to set the handlers first: `protected` checks the token right after
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if _announced(request) > BEYOND * LIMITS[purpose].most_bytes:
                return error_page(request, 413, too_large_sentence(purpose, _announced(request)))
            request.upload_handlers = [
                _Counter(request, purpose),
                MemoryFileUploadHandler(request),
                TemporaryFileUploadHandler(request),
            ]
            return protected(request, *args, **kwargs)

        return run

    return decorate


def refuse_cut(request: HttpRequest, form: forms.Form, field: str = "file") -> bool:
    """Tell whether a file was cut; if so the form says it at its field, in place of « missing ». Answer 413.

    `field`: where it is said when the file came under a name that the form does not have.
    """
    sentence, cut = request.META.get(CUT, ""), request.META.get(CUT_AT, "")
    if not sentence:
        return False
    field = cut if cut in form.fields else field
    form.fields[field].required = False
    form.add_error(field, str(sentence))
    return True


def file_input(purpose: Purpose, *, several: bool = False) -> FileInput:
    """The input that announces the limits of this purpose."""
    limit = LIMITS[purpose]
    return FileInput(limit=limit.size, kinds=limit.names, accept=limit.accept, several=several)


def _announced(request: HttpRequest) -> int:
    text = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(text) if text.isdigit() else 0
