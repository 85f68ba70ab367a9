"""« Votre saisie est là » : shown once, after the sign-in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from clausette.access.queries import is_demonstration
from clausette.web.doors import RESUME, personal
from clausette.web.layout.errors import csrf_failure
from clausette.web.typed import forget_typed, keep_typed, kept


@personal(deposit=True)
def resume(request: HttpRequest) -> HttpResponse:
    """Show the form that was sent too late, ready to be sent; it is forgotten as soon as it is shown."""
    typed = kept(request)
    if typed is None:
        return HttpResponseRedirect("/")
    forget_typed(request)
    vars(request)["demonstration"] = is_demonstration()
    return render(request, "resume/resume.html", {"typed": typed})


def late_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: a form opened before the last sign-in waits there, to be sent again by the person.

    Only when the browser says that the form is ours: another site cannot write the Origin of its request.
    """
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not ours or request.path.startswith("/compte/") or not keep_typed(request):
        return csrf_failure(request, reason)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": RESUME})
    return HttpResponseRedirect(RESUME)
