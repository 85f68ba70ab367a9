"""The entrance: one's organisation, the choice among several, or what Clausette is."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clausette.access.deposits import opened_for
from clausette.access.places import places_of
from clausette.web.account.common import home_of, me, show
from clausette.web.account.words import roles_of
from clausette.web.doors import public


@public()
def home(request: HttpRequest) -> HttpResponse:
    """Send to the only organisation, let choose among several, present the product to others."""
    if not request.user.is_authenticated:
        return show(request, "home")
    if slug := opened_for(request):
        return HttpResponseRedirect(reverse("deposits:home", kwargs={"slug": slug}))
    places = places_of(request.session.session_key or "")
    # one's own structure first: its « Ma journée » leads to the firms for which one declares
    first = [place for place in places if not place.is_mandate] or places
    if len(first) == 1:
        return HttpResponseRedirect(home_of(first[0]))
    chosen = [
        (place.name, home_of(place), "par mandat" if place.is_mandate else roles_of(place.capabilities))
        for place in places
    ]
    return show(request, "choose", places=chosen, email=me(request).email)
