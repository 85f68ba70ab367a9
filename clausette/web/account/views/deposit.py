"""The link of a « dépôt sans compte »: one button, a code in this browser, the access word, then the hours."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clausette.access.deposits import DepositLink, ask_code, code_asked, enter_deposit, read_link
from clausette.agenda.rules.texts import masked
from clausette.kernel import clock
from clausette.kernel.errors import Refusal
from clausette.reference.queries import parameters_on
from clausette.web.account.common import refuse, show
from clausette.web.account.forms import DepositEntry
from clausette.web.doors import RESUME, public
from clausette.web.typed import kept, posted

GONE = (
    "Il a été retiré, il est arrivé à son terme, ou il a été mal recopié. Ce que vous avez déclaré est gardé. Demandez "
    "un nouveau lien à la structure qui suit votre marché."
)


def _gone(request: HttpRequest) -> HttpResponse:
    """The same for a link unknown, withdrawn or ended."""
    return show(request, "deposit_gone", 404, sentence=GONE)


@public(methods=("GET", "POST"))
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the link does nothing (mail filters open links); the button sends the code."""
    found = read_link(secret=secret)
    if found is None:
        return _gone(request)
    said = ""
    if request.method == "POST":
        try:
            ask_code(request, found, at=clock.now())
        except Refusal as refusal:
            said = refusal.message
        else:
            return HttpResponseRedirect(reverse("account:deposit_code", args=[secret]))
    return show(request, "deposit", 400 if said else 200, link=found, email=masked(found.email), said=said)


@public(methods=("GET", "POST"))
def code(request: HttpRequest, secret: str) -> HttpResponse:
    """The code received and the access word, in the browser that asked."""
    found = read_link(secret=secret)
    if found is None:
        return _gone(request)
    form = DepositEntry(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            _enter(request, found, form)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            home = reverse("deposits:home", kwargs={"slug": found.slug})
            return HttpResponseRedirect(RESUME if kept(request) else home)
    asked = code_asked(request, found)
    context = {"link": found, "form": form, "email": masked(found.email), "asked": asked}
    return show(request, "deposit_code", 400 if form.is_bound else 200, **context)


def _enter(request: HttpRequest, found: DepositLink, form: DepositEntry) -> None:
    at = clock.now()
    minutes = int(parameters_on(at.date())["deposit_minutes"])
    values = form.cleaned_data
    enter_deposit(request, found, code=values["code"], word=values["word"], at=at, minutes=minutes)
