"""One's own account: name, address, organisations, sessions."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clausette.access.links import email_of_link
from clausette.access.operations import close_other_sessions, close_session
from clausette.access.own_account import LINK_GONE, ask_email, confirm_email, rename
from clausette.access.places import places_of
from clausette.access.queries import sessions_of
from clausette.access.rules import hashed
from clausette.access.sign_in import close_session_here
from clausette.kernel.errors import Refusal
from clausette.web.account.common import home_of, me, refuse, show_own, site_of
from clausette.web.account.forms import EmailChange, Name
from clausette.web.account.sessions import session_table
from clausette.web.doors import personal
from clausette.web.typed import posted


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""


@personal(methods=("GET", "POST"))
def profile(request: HttpRequest) -> HttpResponse:
    """Name and organisations."""
    account = me(request)
    form = Name(posted(request), initial={"full_name": account.full_name})
    if request.method == "POST" and form.is_valid():
        rename(account, full_name=form.cleaned_data["full_name"])
        messages.success(request, "Votre nom est enregistré.")
        return HttpResponseRedirect(reverse("account:profile"))
    places = [(place.name, home_of(place), place.is_admin) for place in places_of(_key(request))]
    status = 400 if form.is_bound else 200
    return show_own(request, "profile", status, form=form, account=account, places=places)


@personal(methods=("GET", "POST"))
def change_email(request: HttpRequest) -> HttpResponse:
    """Ask for another address: it will get a link."""
    form = EmailChange(posted(request))
    account = me(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            ask_email(account, current=data["current"], email=data["email"], site=site_of(request))
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return show_own(request, "change_email_sent", email=data["email"])
    return show_own(request, "change_email", 400 if form.is_bound else 200, form=form, email=account.email)


@personal(methods=("GET", "POST"))
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link received at the new address: a button confirms, opening uses nothing up."""
    account = me(request)
    email = email_of_link(account_id=account.pk, token=token)
    if request.method == "POST" and email:
        try:
            confirm_email(account, token=token)
        except Refusal:
            email = ""
        else:
            messages.success(request, f"Vous vous connectez désormais avec {email}.")
            return HttpResponseRedirect(reverse("account:profile"))
    if not email:
        return show_own(request, "gone_own", 404, sentence=LINK_GONE)
    return show_own(request, "confirm_email", email=email)


@personal()
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    lines = sessions_of(account_id=me(request).pk, session_key=_key(request))
    return show_own(request, "sessions", table=session_table(request, lines), several=len(lines) > 1)


@personal(methods=("POST",))
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close one session: its next request is signed out."""
    lines = sessions_of(account_id=me(request).pk, session_key=_key(request))
    if any(line.is_this_one and line.uid == uid for line in lines):
        close_session_here(request)
        return HttpResponseRedirect(f"{reverse('account:login')}?etat=deconnexion")
    close_session(account_id=me(request).pk, uid=uid)
    messages.success(request, "Cette connexion est fermée.")
    return HttpResponseRedirect(reverse("account:sessions"))


@personal(methods=("POST",))
def close_others(request: HttpRequest) -> HttpResponse:
    """Close all the others."""
    count = close_other_sessions(account_id=me(request).pk, session_key_hash=hashed(_key(request)))
    closed = "Une connexion est fermée." if count == 1 else f"{count} connexions sont fermées."
    messages.success(request, closed if count else "Il n'y avait pas d'autre connexion.")
    return HttpResponseRedirect(reverse("account:sessions"))
