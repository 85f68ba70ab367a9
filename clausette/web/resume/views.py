"""« Votre saisie est là » : shown once, after the sign-in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from clausette.web.doors import personal
from clausette.web.typed import forget_typed, kept


@personal()
def resume(request: HttpRequest) -> HttpResponse:
    """Show the form that was sent too late, ready to be sent; it is forgotten as soon as it is shown."""
    typed = kept(request)
    if typed is None:
        return HttpResponseRedirect("/")
    forget_typed(request)
    return render(request, "resume/resume.html", {"typed": typed})
