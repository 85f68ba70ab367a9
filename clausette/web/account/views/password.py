"""Passwords: forgotten, chosen again with a link, changed."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clausette.access.links import account_of_reset
from clausette.access.own_account import LINK_GONE, ask_reset, change_password, reset_password
from clausette.kernel.errors import Refusal
from clausette.web.account.common import me, refuse, show, show_own, site_of
from clausette.web.account.forms import ChosenPassword, Forgotten, PasswordChange
from clausette.web.doors import personal, public
from clausette.web.typed import posted


@public(methods=("GET", "POST"))
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether the address is known or not."""
    form = Forgotten(posted(request))
    if request.method == "POST" and form.is_valid():
        ask_reset(email=form.cleaned_data["email"], site=site_of(request))
        return show(request, "forgotten_sent", email=form.cleaned_data["email"])
    return show(request, "forgotten", 400 if form.is_bound else 200, form=form)


@public(methods=("GET", "POST"))
def reset(request: HttpRequest, uid: UUID, token: str) -> HttpResponse:
    """Choose a new password with the link of the mail. Opening the page uses nothing up."""
    if account_of_reset(uid=uid, token=token) is None:
        return show(request, "gone", 404, sentence=LINK_GONE, title="Ce lien n'est plus valable")
    form = ChosenPassword(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            reset_password(uid=uid, token=token, password=form.cleaned_data["password"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return HttpResponseRedirect(f"{reverse('account:login')}?etat=mot-de-passe")
    return show(request, "reset", 400 if form.is_bound else 200, form=form)


@personal(methods=("GET", "POST"))
def change(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the other sessions end, this one stays."""
    form = PasswordChange(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        account = me(request)
        try:
            change_password(
                account, current=data["current"], password=data["password"],
                session_key=request.session.session_key or "",
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            update_session_auth_hash(request, account)
            messages.success(request, "Votre mot de passe est changé. Vos autres connexions sont fermées.")
            return HttpResponseRedirect(reverse("account:profile"))
    return show_own(request, "change_password", 400 if form.is_bound else 200, form=form)
